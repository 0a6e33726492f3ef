import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { makeCheckpoint, proveConsistency, requireCheckpoint } from '../../archive/log/checkpoint.ts';
import { proveEvent, writeCaptureProof } from '../../archive/log/prove.ts';
import { startLog } from '../../archive/log/start.ts';
import { logStatus } from '../../archive/log/status.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { closeArchive, createArchive, inspectArchive, openArchive } from '../../archive/open.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { recordEvent } from '../../archive/record.ts';
import { listEvents } from '../../archive/status.ts';
import { addTag } from '../../archive/tags/add.ts';
import { eventSchema, subjectsOf } from '../../contract/events.ts';
import type { EventFilter } from '../../contract/model/log.ts';
import { apply } from '../../db/apply.ts';
import { insertArchiveInfo } from '../../db/archive-info.ts';
import { captureIds } from '../../db/capture.ts';
import { connect } from '../../db/connection.ts';
import { eachEvent, insertEvent, type LinesPage, nextSeq } from '../../db/event.ts';
import { inTransaction, type WritableDb } from '../../db/handle.ts';
import { activeLogKey, getLogHead, listCheckpoints, listLogKeys, moveLogHead } from '../../db/log.ts';
import { applicationId, migrationFiles } from '../../db/migrate.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import { canonicalBytes } from '../../evidence/log/canonical.ts';
import { openCheckpoint } from '../../evidence/log/checkpoint.ts';
import { leafBytes } from '../../evidence/log/leaf.ts';
import { leafHash, merkleRoot, verifyConsistency } from '../../evidence/log/merkle.ts';
import { parseTlogProof, verifyTlogProof } from '../../evidence/log/tlog-proof.ts';
import { checkArchive, checkLog, importPage, makeArchive, passphrase, testPack } from '../support/archive.ts';
import { faultyArchive } from '../support/faulty.ts';
import { fullArchive } from '../support/full-archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

const person = { name: 'Tess Ter' };
const vkeyOf = (archive: Archive) => activeLogKey(archive.db)?.vkey ?? '';
const lines = (db: WritableDb) => [...eachEvent(db)];
const tagOnce = async (archive: Archive) =>
  addTag(archive, {
    postId: await importPage(archive, 'words'),
    clauseKey: 'x/hateful-conduct',
    because: 'a reason',
  });

test('a new archive starts its log: an event, a key, a head over every leaf', async () => {
  const archive = await makeArchive();
  const started = lines(archive.db).find(({ kind }) => kind === 'log.started');
  const origin = `holdfast/${archive.info.archiveId}`;
  const vkey = vkeyOf(archive);

  expect(vkey.startsWith(`${origin}+`)).toBe(true);
  expect(JSON.parse(new TextDecoder().decode(started?.document))).toMatchObject({
    body: { origin, vkey, cause: 'created' },
  });
  const all = lines(archive.db).map(({ leafHash }) => leafHash);
  const head = getLogHead(archive.db);
  expect(head?.size).toBe(all.length);
  expect(toHex(head?.root ?? new Uint8Array())).toBe(toHex(merkleRoot(nodeSha256, all)));
});

test('the head is the root over all leaves after every act, and only one of two writers moves it', async () => {
  const archive = await makeArchive();
  for (let i = 0; i < 20; i++) {
    inTransaction(archive.db, () =>
      recordEvent(archive, 'archive.created', { archive: newId(), encrypted: true }),
    );
    const hashes = lines(archive.db).map(({ leafHash }) => leafHash);
    expect(toHex(getLogHead(archive.db)?.root ?? new Uint8Array())).toBe(
      toHex(merkleRoot(nodeSha256, hashes)),
    );
  }
  const head = getLogHead(archive.db);
  if (head === null) throw new Error('a head');
  const stale = { size: head.size, root: new Uint8Array(32) };
  expect(() => moveLogHead(archive.db, stale, { size: head.size + 1, root: head.root })).toThrowError(
    expect.objectContaining({ code: 'archive-damaged' }),
  );
  expect(() => moveLogHead(archive.db, null, { size: 1, root: head.root })).toThrowError(/where it was/);
  expect(getLogHead(archive.db)).toEqual(head);
});

