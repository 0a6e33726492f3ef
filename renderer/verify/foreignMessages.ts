import type { BagCheck, BagFinding } from '../../contract/model/bag-check.ts';
import type { WaczCheck, WaczStep } from '../../contract/model/wacz.ts';

export const waczMessages = {
  resultOf: 'Checked file, a web archive (WACZ) of others',
  facts: 'What it says of itself',
  software: 'Made by',
  signedAt: 'Signed at: by the timestamp if there is one that holds, else by its own claim',
  notAbout:
    'A verdict speaks of bytes and of a signature. It does not say that a server sent these pages, nor that what they showed is true: whoever records can write any record.',
} as const;

export const waczVerdictWords: Record<WaczCheck['verdict'], { badge: string; sentence: string }> = {
  trusted: {
    badge: 'trusted',
    sentence:
      'Nothing contradicts the hashes of this file, and a signer that you named signed them. If it is stamped, an authority that you named says when.',
  },
  consistent: {
    badge: 'consistent, maker not checked',
    sentence:
      'Nothing contradicts the hashes of this file. That is as much as anybody can write: see the steps for who signed it, if anyone did.',
  },
  failed: {
    badge: 'failed',
    sentence: 'The file contradicts its own hashes or its signature. See the steps, and ask for it again.',
  },
};

export const waczStepWords: Record<WaczStep['step'], string> = {
  container: 'The zip file',
  package: 'The description of its files',
  resources: 'Every listed file against its hash',
  'unlisted-files': 'Files that are not listed',
  records: 'Every record against its own digests',
  index: 'The index, and whether it points to the records',
  pages: 'The listed pages, and whether they were recorded',
  signature: 'The signature over the description',
  'signer-trust': 'The signer',
  timestamp: 'The timestamp',
  'timestamp-trust': 'The authority of the timestamp',
};

export const bagMessages = {
  resultOf: 'Checked bag (BagIt)',
  findings: 'Findings',
  finding: 'What was found',
  level: 'Weight',
  more: (count: string) => `And ${count} more.`,
  facts: 'The bag',
  version: 'BagIt version',
  algorithms: 'Digests by',
  files: 'Files under data/',
  bytes: 'Bytes in them',
  notAbout:
    'A bag is not signed. That it is complete says that nothing was lost or changed by accident: whoever changes a file can write its digest anew.',
} as const;

export const bagVerdictWords: Record<BagCheck['verdict'], { badge: string; sentence: string }> = {
  valid: {
    badge: 'valid',
    sentence: 'Every listed file is there and has its digest, and no other lies under data/.',
  },
  'valid-with-warnings': {
    badge: 'valid, with warnings',
    sentence:
      'No file differs from its digest. Some things are unusual, or may go wrong on another computer.',
  },
  invalid: {
    badge: 'not valid',
    sentence: 'The bag is not complete, was changed, or breaks the rules. See below.',
  },
};

export const bagLevelWords: Record<BagFinding['level'], string> = {
  error: 'error',
  warning: 'warning',
  note: 'note',
};
