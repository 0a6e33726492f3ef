import type { BundleReport, Signer, Verification } from '../../../contract/model/bundle.ts';
import type { ImportReport } from '../../../contract/model/capture.ts';
import type { CertificateFacts, SignerLine, WrittenIdentity } from '../../../contract/model/identity.ts';
import { captureSpace, hashOf, idOf, postSpace, signerSpace } from './ids.ts';

export const signer: Signer = {
  name: 'Dana Invented',
  organisation: 'Example Monitor',
  email: 'dana@example.invalid',
  fingerprint: hashOf('certificate'),
  selfSigned: true,
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2036-01-01T00:00:00Z',
};

const facts: CertificateFacts = {
  ...signer,
  issuer: signer.name,
  keyType: 'ECDSA P-256',
  usages: ['digitalSignature', 'contentCommitment'],
  purposes: null,
  chain: [],
};

export const written: WrittenIdentity = {
  signer: facts,
  certificatePath: '/home/dana/identity.pem',
  chainPath: null,
  warnings: [],
};

/** As if an organisation had issued it, and exported it long ago. */
export const takenOver: WrittenIdentity = {
  signer: {
    ...facts,
    selfSigned: false,
    issuer: 'Example Monitor Issuing CA 3',
    keyType: 'RSA 4096 bits',
    purposes: ['documents', 'e-mail'],
    chain: ['Example Monitor Issuing CA 3', 'Example Monitor Root'],
  },
  certificatePath: '/home/dana/identity.pem',
  chainPath: '/home/dana/identity-chain.pem',
  warnings: [
    {
      code: 'old-encryption',
      message:
        'The file it came from is protected in an old way, under which passphrases can be tried out fast. The new file is not: destroy the old one, and copies of it in mails, once you need it no more.',
    },
  ],
};

function signerOf(
  n: number,
  change: Omit<Partial<SignerLine>, 'certificate'>,
  certificate: Partial<CertificateFacts>,
): SignerLine {
  const name = certificate.name ?? facts.name;
  return {
    id: idOf(signerSpace, n),
    label: name,
    certificate: { ...facts, issuer: name, fingerprint: hashOf(`certificate ${n}`), ...certificate },
    state: 'proven',
    addedAt: '2026-01-05T08:00:00.000Z',
    addedBy: { name: 'Dana Invented', basis: 'claimed', signer: null },
    sessions: 14,
    bundles: 3,
    replaced: null,
    ...change,
  };
}

/** One signer of each state, in several scripts. */
export const signers: readonly SignerLine[] = [
  signerOf(
    0,
    {
      state: 'replaced',
      replaced: {
        by: idOf(signerSpace, 1),
        name: 'دانا ساختگی',
        fingerprint: hashOf('certificate 1'),
        at: '2026-02-01T08:00:00.000Z',
        because: 'The laptop was left in a train.',
        withoutProof: 'key-lost',
      },
    },
    {},
  ),
  signerOf(1, { sessions: 2, bundles: 1 }, { name: 'دانا ساختگی', organisation: 'دیده‌بان نمونه' }),
  signerOf(
    2,
    {
      state: 'named',
      label: 'Counsel of the very long named Example Monitoring and Documentation Society',
      sessions: 0,
      bundles: 0,
    },
    {
      name: 'Orla Counsel-Invented',
      selfSigned: false,
      issuer: 'Example Monitor Issuing CA 3',
      keyType: 'ECDSA P-384',
      purposes: ['documents', 'e-mail'],
      chain: ['Example Monitor Issuing CA 3', 'Example Monitor Root'],
    },
  ),
  signerOf(
    3,
    { state: 'expired', sessions: 1, bundles: 9 },
    {
      name: 'Old Desk',
      keyType: 'RSA 4096 bits',
      notBefore: '2015-01-01T00:00:00Z',
      notAfter: '2025-01-01T00:00:00Z',
    },
  ),
];

export const importReport: ImportReport = {
  captures: [
    { id: idOf(captureSpace, 0), path: '/home/dana/saved/page.html', format: 'html', posts: 3 },
    { id: idOf(captureSpace, 1), path: '/home/dana/saved/crawl.warc.gz', format: 'warc', posts: 9 },
  ],
  posts: [0, 1, 2].map((index) => idOf(postSpace, index)),
  artifacts: [{ captureId: idOf(captureSpace, 0), role: 'original', sha256: hashOf('page'), size: 120_034 }],
  records: { response: 152, request: 152 },
  warnings: [
    {
      path: '/home/dana/saved/a folder with a very long name that somebody made/and another one below it/notes.xyz',
      code: 'file-not-understood',
      message: 'No reader knows this format. The bytes are kept as they are; no post was read.',
    },
  ],
  refused: [
    {
      path: '/home/dana/saved/empty.html',
      code: 'file-empty',
      message: 'The file holds 0 bytes. Ask for it again.',
    },
  ],
};

const sentences: [Verification['steps'][number]['step'], string][] = [
  ['container', 'The zip file opens, and every entry lies inside one folder.'],
  ['bag', 'The folder is a BagIt 1.0 bag with SHA-256 manifests.'],
  ['manifests', 'All 42 listed files have the bytes that the manifests name.'],
  ['unlisted-files', 'There is no file that the manifests do not list.'],
  ['signature', 'The signature covers the manifest and fits the certificate inside the bundle.'],
  ['signer-trust', 'The signer’s certificate is one that you named.'],
  ['leaves', 'Every document shown is the one that its log line commits to.'],
  ['evidence', 'The evidence file fits its schema and the artifacts.'],
];

/** A verification with the given verdict. */
export function verificationOf(verdict: Verification['verdict']): Verification {
  return {
    verdict,
    signer,
    signedAt: '2026-02-01T10:00:00Z',
    files:
      verdict === 'failed'
        ? [
            { path: `data/captures/${idOf(captureSpace, 0)}/original.html`, problem: 'changed' },
            { path: 'data/added.txt', problem: 'unlisted' },
          ]
        : [],
    steps: sentences.map(([step, message]) => {
      if (step === 'signer-trust' && verdict !== 'trusted') {
        return {
          step,
          status: 'not-known',
          code: 'signer-not-checked',
          message: 'You named no certificate that you trust, so who signed was not checked.',
        };
      }
      if (step === 'manifests' && verdict === 'failed') {
        return {
          step,
          status: 'failed',
          code: 'files-differ',
          message: 'One file has other bytes than the manifest names.',
        };
      }
      if (step === 'unlisted-files' && verdict === 'failed') {
        return {
          step,
          status: 'failed',
          code: 'unlisted-file',
          message: 'One file is in the bundle that no manifest lists.',
        };
      }
      return { step, status: 'ok', code: 'ok', message };
    }),
  };
}

/** What compiling to `path` answers. */
export function bundleReportOf(path: string): BundleReport {
  return {
    bundleId: idOf(9, 1),
    path,
    size: 48_133_120,
    sha256: hashOf('bundle'),
    captures: 2,
    posts: 12,
    tags: 3,
    files: 42,
    verification: verificationOf('trusted'),
  };
}
