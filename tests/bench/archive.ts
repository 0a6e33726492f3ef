/** Storing, compiling and verifying one large file, each against public tools on the same bytes. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../../archive/archive.ts';
import { readBlob } from '../../archive/blobs.ts';
import { compileBundle, previewBundle } from '../../archive/compile.ts';
import { createIdentityFile, readIdentityFile } from '../../archive/identity.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import { verifyFile } from '../../archive/verify.ts';
import { connect } from '../../db/connection.ts';
import { report, rounds, tool } from './measure.ts';

const megabytes = 512;
const passphrase = 'bench';

async function randomFile(path: string): Promise<void> {
  const stream = createWriteStream(path);
  for (let i = 0; i < megabytes; i++)
    if (!stream.write(randomBytes(1024 * 1024))) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

async function newArchive(path: string): Promise<Archive> {
  for (const suffix of ['', '-wal', '-shm', '-lock']) rmSync(`${path}${suffix}`, { force: true });
  return createArchive({ path, passphrase, person: { name: 'Bench' }, clauses: starterPack });
}

/** The same chunks with the same library and settings, and nothing else. */
async function rawInsert(file: string, path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  const db = connect(path, passphrase);
  db.exec('CREATE TABLE c (n INTEGER PRIMARY KEY, b BLOB)');
  const insert = db.prepare('INSERT INTO c (b) VALUES (?)');
  let waiting: Uint8Array[] = [];
  const commit = db.transaction(() => {
    for (const chunk of waiting) insert.run(chunk);
  });
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    waiting.push(chunk);
    if (waiting.length < 4) continue;
    commit();
    waiting = [];
  }
  commit();
  db.close();
}

export async function benchArchive(folder: string): Promise<void> {
  const file = join(folder, 'large.bin');
  await randomFile(file);
  const store = await rounds(
    {
      'openssl dgst -sha256': () => tool('openssl', ['dgst', '-sha256', file]),
      'bare insert of the same chunks': () => rawInsert(file, join(folder, 'raw.db')),
      'holdfast: hash and store': async () => {
        const archive = await newArchive(join(folder, 'store.holdfast'));
        await importFiles(archive, [file]);
        closeArchive(archive);
      },
    },
    3,
  );
  report(
    `store one file of ${megabytes} MiB`,
    store,
    'holdfast: hash and store',
    ['openssl dgst -sha256', 'bare insert of the same chunks'],
    1.2,
  );

  const archive = await newArchive(join(folder, 'bundle.holdfast'));
  const { artifacts } = await importFiles(archive, [file]);
  const identityPath = join(folder, 'bench.p12');
  await createIdentityFile(
    identityPath,
    passphrase,
    { name: 'Bench', organisation: null, email: null },
    new Date(),
  );
  const identity = await readIdentityFile(identityPath, passphrase);
  const bundle = join(folder, 'bundle.zip');
  const blob = archive.db.prepare('SELECT id FROM blob WHERE size = ?').pluck().get(artifacts[0]?.size);
  const compile = await rounds(
    {
      'openssl dgst -sha256': () => tool('openssl', ['dgst', '-sha256', file]),
      'zip -0': () => {
        rmSync(join(folder, 'tool.zip'), { force: true });
        tool('zip', ['-0', '-q', 'tool.zip', 'large.bin'], folder);
      },
      'reading it from the archive': () => {
        for (const chunk of readBlob(archive, Number(blob))) if (chunk.length === 0) throw new Error('empty');
      },
      'holdfast: what would leave (the search alone)': async () => {
        await previewBundle(archive, { captures: 'all' });
      },
      'holdfast: compile, search, sign, check': async () => {
        rmSync(bundle, { force: true });
        await compileBundle(archive, { path: bundle, identity, captures: 'all' });
      },
    },
    3,
  );
  report(
    `compile a bundle of ${megabytes} MiB`,
    compile,
    'holdfast: compile, search, sign, check',
    ['openssl dgst -sha256', 'zip -0', 'reading it from the archive'],
    1.3,
  );
  closeArchive(archive);

  const verify = await rounds(
    {
      'openssl dgst -sha256': () => tool('openssl', ['dgst', '-sha256', bundle]),
      'holdfast: verify': async () => {
        const { verdict } = await verifyFile(bundle, { trust: [] });
        if (verdict !== 'consistent') throw new Error(`the bench's own bundle is ${verdict}`);
      },
    },
    5,
  );
  report(`verify that bundle`, verify, 'holdfast: verify', ['openssl dgst -sha256'], 1.2);
  console.log(
    `  peak memory of this process so far: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`,
  );
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}
