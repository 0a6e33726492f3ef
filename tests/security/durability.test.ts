/** Nothing is acknowledged before it is on the disk, and whatever sync the power is cut after, the archive is whole. */
import { expect, test } from 'vitest';
import { checkDurability } from '../campaign/durability/run.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('an import, cut after every sync', async () => {
  const { acknowledged, cuts, faults } = await checkDurability('import', temporaryFolder(), 2);

  expect(faults).toEqual([]);
  expect(acknowledged).toBe(2);
  expect(cuts).toBeGreaterThan(10);
}, 180_000);
