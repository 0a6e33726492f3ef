/** Bundles of other archives: checked, taken in whole, their captures and posts listed, their logs remembered. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { compileBundle } from '../../archive/compile.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { listCaptures, listPosts, requireCapture } from '../../archive/posts.ts';
import { readEvent } from '../../archive/record.ts';
import { archiveStatus } from '../../archive/status.ts';
import type { EventDocument } from '../../contract/events.ts';
import { eachEvent } from '../../db/event.ts';
import { foreignHeads } from '../../db/foreign-log.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import type { Identity } from '../../evidence/identity/identity.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { compile, makeIdentity } from '../evidence/build/bundle.ts';
import { id, samplePlan } from '../evidence/build/sample.ts';
import { logHashes, planLog, testLogSigner } from '../evidence/build/sample-log.ts';
import { checkArchive, checkLog, importPage, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

const folder = temporaryFolder;

function identity(name = 'Ida Signer'): Promise<Identity> {
  return createIdentity({ name, organisation: null, email: null, now: new Date() });
}

async function bundleOf(archive: Archive, signer: Identity, name = 'b.zip'): Promise<string> {
  const path = join(folder(), name);
  await compileBundle(archive, { path, identity: signer, captures: 'all' });
  return path;
}

/** An archive with one post, its bundle, and who signed it. */
async function origin(text = 'words from elsewhere') {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, text);
  const signer = await identity();
  return { archive, signer, path: await bundleOf(archive, signer) };
}

function eventsOf<K extends EventDocument['kind']>(archive: Archive, kind: K) {
  const found: Extract<EventDocument, { kind: K }>[] = [];
  for (const { document } of eachEvent(archive.db)) {
    const event = readEvent(document);
    if (isOfKind(event, kind)) found.push(event);
  }
  return found;
}

function isOfKind<K extends EventDocument['kind']>(
  event: EventDocument,
  kind: K,
): event is Extract<EventDocument, { kind: K }> {
  return event.kind === kind;
}

function bytesOf(archive: Archive, sha256: string): Buffer {
  return Buffer.concat([...readStored(archive, findArtifact(archive, sha256))]);
}

test('a bundle is stored whole, and its captures and posts stand in the lists with where they came from', async () => {
  const { archive: there, signer, path } = await origin();
  const here = await makeArchive({ plain: true });

  const report = await importFiles(here, [path]);

  expect(report.refused).toEqual([]);
  expect(report.captures.map(({ format, posts }) => [format, posts])).toEqual([
    ['bundle', 0],
    ['html', 1],
  ]);
  expect(report.warnings.map(({ code }) => code)).toEqual(['signer-not-checked']);
  const [whole, inside] = report.captures.map(({ id: captureId }) => requireCapture(here, captureId));
  expect(bytesOf(here, whole?.artifacts[0]?.sha256 ?? '')).toEqual(readFileSync(path));
  const [original] = listCaptures(there, 0, 1, 'all').captures;
  expect(inside).toMatchObject({
    method: 'import',
    sourceName: 'post.html',
    origin: {
      archive: there.info.archiveId,
      capture: original?.id,
      signer: { name: 'Ida Signer', fingerprint: signer.signer.fingerprint },
      verdict: 'consistent',
    },
  });
  expect(inside?.id).not.toBe(original?.id);
  // Its bytes lie inside the zip file, and come out as they are.
  for (const { sha256 } of inside?.artifacts ?? []) {
    expect(toHex(nodeSha256.of(bytesOf(here, sha256)))).toBe(sha256);
  }
  expect(listPosts(here, 'elsewhere', 0, 10).posts).toMatchObject([
    { captureId: inside?.id, text: 'words from elsewhere' },
  ]);
  expect(eventsOf(here, 'bundle.imported')).toMatchObject([
    { body: { archive: there.info.archiveId, captures: [inside?.id], verdict: 'consistent', log: 'first' } },
  ]);
  checkArchive(here);
  await checkLog(here);
});

test('the same bundle again adds nothing', async () => {
  const { path } = await origin();
  const here = await makeArchive({ plain: true });
  await importFiles(here, [path]);
  const before = archiveStatus(here).counts;

  const report = await importFiles(here, [path]);

  expect(report).toMatchObject({ captures: [], posts: [], refused: [] });
  expect(report.warnings).toMatchObject([{ code: 'bundle-known' }]);
  expect(archiveStatus(here).counts).toEqual(before);
  checkArchive(here);
});

