/**
 * Writes a planned bundle as a zip file: streamed, under a temporary name until the caller, having verified it,
 * says so. What the manifest says of artifacts is what their captures sealed: only that check compares the bytes.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import { writeManifest } from '../bag/manifest.ts';
import { baseFolder, paths } from '../bundle/paths.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import { toPem } from '../identity/pem.ts';
import { digestOf } from '../source/byte-source.ts';
import { withFileSource } from '../source/file.ts';
import { nodeCrc32 } from '../zip/crc32-node.ts';
import { type FileSink, openFileSink } from '../zip/file-sink.ts';
import { createZipWriter, type ZipWriter } from '../zip/writer.ts';
import type { BundlePlan } from './plan.ts';
import { type BundleFile, renderBundle } from './render.ts';

/** A detached CMS signature (DER) with the certificate that made it and the authorities above it (DER). */
export interface MadeSignature {
  p7s: Uint8Array;
  certificate: Uint8Array;
  chain: readonly Uint8Array[];
}

export interface BundleOrder {
  plan: BundlePlan;
  /** Where the bundle is to be; nothing may be there yet. */
  path: string;
  /** Signs the bytes of the tag manifest. */
  sign(tagManifest: Uint8Array): Promise<MadeSignature>;
  sha256: Sha256;
  progress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface WrittenBundle {
  /** Complete and synced; to be verified here before `commit`. */
  readonly temporaryPath: string;
  /** Bytes and SHA-256 of the zip file. */
  readonly size: number;
  readonly sha256: string;
  /** What the signature covers. */
  readonly tagManifestSha256: string;
  /** How many files it holds. */
  readonly files: number;
  /** Gives the file its name. Errors: `output-exists`, `not-writable`, `io-failed`. */
  commit(): Promise<void>;
  /** Removes it. */
  discard(): Promise<void>;
}

/**
 * Errors, after which nothing is left behind: `archive-damaged` where an artifact has not as many bytes as its capture says,
 * `cancelled`, `output-exists`, `not-writable`, `disk-full`, `io-failed`, `bad-input` for too much text.
 */
export async function writeBundle(order: BundleOrder): Promise<WrittenBundle> {
  const { files } = renderBundle(order.plan, order.sha256);
  const sink = await openFileSink(order.path);
  try {
    const zip = createZipWriter(sink, { modified: new Date(order.plan.createdAt), crc32: nodeCrc32 });
    const writing = new BagWriting(order, zip, files);
    const tagManifestSha256 = await writing.all();
    const size = await zip.finish();
    await sink.close();
    return {
      temporaryPath: sink.temporaryPath,
      size,
      sha256: await digestIn(sink, order),
      tagManifestSha256,
      files: writing.count,
      commit: sink.commit,
      discard: sink.discard,
    };
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

/** The zip file is patched while it is written, so its digest takes a pass of its own; the pages are still warm. */
function digestIn(sink: FileSink, { sha256, signal }: BundleOrder): Promise<string> {
  return withFileSource(sink.temporaryPath, (source) =>
    digestOf(source, sha256, () => refuseCancelled(signal)),
  );
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new HoldfastError('cancelled', 'Cancelled; no bundle was written.');
}

/** The files in their order, the digests that they had, and what follows from those. */
class BagWriting {
  readonly #order: BundleOrder;
  readonly #zip: ZipWriter;
  readonly #files: readonly BundleFile[];
  readonly #total: number;
  readonly #payload = new Map<string, string>();
  readonly #tags = new Map<string, string>();
  #done = 0;
  count = 0;

  constructor(order: BundleOrder, zip: ZipWriter, files: readonly BundleFile[]) {
    this.#order = order;
    this.#zip = zip;
    this.#files = files;
    this.#total = files.reduce((sum, file) => sum + file.size, 0);
  }

  /** Writes everything; returns the digest of the tag manifest. */
  async all(): Promise<string> {
    for (const file of this.#files) {
      if ('bytes' in file) await this.#bytes(file.path, file.bytes);
      else await this.#artifact(file);
    }
    await this.#bytes(paths.manifest, writeManifest(this.#payload));
    const tagManifest = writeManifest(this.#tags);
    const digest = await this.#bytes(paths.tagManifest, tagManifest);
    const { p7s, certificate, chain } = await this.#order.sign(tagManifest);
    if (this.#order.plan.hasChain !== chain.length > 0) {
      throw new HoldfastError(
        'internal',
        'The plan and the signature disagree about a chain of certificates.',
      );
    }
    await this.#bytes(paths.signature, p7s);
    await this.#bytes(paths.signer, new TextEncoder().encode(toPem(certificate)));
    if (chain.length > 0) await this.#bytes(paths.chain, new TextEncoder().encode(toPem(...chain)));
    await this.#stamps();
    return digest;
  }

  /** Timestamps over checkpoints, and what is needed to check them. */
  async #stamps(): Promise<void> {
    const { log, extras } = this.#order.plan;
    for (const { size, stamp } of log.checkpoints) {
      if (stamp !== null) await this.#bytes(paths.checkpointStamp(size), stamp.response);
    }
    for (const { path, bytes } of extras) await this.#bytes(path, bytes);
  }

  async #bytes(path: string, bytes: Uint8Array): Promise<string> {
    const digest = toHex(this.#order.sha256.of(bytes));
    await this.#add(path, bytes.length, this.#counted([bytes]));
    this.#list(path, digest);
    return digest;
  }

  async #artifact(file: Extract<BundleFile, { artifact: string }>): Promise<void> {
    await this.#add(file.path, file.size, this.#counted(this.#measured(file)));
    this.#list(file.path, file.artifact);
  }

  async #add(path: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    refuseCancelled(this.#order.signal);
    await this.#zip.add(`${baseFolder(this.#order.plan.id)}/${path}`, size, content);
    this.count++;
  }

  #list(path: string, digest: string): void {
    if (path.startsWith('data/')) this.#payload.set(path, digest);
    else this.#tags.set(path, digest);
  }

  async *#counted(content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { signal, progress } = this.#order;
    for await (const piece of content) {
      refuseCancelled(signal);
      yield piece;
      this.#done = Math.min(this.#done + piece.length, this.#total);
      progress?.({ step: 'write', done: this.#done, total: this.#total, unit: 'bytes' });
    }
  }

  /** The bytes of an artifact, as many as its capture sealed. That they are the same bytes, the check of the whole shows. */
  async *#measured({
    artifact,
    size,
    path,
  }: {
    artifact: string;
    size: number;
    path: string;
  }): AsyncGenerator<Uint8Array> {
    const damaged = () =>
      new HoldfastError(
        'archive-damaged',
        'The bytes of an artifact are not those that its capture sealed. Check the archive; restore it from a backup.',
        { details: { sha256: artifact, path } },
      );
    let seen = 0;
    for await (const piece of this.#order.plan.openArtifact(artifact)) {
      seen += piece.length;
      if (seen > size) throw damaged();
      yield piece;
    }
    if (seen !== size) throw damaged();
  }
}
