/** A timestamp over the signature of a finished bundle: asked for, and added under sig/ when it comes back. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import type { BundleStamp } from '../../contract/model/timestamp.ts';
import { limits } from '../../evidence/bundle/limits.ts';
import { paths } from '../../evidence/bundle/paths.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { concatBytes, sameBytes, toHex } from '../../evidence/digest/sha256.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { type FileSource, openFileSource } from '../../evidence/source/file.ts';
import { checkTimestamp } from '../../evidence/timestamp/check.ts';
import type { GoodTimestamp } from '../../evidence/timestamp/finding.ts';
import { readTimestampRequest, timestampRequest } from '../../evidence/timestamp/request.ts';
import { appendToZip } from '../../evidence/zip/append.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { ZipError } from '../../evidence/zip/error.ts';
import { openFileSink } from '../../evidence/zip/file-sink.ts';
import { contentOf, openZip, type ZipContents } from '../../evidence/zip/reader.ts';
import { writeNewFile } from '../new-file.ts';
import { verifyFile } from '../verify.ts';
import { acceptable, type Reply } from './attach.ts';
import { readSmallFile } from './files.ts';

/** Where the request of a bundle is kept for the day on which the reply comes. */
export function requestBeside(bundlePath: string): string {
  return `${bundlePath}.tsq`;
}

interface OpenBundle {
  source: FileSource;
  contents: ZipContents;
  /** 'holdfast-<id>/' */
  base: string;
  signature: Uint8Array;
}

async function withBundle<T>(path: string, act: (bundle: OpenBundle) => Promise<T>): Promise<T> {
  const source = await openFileSource(path);
  try {
    const contents = await openZip(source);
    const entry = contents.entries.find(({ name }) => name.endsWith(`/${paths.signature}`));
    if (entry === undefined || entry.size > limits.signatureFile) {
      throw new HoldfastError('bundle-not-readable', `${path} has no signature that could be stamped.`);
    }
    const kept: Uint8Array[] = [];
    for await (const piece of contentOf(source, entry, nodeCrc32)) kept.push(piece.slice());
    const base = entry.name.slice(0, -paths.signature.length);
    return await act({ source, contents, base, signature: concatBytes(...kept) });
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw new HoldfastError('bundle-not-readable', `${path} is no bundle of Holdfast: ${error.message}`, {
      cause: error,
    });
  } finally {
    await source.close();
  }
}

/**
 * Writes a request for the bundle's signature beside the bundle (`BUNDLE.zip.tsq`) and, where `out` is another name,
 * there as well; gives its bytes. A request that lies beside it from before is used again, so that its reply fits.
 * Errors: `bundle-not-readable`, `nothing-to-do` for a bundle that has its timestamp, `output-exists`, `not-writable`.
 */
export async function requestBundleStamp(path: string, out: string | null): Promise<Uint8Array> {
  const digest = await withBundle(path, async (bundle) => {
    refuseStamped(bundle, path);
    return nodeSha256.of(bundle.signature);
  });
  const beside = requestBeside(path);
  const request = existsSync(beside)
    ? fittingRequest(beside, digest).bytes
    : timestampRequest({ digest, nonce: randomBytes(8) });
  if (out !== null && out !== beside) writeNewFile(out, request, 0o644);
  if (!existsSync(beside)) writeNewFile(beside, request, 0o644);
  return request;
}

function refuseStamped({ contents, base }: OpenBundle, path: string): void {
  if (contents.entries.some(({ name }) => name === `${base}${paths.signatureStamp}`)) {
    throw new HoldfastError('nothing-to-do', `${path} has a timestamp over its signature already.`);
  }
}

function fittingRequest(path: string, digest: Uint8Array): { bytes: Uint8Array; nonce: Uint8Array } {
  const bytes = readSmallFile(path);
  const request = readTimestampRequest(bytes);
  if (!sameBytes(request.digest, digest)) {
    throw new HoldfastError(
      'bad-input',
      `The request ${path} is for another bundle, or for another signature.`,
    );
  }
  return { bytes, nonce: request.nonce };
}

/**
 * Checks the reply in full and adds it under sig/, with the authority's certificates, the revocation answers and the
 * time for openssl. The new file is written beside the old one, verified, and takes its place; all else in it is byte
 * for byte as it was. `requestPath`: the request; without it the one beside the bundle, and without any the nonce is
 * not compared. Errors: `timestamp-refused`, `bundle-not-readable`, `nothing-to-do`, `bundle-self-check-failed`,
 * `not-writable`, `disk-full`; after each, the bundle is as it was.
 */
export async function attachBundleStamp(
  path: string,
  reply: Reply & { requestPath?: string | null },
  options: { now?: Date; signal?: AbortSignal; progress?: (progress: Progress) => void } = {},
): Promise<BundleStamp> {
  const { now = new Date(), ...reporting } = options;
  return withBundle(path, async (bundle) => {
    refuseStamped(bundle, path);
    const digest = nodeSha256.of(bundle.signature);
    const beside = requestBeside(path);
    const requestPath = reply.requestPath ?? (existsSync(beside) ? beside : null);
    const nonce = requestPath === null ? null : fittingRequest(requestPath, digest).nonce;
    const { response, named, answers } = reply;
    const found = acceptable(
      await checkTimestamp({ response, digest, nonce, trusted: named, now, revocation: answers }),
      named.length > 0,
    );
    const files = stampFiles(response, found, answers);
    await replaceBundle(path, bundle, files, reporting);
    return {
      path,
      genTime: found.genTime.toISOString(),
      authority: found.authority.name,
      fingerprint: found.authority.fingerprint,
      trusted: found.trust === 'trusted',
      qualified: found.qualified,
      revocation: found.revocation,
      nonceCompared: nonce !== null,
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
  { source, contents, base }: OpenBundle,
  files: ReadonlyMap<string, Uint8Array>,
  options: { signal?: AbortSignal; progress?: (progress: Progress) => void },
): Promise<void> {
  // A stamped checkpoint may have brought the same authority's certificates: a name there means the same thing.
  const taken = new Set(contents.entries.map(({ name }) => name));
  const added = new Map(
    [...files]
      .map(([name, bytes]) => [`${base}${name}`, bytes] as const)
      .filter(([name]) => !taken.has(name)),
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
    await sink.commit();
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
