/** Kills at random moments of a capture, and the figures. */
import { type Kill, killCaptures } from '../kills/campaign.ts';
import { chromiumCommand, electronApp } from '../kills/engines.ts';
import type { Part, PartOrder } from './part.ts';

type Engine = 'electron' | 'chromium';

export function captureKills(engine: Engine): Part {
  return {
    what: `a capture in ${engine} is killed at a random moment`,
    count: 100,
    run: (order) => run(engine, false, order),
  };
}

export function dressedKills(engine: Engine): Part {
  return {
    what: `a capture in ${engine}, under a persona and with the autopilot, is killed at a random moment`,
    count: 100,
    run: (order) => run(engine, true, order),
  };
}

async function run(name: Engine, dressed: boolean, { folder, count, seed, say }: PartOrder): Promise<number> {
  const engine = await (name === 'electron' ? electronApp(folder) : chromiumCommand(folder));
  const started = Date.now();
  try {
    const { kills, duration } = await killCaptures({
      engine,
      folder,
      count,
      seed,
      dressed,
      onKill: (n, kill) => {
        const { victim, at, acknowledged, state, faults } = kill;
        const where = `${n + 1}: ${victim} at ${at.toFixed(0)} ms, ${acknowledged} acknowledged, ${state}`;
        if (faults.length > 0) say(`FAULT ${where}: ${faults.join('; ')}`);
      },
    });
    const seconds = (Date.now() - started) / 1000;
    say(`a whole capture takes ${duration} ms; ${(seconds / count).toFixed(1)} s a kill`);
    for (const victim of Object.keys(engine.victims))
      say(
        line(
          victim,
          kills.filter((kill) => kill.victim === victim),
        ),
      );
    return kills.filter(({ faults }) => faults.length > 0).length;
  } finally {
    engine.close();
  }
}

function line(victim: string, kills: readonly Kill[]): string {
  const tally = (state: string): number => kills.filter((kill) => kill.state === state).length;
  const states = ['none', 'interrupted', 'whole', 'other', 'unopened'].map(
    (state) => `${state} ${tally(state)}`,
  );
  const acknowledged = kills.map((kill) => kill.acknowledged);
  const late = kills.filter(({ tooLate }) => tooLate).length;
  return `${victim.padEnd(9)} ${kills.length} kills (${late} after the end): ${states.join(', ')}; acknowledged before ${Math.min(...acknowledged)}–${Math.max(...acknowledged)} pieces; ${kills.filter(({ faults }) => faults.length > 0).length} with faults`;
}
