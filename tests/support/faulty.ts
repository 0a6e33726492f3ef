/** A database handle that fails at the n-th write, as a full disk does. */
import Database from 'better-sqlite3';
import type { Archive } from '../../archive/archive.ts';

/**
 * The same archive behind a handle whose write number `at` (counted from 0) fails with SQLITE_FULL, and all writes
 * after it too, as on a disk that stays full. `writes()` says how many writes were asked for.
 */
export function faultyArchive(archive: Archive, at: number): { archive: Archive; writes: () => number } {
  let writes = 0;
  const statement = (real: Database.Statement): Database.Statement =>
    new Proxy(real, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          // A statement that returns rows but is not read-only writes as well.
          if ((key === 'run' || key === 'get') && !target.readonly && writes++ >= at) {
            throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
          }
          const result: unknown = Reflect.apply(value, target, args);
          return result === target ? statement(target) : result;
        };
      },
    });
  const db = new Proxy(archive.db, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (key === 'prepare') return (sql: string) => statement(target.prepare(sql));
      return value.bind(target);
    },
  });
  return { archive: { ...archive, db }, writes: () => writes };
}
