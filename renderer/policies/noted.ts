import type { ClauseRole } from '../../contract/model/policy.ts';

/** The clause that a person has something to say of. */
export interface ClauseToNote {
  key: string;
  title: string;
  role: ClauseRole | null;
  platform: string;
  /** Name of its policy. */
  policy: string;
  /** A correction counts from this version on; null: from the first that has the clause. */
  version: string | null;
  /** It was reworded so much that a person should say whether it is the same. */
  isToConfirm: boolean;
}
