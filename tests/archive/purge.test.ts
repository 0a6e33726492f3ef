/** Purging a capture: what goes, what stays, and that the log still says what it said. */
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { batchItems, openBatch } from '../../archive/batch/batch.ts';
import { addExhibits, makeCase, readCase } from '../../archive/cases/cases.ts';
import { compileBundle } from '../../archive/compile.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { addRedaction, liftRedaction, listRedactions } from '../../archive/leaving/redactions.ts';
import { revealCapture } from '../../archive/leaving/reveal.ts';
import { makeCheckpoint } from '../../archive/log/checkpoint.ts';
import { proveCapture } from '../../archive/log/prove.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { listCaptures, requireCapture, requirePost, searchPosts } from '../../archive/posts.ts';
import { holdCapture, liftHold, listKeeping, retainCapture } from '../../archive/purge/keeping.ts';
import { planPurge } from '../../archive/purge/plan.ts';
import { purgeCapture } from '../../archive/purge/purge.ts';
import { stopAndPurge } from '../../archive/purge/stop.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { drawCoding } from '../../archive/review/coding.ts';
import { reviewTag } from '../../archive/review/review.ts';
import { backUp } from '../../archive/safety/backup.ts';
import { eventsOf, listEvents } from '../../archive/status.ts';
import { addReport, listReports } from '../../archive/tags/reports.ts';
import { verifyFile } from '../../archive/verify.ts';
import { addWatch, readWatch } from '../../archive/watch/watch.ts';
import { batchOrderSchema } from '../../contract/model/batch.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import type { Identity } from '../../evidence/identity/identity.ts';
import { nodeEd25519 } from '../../evidence/log/ed25519-node.ts';
import { parseTlogProof, verifyTlogProof } from '../../evidence/log/tlog-proof.ts';
import { checkArchive, importPage, makeArchive, postPage, streamOf } from '../support/archive.ts';
import { faultyArchive } from '../support/faulty.ts';
import { purgeOrder, recordItem } from '../support/purge.ts';
import { begin, play, startOf } from '../support/recording.ts';
import { temporaryFolder } from '../support/temporary.ts';

vi.setConfig({ testTimeout: 60_000 });

const code = (wanted: string) => expect.objectContaining({ code: wanted });
const captureOf = (archive: Archive, postId: string): string => requirePost(archive, postId).captureId;

/** Everything holds together, the tables are those that the log makes, and so many documents are gone by these leaves. */
async function expectPurged(archive: Archive, purges: { leaf: number; events: number[] }[]): Promise<void> {
  checkArchive(archive);
  const { problems, purged, purges: found } = await verifyLog(archive);
  expect(problems).toEqual([]);
  expect(found).toEqual(purges.map(({ leaf, events }) => ({ leaf, events })));
  expect(purged).toBe(purges.reduce((sum, { events }) => sum + events.length, 0));
}

test('takes a capture, its posts, tags and reviews, and leaves the others and the log', async () => {
  const archive = await makeArchive({ plain: true });
  const stays = await importPage(archive, 'words that stay');
  const { captureId, tagId } = await recordItem(archive, 'wordsthatgo');
  reviewTag(archive, { tagId, act: 'dispute', because: 'not so' });
  const later = await importPage(archive, 'words that came later');

  const purged = await purgeCapture(archive, purgeOrder(captureId));

  const { leaf, events } = purged;
  expect(purged).toMatchObject({
    captureId,
    along: [],
    destroyed: { captures: 1, posts: 1, tags: 1, readings: 1, reviews: 1, others: 0 },
  });
  expect(searchPosts(archive, 'wordsthatgo', 10).total).toBe(0);
  expect(searchPosts(archive, 'words', 10).hits.map((each) => each.postId)).toEqual([later, stays]);
  expect(listCaptures(archive, 0, 10).total).toBe(2);
  expect(() => requireCapture(archive, captureId)).toThrowError(code('capture-purged'));
  expect(() => eventsOf(archive, captureId)).toThrowError(code('capture-purged'));
  const lines = listEvents(archive, { before: null, limit: 50 }).events;
  expect(
    lines.filter(({ purgedBy }) => purgedBy === leaf).map(({ seq, actor }) => [seq, actor.name]),
  ).toEqual([...events].reverse().map((seq) => [seq, 'Tess Ter']));
  // What commits to its files, one by one, goes with it.
  expect(lines.filter(({ purgedBy }) => purgedBy === leaf).map(({ kind }) => kind)).toContain(
    'artifacts.committed',
  );
  expect(listKeeping(archive).purged).toMatchObject([
    { captureId, leaf, authority: 'District court, file 7', address: null, startedAt: null },
  ]);
  await expectPurged(archive, [{ leaf, events }]);
  await expect(purgeCapture(archive, purgeOrder(captureId))).rejects.toThrowError(code('capture-purged'));
});

