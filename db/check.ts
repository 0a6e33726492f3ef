/** What SQLite itself can say of a database's wholeness. */
import { z } from 'zod';
import { prepared, type ReadableDb } from './handle.ts';

const integrityRow = z.object({ integrity_check: z.string() });
const foreignKeyRow = z.object({ table: z.string(), rowid: z.number().nullable(), parent: z.string() });

/** As many of a kind are listed; a ruined file would list every page. */
const listed = 20;

/** `integrity_check` in SQLite's words; none when it says ok. Reads the whole file; nothing else runs meanwhile. */
export function structureProblems(db: ReadableDb): string[] {
  const rows = z.array(integrityRow).parse(db.pragma(`integrity_check(${listed})`));
  return rows.map((row) => row.integrity_check).filter((words) => words !== 'ok');
}

/** Rows that refer to a row that is not there. */
export function danglingReferences(db: ReadableDb): string[] {
  const rows = z.array(foreignKeyRow).parse(db.pragma('foreign_key_check'));
  return rows
    .slice(0, listed)
    .map(
      ({ table, rowid, parent }) =>
        `row ${rowid ?? '?'} of ${table} refers to a row of ${parent} that is not there`,
    );
}

/** Rows of every table, and what else a copy must have in common with its archive. */
export function countRows(db: ReadableDb): Record<string, number> {
  const names = z
    .array(z.string())
    .parse(prepared(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all());
  const counts = names.map((name): [string, number] => {
    const count = db
      .prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`)
      .pluck()
      .get();
    return [name, z.number().parse(count)];
  });
  const pragmas = ['user_version', 'application_id', 'page_size', 'auto_vacuum', 'page_count'];
  return Object.fromEntries([
    ...counts,
    ...pragmas.map((name): [string, number] => [name, Number(db.pragma(name, { simple: true }))]),
  ]);
}

/** Pages of the file, and those of them that hold nothing. */
export function pageCounts(db: ReadableDb): { pages: number; freePages: number } {
  return {
    pages: Number(db.pragma('page_count', { simple: true })),
    freePages: Number(db.pragma('freelist_count', { simple: true })),
  };
}
