/**
 * Checks any BagIt bag: RFC 8493 (version 1.0) and the drafts 0.93 to 0.97, which are laxer. Every byte of it and every
 * name in it is attacker-controlled; nothing is fetched, and no link is followed.
 */

import { HoldfastError } from '../../contract/errors.ts';
import type { BagCheck } from '../../contract/model/bag-check.ts';
import type { Progress } from '../../contract/model/common.ts';
import { concatBytes } from '../digest/sha256.ts';
import { checkBagInfo, payloadOf } from './bag-info.ts';
import { type Declaration, declarationPath, maxDeclaration, parseDeclaration } from './declaration.ts';
import { readFetch } from './fetch.ts';
import { BagFindings } from './findings.ts';
import { type Manifest, readManifests } from './manifests.ts';
import { BagNames, checkNames } from './names.ts';
import { isSystemFile } from './path.ts';
import type { BagFile, BagHash, BagTree, HashByName } from './tree.ts';

export interface BagCheckRequest {
  tree: BagTree;
  hash: HashByName;
  /** What opening the bag found already. */
  findings?: BagFindings;
  progress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Never throws on hostile input. Rejects with `cancelled`. */
export async function checkBag(request: BagCheckRequest): Promise<BagCheck> {
  const { tree, hash, findings = new BagFindings() } = request;
  const declaration = await readDeclaration(tree, findings);
  const manifests = declaration === null ? [] : await readManifests(tree, declaration, hash, findings);
  if (!tree.hasPayloadFolder) findings.error('data-missing', 'There is no folder data/.');
  checkKinds(tree, findings);
  if (declaration !== null) {
    const names = new BagNames(tree.files);
    const fetches = await readFetch(tree, declaration, manifests, names, findings);
    await checkBagInfo(tree, declaration, findings, systemFilesGone(manifests, names));
    checkManifestsThere(manifests, findings);
    checkListed(tree, declaration, manifests, names, findings);
    checkNames(tree.files, new Set(manifests.flatMap(({ digests }) => [...digests.keys()])), findings);
    await checkDigests(request, manifests, names, fetches, findings);
  }
  return {
    kind: 'bag',
    verdict: findings.verdict(),
    version: declaration?.version ?? null,
    encoding: declaration?.encoding ?? null,
    algorithms: manifests.filter((each) => each.isPayload && each.known).map(({ algorithm }) => algorithm),
    payload: payloadOf(tree),
    findings: findings.list,
    counts: findings.counts,
  };
}

/** Payload that is listed and missing, and that systems remove on their own. */
function systemFilesGone(manifests: readonly Manifest[], names: BagNames): number {
  const listed = manifests.flatMap(({ isPayload, digests }) => (isPayload ? [...digests.keys()] : []));
  return new Set(listed.filter((path) => isSystemFile(path) && names.find(path) === null)).size;
}

async function readDeclaration(tree: BagTree, findings: BagFindings): Promise<Declaration | null> {
  const file = tree.files.find(({ path }) => path === declarationPath);
  if (file === undefined || file.kind !== 'file') {
    findings.error(
      'declaration-missing',
      'There is no bagit.txt; without it this is no bag.',
      declarationPath,
    );
    return null;
  }
  if (file.size > maxDeclaration) {
    findings.error('tag-file-too-large', `It has more than ${maxDeclaration} bytes.`, declarationPath);
    return null;
  }
  const parts: Uint8Array[] = [];
  try {
    for await (const piece of file.content()) parts.push(new Uint8Array(piece));
  } catch (error) {
    unreadable(error, file.path, findings);
    return null;
  }
  return parseDeclaration(concatBytes(...parts), findings);
}

/** What cannot be read is an error of the bag; that somebody stopped the check is none. */
function unreadable(error: unknown, path: string, findings: BagFindings): void {
  if (!(error instanceof HoldfastError) || error.code === 'cancelled') throw error;
  findings.error('file-unreadable', error.message, path);
}

function checkKinds(tree: BagTree, findings: BagFindings): void {
  for (const { path, kind } of tree.files) {
    if (kind === 'link') findings.error('link', 'It is a link: what it shows may lie outside the bag.', path);
    if (kind === 'other') findings.error('not-a-file', 'It is neither a file nor a folder.', path);
  }
}

function checkManifestsThere(manifests: readonly Manifest[], findings: BagFindings): void {
  const payload = manifests.filter(({ isPayload }) => isPayload);
  if (payload.length === 0)
    findings.error('manifest-missing', 'There is no payload manifest (manifest-….txt).');
  else if (payload.every(({ known }) => !known))
    findings.error('algorithm-unknown', 'No payload manifest has an algorithm that can be checked here.');
  for (const { path, known, algorithm } of manifests)
    if (!known) findings.warn('algorithm-unknown', `Digests by ${algorithm} cannot be checked here.`, path);
}

/** Every payload file must be listed: since version 1.0 in every payload manifest, before in one of them. */
function checkListed(
  tree: BagTree,
  { strict }: Declaration,
  manifests: readonly Manifest[],
  names: BagNames,
  findings: BagFindings,
): void {
  const covers = manifests.map((manifest) => ({
    ...manifest,
    files: new Set([...manifest.digests.keys()].map((path) => names.find(path)?.file.path ?? path)),
  }));
  const payload = covers.filter(({ isPayload }) => isPayload);
  const tags = covers.filter(({ isPayload }) => !isPayload);
  for (const { path, kind } of tree.files) {
    if (kind !== 'file') continue;
    if (path.startsWith('data/')) {
      const listed = payload.filter(({ files }) => files.has(path)).length;
      if (listed === 0) findings.error('payload-unlisted', 'No manifest lists this payload file.', path);
      else if (strict && listed < payload.length)
        findings.error('payload-not-in-every-manifest', 'Not every payload manifest lists this file.', path);
    } else if (!path.startsWith('tagmanifest-') && tags.every(({ files }) => !files.has(path))) {
      findings.note('tag-file-unlisted', 'No tag manifest lists this file: it is not covered.', path);
    }
  }
}

interface Wanted {
  digest: string;
  algorithm: string;
  manifest: string;
}

/** Reads every listed file once, for all of its digests. */
async function checkDigests(
  request: BagCheckRequest,
  manifests: readonly Manifest[],
  names: BagNames,
  fetches: ReadonlyMap<string, string>,
  findings: BagFindings,
): Promise<void> {
  const wanted = new Map<BagFile, Wanted[]>();
  const absent = new Set<string>();
  const renamed = new Set<string>();
  for (const { digests, algorithm, known, path: manifest } of manifests) {
    for (const [path, digest] of digests) {
      const found = names.find(path);
      if (found === null) absent.add(path);
      else {
        if (!found.exact) renamed.add(path);
        if (known)
          wanted.set(found.file, [...(wanted.get(found.file) ?? []), { digest, algorithm, manifest }]);
      }
    }
  }
  for (const path of absent) reportAbsent(path, fetches.get(path), findings);
  for (const path of renamed) {
    findings.warn(
      'name-differs',
      'It is listed by a name that differs from that of the file in case or normalisation.',
      path,
    );
  }
  const total = [...wanted.keys()].reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const [file, expected] of wanted) {
    await checkFile(request, file, expected, findings, (bytes) => {
      done += bytes;
      request.progress?.({ step: 'verify', done, total, unit: 'bytes' });
    });
  }
}

