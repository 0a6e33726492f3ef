/** A timestamp over the signature of a finished bundle: asked for, and added under sig/ when it comes back. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { HoldfastError } from '../../contract/errors.ts';
import type { BundleStamp } from '../../contract/model/timestamp.ts';
import { inTransaction } from '../../db/handle.ts';
import { type BundleFolder, bundleFolder } from '../../evidence/bundle/folder.ts';
import { limits } from '../../evidence/bundle/limits.ts';
import { baseFolder, paths } from '../../evidence/bundle/paths.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { concatBytes, sameBytes, toHex } from '../../evidence/digest/sha256.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import type { ByteSource } from '../../evidence/source/byte-source.ts';
import { withFileSource } from '../../evidence/source/file.ts';
import { checkTimestamp } from '../../evidence/timestamp/check.ts';
import type { GoodTimestamp } from '../../evidence/timestamp/finding.ts';
import { readTimestampRequest, timestampRequest } from '../../evidence/timestamp/request.ts';
import { appendToZip } from '../../evidence/zip/append.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { ZipError } from '../../evidence/zip/error.ts';
import { openFileSink } from '../../evidence/zip/file-sink.ts';
import { contentOf, openZip, type StoredEntry, type ZipContents } from '../../evidence/zip/reader.ts';
import type { Archive } from '../archive.ts';
import { writeNewFile } from '../new-file.ts';
import { verifyFile } from '../verify.ts';
import type { WorkOptions } from '../work.ts';
import { acceptable, type Reply } from './attach.ts';
import {
  answeredRequest,
  compiledHere,
  keepBundleRequest,
  keepBundleToken,
  waitingRequest,
} from './bundle-record.ts';
import { readSmallFile } from './files.ts';

/** Where the request of a bundle is kept for the day on which the reply comes. */
export function requestBeside(bundlePath: string): string {
  return `${bundlePath}.tsq`;
}

interface OpenBundle {
  source: ByteSource;
  contents: ZipContents;
  folder: BundleFolder;
  signature: Uint8Array;
  /** What the signature covers; empty where it is missing. */
  tagManifest: Uint8Array;
}

async function withBundle<T>(path: string, act: (bundle: OpenBundle) => Promise<T>): Promise<T> {
  try {
    return await withFileSource(path, async (source) => {
      const contents = await openZip(source);
      const folder = bundleFolder(contents);
      const entry = folder?.entries.get(paths.signature);
      if (folder === null || entry === undefined || entry.size > limits.signatureFile) {
        throw new HoldfastError('bundle-not-readable', `${path} has no signature that could be stamped.`);
      }
      const covered = folder.entries.get(paths.tagManifest);
      const isFit = covered !== undefined && covered.size <= limits.manifest;
      const signature = await bytesOf(source, entry);
      const tagManifest = isFit ? await bytesOf(source, covered) : new Uint8Array();
      return act({ source, contents, folder, signature, tagManifest });
    });
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw new HoldfastError('bundle-not-readable', `${path} is no bundle of Holdfast: ${error.message}`, {
      cause: error,
    });
  }
}

async function bytesOf(source: ByteSource, entry: StoredEntry): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  for await (const piece of contentOf(source, entry, nodeCrc32)) kept.push(piece.slice());
  return concatBytes(...kept);
}

/** Errors: `bad-input` for a bundle that this archive did not compile, `bundle-not-readable`. */
export async function requireCompiledHere(path: string, archive: Archive): Promise<void> {
  const isHere = await withBundle(path, async (bundle) => compiledHere(archive, bundle) !== null);
  if (isHere) return;
  throw new HoldfastError(
    'bad-input',
    `${path} was not compiled in ${archive.path}, which therefore cannot keep its stamp.`,
  );
}

/**
 * Writes a request for the bundle's signature beside the bundle (`BUNDLE.zip.tsq`) and, where `out` is another name,
 * there as well; gives its bytes. A request that lies beside it or waits in the archive is used again, so that its reply
 * fits. `archive`: where it compiled the bundle, it keeps and records the request.
 * Errors: `bundle-not-readable`, `nothing-to-do` for a bundle that has its timestamp, `output-exists`, `not-writable`.
 */
export async function requestBundleStamp(
  path: string,
  out: string | null,
  archive: Archive | null = null,
): Promise<{ request: Uint8Array; recorded: boolean }> {
  const { digest, bundle } = await withBundle(path, async (opened) => {
    refuseStamped(opened, path);
    const here = archive === null ? null : compiledHere(archive, opened);
    return { digest: nodeSha256.of(opened.signature), bundle: here };
  });
  const beside = requestBeside(path);
  const waiting = archive === null ? null : waitingRequest(archive, digest);
  const request = existsSync(beside)
    ? fittingRequest(beside, digest).bytes
    : (waiting ?? timestampRequest({ digest, nonce: randomBytes(8) }));
  // First: what leaves the desk, the archive knows.
  if (archive !== null && bundle !== null)
    inTransaction(archive.db, () => keepBundleRequest(archive, bundle, request));
  if (out !== null && out !== beside) writeNewFile(out, request, 0o644);
  if (!existsSync(beside)) writeNewFile(beside, request, 0o644);
  return { request, recorded: bundle !== null };
}