describe('a checkpoint', () => {
  test('signs everything that is recorded, once for each size', async () => {
    const archive = await makeArchive();
    const one = makeCheckpoint(archive);
    const same = makeCheckpoint(archive);
    await tagOnce(archive);
    const two = makeCheckpoint(archive);

    expect(same).toEqual(one);
    expect(listCheckpoints(archive.db)).toEqual([one, two]);
    expect(openCheckpoint(two.note, vkeyOf(archive))).toEqual({
      origin: `holdfast/${archive.info.archiveId}`,
      size: nextSeq(archive.db),
      root: new Uint8Array(two.root),
    });
    const path = proveConsistency(archive, one, two);
    expect(verifyConsistency(nodeSha256, { from: one, to: two, path })).toBe(true);
    expect(() => requireCheckpoint(archive, 1)).toThrowError(
      expect.objectContaining({ code: 'checkpoint-not-found' }),
    );
    await checkLog(archive);
  });

  test('is made when an archive is locked, over what was recorded since the last', async () => {
    const archive = await makeArchive();
    const size = nextSeq(archive.db);
    closeArchive(archive);

    const again = await openArchive({ path: archive.path, passphrase, person });
    expect(listCheckpoints(again.db).map((each) => each.size)).toEqual([size]);
    makeCheckpoint(again);
    closeArchive(again);

    await inspectArchive({ path: archive.path, passphrase }, ({ db }) => {
      expect(listCheckpoints(db).map((each) => each.size)).toEqual([size, size + 1]);
    });
  });

  test('openssl accepts its signature', async () => {
    const archive = await makeArchive();
    const { note } = makeCheckpoint(archive);
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    writeFileSync(at('note'), note);
    writeFileSync(at('vkey'), vkeyOf(archive));

    // What docs/bundle-format.md says, word for word but for the names of the files.
    const { stdout, stderr } = spawnSync(
      'sh',
      [
        '-ec',
        `sed -n '1,3p' note > text
         sed -n '5p' note | cut -d' ' -f3 | base64 -d | tail -c +5 > signature
         { printf '302a300506032b6570032100' | xxd -r -p; cut -d+ -f3- vkey | base64 -d | tail -c +2; } > key.der
         openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature`,
      ],
      { cwd: folder, encoding: 'utf8' },
    );

    expect(stderr).toBe('');
    expect(stdout.trim()).toBe('Signature Verified Successfully');
  });

  test('is not signed over a log that lost what an earlier one signed', async () => {
    const archive = await makeArchive();
    await tagOnce(archive);
    makeCheckpoint(archive);
    await tagOnce(archive);
    archive.db.exec(`DROP TRIGGER log_node_no_update; UPDATE log_node SET hash = zeroblob(32)`);

    expect(() => makeCheckpoint(archive)).toThrowError(expect.objectContaining({ code: 'archive-damaged' }));
    // Nor does locking sign it, and the archive is locked all the same.
    expect(() => closeArchive(archive)).toThrowError(expect.objectContaining({ code: 'archive-damaged' }));
    expect(archive.db.open).toBe(false);
  });
});

describe('a proof', () => {
  test('of every event under every checkpoint that covers it', async () => {
    const archive = await makeArchive();
    const sizes = [makeCheckpoint(archive).size];
    await tagOnce(archive);
    sizes.push(makeCheckpoint(archive).size);
    for (const size of sizes) {
      for (const { seq, leaf } of lines(archive.db)) {
        if (seq >= size) {
          expect(() => proveEvent(archive, seq, size)).toThrowError(
            expect.objectContaining({ code: 'bad-input' }),
          );
          continue;
        }
        const proof = parseTlogProof(proveEvent(archive, seq, size));
        expect(verifyTlogProof(nodeSha256, leaf, proof, vkeyOf(archive))).toMatchObject({ size });
      }
    }
  });

  test('of a capture is a file that holds its leaf, and is never written over another', async () => {
    const archive = await makeArchive();
    await importPage(archive, 'words');
    const [captureId = ''] = captureIds(archive.db);
    const path = join(temporaryFolder(), 'capture.tlog-proof');

    const report = writeCaptureProof(archive, captureId, path);

    const proof = parseTlogProof(readFileSync(path));
    expect(report).toMatchObject({
      path,
      seq: proof.index,
      size: nextSeq(archive.db),
      vkey: vkeyOf(archive),
    });
    const leaf = proof.extra ?? new Uint8Array();
    expect(verifyTlogProof(nodeSha256, leaf, proof, report.vkey)).toMatchObject({ size: report.size });
    expect(JSON.parse(new TextDecoder().decode(leaf))).toMatchObject({
      kind: 'capture.sealed',
      seq: report.seq,
      subjects: [captureId],
    });
    expect(() => writeCaptureProof(archive, captureId, path)).toThrowError(
      expect.objectContaining({ code: 'output-exists' }),
    );
    expect(() => writeCaptureProof(archive, newId(), `${path}2`)).toThrowError(
      expect.objectContaining({ code: 'capture-not-found' }),
    );
  });

  test('is not given out of a tree that was changed', async () => {
    const archive = await makeArchive();
    const { size } = makeCheckpoint(archive);
    archive.db.exec('DROP TRIGGER log_node_no_update; UPDATE log_node SET hash = zeroblob(32)');
    expect(() => proveEvent(archive, 0, size)).toThrowError(
      expect.objectContaining({ code: 'archive-damaged' }),
    );
    archive.db.close();
    archive.lock.release();
  });
});

