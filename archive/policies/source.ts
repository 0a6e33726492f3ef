/** A text that may become a version. */
import type { PolicyVersion, Seen } from '../../contract/model/policy.ts';

/** One text before it is read. */
export interface PolicySource {
  name: string;
  /** Null: nothing says when it was seen. */
  seen: Seen | null;
  cause: PolicyVersion['cause'];
  read(): Promise<Uint8Array>;
}
