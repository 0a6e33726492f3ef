/** The bag: its declaration, its manifests, that they list what is there and nothing else is there. */

import { type Manifest, parseManifest } from '../bag/manifest.ts';
import { bagDeclaration, parseBagInfo } from '../bag/tag-files.ts';
import { limits } from '../bundle/limits.ts';
import { isSignatureFile, paths, signatureFolder } from '../bundle/paths.ts';
import { sameBytes } from '../digest/sha256.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';

export interface Bag {
  /** Path → SHA-256, of the payload and of the tag files. Empty where the manifest cannot be read. */
  payload: Manifest;
  tags: Manifest;
  /** What the signature covers; null where it is missing. */
  tagManifest: Uint8Array | null;
  /** bag-info.txt as it stands; null where it is missing or not readable. */
  info: Uint8Array | null;
}

/** Reads the tag files of the bag; what is wrong with their form fails the step 'bag'. */
export async function readBag(contents: Contents, findings: Findings): Promise<Bag> {
  const declaration = await required(contents, findings, paths.declaration, limits.smallFile);
  if (declaration !== null && !sameBytes(declaration, new TextEncoder().encode(bagDeclaration))) {
    findings.fail('bag', 'bag-declaration', `${paths.declaration} is not that of a BagIt 1.0 bag.`, [
      paths.declaration,
      'changed',
    ]);
  }
  const info = await required(contents, findings, paths.info, limits.smallFile);
  const payload = await required(contents, findings, paths.manifest, limits.manifest);
  const tagManifest = await required(contents, findings, paths.tagManifest, limits.manifest);
  const bag = {
    payload: readManifest(findings, paths.manifest, payload, (path) => path.startsWith('data/')),
    tags: readManifest(findings, paths.tagManifest, tagManifest, isTagFile),
    tagManifest,
    info,
  };
  if (info !== null) checkPayload(contents, findings, info, bag.payload);
  for (const path of [paths.declaration, paths.info, paths.manifest])
    checkListed(findings, bag.tags, path, tagManifest);
  return bag;
}

async function required(
  contents: Contents,
  findings: Findings,
  path: string,
  limit: number,
): Promise<Uint8Array | null> {
  if (!contents.has(path)) {
    findings.fail('bag', 'file-missing', `${path} is missing; without it this is no bag.`, [path, 'missing']);
    return null;
  }
  const bytes = await contents.bytes(path, limit);
  if (bytes === null) {
    findings.fail('bag', 'file-too-large', `${path} is larger than ${limit} bytes.`, [path, 'unreadable']);
  }
  return bytes;
}

/** Covered by the tag manifest: everything but the payload, itself, and what was made after it. */
function isTagFile(path: string): boolean {
  return !path.startsWith('data/') && !path.startsWith(signatureFolder) && path !== paths.tagManifest;
}

function readManifest(
  findings: Findings,
  path: string,
  bytes: Uint8Array | null,
  belongs: (path: string) => boolean,
): Manifest {
  const manifest =
    bytes === null
      ? null
      : findings.attempt('bag', 'manifest-unreadable', path, () => parseManifest(bytes), 'unreadable');
  for (const listed of manifest?.keys() ?? []) {
    if (!belongs(listed))
      findings.fail('bag', 'manifest-misplaced', `${path} lists ${listed}, which does not belong there.`, [
        path,
        'changed',
      ]);
  }
  return manifest ?? new Map();
}

function checkListed(findings: Findings, tags: Manifest, path: string, tagManifest: Uint8Array | null): void {
  if (tagManifest === null || tags.has(path)) return;
  findings.fail(
    'bag',
    'tag-file-not-listed',
    `${paths.tagManifest} does not list ${path}: nothing covers it.`,
    [paths.tagManifest, 'changed'],
  );
}

/** Payload-Oxum (RFC 8493, section 2.2.2): bytes and number of the payload files. */
function checkPayload(contents: Contents, findings: Findings, info: Uint8Array, payload: Manifest): void {
  const values = findings.attempt(
    'bag',
    'bag-info-unreadable',
    paths.info,
    () => parseBagInfo(info),
    'unreadable',
  );
  if (values === null) return;
  const bytes = [...payload.keys()].reduce((sum, path) => sum + contents.size(path), 0);
  if (values.get('Payload-Oxum') !== `${bytes}.${payload.size}`) {
    findings.fail(
      'bag',
      'payload-size',
      `${paths.info} says that the payload has another size, or another number of files.`,
    );
  }
}

/** Compares every listed file with its digest; what differs or is missing fails the step 'manifests'. */
export async function checkManifests(contents: Contents, findings: Findings, bag: Bag): Promise<void> {
  if (bag.payload.size === 0 || bag.tags.size === 0) {
    findings.fail('manifests', 'nothing-listed', 'A manifest is missing, not readable, or lists nothing.');
  }
  for (const [path, expected] of [...bag.tags, ...bag.payload]) {
    const found = await contents.digest(path);
    if (found === null) {
      findings.fail('manifests', 'file-missing', `${path} is listed, but missing.`, [path, 'missing']);
    } else if (found !== expected) {
      findings.fail(
        'manifests',
        'file-changed',
        `${path} is not the file that was listed: its SHA-256 differs.`,
        [path, 'changed'],
      );
    }
  }
}

/** Everything in the bundle must be listed, or be one of the names allowed in sig/. */
export function checkUnlisted(contents: Contents, findings: Findings, bag: Bag): void {
  const known = new Set([...bag.payload.keys(), ...bag.tags.keys(), paths.tagManifest]);
  for (const path of contents.paths()) {
    if (known.has(path) || isSignatureFile(path)) continue;
    const [code, why] = path.startsWith(signatureFolder)
      ? ['file-not-allowed', `it is none of the names that may stand in ${signatureFolder}`]
      : ['file-unlisted', 'no manifest lists it, and it is not a file of the signature'];
    findings.fail('unlisted-files', code, `${path} was added: ${why}.`, [path, 'unlisted']);
  }
}
