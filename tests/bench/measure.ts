/** Timing side by side: every contestant in every round, so that a busy moment hits all of them. */
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

export type Contestants = Record<string, () => Promise<void> | void>;

/** Seconds by name, one list entry a round. */
export async function rounds(contestants: Contestants, count: number): Promise<Record<string, number[]>> {
  const seconds: Record<string, number[]> = {};
  for (let round = 0; round < count; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const started = performance.now();
      await run();
      const list = seconds[name] ?? [];
      list.push((performance.now() - started) / 1000);
      seconds[name] = list;
    }
  }
  return seconds;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Runs a public tool; its failure ends the bench. */
export function tool(command: string, args: readonly string[], cwd?: string): void {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''}: ${error?.message ?? stderr}`);
}

/** One line: what was measured, against what, and the ratio of the medians with its budget. */
export function report(
  title: string,
  seconds: Record<string, number[]>,
  ours: string,
  against: readonly string[],
  budget: number,
): void {
  const base = against.reduce((sum, name) => sum + median(seconds[name] ?? []), 0);
  const ratio = median(seconds[ours] ?? []) / base;
  console.log(`\n${title}`);
  for (const [name, list] of Object.entries(seconds)) {
    const sorted = [...list].sort((a, b) => a - b);
    console.log(
      `  ${name.padEnd(44)} median ${median(list).toFixed(3)} s  (${sorted[0]?.toFixed(3)}–${sorted.at(-1)?.toFixed(3)})`,
    );
  }
  console.log(`  ratio ${ratio.toFixed(2)} × (budget ${budget} ×) ${ratio <= budget ? 'within' : 'OVER'}`);
}
