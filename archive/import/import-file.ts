/** Importing one file: its bytes go into the archive first, everything else is read from there. */
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { ImportFormat } from '../../contract/model/capture.ts';
import type { StoredBytes } from '../../db/blob.ts';
import { HEAD_BYTES, recogniseFormat } from '../../evidence/format/recognise.ts';
import type { Archive } from '../archive.ts';
import { dropStaged, readBlob, type StagedBlob, stageBytes } from '../blobs.ts';
import type { Named } from '../verify.ts';
import { importBundle } from './bundle.ts';
import {
  emptyContents,
  type FileContents,
  type ImportOptions,
  type ImportSource,
  type SealedFile,
  type Warning,
} from './contents.ts';
import { readHtmlFile } from './html.ts';
import { readImageFile } from './image.ts';
import { readMhtmlFile } from './mhtml.ts';
import { sealImport } from './seal.ts';
import { isWaczFile, readWaczFile } from './wacz.ts';
import { readWarcFile } from './warc.ts';

export interface ImportedFile extends SealedFile {
  records: Record<string, number>;
  warnings: Warning[];
  /** Of a bundle: the captures that it holds and that were not here yet. */
  inside?: SealedFile[];
  /** It was here already: the capture is the one of then, and nothing was added. */
  known?: true;
}

/** A bundle is not read but taken in: what it holds was read elsewhere. */
type ReadFormat = Exclude<ImportFormat, 'bundle'>;

const importers: Record<ReadFormat, (source: ImportSource, named: Named) => Promise<FileContents>> = {
  html: readHtmlFile,
  mhtml: readMhtmlFile,
  warc: readWarcFile,
  wacz: readWaczFile,
  image: readImageFile,
  unknown: async () => ({
    ...emptyContents,
    warnings: [
      {
        code: 'file-not-understood',
        message:
          'This is no page, picture, MHTML, WARC or WACZ that Holdfast can read. The file is kept as it is; no post was read.',
      },
    ],
  }),
};

/** What a format's own reader refuses is kept as an opaque artifact with a warning; everything else is passed on. */
const keptUnread = new Set(['warc-damaged', 'mhtml-damaged', 'file-not-understood', 'file-too-large']);

async function readContents(source: ImportSource, format: ReadFormat, named: Named): Promise<FileContents> {
  try {
    return await importers[format](source, named);
  } catch (error) {
    const { code, message } = toFailure(error);
    // A reader that stumbles over hostile bytes is our bug, and no reason to lose the file.
    if (code !== 'internal' && !keptUnread.has(code)) throw error;
    return { ...emptyContents, warnings: [{ code, message }] };
  }
}

function headOf(archive: Archive, blob: StagedBlob): Uint8Array {
  return Buffer.concat([...readBlob(archive, blob.id, 0, HEAD_BYTES)]);
}

function whole({ id: blobId, size }: StagedBlob, mediaType: string): StoredBytes {
  return { blobId, offset: 0, size, mediaType };
}

/** A WACZ is a zip file by its first bytes; what it holds stands at its end. */
async function recognise(
  archive: Archive,
  original: StagedBlob,
  name: string,
): Promise<{ format: ImportFormat; mediaType: string }> {
  const found = recogniseFormat(headOf(archive, original), name);
  if (found.format === 'bundle') return found;
  const isWacz =
    found.mediaType === 'application/zip' && (await isWaczFile(archive, whole(original, found.mediaType)));
  return isWacz ? { format: 'wacz', mediaType: 'application/wacz+zip' } : found;
}

/**
 * Takes in one byte stream under `name`. `named`: whom the user trusts to sign bundles and WACZ. Errors: `file-empty`,
 * `disk-full`, `io-failed`, `cancelled`, those of the stream and of `importBundle`; after each, nothing of the file is in
 * the archive.
 */
export async function importFile(
  archive: Archive,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  options: ImportOptions & { size?: number; named?: Named | undefined } = {},
): Promise<ImportedFile> {
  const { signal, progress, size, named = { trust: [] } } = options;
  const stopping = signal === undefined ? {} : { signal };
  const staging: StagedBlob[] = [];
  const stage = async (
    stream: AsyncIterable<Uint8Array>,
    received?: (total: number) => void,
  ): Promise<StagedBlob> => {
    const staged = await stageBytes(archive, stream, {
      ...stopping,
      ...(received === undefined ? {} : { received }),
    });
    staging.push(staged);
    return staged;
  };
  try {
    const original = await stage(bytes, (done) =>
      progress?.({ step: `Receiving ${name}`, done, total: size ?? null, unit: 'bytes' }),
    );
    if (original.size === 0)
      throw new HoldfastError('file-empty', 'The file has 0 bytes; there is nothing to keep.');
    const { format, mediaType } = await recognise(archive, original, name);
    const stored = whole(original, mediaType);
    const { sha256 } = original;
    const source: ImportSource = { archive, original, stored, sha256, mediaType, name, options, stage };
    if (format === 'bundle') {
      const taken = await importBundle(source, named);
      if (taken.known) dropStaged(archive, original.id);
      return { ...taken, records: {} };
    }
    const contents = await readContents(source, format, named);
    if (signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing of it was kept.');
    const sealed = sealImport(source, format, contents);
    // Staged by a reader that failed later: not part of the capture, so not to be left behind.
    const kept = new Set([original.id, ...contents.media.map((found) => found.bytes.id)]);
    for (const blob of staging) if (!kept.has(blob.id)) dropStaged(archive, blob.id);
    return { ...sealed, format, records: contents.records, warnings: contents.warnings };
  } catch (error) {
    for (const blob of staging) dropStaged(archive, blob.id);
    throw error;
  }
}
