/** When this computer locks an idle archive: a number in the profile, which says nothing about any archive. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../contract/errors.ts';
import { defaultIdleMinutes, idleMinutesSchema } from '../contract/model/safety.ts';

const settingsSchema = z.object({ idleMinutes: idleMinutesSchema });

/** Minutes, null for never; the usual ones where nothing, or nonsense, is kept at `path`. */
export function readIdleMinutes(path: string): number | null {
  try {
    const kept = settingsSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return kept.success ? kept.data.idleMinutes : defaultIdleMinutes;
  } catch {
    return defaultIdleMinutes;
  }
}

/** Errors: `not-writable`. */
export function keepIdleMinutes(path: string, idleMinutes: number | null): void {
  const beside = `${path}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, `${JSON.stringify({ idleMinutes })}\n`, { mode: 0o600 });
    renameSync(beside, path);
  } catch (cause) {
    throw new HoldfastError('not-writable', `The setting could not be kept in ${path}.`, { cause });
  }
}