test('what only names it stays and names nothing; the numbers of later posts are those of a rebuild', async () => {
  const archive = await makeArchive({ plain: true });
  const other = await importPage(archive, 'another post');
  const order = batchOrderSchema.parse({
    which: { kind: 'list', name: 'l', addresses: ['https://social.example/ada/1'], anew: false },
    retryFailed: false,
  });
  const { batch } = openBatch(archive, order);
  const { captureId, postId } = await recordItem(archive, 'firstitem', {
    kind: 'batch',
    batch: batch.id,
    n: 0,
  });
  drawCoding(archive, { name: 'All', posts: 2, seed: null });
  const report = { to: 'the platform', at: '2026-01-05', bundle: null, note: null };
  addReport(archive, { ...report, posts: [postId] });
  const mixed = addReport(archive, { ...report, posts: [postId, other] });
  const schedule = { everyMinutes: 60, jitterMinutes: 0, hours: null };
  const watch = addWatch(archive, { postId, url: null, schedule, persona: null });
  const check = await recordItem(archive, 'checkitem', { kind: 'watch', watch: watch.id, network: null });
  makeCase(archive, { name: 'A case', timeZone: 'UTC' });
  addExhibits(archive, 'A case', [
    { id: postId, label: 'the first', note: 'words of a note' },
    { id: other, label: null, note: null },
  ]);
  const last = await importPage(archive, 'the last post');

  const first = await purgeCapture(archive, purgeOrder(captureId));
  expect(first).toMatchObject({ watches: 1, stays: { reports: 1, exhibits: 1 }, destroyed: { others: 3 } });
  expect(readWatch(archive, watch.id, 5)).toMatchObject({
    watch: { state: 'ended', postId: null, nextAt: null },
    checks: [{ captureId: check.captureId }],
  });
  const second = await purgeCapture(archive, purgeOrder(check.captureId, { keepAddress: true }));
  expect(listKeeping(archive).purged[0]).toMatchObject({
    address: 'https://social.example/ada/1',
    startedAt: '2026-01-05T08:00:00.000Z',
  });
  expect(readWatch(archive, watch.id, 5)).toMatchObject({ watch: { since: null }, checks: [] });
  expect(second.stays.addresses).toBe(2);
  const third = await purgeCapture(archive, purgeOrder(captureOf(archive, last)));
  const newest = await importPage(archive, 'a post after all that');

  expect(readCase(archive, 'A case')).toMatchObject({
    exhibits: [{ number: 2, postId: other }],
    removed: [{ number: 1, because: 'Its capture was purged.' }],
  });
  expect(
    archive.db
      .prepare("SELECT count(*) FROM event WHERE CAST(document AS TEXT) LIKE '%of a note%'")
      .pluck()
      .get(),
  ).toBe(0);
  expect(listReports(archive, null)).toMatchObject([{ id: mixed.id, posts: [other] }]);
  expect(batchItems(archive, batch.id, 0, 5).items).toMatchObject([
    { state: 'complete', captureId, tries: 1 },
  ]);
  expect(openBatch(archive, { ...order, which: { kind: 'batch', batchId: batch.id } }).todo).toEqual([]);
  expect(searchPosts(archive, 'post', 10).hits.map((hit) => hit.postId)).toEqual([newest, other]);
  await expectPurged(archive, [first, second, third]);
});

