import type { BundleReport, Signer, Verification } from '../../../contract/model/bundle.ts';
import type { ImportReport } from '../../../contract/model/capture.ts';
import type { BackupReport, CheckReport, RestoreReport } from '../../../contract/model/safety.ts';
import { captureSpace, hashOf, idOf, postSpace } from './ids.ts';

export const signer: Signer = {
  name: 'Dana Invented',
  organisation: 'Example Monitor',
  email: 'dana@example.invalid',
  fingerprint: hashOf('certificate'),
  selfSigned: true,
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2036-01-01T00:00:00Z',
};

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
