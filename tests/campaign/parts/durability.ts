/** Power cuts after every sync of an import, a capture or a passphrase change, out of its recorded writes. */
import { checkDurability, type Recorded } from '../durability/run.ts';
import type { Part } from './part.ts';

const names: Record<Recorded, string> = {
  import: 'a file of an import',
  capture: 'a file of a captured page',
  passphrase: 'a file in an archive whose passphrase is changed',
};

export function durability(what: Recorded): Part {
  return {
    what: `${names[what]}, the power cut after every sync`,
    count: 20,
    run: async ({ folder, count, say }) => {
      const { acknowledged, syncs, cuts, faults } = await checkDurability(what, folder, count);
      for (const fault of faults) say(`FAULT ${fault}`);
      say(`${acknowledged} acknowledgements, ${syncs} syncs, ${cuts} disks opened and checked`);
      return faults.length;
    },
  };
}
