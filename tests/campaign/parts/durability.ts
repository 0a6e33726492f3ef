/** Power cuts after every sync of an import or a capture, out of its recorded writes. */
import { checkDurability, type Recorded } from '../durability/run.ts';
import type { Part } from './part.ts';

export function durability(what: Recorded): Part {
  return {
    what: `a file of ${what === 'import' ? 'an import' : 'a captured page'}, the power cut after every sync`,
    count: 20,
    run: async ({ folder, count, say }) => {
      const { acknowledged, syncs, cuts, faults } = await checkDurability(what, folder, count);
      for (const fault of faults) say(`FAULT ${fault}`);
      say(`${acknowledged} acknowledgements, ${syncs} syncs, ${cuts} disks opened and checked`);
      return faults.length;
    },
  };
}
