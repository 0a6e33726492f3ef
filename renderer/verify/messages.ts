import type { Verification } from '../../contract/model/bundle.ts';
import { verificationWords } from '../../contract/verification-words.ts';

export { statusWords, stepWords } from '../../contract/verification-words.ts';

export const verifyMessages = {
  ...verificationWords,
  heading: 'Verify a bundle',
  intro:
    'Choose a bundle that you received, or drop it on this window; also a web archive (WACZ) or any BagIt bag of others, as a folder or a zip file. It is only read; nothing of it enters the archive.',
  path: 'Bundle (.zip), web archive (.wacz) or bag',
  browse: 'Choose',
  trust: 'Certificates that you trust (may stay empty)',
  trustHelp:
    'The signer’s certificate (.pem), got on another way than the bundle: handed over, or compared by its fingerprint over the telephone. Without it the verdict can be no better than “consistent”.',
  addTrust: 'Add a certificate',
  tsaRoots: 'Time-stamping authorities that you trust (may stay empty)',
  tsaRootsHelp:
    'The authority’s root certificate (.pem), got from the authority itself. Without it the times of timestamps are shown, but nothing is claimed from them.',
  addTsaRoot: 'Add an authority’s certificate',
  logRootWhat: 'root',
  logHelp:
    'One bundle cannot show that there is only one log. Two bundles can: at the same number of lines both must show the same root. Holdfast compares this when it imports bundles.',
  dropTrust: (path: string) => `Do not use ${path}`,
  verify: 'Verify',
  verifying: 'Verifying',
  missingPath: 'Choose a bundle.',
  result: 'Result',
  resultOf: 'Checked file',
  pathWhat: 'path',
} as const;

export const verdictWords: Record<Verification['verdict'], { badge: string; sentence: string }> = {
  trusted: {
    badge: 'trusted',
    sentence: 'Unchanged since this signature, and the signer is one that you named.',
  },
  consistent: {
    badge: 'consistent, signer not checked',
    sentence:
      'Unchanged since this signature. Who signed was not checked: anybody could have made such a bundle and signed it. Get the signer’s certificate on another way, add it above, and verify again.',
  },
  failed: {
    badge: 'failed',
    sentence: 'At least one step failed. Do not rely on this file; ask for the bundle again.',
  },
};
