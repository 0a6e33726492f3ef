/** Which texts of a library say what was in force. */
import type { VersionSource } from '../../contract/model/policy.ts';

/** A text out of a bundle counts only where its signer was checked and vouched for it: else anybody could have made it. */
export function isCounted({ source: { bundle } }: { source: Pick<VersionSource, 'bundle'> }): boolean {
  return bundle === undefined || bundle.verdict === 'trusted';
}
