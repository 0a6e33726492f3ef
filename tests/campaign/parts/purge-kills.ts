/** Purges that are killed at random moments: all of it is gone, or nothing. */
import type { Archive } from '../../../archive/archive.ts';
import { getCapture } from '../../../db/capture.ts';
import { needsCleaning } from '../../../db/purge.ts';
import { clearTraces } from '../../support/clear-pages.ts';
import { captures, countEvents, faultsAt, killRounds, leftIn, type Place } from '../kills/safety.ts';
import { passphrase, runCommand } from '../support/killed-command.ts';
import type { Part } from './part.ts';

export const purgeKills: Part = {
  what: 'a purge is killed at a random moment',
  count: 50,
  run: (order) =>
    killRounds(order, {
      words: ({ archive, item: { captureId: id } }) => [
        ...['purge', archive, id],
        ...['--because', 'a court says so', '--authority', 'a court', '--confirm', id],
      ],
      unfinished: ({ archive }) => `${archive}-wal`,
      judge,
    }),
};

/** Whole or purged, purged where that was said; opened once more, no byte of it is left; not purged, it can be. */
async function judge(place: Place): Promise<{ faults: string[]; isDone: boolean }> {
  const { archive: path, command, folder, said, item } = place;
  let isDone = false;
  const look = (opened: Archive): string[] => {
    isDone = countEvents(opened, 'capture.purged') === 1;
    const isThere = getCapture(opened.db, item.captureId) !== null;
    return [
      ...(isThere === isDone ? ['it is half purged'] : []),
      ...(needsCleaning(opened.db) ? ['the opening did not clear the file'] : []),
      ...(isDone && clearTraces(opened, item.words) ? ['words of it are in the file'] : []),
    ];
  };
  const faults = (await faultsAt(path, passphrase, captures, look)) ?? ['it does not open'];
  const wanted = faults.filter((fault) => !isDone || fault !== `${captures - 1} captures of ${captures}`);
  if (said() !== '' && !isDone) wanted.push('was acknowledged, and it is there');
  wanted.push(...leftIn(folder, expectedFiles));
  if (!isDone && wanted.length === 0) {
    const { code } = await runCommand(command);
    if (code !== 0) wanted.push(`purging it again ended with ${code}`);
    const again = (await faultsAt(path, passphrase, captures - 1, look)) ?? ['it does not open'];
    wanted.push(...again.map((fault) => `again: ${fault}`));
    isDone = false;
  }
  return { faults: wanted, isDone };
}

const expectedFiles = ['backup.holdfast', 'case.holdfast', 'case.holdfast-lock', 'out', 'said', 'tmp'];
