import type { Verification, VerificationStep } from '../../contract/model/bundle.ts';

export const verifyMessages = {
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
  timestamps: 'Times by time-stamping authorities',
  noTimestamps: 'None: every time in the bundle is the signer’s own claim.',
  overSignature: 'The signed bundle existed no later than',
  overCheckpoint: (lines: string) =>
    `The captures among the first ${lines} lines of the custody log existed no later than`,
  says: 'says',
  authorityNamed: 'an authority that you named',
  authorityNotNamed: 'not an authority that you named: do not rely on it',
  log: 'Newest head of the custody log in this bundle',
  logOrigin: 'Log',
  logSize: 'Lines',
  logRoot: 'Root over them (SHA-256)',
  logRootWhat: 'root',
  logHelp:
    'One bundle cannot show that there is only one log. Two bundles can: at the same number of lines both must show the same root. Holdfast compares this when it imports bundles.',
  dropTrust: (path: string) => `Do not use ${path}`,
  verify: 'Verify',
  verifying: 'Verifying',
  missingPath: 'Choose a bundle.',
  result: 'Result',
  resultOf: 'Checked file',
  signer: 'Signer',
  signerName: 'Name in the certificate',
  organisation: 'Organisation',
  email: 'E-mail',
  selfSigned: 'Issued by',
  selfSignedYes: 'the signer (self-signed): the name is the signer’s own claim',
  selfSignedNo: 'another certificate',
  validity: 'Valid',
  signedAt: 'Signed at, by the signer’s own clock',
  noSigner: 'No readable signature was found.',
  steps: 'Steps',
  files: 'Files that differ',
  filesFirst: 'At most the first 100 are listed.',
  file: 'File',
  problem: 'What is wrong',
  problems: {
    changed: 'its bytes differ from the manifest',
    missing: 'listed, but not in the bundle',
    unlisted: 'in the bundle, but not listed',
    unreadable: 'cannot be read',
  } satisfies Record<Verification['files'][number]['problem'], string>,
  notAbout:
    'A verdict speaks of bytes and of a signature. It does not say that nothing was left out, that a clock was right, or that what a page showed is true.',
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

export const stepWords: Record<VerificationStep['step'], string> = {
  container: 'The zip file',
  bag: 'The bag (BagIt) and its rules',
  manifests: 'Every listed file against its hash',
  'unlisted-files': 'Files that are not listed',
  signature: 'The signature over the manifest',
  'signer-trust': 'The signer',
  revocation: 'Revoked certificates',
  timestamps: 'The timestamps',
  'timestamp-trust': 'The authorities of the timestamps',
  checkpoints: 'The heads of the custody log, and that they belong together',
  leaves: 'Log lines and what they commit to',
  inclusion: 'That the lines stand in the log',
  wacz: 'Recordings (WACZ) against their own hashes',
  evidence: 'The evidence against its own description',
};

export const statusWords: Record<VerificationStep['status'], string> = {
  ok: 'ok',
  failed: 'failed',
  'not-known': 'not known',
  'not-present': 'not present',
};
