import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { compileBundle } from '../../archive/compile.ts';
import { createIdentityFile, readIdentityFile } from '../../archive/identity.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { listPosts } from '../../archive/posts.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { addTag } from '../../archive/tags/add.ts';
import { findQuote } from '../../archive/tags/quotes.ts';
import { dumpProjections } from '../../db/projection.ts';
import { checkArchive, importPage, makeArchive, passphrase, testPack } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** An archive with every kind of event in it. */
async function fullArchive(): Promise<Archive> {
  const folder = temporaryFolder();
  await createIdentityFile(
    join(folder, 'a.p12'),
    passphrase,
    { name: 'Ida Signer', organisation: null, email: null },
    new Date(),
  );
  const identity = await readIdentityFile(join(folder, 'a.p12'), passphrase);
  const archive = await createArchive({
    path: join(folder, 'a.holdfast'),
    passphrase: null,
    person: { name: 'ignored', identity },
    clauses: testPack,
  });
  const text = 'کلمات فارسی و 👨‍👩‍👧 emoji';
  const postId = await importPage(archive, text);
  await importPage(archive, 'another post');
  addTag(archive, {
    postId,
    clauseKey: 'x/hateful-conduct',
    quotes: [findQuote(text, 'فارسی و 👨‍👩‍👧')],
    because: 'a reason',
  });
  await compileBundle(archive, { path: join(folder, 'b.zip'), identity, captures: 'all' });
  return archive;
}

test('every table comes out of the events the same, byte for byte', async () => {
  const archive = await fullArchive();
  const kinds = archive.db.prepare('SELECT DISTINCT kind FROM event ORDER BY kind').pluck().all();
  const before = dumpProjections(archive.db);

  const report = rebuild(archive);

  expect(kinds).toEqual([
    'archive.created',
    'artifacts.committed',
    'bundle.compiled',
    'bundle.decided',
    'capture.sealed',
    'clauses.added',
    'log.started',
    'reading.made',
    'session.opened',
    'signer.added',
    'tag.set',
  ]);
  expect(report.differences).toEqual([]);
  expect(dumpProjections(archive.db)).toBe(before);
  expect(before).toContain('Ida Signer');
  expect(listPosts(archive, 'فارسی', 0, 10).total).toBe(1);
  checkArchive(archive);
  closeArchive(archive);
});

test('rows that were changed, added or lost are found, named and put right', async () => {
  const archive = await fullArchive();
  const before = dumpProjections(archive.db);
  archive.db.exec(`DROP TRIGGER tag_no_update; UPDATE tag SET because = 'another reason';
    DROP TRIGGER post_no_update; UPDATE post SET handle = 'mallory';
    DROP TRIGGER clause_no_delete; PRAGMA foreign_keys = OFF; DELETE FROM bundle WHERE 0; DELETE FROM clause;`);

  const report = rebuild(archive);

  expect(report.differences.map(({ table }) => table)).toEqual(['clause', 'post', 'tag']);
  expect(report.differences[2]?.first).toContain('another reason');
  expect(dumpProjections(archive.db)).toBe(before);
  closeArchive(archive);
});

test.each([
  [
    'a document',
    'event',
    "UPDATE event SET document = CAST(replace(CAST(document AS TEXT), 'a reason', 'a treason') AS BLOB)",
  ],
  ['a salt', 'event', 'UPDATE event SET salt = zeroblob(32) WHERE seq = 3'],
  [
    'a leaf',
    'event',
    'UPDATE event SET leaf = CAST(replace(CAST(leaf AS TEXT), \'"seq":3\', \'"seq":9\') AS BLOB)',
  ],
  [
    'a post',
    'post_record',
    "UPDATE post_record SET content = CAST(replace(CAST(content AS TEXT), 'another post', 'an other post') AS BLOB)",
  ],
  ['the salt of a post', 'post_record', 'UPDATE post_record SET salt = zeroblob(32)'],
  ['the root of a post', 'post_record', 'UPDATE post_record SET root = zeroblob(32)'],
  ['the hash of a leaf', 'event', 'UPDATE event SET leaf_hash = zeroblob(32) WHERE seq = 3'],
])(
  '%s that was changed behind the triggers stops the rebuild, and the tables stay',
  async (_name, table, sql) => {
    const archive = await fullArchive();
    const before = dumpProjections(archive.db);
    archive.db.exec(`DROP TRIGGER ${table}_no_update; ${sql}`);

    expect(() => rebuild(archive)).toThrowError(/damaged|canonical|leaf/);

    expect(dumpProjections(archive.db)).toBe(before);
    closeArchive(archive);
  },
);

test('a rebuild of an archive that holds nothing but its beginning changes nothing', async () => {
  const archive = await makeArchive();

  expect(rebuild(archive)).toMatchObject({ differences: [] });
  checkArchive(archive);
});
