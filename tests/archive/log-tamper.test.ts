/**
 * Whoever holds the file and the passphrase can change anything in it. Each table in turn is changed behind the program's
 * back, with triggers and foreign keys out of the way, and the check must name it first.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyLog } from '../../archive/log/verify.ts';
import { inspectArchive } from '../../archive/open.ts';
import { requirePost } from '../../archive/posts.ts';
import { readEvent, recordEvent } from '../../archive/record.ts';
import type { LogProblem } from '../../contract/model/log.ts';
import { captureOrigin } from '../../db/capture.ts';
import { connect } from '../../db/connection.ts';
import { getWholeEvent } from '../../db/event.ts';
import { inTransaction } from '../../db/handle.ts';
import { newId } from '../../evidence/id.ts';
import { importPage, makeArchive } from '../support/archive.ts';
import { fullArchive } from '../support/full-archive.ts';
import { keptFolder } from '../support/temporary.ts';

const folder = keptFolder();
let whole = '';
beforeAll(async () => {
  whole = (await fullArchive(folder, null)).path;
});

/** A copy in which the statements ran as if there were no triggers, which are there again afterwards. */
function tampered(name: string, sql: string): string {
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.holdfast`);
  copyFileSync(whole, path);
  const db = connect(path, null);
  try {
    db.pragma('foreign_keys = OFF');
    const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").raw().all();
    for (const row of triggers) db.exec(`DROP TRIGGER ${String(Reflect.get(Object(row), 0))}`);
    db.exec(sql);
    expect(db.prepare('SELECT total_changes()').pluck().get()).toBeGreaterThan(0);
    for (const row of triggers) db.exec(String(Reflect.get(Object(row), 1)));
  } finally {
    db.close();
  }
  return path;
}

const check = (path: string) => inspectArchive({ path, passphrase: null }, (archive) => verifyLog(archive));

type Expected = [table: string, row: RegExp | null, code: LogProblem['code']];
const cases: [name: string, sql: string, expected: Expected][] = [
  [
    'a document',
    `UPDATE event SET document = CAST(replace(CAST(document AS TEXT), 'a reason', 'b reason') AS BLOB) WHERE kind = 'tag.set'`,
    ['event', /^seq=\d+$/, 'commitment-differs'],
  ],
  [
    'a salt',
    'UPDATE event SET salt = zeroblob(32) WHERE seq = 3',
    ['event', /^seq=3$/, 'commitment-differs'],
  ],
  ['a leaf', `UPDATE event SET leaf = x'7b7d' WHERE seq = 4`, ['event', /^seq=4$/, 'leaf-hash-differs']],
  [
    'a leaf with its hash',
    `UPDATE event SET leaf = (SELECT leaf FROM event WHERE seq = 5), leaf_hash = (SELECT leaf_hash FROM event WHERE seq = 5) WHERE seq = 4`,
    ['event', /^seq=4$/, 'commitment-differs'],
  ],
  [
    'a leaf hash',
    'UPDATE event SET leaf_hash = zeroblob(32) WHERE seq = 2',
    ['event', /^seq=2$/, 'leaf-hash-differs'],
  ],
  [
    'a kind',
    `UPDATE event SET kind = 'tag.set' WHERE seq = 1`,
    ['event', /^seq=1$/, 'leaf-and-document-disagree'],
  ],
  [
    'a time',
    `UPDATE event SET time = '2020-01-01T00:00:00.000Z' WHERE seq = 1`,
    ['event', /^seq=1$/, 'leaf-and-document-disagree'],
  ],
  ['an event taken out', 'DELETE FROM event WHERE seq = 4', ['event', /^seq=5$/, 'out-of-sequence']],
  [
    'the last event taken out',
    'DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)',
    ['bundle', /^id=/, 'row-without-event'],
  ],
  [
    'a post',
    `UPDATE post_record SET content = CAST(replace(CAST(content AS TEXT), 'emoji', 'emojj') AS BLOB) WHERE n = 0`,
    ['post_record', /^reading_id=/, 'posts-differ'],
  ],
  [
    'a post in another spelling',
    `UPDATE post_record SET content = CAST(' ' || CAST(content AS TEXT) AS BLOB) WHERE post_id = (SELECT min(post_id) FROM post_record)`,
    ['post_record', /^post_id=/, 'row-differs'],
  ],
  [
    'the root of a post',
    'UPDATE post_record SET root = zeroblob(32)',
    ['post_record', /^reading_id=/, 'posts-differ'],
  ],
  [
    'a post taken out',
    'DELETE FROM post_record WHERE post_id = (SELECT min(post_id) FROM post_record)',
    ['post_record', /^reading_id=/, 'posts-differ'],
  ],
  [
    'a post put in',
    `INSERT INTO post_record SELECT 'extra', 'extra', 0, content, salt, root FROM post_record LIMIT 1`,
    ['post_record', /^post_id=extra$/, 'row-without-event'],
  ],
  [
    'the name of an actor',
    `UPDATE session SET actor = 'Somebody Else' WHERE event_seq = 0`,
    ['session', /^id=/, 'row-differs'],
  ],
  ['a clause', `UPDATE clause SET title = 'Another'`, ['clause', /^id=/, 'row-differs']],
  [
    'when a capture was received',
    `UPDATE capture SET received_at = '2020-01-01T00:00:00.000Z'`,
    ['capture', /^id=/, 'row-differs'],
  ],
  [
    'the name of an artifact',
    `UPDATE artifact SET name = 'other.bin' WHERE n = 0`,
    ['artifact', /^capture_id=\S+ n=0$/, 'row-differs'],
  ],
  [
    'an artifact taken out',
    'DELETE FROM artifact WHERE n = 0',
    ['artifact', /^capture_id=\S+ n=0$/, 'row-missing'],
  ],
  ['a reading', `UPDATE reading SET reader_version = '0'`, ['reading', /^id=/, 'row-differs']],
  ['what the library shows', `UPDATE post SET preview = 'other words'`, ['post', /^n=1$/, 'row-differs']],
  ['a reason', `UPDATE tag SET because = 'another reason'`, ['tag', /^id=/, 'row-differs']],
  ['a tag taken out', 'DELETE FROM tag', ['tag', /^id=/, 'row-missing']],
  ['a bundle', `UPDATE bundle SET signer = 'nobody'`, ['bundle', /^id=/, 'row-differs']],
  [
    'search text',
    `UPDATE search_text SET text = 'other' WHERE n = 1`,
    ['search_text', /^n=1$/, 'row-differs'],
  ],
  [
    'the search index',
    `INSERT INTO search_index (search_index, rowid, text) SELECT 'delete', n, text FROM search_text WHERE n = 1`,
    ['search_index', null, 'index-differs'],
  ],
  [
    'a node',
    'UPDATE log_node SET hash = zeroblob(32) WHERE level = 2 AND n = 0',
    ['log_node', /^level=2 n=0$/, 'row-differs'],
  ],
  [
    'a node taken out',
    'DELETE FROM log_node WHERE level = 1 AND n = 1',
    ['log_node', /^level=1 n=1$/, 'row-missing'],
  ],
  [
    'a node put in',
    'INSERT INTO log_node VALUES (9, 9, zeroblob(32))',
    ['log_node', /^level=9 n=9$/, 'row-without-event'],
  ],
  ['the head', 'UPDATE log_head SET root = zeroblob(32)', ['log_head', /^one=1$/, 'row-differs']],
  ['the size of the head', 'UPDATE log_head SET size = size - 1', ['log_head', /^one=1$/, 'row-differs']],
  ['the head taken out', 'DELETE FROM log_head', ['log_head', /^one=1$/, 'row-missing']],
  ['the log key', `UPDATE log_key SET vkey = 'a+b+c'`, ['log_key', /^event_seq=2$/, 'key-differs']],
  ['the private log key', `UPDATE log_key SET pkcs8 = x'00'`, ['log_key', /^event_seq=2$/, 'key-differs']],
  ['the log key taken out', 'DELETE FROM log_key', ['log_key', /^event_seq=2$/, 'key-differs']],
  [
    'the note of a checkpoint',
    `UPDATE log_checkpoint SET note = CAST(replace(CAST(note AS TEXT), '— ', '- ') AS BLOB)`,
    ['log_checkpoint', /^size=\d+$/, 'signature-differs'],
  ],
  [
    'the root of a checkpoint',
    'UPDATE log_checkpoint SET root = zeroblob(32) WHERE size = (SELECT min(size) FROM log_checkpoint)',
    ['log_checkpoint', /^size=\d+$/, 'checkpoint-differs'],
  ],
  [
    'a checkpoint under another size',
    'UPDATE log_checkpoint SET size = size + 100',
    ['log_checkpoint', /^size=\d+$/, 'checkpoint-differs'],
  ],
  [
    'the encryption that is claimed',
    'UPDATE archive_info SET encrypted = 1 - encrypted',
    ['archive_info', /^one=1$/, 'archive-differs'],
  ],
  [
    'bytes',
    `UPDATE blob_chunk SET bytes = zeroblob(length(bytes)) WHERE n = 1`,
    ['blob_chunk', /^blob_id=\d+$/, 'bytes-differ'],
  ],
  ['bytes taken out', 'DELETE FROM blob_chunk WHERE n = 1', ['blob_chunk', /^blob_id=\d+$/, 'bytes-differ']],
  [
    'bytes put behind',
    `INSERT INTO blob_chunk SELECT blob_id, 9, x'00' FROM blob_chunk WHERE n = 1`,
    ['blob_chunk', /^blob_id=\d+$/, 'bytes-differ'],
  ],
  [
    'the size of a blob',
    'UPDATE blob SET size = size + 1 WHERE id = (SELECT max(blob_id) FROM blob_chunk WHERE n = 1)',
    ['blob_chunk', /^blob_id=\d+$/, 'bytes-differ'],
  ],
  [
    'the hash of a blob',
    `UPDATE blob SET sha256 = zeroblob(32) WHERE id = (SELECT max(blob_id) FROM blob_chunk WHERE n = 1)`,
    ['blob_chunk', /^blob_id=\d+$/, 'bytes-differ'],
  ],
  [
    'a blob taken out',
    'DELETE FROM blob_chunk WHERE blob_id = 1; DELETE FROM blob WHERE id = 1',
    ['artifact', /^capture_id=\S+ n=0$/, 'bytes-missing'],
  ],
  [
    'the file of a timestamp',
    `INSERT INTO timestamp_file VALUES (zeroblob(32), x'00')`,
    ['timestamp_file', /^sha256=0{64}$/, 'bytes-differ'],
  ],
  [
    'where a part lies',
    'UPDATE blob_part SET offset = offset + 1',
    ['blob_part', /^sha256=\S+ blob_id=\d+ offset=\d+$/, 'bytes-differ'],
  ],
  [
    'the bytes of an exchange',
    'UPDATE exchange SET sha256 = zeroblob(32) WHERE n = 0',
    ['exchange', /^capture_id=\S+ n=0$/, 'bytes-missing'],
  ],
  [
    'a withheld salt taken out',
    'DELETE FROM withheld_salt',
    ['withheld_salt', /^capture_id=/, 'salts-differ'],
  ],
];

test('what was not touched is in order', async () => {
  expect(await check(whole)).toMatchObject({ ok: true, problems: [], more: 0 });
});

describe('is named as the first difference:', () => {
  test.each(cases)('%s', async (name, sql, [table, row, code]) => {
    const report = await check(tampered(name, sql));

    const [first] = report.problems;
    expect(report.ok).toBe(false);
    expect({ table: first?.table, code: first?.code }).toEqual({ table, code });
    if (row === null) expect(first?.row).toBeNull();
    else expect(first?.row).toMatch(row);
    // Words of a post, names and reasons are not repeated.
    expect(JSON.stringify(report.problems)).not.toMatch(/reason'|emoj|Somebody|other words/);
  });
});

test('a log that was cut behind a checkpoint shows, even when everything else was cut with it', async () => {
  const path = tampered(
    'cut',
    `DELETE FROM tag; DELETE FROM bundle;
     DELETE FROM event WHERE seq >= (SELECT min(event_seq) FROM (SELECT seq AS event_seq FROM event WHERE kind IN ('tag.set', 'bundle.compiled')));
     DELETE FROM log_head; DELETE FROM log_node`,
  );
  const { problems } = await check(path);
  expect(problems.map(({ code }) => code)).toContain('log-shorter-than-checkpoint');
});

test('more than a hundred differences are counted, not listed', async () => {
  const path = tampered(
    'many',
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
     INSERT INTO log_node SELECT 20, i, zeroblob(32) FROM n`,
  );
  const report = await check(path);
  expect([report.problems.length, report.more]).toEqual([100, 150]);
});

test('a line that commits to other files than the line before it sealed is named', async () => {
  const archive = await makeArchive({ plain: true });
  const { captureId } = requirePost(archive, await importPage(archive, 'words of a page'));
  const stored = getWholeEvent(archive.db, captureOrigin(archive.db, captureId)?.eventSeq ?? -1);
  const sealed = stored === null ? null : readEvent(stored.document);
  if (sealed?.kind !== 'capture.sealed') throw new Error('no capture');
  const capture = newId();
  const artifacts = sealed.body.artifacts.length;
  inTransaction(archive.db, () => {
    recordEvent(archive, 'capture.sealed', { ...sealed.body, capture });
    recordEvent(archive, 'artifacts.committed', { capture, artifacts, root: '0'.repeat(64) });
    // Neither does one that stands elsewhere say anything of the capture.
    recordEvent(archive, 'artifacts.committed', { capture: captureId, artifacts, root: '0'.repeat(64) });
  });

  const { problems } = await verifyLog(archive);

  expect(problems.map(({ table, code }) => [table, code])).toEqual([
    ['event', 'artifacts-differ'],
    ['event', 'artifacts-differ'],
  ]);
});
