/** Comparing a table of one database with the same table of another, a page of rows at a time. */
import { z } from 'zod';
import type { ReadableDb } from './handle.ts';

const pageRows = 500;

const columnRow = z.object({ name: z.string(), pk: z.number() });
const valueSchema = z.union([z.null(), z.number(), z.string(), z.instanceof(Uint8Array)]);
const rowSchema = z.record(z.string(), valueSchema);
type Value = z.infer<typeof valueSchema>;
type Row = z.infer<typeof rowSchema>;

export interface RowDifference {
  /** Its key: `capture_id=… n=0`. */
  row: string;
  /** 'foreign': only in the table that is checked. */
  kind: 'missing' | 'foreign' | 'differs';
  /** Names of the columns that differ. */
  columns: readonly string[];
}

export interface ComparedPage {
  rows: number;
  differences: RowDifference[];
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Pages through a table in the order of its key, and finds rows by it. */
class KeyedTable {
  readonly key: readonly string[];
  readonly #db: ReadableDb;
  readonly #table: string;

  constructor(db: ReadableDb, table: string) {
    this.#db = db;
    this.#table = quoted(table);
    this.key = db
      .prepare('SELECT name, pk FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
      .all(table)
      .map((row) => columnRow.parse(row).name);
    if (this.key.length === 0) throw new Error(`${table} has no key to compare it by`);
  }

  *pages(): Generator<Row[]> {
    const list = this.key.map(quoted).join(', ');
    const marks = this.key.map(() => '?').join(', ');
    const from = (where: string) =>
      this.#db.prepare(`SELECT * FROM ${this.#table} ${where} ORDER BY ${list} LIMIT ${pageRows}`);
    const [first, next] = [from(''), from(`WHERE (${list}) > (${marks})`)];
    for (let rows = first.all(); rows.length > 0; ) {
      const page = rows.map((row) => rowSchema.parse(row));
      yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < pageRows) return;
      rows = next.all(...this.keyOf(last));
    }
  }

  find(): (key: readonly Value[]) => Row | null {
    const where = this.key.map((name) => `${quoted(name)} = ?`).join(' AND ');
    const statement = this.#db.prepare(`SELECT * FROM ${this.#table} WHERE ${where}`);
    return (key) => {
      const row = statement.get(...key);
      return row === undefined ? null : rowSchema.parse(row);
    };
  }

  keyOf(row: Row): Value[] {
    return this.key.map((name) => row[name] ?? null);
  }

  name(row: Row): string {
    return this.key.map((name) => `${name}=${shown(row[name] ?? null)}`).join(' ');
  }
}

function shown(value: Value): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}

function same(a: Value, b: Value): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

/**
 * Every page of both tables, with the rows of `checked` that are not as in `right`, and then those of `right` that
 * `checked` lacks. Both have the same columns and a primary key.
 */
export function* compareTables(
  right: ReadableDb,
  checked: ReadableDb,
  table: string,
): Generator<ComparedPage> {
  const [rightRows, checkedRows] = [new KeyedTable(right, table), new KeyedTable(checked, table)];
  const findRight = rightRows.find();
  for (const page of checkedRows.pages()) {
    const differences = page.flatMap((row): RowDifference[] => {
      const expected = findRight(checkedRows.keyOf(row));
      if (expected === null) return [{ row: checkedRows.name(row), kind: 'foreign', columns: [] }];
      const columns = Object.keys(expected).filter(
        (name) => !same(expected[name] ?? null, row[name] ?? null),
      );
      return columns.length === 0 ? [] : [{ row: checkedRows.name(row), kind: 'differs', columns }];
    });
    yield { rows: page.length, differences };
  }
  const findChecked = checkedRows.find();
  for (const page of rightRows.pages()) {
    const differences = page
      .filter((row) => findChecked(rightRows.keyOf(row)) === null)
      .map((row): RowDifference => ({ row: rightRows.name(row), kind: 'missing', columns: [] }));
    yield { rows: page.length, differences };
  }
}
