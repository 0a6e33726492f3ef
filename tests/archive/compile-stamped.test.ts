/** Bundles out of archives whose log was stamped: what each capture's time rests on, and that it all stands in them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Archive } from '../../archive/archive.ts';
import { compileBundle } from '../../archive/compile.ts';
import { attachStamp } from '../../archive/timestamps/attach.ts';
import { attachBundleStamp, requestBundleStamp } from '../../archive/timestamps/bundle.ts';
import { requestStamp } from '../../archive/timestamps/request.ts';
import { verifyFile } from '../../archive/verify.ts';
import { evidenceSchema } from '../../evidence/bundle/evidence.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { memorySource } from '../../evidence/source/byte-source.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { contentOf, openZip } from '../../evidence/zip/reader.ts';
import { Authority } from '../evidence/timestamp/authority.ts';
import { checkArchive, importPage, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

let authority: Authority;
let root: Uint8Array;
beforeAll(async () => {
  authority = await Authority.open();
  await authority.issue('tsa', 'P-256');
  root = await authority.certificate('ca');
});
afterAll(() => authority.close());

async function stampNow(archive: Archive): Promise<{ size: number; genTime: string }> {
  const { request, subject } = requestStamp(archive);
  const response = await authority.reply('tsa', request);
  const { found } = await attachStamp(archive, {
    response,
    named: [root],
    answers: [await authority.revocationList()],
  });
  if (subject.kind !== 'checkpoint') throw new Error('not of a checkpoint');
  return { size: subject.size, genTime: found.genTime.toISOString() };
}

async function filesOf(path: string): Promise<Map<string, Buffer>> {
  const source = memorySource(new Uint8Array(readFileSync(path)));
  const files = new Map<string, Buffer>();
  for (const entry of (await openZip(source)).entries) {
    const pieces: Uint8Array[] = [];
    for await (const piece of contentOf(source, entry, nodeCrc32)) pieces.push(piece.slice());
    files.set(entry.name.replace(/^[^/]*\//, ''), Buffer.concat(pieces));
  }
  return files;
}

test('each capture stands under the earliest stamped head that covers it, else under the newest', async () => {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, 'the first day');
  const first = await stampNow(archive);
  await importPage(archive, 'the second day');
  const second = await stampNow(archive);
  await importPage(archive, 'not stamped yet');
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });
  const [signer, tsa] = ['signer.pem', 'tsa.pem'].map((name) => join(temporaryFolder(), name)) as [
    string,
    string,
  ];
  writeFileSync(signer, toPem(identity.certificate));
  writeFileSync(tsa, toPem(root));
  const path = join(temporaryFolder(), 'b.zip');

  const report = await compileBundle(archive, { path, identity, captures: 'all' });

  expect(report.verification.verdict).toBe('consistent');
  const files = await filesOf(path);
  const evidence = evidenceSchema.parse(JSON.parse(files.get('data/evidence.json')?.toString() ?? ''));
  const newest = evidence.checkpoints.at(-1)?.size ?? 0;
  expect(
    evidence.captures.map(({ checkpoint, existedNoLaterThan }) => [checkpoint, existedNoLaterThan?.time]),
  ).toEqual([
    [first.size, first.genTime],
    [second.size, second.genTime],
    [newest, undefined],
  ]);
  expect([...files.keys()].filter((name) => /^sig\/(checkpoint|tsa|revocation)/.test(name))).toEqual([
    `sig/checkpoint-${first.size}.tsr`,
    `sig/checkpoint-${second.size}.tsr`,
    expect.stringMatching(/^sig\/revocation\//),
    expect.stringMatching(/^sig\/revocation\//),
    expect.stringMatching(/^sig\/tsa-/),
  ]);
  const report1 = files.get('data/report.html')?.toString();
  expect(report1).toContain('by the time-stamping authority <bdi>Invented Time</bdi>');
  expect(report1).toContain('no independent timestamp: the time of receipt is the signer’s own claim');
  const verification = await verifyFile(path, { trust: [signer], tsaRoots: [tsa] });
  expect(verification.verdict).toBe('trusted');
  const open = verification.steps.filter(({ status }) => status !== 'ok').map(({ step }) => step);
  expect(open).toEqual(['artifacts', 'wacz']);

  // The stamp over the bundle itself arrives later, by the same authority, and changes nothing outside sig/.
  const { request } = await requestBundleStamp(path, null);
  await attachBundleStamp(path, {
    response: await authority.reply('tsa', request),
    named: [root],
    answers: [],
  });
  const stamped = await filesOf(path);
  for (const [name, bytes] of files) expect(stamped.get(name), name).toEqual(bytes);
  expect([...stamped.keys()].filter((name) => !files.has(name))).toEqual([
    'sig/tagmanifest-sha256.txt.p7s.tsr',
    'sig/ATTIME.txt',
  ]);
  expect(await verifyFile(path, { trust: [signer], tsaRoots: [tsa] })).toMatchObject({
    verdict: 'trusted',
    timestamps: [{ trusted: true }, { trusted: true }, { over: 'signature', trusted: true }],
  });
  checkArchive(archive);
});

test('a later bundle shows the earlier one as part of the custody, and every head on the way', async () => {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, 'the first day');
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });
  const [one, two] = ['one.zip', 'two.zip'].map((name) => join(temporaryFolder(), name)) as [string, string];
  const first = await compileBundle(archive, { path: one, identity, captures: 'all' });

  const second = await compileBundle(archive, { path: two, identity, captures: 'all' });

  const files = await filesOf(two);
  const evidence = evidenceSchema.parse(JSON.parse(files.get('data/evidence.json')?.toString() ?? ''));
  expect(evidence.bundles).toMatchObject([{ id: first.bundleId, sha256: first.sha256, size: first.size }]);
  expect(evidence.checkpoints.map(({ size }) => size)).toContain(first.verification.log?.size);
  expect(evidence.checkpoints.at(-1)).toEqual(second.verification.log);
  const stored = z
    .array(z.number())
    .parse(archive.db.prepare('SELECT size FROM log_checkpoint').pluck().all());
  expect(evidence.checkpoints.map(({ size }) => size)).toEqual(stored);
});

test('a stamp that does not hold any more does not leave the desk', async () => {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, 'the first day');
  await stampNow(archive);
  archive.db.exec('DROP TRIGGER timestamp_file_no_update');
  archive.db.exec(
    'UPDATE timestamp_file SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE sha256 IN (SELECT tsr FROM timestamp_token)',
  );
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });

  const compiled = compileBundle(archive, {
    path: join(temporaryFolder(), 'b.zip'),
    identity,
    captures: 'all',
  });

  await expect(compiled).rejects.toMatchObject({ code: 'archive-damaged' });
});