test('a restored log has a new key and a new name, and what was signed before stays provable', async () => {
  const archive = await makeArchive();
  const before = makeCheckpoint(archive);
  const oldKey = vkeyOf(archive);
  const restoring = newId();

  const { origin, vkey } = inTransaction(archive.db, () => startLog(archive, 'restored', restoring));

  expect(origin).toBe(`holdfast/${archive.info.archiveId}/${restoring}`);
  const after = makeCheckpoint(archive);
  expect(openCheckpoint(after.note, vkey)).toMatchObject({ origin, size: before.size + 1 });
  expect(() => openCheckpoint(after.note, oldKey)).toThrowError(/not signed/);
  expect(proveConsistency(archive, before, after)).not.toEqual([]);
  expect(listLogKeys(archive.db).map((key) => key.vkey)).toEqual([oldKey, vkey]);
  await checkLog(archive);
  expect(() => inTransaction(archive.db, () => startLog(archive, 'restored'))).toThrowError(
    /names the event/,
  );
  expect(() => inTransaction(archive.db, () => startLog(archive, 'restored', restoring))).toThrowError(
    /started before/,
  );
});

/** An archive as the program made it before logs had trees: schema 2, events and their leaves, no nodes. */
function oldArchive(path: string): void {
  const db = connect(path, null);
  for (const { sql } of migrationFiles().slice(0, 2)) db.exec(sql);
  db.pragma(`application_id = ${applicationId}`);
  db.pragma('user_version = 2');
  const time = '2026-01-01T00:00:00.000Z';
  const archiveId = newId();
  const session = newId();
  insertArchiveInfo(db, { archiveId, createdAt: time, encrypted: false });
  const tool = { name: 'holdfast', version: '0.1.0' };
  const bodies = [
    ['session.opened', { archive: archiveId, actor: 'Old', proof: null, tool, system: 'Linux' }],
    ['archive.created', { archive: archiveId, encrypted: false }],
    ['clauses.added', { pack: { name: 'test', version: '1', checkedOn: null }, clauses: [] }],
  ] as const;
  for (const [seq, [kind, body]] of bodies.entries()) {
    const event = eventSchema.parse({ v: 1, id: newId(), kind, time, session, body });
    const document = canonicalBytes(event);
    const salt = new Uint8Array(32).fill(seq);
    const about = { seq, time, kind, id: event.id, subjects: subjectsOf(event) };
    const leaf = leafBytes(nodeSha256, about, salt, document);
    insertEvent(db, { ...about, document, salt, leaf, leafHash: leafHash(nodeSha256, leaf) });
    apply(db, event, seq);
  }
  db.close();
}

test('an archive that was made before logs had trees gets its tree and its key when it is opened', async () => {
  const path = join(temporaryFolder(), 'old.holdfast');
  oldArchive(path);

  const upgraded = await openArchive({ path, passphrase: null, person });

  expect(lines(upgraded.db).map(({ kind }) => kind)).toEqual([
    'session.opened',
    'archive.created',
    'clauses.added',
    'session.opened',
    'log.started',
  ]);
  expect(JSON.parse(new TextDecoder().decode(lines(upgraded.db)[4]?.document))).toMatchObject({
    body: { cause: 'upgraded' },
  });
  await checkLog(upgraded);
  checkArchive(upgraded);
  closeArchive(upgraded);
  const again = await openArchive({ path, passphrase: null, person });
  expect(listLogKeys(again.db)).toHaveLength(1);
  closeArchive(again);
});

test('every write of an act broken in turn: the log is as before, and the next act stands on it', async () => {
  const archive = await makeArchive({ plain: true });
  const post = await importPage(archive, 'words');
  // Three acts in a row: an odd place completes hashes of one, two and more levels.
  for (let act = 0; act < 4; act++) {
    const draft = { postId: post, clauseKey: 'x/hateful-conduct', because: `reason ${act}` };
    for (let at = 0; ; at++) {
      const size = nextSeq(archive.db);
      try {
        addTag(faultyArchive(archive, at).archive, draft);
        break;
      } catch (error) {
        expect(error).toMatchObject({ code: 'SQLITE_FULL' });
        expect([getLogHead(archive.db)?.size, nextSeq(archive.db)]).toEqual([size, size]);
        await checkLog(archive);
      }
    }
    for (let at = 0; ; at++) {
      try {
        makeCheckpoint(faultyArchive(archive, at).archive);
        break;
      } catch (error) {
        expect(error).toMatchObject({ code: 'SQLITE_FULL' });
        await checkLog(archive);
      }
    }
    expect((await verifyLog(archive)).checkpoints).toBe(act + 1);
  }
});

