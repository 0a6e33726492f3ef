/** What one machine remembers in the archive for the comfort of its user: no evidence, and free to change. */
import { z } from 'zod';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export type MachineSetting = 'identity-path';

/** `machine`: 64 hexadecimal digits that stand for one user at one computer. */
export function getSetting(db: ReadableDb, machine: string, name: MachineSetting): string | null {
  const value = prepared(db, 'SELECT value FROM machine_setting WHERE machine = ? AND name = ?')
    .pluck()
    .get(machine, name);
  return value === undefined ? null : z.string().parse(value);
}

export function putSetting(db: WritableDb, machine: string, name: MachineSetting, value: string): void {
  prepared(
    db,
    `INSERT INTO machine_setting (machine, name, value) VALUES (?, ?, ?)
     ON CONFLICT (machine, name) DO UPDATE SET value = excluded.value`,
  ).run(machine, name, value);
}
