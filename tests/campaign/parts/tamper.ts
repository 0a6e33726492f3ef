/**
 * Random changes to a complete bundle after its signature. A check must fail; where it does not, every file that the
 * signature covers must be there as it was, byte for byte. What is under `sig/` is covered by nothing, so what a check
 * says of it is told by file.
 */
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { paths } from '../../../evidence/bundle/paths.ts';
import { type Files, makeIdentity, pack, text, unpack, verifyStamped } from '../../evidence/build/bundle.ts';
import { completeBundle } from '../support/complete-bundle.ts';
import { type Random, randomFrom } from '../support/random.ts';
import type { Part, PartOrder } from './part.ts';

export const tamper: Part = {
  what: 'a complete bundle is changed at random after its signature',
  count: 10_000,
  run,
};

const whole = 'the zip file';

interface Change {
  bytes: Uint8Array;
  /** The file it fell on, or `whole`. */
  where: string;
  how: string;
}

async function run({ folder, count, seed, say }: PartOrder): Promise<number> {
  const signer = await makeIdentity('Ada Invented');
  const { bytes, tsaRoot } = await completeBundle(folder, signer);
  const files = await unpack(bytes);
  const { bundle, createdAt } = evidenceSchema.parse(JSON.parse(text(files, paths.evidence)));
  const repack = (changed: Files) =>
    pack(changed, { folder: `holdfast-${bundle}`, modified: new Date(createdAt) });
  const judge = (changed: Uint8Array) => verifyStamped(changed, [signer], [tsaRoot]);
  const good = await judge(bytes);
  if (good.verdict !== 'trusted') throw new Error(`the bundle itself is ${good.verdict}`);
  const repacked = await judge(await repack(files));
  if (repacked.verdict !== 'trusted') throw new Error(`the bundle made anew is ${repacked.verdict}`);
  say(`${files.size} files, ${bytes.length} bytes, ${good.timestamps.length} timestamps`);

  const random = randomFrom(seed);
  const tallies = new Map<string, Map<string, number>>();
  let faults = 0;
  for (let n = 0; n < count; n += 1) {
    const { bytes: changed, where, how } = await change(bytes, files, repack, random);
    if (Buffer.from(changed).equals(bytes)) {
      n -= 1;
      continue;
    }
    const { verdict } = await judge(changed);
    tally(tallies, where, verdict === 'failed' ? verdict : `${verdict} (${how.split(' ')[0]})`);
    if (verdict !== 'failed' && !(await isCoveredSame(files, changed))) {
      faults += 1;
      say(`FAULT ${n + 1}: ${how} at ${where} is ${verdict}`);
    }
  }
  for (const [where, verdicts] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)))
    say(`${where}: ${[...verdicts].map(([verdict, times]) => `${times} ${verdict}`).join(', ')}`);
  return faults;
}

function tally(tallies: Map<string, Map<string, number>>, where: string, verdict: string): void {
  const covered = where === whole ? whole : 'covered files';
  const row = where.startsWith('sig/') ? where.replace(/[0-9a-f]{16,}/, '…') : covered;
  const verdicts = tallies.get(row) ?? new Map<string, number>();
  verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  tallies.set(row, verdicts);
}

/** Half of them in the zip file as it lies there, half in a file of it with the zip file made anew. */
async function change(
  bytes: Uint8Array,
  files: Files,
  repack: (changed: Files) => Promise<Uint8Array>,
  random: Random,
): Promise<Change> {
  const upTo = (size: number) => Math.floor(random.next() * size);
  if (random.next() < 0.25) {
    const how = random.of(['byte', 'byte', 'byte', 'cut', 'more', 'gone']);
    const at = upTo(bytes.length);
    return { bytes: edit(bytes, how, at, random), where: whole, how: `${how} ${at}` };
  }
  const changed: Files = new Map(files);
  const names = [...files.keys()];
  // Small files are hit as often as large ones, those under sig/ more often.
  const sig = names.filter((name) => name.startsWith('sig/'));
  const where = random.next() < 0.2 ? random.of(sig) : random.of(names);
  const content = files.get(where) ?? new Uint8Array();
  const how = random.of([
    'byte',
    'byte',
    'byte',
    'bit',
    'cut',
    'more',
    'gone',
    'remove',
    'swap',
    'rename',
    'add',
  ]);
  const at = upTo(content.length);
  if (how === 'remove') changed.delete(where);
  else if (how === 'swap') {
    const other = random.of(names);
    changed.set(where, files.get(other) ?? new Uint8Array());
    changed.set(other, content);
  } else if (how === 'rename') {
    changed.delete(where);
    changed.set(`${where.slice(0, where.length - 1)}${random.of(['x', '0', '.tsr', '_'])}`, content);
  } else if (how === 'add') {
    changed.set(`${where}${random.of(['2', '.txt', '-added.pem'])}`, edit(content, 'byte', at, random));
  } else changed.set(where, edit(content, how, at, random));
  return { bytes: await repack(changed), where, how: `${how} ${at}` };
}

function edit(bytes: Uint8Array, how: string, at: number, random: Random): Uint8Array {
  const head = bytes.subarray(0, at);
  const any = Math.floor(random.next() * 256);
  if (how === 'cut') return head.slice();
  if (how === 'more') return joined(head, Uint8Array.of(any), bytes.subarray(at));
  if (how === 'gone') return joined(head, bytes.subarray(at + 1));
  const changed = bytes.slice();
  changed[at] = how === 'bit' ? (bytes[at] ?? 0) ^ (1 << (any & 7)) : any;
  return changed;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Of a bundle that was not refused. */
async function isCoveredSame(files: Files, changed: Uint8Array): Promise<boolean> {
  const others = await unpack(changed);
  const covered = (of: Files) => [...of].filter(([name]) => !name.startsWith('sig/'));
  return (
    covered(others).length === covered(files).length &&
    covered(files).every(([name, bytes]) => Buffer.from(others.get(name) ?? []).equals(bytes))
  );
}
