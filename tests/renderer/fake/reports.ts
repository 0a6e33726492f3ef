import type { BagFinding } from '../../../contract/model/bag-check.ts';
import type { BundleReport, Signer, Verification } from '../../../contract/model/bundle.ts';
import type { ImportReport } from '../../../contract/model/capture.ts';
import type { CheckedFile } from '../../../contract/model/checked-file.ts';
import type { CertificateFacts, SignerLine, WrittenIdentity } from '../../../contract/model/identity.ts';
import type { BackupReport, CheckReport, RestoreReport } from '../../../contract/model/safety.ts';
import type { WaczStep } from '../../../contract/model/wacz.ts';
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
  ['revocation', 'By the 2 answers of authorities that came along, no certificate was revoked.'],
  ['timestamps', 'What these timestamps are over existed no later than they say.'],
  ['timestamp-trust', 'The time-stamping authority "Invented Time" is one that you named as trusted.'],
  ['checkpoints', 'The custody log is shown at 2 sizes, the newest of 1204 lines, each signed by its key.'],
  ['leaves', 'Every document shown is the one that its log line commits to.'],
  ['inclusion', 'All 31 lines shown stand in the custody log.'],
  ['artifacts', 'Every file of the capture that is shown in part is one that the custody log committed to.'],
  ['wacz', 'In the recording (WACZ) every file and every record has the hash that the recording states.'],
  ['evidence', 'The evidence file fits its schema and the artifacts.'],
];

