/** Long work: how whoever asked for it follows it, and stops it. */
import type { Progress } from '../contract/model/common.ts';

export interface WorkOptions {
  signal?: AbortSignal | undefined;
  progress?: ((progress: Progress) => void) | undefined;
}
