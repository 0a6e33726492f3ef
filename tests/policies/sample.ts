/**
 * Draws clauses out of the real archives for a person to judge: is each split where a careful reader would split?
 * `node tests/policies/sample.ts [SEED] [COUNT]`. The same seed draws the same clauses. Texts that stand in several
 * versions are drawn once.
 */
import { type SplitPart, splitPolicy } from '../../evidence/policy/split.ts';
import { realTexts } from './real.ts';

const [seed = 20260101, count = 100] = process.argv.slice(2).map(Number);

/** Numerical Recipes' linear congruential generator: good enough to draw, and the same everywhere. */
function* draws(start: number): Generator<number> {
  for (let state = start >>> 0; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function shown(text: string): string {
  const line = text.replace(/\(https?:[^)]*\)/g, '(…)').replace(/\s+/g, ' ');
  return line.length > 420 ? `${line.slice(0, 260)} ⋯ ${line.slice(-140)}` : line;
}

const pool = new Map<
  string,
  { path: string; before: SplitPart | undefined; part: SplitPart; after: SplitPart | undefined }
>();
for (const { path, text } of realTexts()) {
  const parts = splitPolicy(text);
  for (const [i, part] of parts.entries()) {
    if (part.kind !== 'clause' || pool.has(part.text)) continue;
    pool.set(part.text, { path, before: parts[i - 1], part, after: parts[i + 1] });
  }
}
const clauses = [...pool.values()];
const random = draws(seed);
console.log(`${clauses.length} different clauses; seed ${seed}`);
for (let n = 1; n <= count; n++) {
  const drawn = clauses[Math.floor(Number(random.next().value) * clauses.length)];
  if (drawn === undefined) break;
  const { path, before, part, after } = drawn;
  console.log(`\n#${n} ${path}`);
  console.log(`  < ${before?.kind === 'heading' ? '# ' : ''}${shown(before?.text ?? '').slice(-90)}`);
  console.log(`  [${part.role ?? 'none'} | ${part.title.slice(0, 50)}] ${shown(part.text)}`);
  console.log(`  > ${after?.kind === 'heading' ? '# ' : ''}${shown(after?.text ?? '').slice(0, 90)}`);
}
