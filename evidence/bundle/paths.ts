/**
 * Names in a bundle. All are ours: ids, digests and fixed words, never a name from a source. Paths are relative to
 * the base folder unless said otherwise.
 */
import type { Artifact, ArtifactRole } from '../../contract/model/capture.ts';

export function baseFolder(bundleId: string): string {
  return `holdfast-${bundleId}`;
}

export const paths = {
  declaration: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  instructions: 'VERIFY.txt',
  page: 'verify.html',
  report: 'data/report.html',
  printed: 'data/report.pdf',
  certification: 'data/certification-draft.html',
  evidence: 'data/evidence.json',
  signature: 'sig/tagmanifest-sha256.txt.p7s',
  signer: 'sig/signer.pem',
  chain: 'sig/chain.pem',
  record: (captureId: string) => `data/captures/${captureId}/record.json`,
  document: (eventId: string) => `log/documents/${eventId}.json`,
  leaf: (eventId: string) => `log/leaves/${eventId}.json`,
  salt: (eventId: string) => `log/salts/${eventId}.txt`,
  post: (postId: string) => `log/posts/${postId}.json`,
  artifacts: (captureId: string) => `log/artifacts/${captureId}.json`,
  checkpoint: (size: number) => `log/checkpoints/${size}`,
  consistency: (from: number, to: number) => `log/consistency/${from}-${to}`,
  proof: (captureId: string) => `log/proofs/${captureId}.tlog-proof`,
  inclusion: 'log/inclusion.json',
  signatureStamp: 'sig/tagmanifest-sha256.txt.p7s.tsr',
  checkpointStamp: (size: number) => `sig/checkpoint-${size}.tsr`,
  atTime: 'sig/ATTIME.txt',
  /** Certificates of a time-stamping authority, by the fingerprint of its own. */
  authority: (fingerprint: string) => `sig/tsa-${fingerprint.slice(0, 16)}.pem`,
  /** A revocation list or an OCSP answer, by its SHA-256. */
  revocation: (sha256: string) => `sig/revocation/${sha256.slice(0, 16)}.der`,
} as const;

/** Names that Windows keeps for devices. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * What people named, as the name of a folder: `a-z`, `0-9` and hyphens. No table of Unicode is asked: whoever checks the
 * bundle may have another.
 */
function folderName(name: string, fallback: string): string {
  const slug = name
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  if (slug === '') return fallback;
  return deviceName.test(slug) ? `${slug}-` : slug;
}

/** Where the exact text of a version of a policy stands. Folders may be shared; the id is the version's own. */
export function policyTextPath(platform: string, policy: string, versionId: string): string {
  return `data/policies/${folderName(platform, 'platform')}/${folderName(policy, 'policy')}/${versionId}.md`;
}

/** The folder that no manifest covers. */
export const signatureFolder = 'sig/';

const signatureFiles: ReadonlySet<string> = new Set([
  paths.signature,
  paths.signer,
  paths.chain,
  paths.signatureStamp,
  paths.atTime,
]);
const signatureFileForms = [
  /^sig\/checkpoint-[1-9]\d{0,15}\.tsr$/,
  /^sig\/tsa-[a-z0-9][a-z0-9-]{0,63}\.pem$/,
  /^sig\/revocation\/[a-z0-9][a-z0-9._-]{0,99}$/,
];

/** Whether a path is one of the names that may stand in `sig/`, where no manifest speaks for them. */
export function isSignatureFile(path: string): boolean {
  return signatureFiles.has(path) || signatureFileForms.some((form) => form.test(path));
}

/** Media types whose files get an extension that programs open; everything else is `.bin`, which none does. */
const extensions = new Map([
  ['application/json', 'json'],
  ['application/pdf', 'pdf'],
  ['application/wacz+zip', 'wacz'],
  ['application/warc', 'warc'],
  ['application/x-pem-file', 'pem'],
  ['application/zip', 'zip'],
  ['application/warc+gzip', 'warc.gz'],
  ['audio/mpeg', 'mp3'],
  ['audio/mp4', 'm4a'],
  ['audio/ogg', 'ogg'],
  ['image/avif', 'avif'],
  ['image/gif', 'gif'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
  ['multipart/related', 'mhtml'],
  ['text/html', 'html'],
  ['text/plain', 'txt'],
  ['video/mp4', 'mp4'],
  ['video/webm', 'webm'],
]);

/** Raster pictures: what the report shows. An SVG is a document that can hold more than a picture. */
export const pictureTypes: ReadonlySet<string> = new Set([
  'image/avif',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
]);

/** A media type without its parameters, in lower case. */
export function essence(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** What the files of a role are called; media are named by their SHA-256. */
const names: Record<Exclude<ArtifactRole, 'media'>, string> = {
  original: 'original',
  screenshot: 'screenshot',
  wacz: 'capture',
  mhtml: 'page',
  pdf: 'page-printed',
  dom: 'page-rendered',
  text: 'text',
  certificate: 'certificates',
  passed: 'posts-passed',
  exhibits: 'exhibits',
};

/**
 * Where the artifacts of a capture stand, in their order. Two artifacts with the same path are the same bytes:
 * media are named by their SHA-256, and the others are numbered when there are several of a role.
 */
export function artifactPaths(
  captureId: string,
  artifacts: readonly Pick<Artifact, 'role' | 'sha256' | 'mediaType'>[],
): string[] {
  const counts = new Map<string, number>();
  return artifacts.map(({ role, sha256, mediaType }) => {
    const extension = extensions.get(essence(mediaType)) ?? 'bin';
    const folder = `data/captures/${captureId}`;
    if (role === 'media') return `${folder}/media/${sha256}.${extension}`;
    const name = names[role];
    const n = (counts.get(name) ?? 0) + 1;
    counts.set(name, n);
    return `${folder}/${name}${n === 1 ? '' : `-${n}`}.${extension}`;
  });
}