test('whom the user names is trusted, and that is kept', async () => {
  const { signer, path } = await origin();
  const here = await makeArchive({ plain: true });
  const trust = join(folder(), 'ida.pem');
  writeFileSync(trust, toPem(signer.certificate));

  const report = await importFiles(here, [path], { named: { trust: [trust] } });

  expect(report.warnings).toEqual([]);
  expect(requireCapture(here, report.captures[1]?.id ?? '').origin?.verdict).toBe('trusted');
});

test('a changed bundle is refused with the step that failed, and nothing of it is there', async () => {
  const { path } = await origin();
  const here = await makeArchive({ plain: true });
  const before = archiveStatus(here).counts;
  const bytes = readFileSync(path);
  const at = bytes.indexOf('words from elsewhere');
  bytes.write('other', at);
  writeFileSync(path, bytes);

  const report = await importFiles(here, [path]);

  expect(report.refused).toMatchObject([{ path, code: 'bundle-refused' }]);
  expect(report.refused[0]?.message).toMatch(
    /^The bundle did not pass its check, and nothing of it was taken in\. /,
  );
  expect(archiveStatus(here).counts).toEqual(before);
  checkArchive(here);
});

test('a later bundle of the same archive goes on from the first, and adds only what is new', async () => {
  const { archive: there, signer, path } = await origin();
  const here = await makeArchive({ plain: true });
  await importFiles(here, [path]);
  await importPage(there, 'words of another day');
  const later = await bundleOf(there, signer);

  const report = await importFiles(here, [later]);

  expect(report.refused).toEqual([]);
  expect(report.captures.map(({ format }) => format)).toEqual(['bundle', 'html']);
  expect(report.warnings.map(({ code }) => code)).toEqual(['signer-not-checked', 'capture-known']);
  expect(listPosts(here, 'words', 0, 10).total).toBe(2);
  expect(eventsOf(here, 'bundle.imported').map(({ body }) => body.log)).toEqual(['first', 'extends']);
  const heads = foreignHeads(here.db, `holdfast/${there.info.archiveId}`);
  expect(heads.map(({ size }) => size)).toEqual(
    [...new Set(heads.map(({ size }) => size))].sort((a, b) => a - b),
  );
  expect(heads).toHaveLength(2);
  checkArchive(here);
});

test('the older of two bundles may come second', async () => {
  const { archive: there, signer, path } = await origin();
  await importPage(there, 'words of another day');
  const later = await bundleOf(there, signer);
  const here = await makeArchive({ plain: true });

  const report = await importFiles(here, [later, path]);

  expect(report.refused).toEqual([]);
  expect(eventsOf(here, 'bundle.imported').map(({ body }) => body.log)).toEqual(['first', 'extends']);
});

test('a second history of one log is refused, and both its heads are kept', async () => {
  const { archive: there, signer, path } = await origin();
  const twin = join(folder(), 'twin.holdfast');
  const file = there.path;
  closeArchive(there);
  copyFileSync(file, twin);
  const open = (at: string) => openArchive({ path: at, passphrase: null, person: { name: 'Tess Ter' } });
  const [one, other] = [await open(file), await open(twin)];
  await importPage(one, 'what one says');
  await importPage(other, 'what the other says');
  const [first, second] = [await bundleOf(one, signer), await bundleOf(other, signer)];
  closeArchive(one);
  closeArchive(other);
  const here = await makeArchive({ plain: true });
  expect((await importFiles(here, [path, first])).refused).toEqual([]);
  const before = archiveStatus(here).counts;

  const report = await importFiles(here, [second]);

  expect(report.refused).toMatchObject([{ code: 'log-forked' }]);
  expect(report.refused[0]?.message).toContain('it has two histories, and its key has signed both');
  expect(archiveStatus(here).counts).toEqual({ ...before, events: before.events + 1 });
  const [forked, ...more] = eventsOf(here, 'log.forked');
  expect(more).toEqual([]);
  const { known, shown } = forked?.body ?? {};
  expect(shown?.note).toContain(
    `\n${shown?.size}\n${Buffer.from(shown?.root ?? '', 'hex').toString('base64')}\n`,
  );
  expect(known?.note).toContain(
    `\n${known?.size}\n${Buffer.from(known?.root ?? '', 'hex').toString('base64')}\n`,
  );
  expect([known?.size, known?.root === shown?.root]).toEqual([shown?.size, false]);
  // Once more is said once more, and kept once.
  expect((await importFiles(here, [second])).refused).toMatchObject([{ code: 'log-forked' }]);
  expect(eventsOf(here, 'log.forked')).toHaveLength(1);
  checkArchive(here);
});

