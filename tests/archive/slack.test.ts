/** What SQLite leaves in pages beside their content, and that clearing it takes away that and nothing else. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { pageSize } from '../../db/page-size.ts';
import { PageMap } from '../../db/slack.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Numbers below 1 that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Rows that came and went in no order, as secure deletion leaves them; and the words of those that went. */
function worked(path: string, vacuum: 'INCREMENTAL' | 'NONE'): Set<string> {
  const random = numbers(7);
  const db = new Database(path);
  for (const setting of [
    `page_size = ${pageSize}`,
    `auto_vacuum = ${vacuum}`,
    'secure_delete = ON',
    'synchronous = OFF',
  ])
    db.pragma(setting);
  db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT UNIQUE, pad BLOB);
    CREATE TABLE w (words TEXT PRIMARY KEY, pad TEXT) WITHOUT ROWID`);
  const [add, addW] = [
    db.prepare('INSERT INTO t VALUES (?, ?, ?)'),
    db.prepare('INSERT INTO w VALUES (?, ?)'),
  ];
  const [drop, dropW] = [
    db.prepare('DELETE FROM t WHERE words = ?'),
    db.prepare('DELETE FROM w WHERE words = ?'),
  ];
  const there: string[] = [];
  const gone = new Set<string>();
  db.transaction(() => {
    for (let i = 0; i < 8000; i++) {
      if (there.length < 1500 || random() < 0.5) {
        const words = `${Math.floor(random() * 2 ** 32).toString(36)}-${i}-${Math.floor(random() * 2 ** 32).toString(36)}`;
        add.run(Math.floor(random() * 2 ** 40), words, Buffer.alloc(Math.floor(random() * 3000), 1));
        addW.run(words, 'v'.repeat(Math.floor(random() * 2000)));
        there.push(words);
      } else {
        const [words = ''] = there.splice(Math.floor(random() * 50), 1);
        drop.run(words);
        dropW.run(words);
        gone.add(words);
      }
    }
  })();
  db.close();
  return gone;
}

function clear(path: string): Buffer {
  const bytes = readFileSync(path);
  const read = (n: number): Buffer => bytes.subarray((n - 1) * pageSize, n * pageSize);
  const map = new PageMap(bytes.length / pageSize, read);
  for (const { n, kind } of map.looked(read)) bytes.set(map.cleared(read(n), n, kind), (n - 1) * pageSize);
  writeFileSync(path, bytes);
  return bytes;
}

test.each(['INCREMENTAL', 'NONE'] as const)(
  'with auto_vacuum %s, words that were deleted stay in the slack of pages until it is cleared',
  (vacuum) => {
    const path = join(temporaryFolder(), 'slack.db');
    const gone = worked(path, vacuum);
    const contents = (): unknown[] => {
      const db = new Database(path, { readonly: true });
      const rows = [
        ...db.prepare('SELECT * FROM t').all(),
        ...db.prepare('SELECT * FROM w').all(),
        db.pragma('integrity_check'),
      ];
      db.close();
      return rows;
    };
    const before = contents();
    const left = (bytes: Buffer): number =>
      bytes
        .toString('latin1')
        .match(/[0-9a-z]{1,7}-\d{1,5}-[0-9a-z]{1,7}/g)
        ?.filter((words) => gone.has(words)).length ?? 0;

    expect(left(readFileSync(path))).toBeGreaterThan(0);
    expect(left(clear(path))).toBe(0);

    expect(contents()).toEqual(before);
    expect(before.at(-1)).toEqual([{ integrity_check: 'ok' }]);
  },
);