test('what bundles were to withhold of it goes along, word for word', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId } = await recordItem(archive, 'wordsthatgo');
  const hides = { what: 'words', words: ['wordsthatgo'] } as const;
  const draft = { captureId, hides: { ...hides, words: [...hides.words] }, because: 'wordsthatgo is a name' };
  const { id } = addRedaction(archive, draft);
  addRedaction(archive, draft);
  liftRedaction(archive, id, 'wordsthatgo may be shown');

  const { leaf, events, destroyed } = await purgeCapture(archive, purgeOrder(captureId));

  expect(destroyed.others).toBe(3);
  expect(listRedactions(archive)).toEqual([]);
  const lines = listEvents(archive, { before: null, limit: 50 }).events;
  const gone = lines.filter(({ purgedBy }) => purgedBy === leaf).map(({ kind }) => kind);
  expect(gone.filter((kind) => kind.startsWith('redaction.'))).toHaveLength(3);
  expect(() => revealCapture(archive, captureId)).toThrowError(code('capture-purged'));
  await expectPurged(archive, [{ leaf, events }]);
});

test('bytes that another capture has too stay, and the plan says so', async () => {
  const archive = await makeArchive({ plain: true });
  const page = postPage('the same page twice');
  const first = await importFile(archive, 'a.html', streamOf(page));
  const second = await importFile(archive, 'b.html', streamOf(page));
  expect(await planPurge(archive, first.captureId)).toMatchObject({
    destroyed: { artifacts: 0, bytes: 0, posts: 1 },
    stays: { artifacts: 1 },
  });

  const purged = [await purgeCapture(archive, purgeOrder(first.captureId))];
  expect(requireCapture(archive, second.captureId).artifacts).toHaveLength(1);
  await expectPurged(archive, purged);

  purged.push(await purgeCapture(archive, purgeOrder(second.captureId)));
  expect(purged[1]?.destroyed).toMatchObject({ artifacts: 1, bytes: Buffer.byteLength(page) });
  expect(archive.db.prepare('SELECT count(*) FROM blob').pluck().get()).toBe(0);
  await expectPurged(archive, purged);
});

const identity = (): Promise<Identity> =>
  createIdentity({ name: 'Ida Signer', organisation: null, email: null, now: new Date() });

test('older bundles and proofs of other captures still hold; no new bundle takes it; copies are listed', async () => {
  const archive = await makeArchive({ plain: true });
  const signer = await identity();
  const folder = temporaryFolder();
  const stays = captureOf(archive, await importPage(archive, 'words that stay'));
  const { captureId } = await recordItem(archive, 'wordsthatgo');
  const old = join(folder, 'old.zip');
  const compiled = await compileBundle(archive, { path: old, identity: signer, captures: 'all' });
  const before = makeCheckpoint(archive);
  const backup = await backUp(archive, join(folder, 'backup.holdfast'));

  const { leaf, events, ...plan } = await purgeCapture(archive, purgeOrder(captureId));

  expect(plan.bundles).toMatchObject([{ bundleId: compiled.bundleId, sha256: compiled.sha256 }]);
  expect(plan.backups).toMatchObject([{ sha256: backup.sha256, size: backup.size }]);
  expect((await verifyFile(old, { trust: [] })).verdict).toBe('consistent');
  const proof = proveCapture(archive, stays);
  const { leaf: bytes } = archive.db.prepare('SELECT leaf FROM event WHERE seq = ?').get(proof.seq) as {
    leaf: Uint8Array;
  };
  verifyTlogProof(nodeSha256, bytes, parseTlogProof(proof.proof), proof.vkey, nodeEd25519);
  expect(makeCheckpoint(archive).size).toBeGreaterThan(before.size);
  const path = join(folder, 'new.zip');
  await expect(
    compileBundle(archive, { path, identity: signer, captures: [captureId] }),
  ).rejects.toThrowError(code('capture-purged'));
  expect(await compileBundle(archive, { path, identity: signer, captures: 'all' })).toMatchObject({
    captures: 1,
    verification: { verdict: 'consistent' },
  });
  expect(() => proveCapture(archive, captureId)).toThrowError(code('capture-purged'));
  await expectPurged(archive, [{ leaf, events }]);
});

