/** The tables that follow from the events and their leaves: emptying them, and comparing them with what they were. */
import { z } from 'zod';
import { forgetStatements, type WritableDb } from './handle.ts';

/** In an order in which each may be made after those before it. */
export const projectedTables = [
  'session',
  'clause',
  'capture',
  'artifact',
  'reading',
  'post',
  'earlier_post',
  'bundle',
  'backup',
  'signer',
  'signer_replacement',
  'imported_bundle',
  'foreign_log',
  'timestamp_request',
  'timestamp_token',
  'policy',
  'policy_version',
  'policy_part',
  'clause_correction',
  'clause_link',
  'statement',
  'tag',
  'tag_quote',
  'review',
  'judgement',
  'coding',
  'coding_post',
  'phrase',
  'palette_slot',
  'report_filed',
  'report_post',
  'persona',
  'persona_use',
  'redaction',
  'batch',
  'batch_address',
  'watch',
  'watch_check',
  'post_check',
  'purge',
  'purged_capture',
  'purged_event',
  'post_gap',
  'legal_hold',
  'retention',
  'printed_report',
  'case_file',
  'exhibit',
  'search_text',
  'log_node',
  'log_head',
] as const;
/** Held inside their virtual table; rebuilt with `search_text` and checked against it, not dumped. */
const virtualTables = ['search_index'] as const;

const schemaRow = z.object({ type: z.string(), name: z.string(), tbl_name: z.string(), sql: z.string() });

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Puts every projected table aside under the name `before_…` and makes it again, empty. Inside the caller's
 * transaction, with foreign keys off; `compareAside` drops what was put aside.
 */
export function putAside(db: WritableDb): void {
  const names: readonly string[] = [...projectedTables, ...virtualTables];
  const made = db
    .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
    .all()
    .map((row) => schemaRow.parse(row))
    .filter((row) => names.includes(row.tbl_name));
  for (const name of projectedTables)
    db.exec(`CREATE TABLE ${quoted(`before_${name}`)} AS SELECT * FROM ${quoted(name)}`);
  for (const name of [...names].reverse()) db.exec(`DROP TABLE ${quoted(name)}`);
  for (const { sql } of [
    ...made.filter((m) => m.type === 'table'),
    ...made.filter((m) => m.type !== 'table'),
  ])
    db.exec(sql);
  forgetStatements(db);
}

/** Compares each table with what was put aside, row by row, and drops that. The first difference, in words. */
export function compareAside(db: WritableDb): { table: string; first: string }[] {
  const differences: { table: string; first: string }[] = [];
  for (const name of projectedTables) {
    const now = quoted(name);
    const before = quoted(`before_${name}`);
    const lost: unknown = db.prepare(`SELECT * FROM ${before} EXCEPT SELECT * FROM ${now} LIMIT 1`).get();
    const added: unknown = db.prepare(`SELECT * FROM ${now} EXCEPT SELECT * FROM ${before} LIMIT 1`).get();
    if (lost !== undefined)
      differences.push({ table: name, first: `not from any event: ${JSON.stringify(lost)}` });
    else if (added !== undefined)
      differences.push({ table: name, first: `was missing: ${JSON.stringify(added)}` });
    db.exec(`DROP TABLE ${before}`);
  }
  return differences;
}

/** Every row of every projected table as one line of JSON, tables and rows sorted: for comparing byte for byte. */
export function dumpProjections(db: WritableDb): string {
  return [...projectedTables]
    .sort()
    .flatMap((name) => [
      `-- ${name}`,
      ...db
        .prepare(`SELECT * FROM ${quoted(name)}`)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ])
    .join('\n');
}