function refuseStamped({ folder }: OpenBundle, path: string): void {
  if (folder.entries.has(paths.signatureStamp)) {
    throw new HoldfastError('nothing-to-do', `${path} has a timestamp over its signature already.`);
  }
}

function fittingRequest(path: string, digest: Uint8Array): { bytes: Uint8Array } {
  const bytes = readSmallFile(path);
  const request = readTimestampRequest(bytes);
  if (!sameBytes(request.digest, digest)) {
    throw new HoldfastError(
      'bad-input',
      `The request ${path} is for another bundle, or for another signature.`,
    );
  }
  return { bytes };
}

/**
 * Checks the reply in full and adds it under sig/, with the authority's certificates, the revocation answers and the
 * time for openssl. The new file is written beside the old one, verified, and takes its place; all else in it is byte
 * for byte as it was. `requestPath`: the request; without it the one beside the bundle or in the archive, and without any
 * the nonce is not compared. `archive`: where it compiled the bundle, it keeps and records request and token. Errors: `timestamp-refused`, `bundle-not-readable`, `nothing-to-do`, `bundle-self-check-failed`,
 * `not-writable`, `disk-full`; after each, the bundle is as it was.
 */
export async function attachBundleStamp(
  path: string,
  reply: Reply & { requestPath?: string | null },
  options: WorkOptions & { archive?: Archive | null; now?: Date } = {},
): Promise<BundleStamp> {
  const { archive = null, now = archive?.clock() ?? new Date(), ...reporting } = options;
  return withBundle(path, async (bundle) => {
    refuseStamped(bundle, path);
    const digest = nodeSha256.of(bundle.signature);
    const beside = requestBeside(path);
    const requestPath = reply.requestPath ?? (existsSync(beside) ? beside : null);
    const { response, named, answers } = reply;
    const request =
      requestPath === null
        ? answeredRequest(archive, digest, response)
        : fittingRequest(requestPath, digest).bytes;
    const nonce = request === null ? null : readTimestampRequest(request).nonce;
    const found = acceptable(
      await checkTimestamp({ response, digest, nonce, trusted: named, now, revocation: answers }),
      named.length > 0,
    );
    const files = stampFiles(response, found, answers);
    let recorded = false;
    await replaceBundle(path, bundle, files, {
      ...reporting,
      // Before the file takes its place: a stamped bundle of which the log says nothing may not be left behind.
      beforeCommit: () => {
        const here = archive === null ? null : compiledHere(archive, bundle);
        if (archive === null || here === null || request === null) return;
        recorded = keepBundleToken(archive, here, request, reply, found);
      },
    });
    return {
      path,
      genTime: found.genTime.toISOString(),
      authority: found.authority.name,
      fingerprint: found.authority.fingerprint,
      trusted: found.trust === 'trusted',
      qualified: found.qualified,
      revocation: found.revocation,
      nonceCompared: nonce !== null,
      recorded,
      added: [...files.keys()],
    };
  });
}

function stampFiles(
  response: Uint8Array,
  found: GoodTimestamp,
  answers: readonly Uint8Array[],
): Map<string, Uint8Array> {
  const text = (content: string) => new TextEncoder().encode(content);
  const files = new Map([
    [paths.signatureStamp, response],
    [paths.authority(found.authority.fingerprint), text(toPem(...found.certificates))],
    // Whole seconds, as `openssl -attime` wants them.
    [paths.atTime, text(`${Math.floor(found.genTime.getTime() / 1000)}\n`)],
  ]);
  for (const answer of answers) files.set(paths.revocation(toHex(nodeSha256.of(answer))), answer);
  return files;
}

async function replaceBundle(
  path: string,
  { source, contents, folder }: OpenBundle,
  files: ReadonlyMap<string, Uint8Array>,
  { beforeCommit, ...options }: WorkOptions & { beforeCommit(): void },
): Promise<void> {
  // A stamped checkpoint may have brought the same authority's certificates: a name there means the same thing.
  const added = new Map(
    [...files]
      .filter(([name]) => !folder.entries.has(name))
      .map(([name, bytes]) => [`${baseFolder(folder.bundleId)}/${name}`, bytes]),
  );
  const sink = await openFileSink(path, { replacing: true });
  try {
    await appendToZip(sink, source, contents, added, nodeCrc32);
    await sink.close();
    const verification = await verifyFile(sink.temporaryPath, { trust: [] }, options);
    if (verification.verdict === 'failed') {
      const step = verification.steps.find(({ status }) => status === 'failed');
      throw new HoldfastError(
        'bundle-self-check-failed',
        `The bundle does not pass its check, so it was left as it was: ${step?.message ?? 'no reason'}`,
      );
    }
    beforeCommit();
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