test('the file of a bundle that holds it goes along, what else came in it keeps its bytes, and it is not taken in again', async () => {
  const there = await makeArchive({ plain: true, path: join(temporaryFolder(), 'there.holdfast') });
  const signer = await identity();
  await importPage(there, 'words that stay');
  const going = captureOf(there, await importPage(there, 'words that go'));
  const [folder, paths] = [temporaryFolder(), [] as string[]];
  for (const name of ['one.zip', 'two.zip']) {
    paths.push(join(folder, name));
    await compileBundle(there, { path: join(folder, name), identity: signer, captures: 'all' });
  }
  const [one = '', two = ''] = paths;
  const here = await makeArchive({ plain: true });
  expect((await importFiles(here, [one])).refused).toEqual([]);
  const taken = captureOf(here, searchPosts(here, 'go', 1).hits[0]?.postId ?? '');
  const kept = requireCapture(here, captureOf(here, searchPosts(here, 'stay', 1).hits[0]?.postId ?? ''));

  const purged = await purgeCapture(here, purgeOrder(taken));

  expect(purged).toMatchObject({ along: [{ sourceName: 'one.zip' }], destroyed: { captures: 2 } });
  expect(requireCapture(here, kept.id)).toEqual(kept);
  expect(listCaptures(here, 0, 10).total).toBe(1);
  await expectPurged(here, [purged]);
  for (const path of [one, two]) {
    expect((await importFiles(here, [path])).refused).toMatchObject([{ code: 'bundle-holds-purged' }]);
  }
  expect(
    (await compileBundle(here, { path: join(folder, 'on.zip'), identity: signer, captures: 'all' })).captures,
  ).toBe(1);

  // Where it came from, the same bundles are files of one's own captures, once they are taken in.
  await importFiles(there, [two]);
  const own = await purgeCapture(there, purgeOrder(going));
  expect(own.along).toMatchObject([{ sourceName: 'two.zip' }]);
  await expectPurged(there, [own]);
});

test('a legal hold refuses it until it is lifted; a date that has passed lists it and purges nothing', async () => {
  const archive = await makeArchive({ plain: true });
  const captureId = captureOf(archive, await importPage(archive, 'words'));
  holdCapture(archive, captureId, 'It stands before a court.');
  expect(() => holdCapture(archive, captureId, 'again')).toThrowError(code('capture-held'));
  await expect(purgeCapture(archive, purgeOrder(captureId))).rejects.toThrowError(code('capture-held'));
  expect(listKeeping(archive).held).toMatchObject([
    { captureId, because: 'It stands before a court.', by: { name: 'Tess Ter' } },
  ]);
  liftHold(archive, captureId, 'The case is closed.');
  expect(() => liftHold(archive, captureId, 'again')).toThrowError(code('capture-not-held'));

  retainCapture(archive, captureId, '2999-01-01', 'the plan');
  expect(listKeeping(archive)).toMatchObject({ held: [], retained: [{ until: '2999-01-01' }], due: [] });
  retainCapture(archive, captureId, '2020-01-01', 'a shorter plan');
  expect(listKeeping(archive).due).toMatchObject([{ captureId, because: 'a shorter plan' }]);
  expect(eventsOf(archive, captureId).events.map(({ kind }) => kind)).toEqual([
    'capture.sealed',
    'artifacts.committed',
    'reading.made',
    'hold.set',
    'hold.lifted',
    'retention.set',
  ]);
  checkArchive(archive);

  const purged = await purgeCapture(archive, purgeOrder(captureId));
  expect(listKeeping(archive)).toMatchObject({ retained: [], due: [] });
  await expectPurged(archive, [purged]);
});

test('the id must be typed, whole or its end', async () => {
  const archive = await makeArchive({ plain: true });
  const captureId = captureOf(archive, await importPage(archive, 'words'));
  for (const confirm of ['', captureId.slice(-5), captureId.slice(0, 6)]) {
    await expect(purgeCapture(archive, purgeOrder(captureId, { confirm }))).rejects.toThrowError(
      code('purge-not-confirmed'),
    );
  }
  await purgeCapture(archive, purgeOrder(captureId, { confirm: ` ${captureId.slice(-6).toUpperCase()} ` }));
});

