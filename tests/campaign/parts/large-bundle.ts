/** Bundles of more than 4 GiB: one out of a real archive, and one that lies in memory only; how much memory they take. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { compileBundle } from '../../../archive/compile.ts';
import { importFiles } from '../../../archive/import/import-files.ts';
import { closeArchive, createArchive } from '../../../archive/open.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { verifyFile } from '../../../archive/verify.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { verifyBundle } from '../../../evidence/verify/verify.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { writeLarge } from '../../evidence/verify/large-bundle.ts';
import { passphrase, person } from '../support/killed-command.ts';
import { randomFrom } from '../support/random.ts';
import type { Part, PartOrder } from './part.ts';

const mebibyte = 1024 * 1024;
/** A large video, much text beside it, and what an import, a compilation or a check may take of memory for both. */
const size = { video: 4608 * mebibyte, text: 512 * mebibyte };
const budget = 300 * mebibyte;

export const largeBundle: Part = {
  what: 'bundles of more than 4 GiB are compiled with their search and checked, in little memory',
  count: 1,
  run,
};

async function run({ folder, count, seed, say }: PartOrder): Promise<number> {
  let failures = 0;
  for (let n = 0; n < count; n++) {
    const most = [await inMemory(say), ...(await onDisk(join(folder), seed + n, say))];
    if (Math.max(...most) > budget) failures += 1;
  }
  return failures;
}

/** Runs `act` and tells how long it took and how much memory; gives back that memory in bytes. */
async function measured(
  what: string,
  say: PartOrder['say'],
  act: (progress: () => void) => Promise<unknown>,
): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const started = performance.now();
  await act(() => {
    most = Math.max(most, process.memoryUsage().rss);
  });
  const seconds = (performance.now() - started) / 1000;
  say(`${what}: ${seconds.toFixed(1)} s, ${((most - before) / mebibyte).toFixed(0)} MiB more memory`);
  return most - before;
}

function must(verdict: string, expected: string): void {
  if (verdict !== expected) throw new Error(`a bundle of more than 4 GiB is ${verdict}`);
}

async function inMemory(say: PartOrder['say']): Promise<number> {
  const { bundle, certificate } = await writeLarge({ mebibytes: 4 * 1024 + 7 });
  if (bundle.size <= 2 ** 32) throw new Error('not large');
  const request = { source: bundle, sha256: nodeSha256, crc32: nodeCrc32, trusted: [certificate] };
  return measured('check of one in memory', say, async (progress) =>
    must((await verifyBundle({ ...request, progress })).verdict, 'trusted'),
  );
}

async function onDisk(folder: string, seed: number, say: PartOrder['say']): Promise<number[]> {
  const files = [join(folder, 'video.mp4'), join(folder, 'export.bin')] as const;
  await writeVideo(files[0], seed);
  await writeText(files[1]);
  const path = join(folder, 'large.holdfast');
  const archive = await createArchive({ path, passphrase, person, clauses: starterPack });
  const identity = await createIdentity({ name: 'Dana Desk', now: new Date() });
  const bundle = join(folder, 'bundle.zip');
  const stored = await measured('import of 5 GiB', say, (progress) =>
    importFiles(archive, [...files], { progress }),
  );
  const compiled = await measured('compile, with its search and its own check', say, (progress) =>
    compileBundle(archive, { path: bundle, identity, captures: 'all' }, { progress }),
  );
  closeArchive(archive);
  const checked = await measured('check of the file', say, async (progress) =>
    must((await verifyFile(bundle, { trust: [] }, { progress })).verdict, 'consistent'),
  );
  return [stored, compiled, checked];
}

/** Bytes that do not repeat: each piece is the one before with its counter written into it. */
async function writeVideo(path: string, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const piece = Buffer.alloc(mebibyte);
  for (let i = 0; i < piece.length; i++) piece[i] = Math.floor(random.next() * 256);
  await writePieces(path, size.video, (at) => {
    const next = Buffer.from(piece);
    next.writeDoubleLE(at, 0);
    return next;
  });
}

/** Lines of JSON with escapes, entities and addresses: the search reads them in each of their spellings. */
function writeText(path: string): Promise<void> {
  const line = (at: number, n: number) =>
    `{"id":"${at + n}","url":"https:\\/\\/a.example\\/@ada\\/${n}?q=%2F","text":"caf\\u00e9 &amp; <b>tea<\\/b> ${n}"}\n`;
  return writePieces(path, size.text, (at) => {
    const lines = Array.from({ length: mebibyte / 64 }, (_, n) => line(at, n)).join('');
    return Buffer.from(lines).subarray(0, mebibyte);
  });
}

/** Of one mebibyte each. */
async function writePieces(path: string, bytes: number, piece: (at: number) => Buffer): Promise<void> {
  const stream = createWriteStream(path);
  for (let at = 0; at < bytes; at += mebibyte) if (!stream.write(piece(at))) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}
