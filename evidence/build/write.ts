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
import { type BundleFile, renderingOf, type SaidOfBundle } from './render.ts';

/** A detached CMS signature (DER) with the certificate that made it and the authorities above it (DER). */
export interface MadeSignature {
  p7s: Uint8Array;
  certificate: Uint8Array;
  chain: readonly Uint8Array[];
}

/** Signs the bytes of the tag manifest. */
export type Sign = (tagManifest: Uint8Array) => Promise<MadeSignature>;

/** What the bytes of a bundle go through before they are written: only what comes out of it is. */
export interface Outgoing {
  pass(
    file: BundleFile,
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): AsyncIterable<Uint8Array>;
}

export interface BundleOrder {
  plan: BundlePlan;
  /** Where the bundle is to be; nothing may be there yet. */
  path: string;
  sha256: Sha256;
  /** Where it is not given, everything goes out. */
  outgoing?: Outgoing | undefined;
  progress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A bundle of which the artifacts stand in the file, and nothing is signed. */
export interface BegunBundle {
  /** All its files with what it then says of itself; they are not written. */
  render(said: SaidOfBundle): BundleFile[];
  /** Writes the rest and signs. Errors: as of `beginBundle`; the file is then still to be discarded. */
  finish(said: SaidOfBundle, sign: Sign): Promise<WrittenBundle>;
  /** Removes it. */
  discard(): Promise<void>;
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
 * Passes everything that the plan holds through `outgoing`, what was made for the bundle first, and writes the artifacts: each
 * is read once. Errors, after which nothing is left behind: `archive-damaged` where an artifact has not as many bytes as its
 * capture says, `cancelled`, `output-exists`, `not-writable`, `disk-full`, `io-failed`, `bad-input` for too much text; those
 * of `outgoing`.
 */
export async function beginBundle(order: BundleOrder): Promise<BegunBundle> {
  const rendering = renderingOf(order.plan, order.sha256);
  const { files } = rendering(order.plan);
  for (const file of files) await passMade(file, order);
  const sink = await openFileSink(order.path);
  try {
    const zip = createZipWriter(sink, { modified: new Date(order.plan.createdAt), crc32: nodeCrc32 });
    const writing = new BagWriting(order, zip);
    await writing.artifacts(files);
    return {
      render: (said) => rendering(said).files,
      finish: async (said, sign) => {
        const tagManifestSha256 = await writing.rest(rendering(said).files, sign);
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
      },
      discard: sink.discard,
    };
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

/** It is written later, with what is said of the search in it. */
async function passMade(file: BundleFile, { outgoing, signal }: BundleOrder): Promise<void> {
  if (outgoing === undefined || !('bytes' in file)) return;
  for await (const _ of outgoing.pass(file, [file.bytes])) refuseCancelled(signal);
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

/** The artifacts, then all other files in their order, the digests that they had, and what follows from those. */
class BagWriting {
  readonly #order: BundleOrder;
  readonly #zip: ZipWriter;
  readonly #payload = new Map<string, string>();
  readonly #tags = new Map<string, string>();
  #total = 0;
  #done = 0;
  count = 0;

  constructor(order: BundleOrder, zip: ZipWriter) {
    this.#order = order;
    this.#zip = zip;
  }

  async artifacts(files: readonly BundleFile[]): Promise<void> {
    this.#total = sizeOf(files);
    for (const file of files) if ('artifact' in file) await this.#artifact(file);
  }

  /** Writes everything else; returns the digest of the tag manifest. */
  async rest(files: readonly BundleFile[], sign: Sign): Promise<string> {
    const { plan } = this.#order;
    this.#total = sizeOf(files);
    for (const file of files) {
      if ('bytes' in file) await this.#bytes(file.path, file.bytes);
      else if (!this.#payload.has(file.path)) await this.#artifact(file);
    }
    await this.#bytes(paths.manifest, writeManifest(this.#payload));
    const tagManifest = writeManifest(this.#tags);
    const digest = await this.#bytes(paths.tagManifest, tagManifest);
    const { p7s, certificate, chain } = await sign(tagManifest);
    if (plan.hasChain !== chain.length > 0) {
      throw new HoldfastError(
        'internal',
        'The plan and the signature disagree about a chain of certificates.',
      );
    }
    await this.#bytes(paths.signature, p7s);
    await this.#bytes(paths.signer, new TextEncoder().encode(toPem(certificate)));
    if (chain.length > 0) await this.#bytes(paths.chain, new TextEncoder().encode(toPem(...chain)));
    await this.#stamps(plan);
    return digest;
  }

  /** Timestamps over checkpoints, and what is needed to check them. */
  async #stamps({ log, extras }: BundlePlan): Promise<void> {
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
    const measured = this.#measured(file);
    const content = this.#order.outgoing?.pass(file, measured) ?? measured;
    await this.#add(file.path, file.size, this.#counted(content));
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

function sizeOf(files: readonly BundleFile[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}