function reportAbsent(path: string, url: string | undefined, findings: BagFindings): void {
  if (url !== undefined) {
    findings.error(
      'file-to-fetch',
      `The bag is not complete: this file lies at ${url.slice(0, 300)}. Holdfast fetches nothing.`,
      path,
    );
  } else if (isSystemFile(path)) {
    findings.warn(
      'system-file-missing',
      'It is listed, but missing; systems remove such files on their own.',
      path,
    );
  } else findings.error('file-missing', 'It is listed, but missing.', path);
}

async function checkFile(
  { hash, signal }: BagCheckRequest,
  file: BagFile,
  expected: readonly Wanted[],
  findings: BagFindings,
  passed: (bytes: number) => void,
): Promise<void> {
  const running = new Map<string, BagHash>();
  for (const { algorithm } of expected) {
    const started = running.has(algorithm) ? null : hash(algorithm);
    if (started !== null) running.set(algorithm, started);
  }
  try {
    for await (const piece of file.content()) {
      if (signal?.aborted)
        throw new HoldfastError('cancelled', 'Cancelled; the bag was not checked completely.');
      for (const each of running.values()) each.update(piece);
      passed(piece.length);
    }
  } catch (error) {
    unreadable(error, file.path, findings);
    return;
  }
  const found = new Map([...running].map(([algorithm, each]) => [algorithm, each.hex()]));
  for (const { algorithm, digest, manifest } of expected) {
    if (found.get(algorithm) !== digest)
      findings.error('file-changed', `Its digest is not the one that ${manifest} states.`, file.path);
  }
}