test('whoever takes the name of a log with another key shuts nobody out, and that there are two is said', async () => {
  const [signer, forger] = [await makeIdentity('Ada Invented'), await makeIdentity('Ada Invented')];
  const [forged, genuine] = ['forged.zip', 'genuine.zip'].map((name) => join(folder(), name)) as [
    string,
    string,
  ];
  writeFileSync(forged, await compile(samplePlan(forger, undefined, undefined, 'another key'), forger));
  writeFileSync(genuine, await compile(samplePlan(signer), signer));
  const here = await makeArchive({ plain: true });

  const report = await importFiles(here, [forged, genuine, genuine]);

  expect(report.refused).toEqual([]);
  expect(report.warnings.map(({ code }) => code)).toContain('log-other-key');
  expect(eventsOf(here, 'bundle.imported').map(({ body }) => body.log)).toEqual(['first', 'other-key']);
  checkArchive(here);
});

test('where a bundle shows no head that is known, it is taken in, and that nothing was compared is said', async () => {
  const signer = await makeIdentity('Ada Invented');
  const plan = samplePlan(signer);
  const leaves = [
    ...plan.log.started,
    ...plan.sessions,
    ...plan.clauses,
    ...plan.bundles,
    ...plan.captures.flatMap(({ sealed, readings }) => [
      sealed,
      ...readings.flatMap(({ made, posts }) => [made, ...posts.flatMap(({ tags }) => tags)]),
    ]),
  ].map(({ leaf }) => leaf);
  const longer = planLog(testLogSigner(`holdfast/${id(3)}`), logHashes(leaves, 140), { sizes: [140] });
  const captures = plan.captures.map((capture) => ({ ...capture, checkpoint: 140 }));
  const here = await makeArchive({ plain: true });
  const [one, other] = ['one.zip', 'other.zip'].map((name) => join(folder(), name)) as [string, string];
  writeFileSync(one, await compile(plan, signer));
  writeFileSync(
    other,
    await compile({ ...plan, captures, log: { started: plan.log.started, ...longer } }, signer),
  );

  const report = await importFiles(here, [one, other]);

  expect(report.refused).toEqual([]);
  expect(report.warnings.map(({ code }) => code)).toContain('log-not-compared');
  expect(eventsOf(here, 'bundle.imported').map(({ body }) => body.log)).toEqual(['first', 'not-known']);
});

test('a bundle of this archive, brought back, makes no doubles', async () => {
  const { archive, path } = await origin();
  const before = listPosts(archive, '', 0, 10).total;

  const report = await importFiles(archive, [path]);

  expect(report.refused).toEqual([]);
  expect(report.captures.map(({ format }) => format)).toEqual(['bundle']);
  expect(report.warnings.map(({ code }) => code)).toEqual(['signer-not-checked', 'capture-known']);
  expect(listPosts(archive, '', 0, 10).total).toBe(before);
  expect(eventsOf(archive, 'bundle.imported').map(({ body }) => body.log)).toEqual(['extends']);
  checkArchive(archive);
});

test("a bundle that claims another's capture by its id takes nothing's place", async () => {
  const signer = await makeIdentity('Ada Invented');
  const forger = await makeIdentity('Ada Invented');
  const forged = samplePlan(forger, (content) => ({
    ...content,
    text: content.text.replace('tonight', 'at noon'),
  }));
  const captures = forged.captures.map((capture) => ({
    ...capture,
    readings: capture.readings.map((reading) => ({
      ...reading,
      posts: reading.posts.map((post) => ({ ...post, tags: [] })),
    })),
  }));
  const here = await makeArchive({ plain: true });
  const [first, second] = ['forged.zip', 'true.zip'].map((name) => join(folder(), name)) as [string, string];
  writeFileSync(first, await compile({ ...forged, clauses: [], captures }, forger));
  writeFileSync(second, await compile(samplePlan(signer), signer));

  const report = await importFiles(here, [second, first]);

  // The same key signed another root at the same size: the log that was first is the one that counts.
  expect(report.refused).toMatchObject([{ code: 'log-forked' }]);
  const posts = listPosts(here, '', 0, 10);
  expect(posts.posts.some(({ text }) => text.includes('tonight'))).toBe(true);
  expect(posts.posts.some(({ text }) => text.includes('at noon'))).toBe(false);
  expect(posts.posts.map(({ postId }) => postId)).not.toContain(id(12));
});