test('a check while work goes on: it sees one moment, and the work goes on', async () => {
  const archive = await makeArchive();
  await importPage(archive, 'words');
  const size = nextSeq(archive.db);
  const steps = new Set<string>();
  const checking = verifyLog(archive, { progress: ({ step }) => void steps.add(step) });
  const tag = tagOnce(archive);

  const report = await checking;
  await tag;

  expect(report).toMatchObject({ ok: true, size, purged: 0, checkpoints: 0, more: 0 });
  expect(nextSeq(archive.db)).toBeGreaterThan(size);
  expect(existsSync(`${archive.path}-check`)).toBe(false);
  await checkLog(archive);
});

test('a check that is cancelled leaves nothing behind', async () => {
  const archive = await makeArchive();
  const abort = new AbortController();
  abort.abort();
  await expect(verifyLog(archive, { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(`${archive.path}-check`)).toBe(false);
  await checkLog(archive);
});

test('a check does not record that it happened, nor change a byte of what is there', async () => {
  const { path } = await fullArchive();
  const before = readFileSync(path);

  const report = await inspectArchive({ path, passphrase }, (archive) => verifyLog(archive));

  // Two when it was locked, and the one that the bundle shows.
  expect(report).toMatchObject({ ok: true, problems: [], checkpoints: 3 });
  expect(report.blobs).toBeGreaterThanOrEqual(3);
  expect(report.parts).toBeGreaterThan(0);
  expect(readFileSync(path).equals(before)).toBe(true);
});

test('a rebuild makes a damaged tree anew, and says what differed', async () => {
  const { path } = await fullArchive();
  const raw = await openArchive({ path, passphrase, person });
  raw.db.exec('DROP TRIGGER log_node_no_update; UPDATE log_node SET hash = zeroblob(32) WHERE n = 0');
  raw.db.close();
  raw.lock.release();
  await expect(openArchive({ path, passphrase, person })).rejects.toMatchObject({ code: 'archive-damaged' });

  const { differences } = await inspectArchive({ path, passphrase }, rebuild);

  expect(differences.map(({ table }) => table)).toEqual(['log_node']);
  const archive = await openArchive({ path, passphrase, person });
  await checkLog(archive);
  closeArchive(archive);
});

describe('the list of acts', () => {
  test('is narrowed by kind, person, time and id, and pages through what is left', async () => {
    let now = Date.parse('2026-01-01T00:00:00.000Z');
    const clock = () => new Date(now);
    const path = join(temporaryFolder(), 'list.holdfast');
    const first = await createArchive({ path, passphrase: null, person, clauses: testPack, clock });
    const postId = await importPage(first, 'words');
    closeArchive(first);
    now = Date.parse('2026-02-01T00:00:00.000Z');
    const archive = await openArchive({ path, passphrase: null, person: { name: 'Amal Other' }, clock });
    const draft = { postId, clauseKey: 'x/hateful-conduct' };
    for (let i = 0; i < 7; i++) addTag(archive, { ...draft, because: `reason ${i}` });
    const list = (filter: EventFilter, page: Partial<LinesPage> = {}) =>
      listEvents(archive, { before: null, limit: 100, filter, ...page });
    const kinds = (filter: EventFilter) => list(filter).events.map(({ kind }) => kind);

    expect(list({}).total).toBe(nextSeq(archive.db));
    expect(kinds({ kinds: ['capture.sealed', 'reading.made'] })).toEqual(['reading.made', 'capture.sealed']);
    expect(kinds({ actor: 'Amal Other' })).toEqual([...Array<string>(7).fill('tag.set'), 'session.opened']);
    expect(kinds({ actor: 'Amal' })).toEqual([]);
    expect(kinds({ from: '2026-02-01T00:00:00.000Z', kinds: ['session.opened'] })).toHaveLength(1);
    expect(kinds({ to: '2026-01-31T23:59:59.999Z', actor: 'Amal Other' })).toEqual([]);
    expect(list({ id: postId.slice(9) })).toMatchObject({ total: 7 });
    expect(list({ id: postId }).events[0]?.subjects).toContain(postId);
    expect(list({ id: 'ffffffff' })).toEqual({ total: 0, events: [] });

    const all = list({ kinds: ['tag.set'] }).events.map(({ seq }) => seq);
    const paged = [0, 3, 6].flatMap((offset) =>
      list({ kinds: ['tag.set'] }, { before: (all[0] ?? 0) + 1, limit: 3, offset }).events.map(
        ({ seq }) => seq,
      ),
    );
    expect(paged).toEqual(all);
    expect(logStatus(archive)).toMatchObject({
      size: nextSeq(archive.db),
      checkpoints: 1,
      actors: ['Amal Other', 'Tess Ter'],
    });
    closeArchive(archive);
  });
});
