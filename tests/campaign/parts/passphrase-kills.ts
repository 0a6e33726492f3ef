/** Passphrase changes that are killed at random moments: the archive has the old passphrase or the new one. */
import { join } from 'node:path';
import type { Archive } from '../../../archive/archive.ts';
import {
  captures,
  countEvents,
  faultsAt,
  killRounds,
  leftIn,
  nextPassphrase,
  type Place,
} from '../kills/safety.ts';
import { passphrase, runCommand } from '../support/killed-command.ts';
import type { Part } from './part.ts';

export const passphraseKills: Part = {
  what: 'a passphrase change is killed at a random moment',
  count: 50,
  run: (order) =>
    killRounds(order, {
      words: ({ archive }) => ['passphrase', archive],
      unfinished: ({ folder }) => join(folder, '.case.holdfast-rekey.partial'),
      judge,
    }),
};

/** Exactly one of the two opens it, the new one where that was said, and nothing is left beside it; old, it can be changed. */
async function judge(place: Place): Promise<{ faults: string[]; isDone: boolean }> {
  const { archive, command, folder, said } = place;
  const wasTold = said() !== '';
  const changes = (expected: number) => (opened: Archive) =>
    countEvents(opened, 'passphrase.changed') === expected
      ? []
      : [`the log does not know of ${expected} changes`];
  const old = await faultsAt(archive, passphrase, captures, changes(0));
  const next = await faultsAt(archive, nextPassphrase, captures, changes(1));
  const isDone = next !== null;
  const faults = [...(old ?? []), ...(next ?? [])];
  if ((old === null) === (next === null)) faults.push(`opens with ${old === null ? 'neither' : 'both'}`);
  if (wasTold && !isDone) faults.push('was acknowledged, and the old passphrase opens it');
  faults.push(...leftIn(folder, expectedFiles));
  if (!isDone && faults.length === 0) {
    const { code } = await runCommand(command);
    if (code !== 0) faults.push(`changing it again ended with ${code}`);
    faults.push(
      ...((await faultsAt(archive, nextPassphrase, captures, changes(1))) ?? ['again: has not the new one']),
    );
  }
  return { faults, isDone };
}

const expectedFiles = ['backup.holdfast', 'case.holdfast', 'case.holdfast-lock', 'out', 'said', 'tmp'];
