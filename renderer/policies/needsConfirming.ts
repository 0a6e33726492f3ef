import { certainLikeness, type VersionClause } from '../../contract/model/policy.ts';

/** Whether a clause was reworded so much that a person should say whether it is the same, and nobody has. */
export function needsConfirming(clause: VersionClause): clause is VersionClause & { key: string } {
  const { key, match, likeness, isConfirmed } = clause;
  return (
    key !== null && match === 'reworded' && !isConfirmed && likeness !== null && likeness < certainLikeness
  );
}
