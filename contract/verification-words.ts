/** What a check of a bundle says, in the same words in the window and in verify.html. */
import type { Verification, VerificationStep } from './model/bundle.ts';

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
  artifacts: 'Files of captures that are shown in part',
  wacz: 'Recordings (WACZ) against their own hashes',
  evidence: 'The evidence against its own description',
};

export const statusWords: Record<VerificationStep['status'], string> = {
  ok: 'ok',
  failed: 'failed',
  'not-known': 'not known',
  'not-present': 'not present',
};

export const verificationWords = {
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
  notes: 'Beside the verdict',
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
} as const;
