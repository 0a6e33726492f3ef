/**
 * Writes `schema.sql`, the schema that all migrations together make, for reading; with `--check` only says whether it
 * is current (exit code 1: it is not).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { WritableDb } from './handle.ts';
import { migrate } from './migrate.ts';

const file = join(import.meta.dirname, 'schema.sql');

function currentSchema(): string {
  const db = new Database(':memory:') as WritableDb;
  migrate(db, ':memory:');
  const statements = z
    .array(z.string())
    .parse(
      db
        .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name')
        .pluck()
        .all(),
    );
  db.close();
  return `-- Generated from db/migrations by \`node db/dump-schema.ts\`; not to be edited.\n\n${statements.map((sql) => `${sql};\n`).join('\n')}`;
}

const schema = currentSchema();
if (!process.argv.includes('--check')) {
  writeFileSync(file, schema);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== schema) {
  console.error('db/schema.sql is stale: run `node db/dump-schema.ts`');
  process.exitCode = 1;
}
