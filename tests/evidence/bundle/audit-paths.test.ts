import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditPaths } from '../../../evidence/bundle/audit-paths.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { inclusionPath, merkleRoot, verifyInclusion } from '../../../evidence/log/merkle.ts';

test('the paths of all leaves are those that the standard gives one by one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 70 }),
      (leaves) => {
        const pathOf = auditPaths(nodeSha256, leaves);
        const root = merkleRoot(nodeSha256, leaves);
        for (const [index, leaf] of leaves.entries()) {
          const path = pathOf(index);
          expect(path).toEqual(inclusionPath(nodeSha256, leaves, index));
          expect(verifyInclusion(nodeSha256, { leaf, index, size: leaves.length, path, root })).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});
