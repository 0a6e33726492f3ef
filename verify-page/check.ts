/** One check of one file, wherever it runs: in the worker, or in the page itself where there can be no worker. */
import type { Verification } from '../contract/model/bundle.ts';
import type { Progress } from '../contract/model/common.ts';
import { portableSha256 } from '../evidence/digest/portable.ts';
import { verifyBundle } from '../evidence/verify/verify.ts';
import { fileSource } from './file-source.ts';
import type { Named } from './named.ts';

export interface Question {
  file: Blob;
  signers: Named;
  authorities: Named;
}

/** Rejects with what reading throws, and with `cancelled`. */
export function check(
  { file, signers, authorities }: Question,
  progress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<Verification> {
  return verifyBundle({
    source: fileSource(file),
    sha256: portableSha256,
    trusted: signers.certificates,
    tsaRoots: authorities.certificates,
    fingerprints: { trusted: signers.fingerprints, tsaRoots: authorities.fingerprints },
    progress,
    signal,
  });
}
