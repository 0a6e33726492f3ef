/** Bundles of other archives: checked, taken in whole, their captures and posts listed, their logs remembered. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { compileBundle } from '../../archive/compile.ts';
import { relate } from '../../archive/import/foreign-log.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { listCaptures, listPosts, requireCapture } from '../../archive/posts.ts';
import { readEvent } from '../../archive/record.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { restoreBackup } from '../../archive/safety/restore.ts';
import { archiveStatus } from '../../archive/status.ts';
import type { EventDocument } from '../../contract/events.ts';
import { eachEvent } from '../../db/event.ts';
import { foreignHeads } from '../../db/foreign-log.ts';
import { plannedEvents } from '../../evidence/build/plan.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import type { Identity } from '../../evidence/identity/identity.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { logOrigin } from '../../evidence/log/checkpoint.ts';
import { verifierKey } from '../../evidence/log/note.ts';
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
    const event = document === null ? null : readEvent(document);
    if (event !== null && isOfKind(event, kind)) found.push(event);
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

/** The sample with its log shown at these sizes. `filler`: what the lines are that nobody sees. */
async function atSizes(signer: Identity, sizes: readonly number[], filler?: string): Promise<string> {
  const plan = samplePlan(signer);
  const leaves = plannedEvents(plan).map(({ leaf }) => leaf);
  const newest = Math.max(...sizes);
  const hashes = logHashes(leaves, newest, filler);
  const log = planLog(testLogSigner(`holdfast/${id(3)}`), hashes, { sizes });
  const captures = plan.captures.map((capture) => ({ ...capture, checkpoint: newest }));
  const path = join(folder(), `${filler ?? 'line'}-${sizes.join('-')}.zip`);
  writeFileSync(
    path,
    await compile({ ...plan, captures, log: { started: plan.log.started, ...log } }, signer),
  );
  return path;
}

const relationsOf = (archive: Archive) => eventsOf(archive, 'bundle.imported').map(({ body }) => body.log);

test('a history that was never compared with what was known first does not become known by being told on', async () => {
  const signer = await makeIdentity('Ada Invented');
  const here = await makeArchive({ plain: true });
  const bundles = [
    await atSizes(signer, [120]),
    await atSizes(signer, [140], 'other line'),
    await atSizes(signer, [140, 150], 'other line'),
  ];

  const report = await importFiles(here, bundles);

  expect(report.refused).toEqual([]);
  expect(relationsOf(here)).toEqual(['first', 'not-known', 'not-known']);
  // What shows the one and the other in one history would end that; here it shows the fork.
  expect((await importFiles(here, [await atSizes(signer, [120, 150])])).refused).toMatchObject([
    { code: 'log-forked' },
  ]);
  checkArchive(here);
});

test('a bundle that shows two histories to be one makes both known', async () => {
  const signer = await makeIdentity('Ada Invented');
  const here = await makeArchive({ plain: true });
  const bundles = [[120], [140], [120, 140, 150], [130, 150], [160]].map((sizes) => atSizes(signer, sizes));

  const report = await importFiles(here, await Promise.all(bundles));

  expect(report.refused).toEqual([]);
  expect(relationsOf(here)).toEqual(['first', 'not-known', 'extends', 'extends', 'not-known']);
});

test('a bundle that names a known archive under another log is not the first of it', async () => {
  const [signer, forger] = [await makeIdentity('Ada Invented'), await makeIdentity('Ada Invented')];
  const restored = `holdfast/${id(3)}/${id(99)}`;
  const [forged, genuine] = ['forged.zip', 'genuine.zip'].map((name) => join(folder(), name)) as [
    string,
    string,
  ];
  const plan = samplePlan(forger, undefined, undefined, 'another key', restored);
  writeFileSync(forged, await compile(plan, forger));
  writeFileSync(genuine, await compile(samplePlan(signer), signer));

  for (const order of [
    [genuine, forged],
    [forged, genuine],
  ]) {
    const here = await makeArchive({ plain: true });
    const report = await importFiles(here, order);
    expect(report.refused).toEqual([]);
    expect(relationsOf(here)).toEqual(['first', 'other-key']);
    expect(report.warnings.find(({ code }) => code === 'log-other-key')?.message).toContain(
      'restored from a backup',
    );
    // The capture that both hold is there once; who vouched for it first, and that it was not added again, is said.
    expect(report.warnings.filter(({ code }) => code === 'capture-known')[0]?.message).toContain(
      `from a bundle that "Ada Invented" signed (certificate ${(order[0] === genuine ? signer : forger).signer.fingerprint})`,
    );
  }
});

test('where a bundle shows no head that is known, it is taken in, and that nothing was compared is said', async () => {
  const signer = await makeIdentity('Ada Invented');
  const here = await makeArchive({ plain: true });
  const bundles = [await atSizes(signer, [120]), await atSizes(signer, [140])];

  const report = await importFiles(here, bundles);

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

test('a restored backup takes in a bundle of the archive that went on without it: that is no second history', async () => {
  const { archive: there, signer } = await origin();
  const [backupPath, path] = ['backup.holdfast', 'restored.holdfast'].map((name) => join(folder(), name)) as [
    string,
    string,
  ];
  await backUp(there, backupPath);
  const person = { name: 'Rita Restore' };
  await restoreBackup({ backupPath, path, passphrase: null, person });
  await importPage(there, 'what was added since');
  const later = await bundleOf(there, signer, 'later.zip');
  const restored = await openArchive({ path, passphrase: null, person });

  const report = await importFiles(restored, [later]);

  expect(report.refused).toEqual([]);
  expect(listPosts(restored, 'since', 0, 10).total).toBe(1);
  expect(eventsOf(restored, 'log.forked')).toEqual([]);
  checkArchive(restored);
  await checkLog(restored);
  closeArchive(restored);
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

test('a bundle that claims to be of this very archive, by a log that this archive never had, is told apart', async () => {
  const here = await makeArchive({ plain: true });
  const { archiveId } = here.info;
  for (const name of [logOrigin(archiveId), logOrigin(archiveId, id(99))]) {
    const { publicKey } = testLogSigner(name);
    const head = { size: 1, root: '0'.repeat(64), note: 'a signed note' };
    const log = { origin: name, vkey: verifierKey(name, publicKey), checkpoints: [head] };
    expect(relate(here, archiveId, [log]), name).toEqual({ state: 'other-key' });
  }
  const { publicKey } = testLogSigner(logOrigin(id(3)));
  const head = { size: 1, root: '0'.repeat(64), note: 'a signed note' };
  const foreign = {
    origin: logOrigin(id(3)),
    vkey: verifierKey(logOrigin(id(3)), publicKey),
    checkpoints: [head],
  };
  expect(relate(here, id(3), [foreign])).toEqual({ state: 'first' });
});