test('a recording that is stopped and purged leaves its address and the time; nothing more of it is taken', async () => {
  const archive = await makeArchive({ plain: true });
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage('words that nobody may keep'));

  const line = stopAndPurge(archive, { captureId, address: 'https://elsewhere.example' });

  expect(line).toMatchObject({
    captureId,
    cause: 'stopped',
    authority: null,
    address: 'https://social.example/ada/1',
    startedAt: '2026-01-05T08:00:00.000Z',
    destroyed: { captures: 1, artifacts: 1, posts: 0 },
  });
  await expect(sink.exchange(captureId, startOf(1), streamOf('more'))).rejects.toThrowError(
    code('capture-not-found'),
  );
  expect(archive.db.prepare('SELECT count(*) FROM blob').pluck().get()).toBe(0);
  expect(stopAndPurge(archive, { captureId: null, address: 'https://social.example/2' })).toMatchObject({
    address: 'https://social.example/2',
    destroyed: { captures: 0, artifacts: 0 },
  });
  const sealed = captureOf(archive, await importPage(archive, 'sealed'));
  expect(() => stopAndPurge(archive, { captureId: sealed, address: null })).toThrowError(code('not-allowed'));
  await expectPurged(archive, []);
});

test('without a purge nothing goes, and no transaction leaves the way out open', async () => {
  const archive = await makeArchive({ plain: true });
  const { db } = archive;
  const captureId = captureOf(archive, await importPage(archive, 'words'));
  const gone = captureOf(archive, await importPage(archive, 'other words'));
  const { leaf } = await purgeCapture(archive, purgeOrder(gone));
  const tables = [
    'event',
    'capture',
    'artifact',
    'reading',
    'post',
    'post_record',
    'blob',
    'blob_chunk',
    'purge',
    'purged_event',
    'purged_capture',
  ];
  const append = /append-only|FOREIGN KEY/;

  for (const table of tables) expect(() => db.exec(`DELETE FROM ${table}`)).toThrowError(append);
  expect(() => db.exec('UPDATE event SET document = NULL, salt = NULL WHERE seq = 0')).toThrowError(append);
  expect(() => db.exec('INSERT INTO purging (by_seq) VALUES (0)')).toThrowError(append);
  expect(() => db.exec(`INSERT INTO purging (by_seq) VALUES (${leaf})`)).toThrowError(append);
  // While an older purge is opened again, it lets go of what it named and of nothing else.
  db.exec(`BEGIN; INSERT INTO purging (by_seq) VALUES (${leaf})`);
  for (const table of tables) expect(() => db.exec(`DELETE FROM ${table}`)).toThrowError(append);
  expect(() => db.exec('UPDATE event SET document = NULL, salt = NULL')).toThrowError(append);
  expect(() => db.exec('INSERT INTO purging_blob SELECT id, 0 FROM blob')).toThrowError(append);
  expect(() => db.exec('COMMIT')).toThrowError(append);
  db.exec('ROLLBACK');

  expect(requireCapture(archive, captureId).artifacts).toHaveLength(1);
  checkArchive(archive);
});

test('a document that is gone without a purge, and one that is there in spite of one, are found', async () => {
  const archive = await makeArchive({ plain: true });
  const { db } = archive;
  const captureId = captureOf(archive, await importPage(archive, 'words'));
  const [sealed] = eventsOf(archive, captureId).events;
  const kept = db.prepare('SELECT document, salt FROM event WHERE seq = ?').get(sealed?.seq);
  const { leaf, events } = await purgeCapture(archive, purgeOrder(captureId));
  db.exec('DROP TRIGGER event_no_update');

  db.prepare('UPDATE event SET document = @document, salt = @salt WHERE seq = @seq').run({
    ...(kept as object),
    seq: sealed?.seq,
  });
  db.prepare('UPDATE event SET document = NULL, salt = NULL WHERE seq = 1').run();

  const { ok, problems, purges } = await verifyLog(archive);
  expect(ok).toBe(false);
  expect(problems.map(({ row, code: found }) => [row, found])).toEqual([
    ['seq=1', 'document-missing'],
    [`seq=${sealed?.seq}`, 'purged-and-there'],
  ]);
  expect(purges).toEqual([{ leaf, events: events.slice(1) }]);
});

test('on a disk that is full at any write it is done whole, or nothing is', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId } = await recordItem(archive, 'wordsthatgo');
  let at = 0;
  for (; ; at++) {
    const faulty = faultyArchive(archive, at);
    const outcome = await purgeCapture(faulty.archive, purgeOrder(captureId)).then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );
    if (outcome === 'done') break;
    expect({ at, outcome }).toEqual({ at, outcome: 'disk-full' });
    expect(requireCapture(archive, captureId).postCount).toBe(1);
    expect(listKeeping(archive).purged).toEqual([]);
  }
  expect(at).toBeGreaterThan(25);
  checkArchive(archive);
});
