/** Backups and restorations that are killed at random moments: a copy is there whole, or not at all. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Archive } from '../../../archive/archive.ts';
import { captures, countEvents, faultsAt, killRounds, leftIn, type Place } from '../kills/safety.ts';
import { passphrase, runCommand } from '../support/killed-command.ts';
import type { Part } from './part.ts';

export type Copying = 'backup' | 'restore';

export function backupKills(what: Copying): Part {
  return {
    what:
      what === 'backup'
        ? 'a backup is killed at a random moment'
        : 'a restoration is killed at a random moment',
    count: 50,
    run: (order) =>
      killRounds(order, {
        words: ({ archive, backup, out }) => [what, what === 'backup' ? archive : backup, out],
        unfinished: ({ out }) => join(dirname(out), '.copy.holdfast.partial'),
        judge: (place) => judge(what, place),
      }),
  };
}

/**
 * What was made from is as it was, and its log knows of every backup that has a name; what has its name is whole; where
 * none has it, the same command succeeds.
 */
async function judge(what: Copying, place: Place): Promise<{ faults: string[]; isDone: boolean }> {
  const { archive, backup, out, command, said } = place;
  const isDone = existsSync(out);
  const faults: string[] = [];
  if (said() !== '' && !isDone) faults.push('was acknowledged, and is not there');
  if (!isDone) {
    const { code } = await runCommand(command);
    if (code !== 0 || !existsSync(out)) return { faults: [...faults, `again it ended with ${code}`], isDone };
  }
  const sha256 = createHash('sha256').update(readFileSync(out)).digest('hex');
  const source = await faultsAt(what === 'backup' ? archive : backup, passphrase, captures, (opened) =>
    what === 'restore' || knowsOf(opened, sha256) ? [] : ['the log does not know of this backup'],
  );
  const copy = await faultsAt(out, passphrase, captures, (opened) =>
    countEvents(opened, 'archive.restored') === (what === 'restore' ? 1 : 0)
      ? []
      : ['restored, says its log'],
  );
  faults.push(...(source ?? ['what was copied does not open']), ...(copy ?? ['the copy does not open']));
  faults.push(...leftIn(dirname(out), ['copy.holdfast', 'copy.holdfast-lock']));
  return { faults, isDone };
}

/** Whether the log knows of a backup with this SHA-256, hexadecimal. */
function knowsOf(archive: Archive, sha256: string): boolean {
  const documents = archive.db
    .prepare("SELECT CAST(document AS TEXT) FROM event WHERE kind = 'backup.made'")
    .pluck()
    .all();
  return z
    .array(z.string())
    .parse(documents)
    .some((document) => document.includes(`"${sha256}"`));
}