/** A verification with the given verdict. */
export function verificationOf(verdict: Verification['verdict']): Verification {
  return {
    verdict,
    signer,
    signedAt: '2026-02-01T10:00:00Z',
    timestamps: [
      {
        path: 'sig/checkpoint-1100.tsr',
        over: { checkpoint: 1100 },
        time: '2026-01-31T18:02:11.000Z',
        authority: 'Invented Time',
        certificate: hashOf('tsa'),
        trusted: verdict === 'trusted',
      },
      {
        path: 'sig/tagmanifest-sha256.txt.p7s.tsr',
        over: 'signature',
        time: '2026-02-01T10:02:40.000Z',
        authority: 'Invented Time',
        certificate: hashOf('tsa'),
        trusted: verdict === 'trusted',
      },
    ],
    log: { origin: `holdfast/${idOf(9, 3)}`, size: 1204, root: hashOf('root') },
    notes:
      verdict === 'failed'
        ? [{ code: 'verify-page-other', message: 'verify.html is not the one of this version of Holdfast.' }]
        : [],
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
      if (step === 'timestamp-trust' && verdict !== 'trusted') {
        return {
          step,
          status: 'not-known',
          code: 'authority-not-trusted',
          message: 'Do not rely on the times of these timestamps: you named no authority that you trust.',
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
    warnings: [],
    verification: verificationOf('trusted'),
  };
}

export function backupReportOf(path: string): BackupReport {
  return { path, sha256: hashOf('backup'), size: 57_344_000, head: { size: 5000, leafHash: hashOf('leaf') } };
}

export function restoreReportOf(path: string): RestoreReport {
  return {
    path,
    archiveId: idOf(7, 1),
    sha256: hashOf('backup'),
    from: { size: 5000, leafHash: hashOf('leaf') },
    head: { size: 5002, leafHash: hashOf('later leaf') },
  };
}

export function checkReportOf(ok: boolean): CheckReport {
  return {
    ok,
    problems: ok
      ? []
      : [
          { code: 'pages', message: 'page 217 of the file (from byte 3538944) is not as it was written' },
          {
            code: 'log',
            message: `the bytes kept as ${hashOf('lost')} do not have this SHA-256 any more (12 of 4096 bytes found)`,
          },
        ],
    encrypted: true,
    pages: 3500,
    freePages: 12,
    pageSize: 16_384,
    walBytes: 0,
    events: 5000,
    artifacts: 240,
  };
}

/** What checking a file answers: by its name here, by its content in truth. */
export function checkedOf(path: string, verdict: Verification['verdict']): CheckedFile {
  if (path.endsWith('.wacz')) return waczCheckOf(verdict);
  if (path.endsWith('bag')) return bagCheckOf(verdict);
  return { kind: 'bundle', ...verificationOf(verdict) };
}

function waczCheckOf(verdict: Verification['verdict']): CheckedFile {
  const ok = (step: WaczStep['step'], message: string): WaczStep => ({
    step,
    status: 'ok',
    code: 'ok',
    message,
  });
  const named = verdict === 'trusted';
  return {
    kind: 'wacz',
    verdict,
    signer: { ...signer, name: 'signing.ferry.test', organisation: null, email: null, selfSigned: false },
    keyFingerprint: hashOf('key'),
    signedAt: '2026-01-31T18:02:11.000Z',
    software: 'an invented crawler 1.2',
    steps: [
      ok('container', 'A complete zip file with 7 files.'),
      ok(
        'package',
        'A WACZ "1.1.1" whose datapackage.json has the hash that datapackage-digest.json states.',
      ),
      verdict === 'failed'
        ? {
            step: 'resources',
            status: 'failed',
            code: 'file-changed',
            message: '"archive/data.warc.gz" is not the file that was listed: its SHA-256 differs.',
          }
        : ok('resources', 'All 5 listed files are there, with the hashes that datapackage.json states.'),
      ok('unlisted-files', 'No file stands in the package that is not listed.'),
      ok('records', '1204 records were read; all 2400 digests that they declare are right.'),
      ok('index', 'All 598 lines of the index point to the records that they name.'),
      ok('pages', 'All 12 listed pages have a record of their address.'),
      ok(
        'signature',
        'The hash of datapackage.json was signed with the ECDSA P-256 key in the certificate of "signing.ferry.test".',
      ),
      named
        ? ok('signer-trust', 'The certificate of "signing.ferry.test" stands below one that you named.')
        : {
            step: 'signer-trust',
            status: 'not-known',
            code: 'signer-not-named',
            message:
              '2 certificates stand above that of "signing.ferry.test", up to "Invented Root", each signed by the next; none of them was named as trusted.',
          },
      ok(
        'timestamp',
        '"Invented Time" stamped the signature: it existed no later than 2026-01-31T18:02:11.000Z.',
      ),
      named
        ? ok('timestamp-trust', 'The authority, "Invented Time", is one that you named as trusted.')
        : {
            step: 'timestamp-trust',
            status: 'not-known',
            code: 'authority-not-named',
            message: 'No timestamp authority was named as trusted.',
          },
    ],
  };
}

function bagCheckOf(verdict: Verification['verdict']): CheckedFile {
  const findings: BagFinding[] = [
    {
      level: 'error',
      code: 'file-changed',
      message: 'Its digest is not the one that manifest-sha512.txt states.',
      file: 'data/letters/2014-01-14 به فارسی.txt',
    },
    {
      level: 'warning',
      code: 'name-clash',
      message:
        'It differs from "data/photo.JPG" only in case or normalisation: on many systems the two are one file.',
      file: 'data/photo.jpg',
    },
    {
      level: 'note',
      code: 'tag-file-unlisted',
      message: 'No tag manifest lists this file: it is not covered.',
      file: 'README',
    },
  ];
  const shown = { failed: findings, consistent: findings.slice(1), trusted: [] }[verdict];
  const count = (level: BagFinding['level']) => shown.filter((finding) => finding.level === level).length;
  return {
    kind: 'bag',
    verdict: ({ failed: 'invalid', consistent: 'valid-with-warnings', trusted: 'valid' } as const)[verdict],
    version: '0.97',
    encoding: 'UTF-8',
    algorithms: ['md5', 'sha512'],
    payload: { files: 1204, bytes: 48_133_120 },
    findings: shown,
    counts: { error: count('error'), warning: count('warning'), note: count('note') },
  };
}
