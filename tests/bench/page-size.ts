/** Which page size suits chunks of 1 MiB in an encrypted file: writing with FULL and WAL, and reading back. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { median, rounds } from './measure.ts';

const megabytes = 128;

function open(path: string, pageSize: number): Database.Database {
  const db = new Database(path);
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.pragma(`legacy_page_size = ${pageSize}`);
  db.key(Buffer.from('bench'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  return db;
}

export async function benchPageSizes(folder: string): Promise<void> {
  const chunk = randomBytes(1024 * 1024);
  console.log(
    `\npage size: ${megabytes} MiB in chunks of 1 MiB, 4 to a transaction, encrypted, WAL, synchronous FULL`,
  );
  for (const pageSize of [4096, 8192, 16384, 32768, 65536]) {
    const path = join(folder, `page-${pageSize}.db`);
    const seconds = await rounds(
      {
        write: () => {
          for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
          const db = open(path, pageSize);
          db.exec('CREATE TABLE c (n INTEGER PRIMARY KEY, b BLOB)');
          const insert = db.prepare('INSERT INTO c (b) VALUES (?)');
          const four = db.transaction(() => {
            for (let i = 0; i < 4; i++) insert.run(chunk);
          });
          for (let i = 0; i < megabytes / 4; i++) four();
          db.close();
        },
        read: () => {
          const db = open(path, pageSize);
          for (const row of db.prepare('SELECT b FROM c').iterate())
            if (row === undefined) throw new Error('no row');
          db.close();
        },
      },
      3,
    );
    const speed = (name: string): string => (megabytes / median(seconds[name] ?? [])).toFixed(0);
    console.log(
      `  ${String(pageSize).padStart(6)} bytes: write ${speed('write')} MiB/s, read ${speed('read')} MiB/s`,
    );
  }
}
