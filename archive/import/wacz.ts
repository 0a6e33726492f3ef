/**
 * A WACZ that others made: its WARC files are read as such, its pages say what it is of, and what its hashes and its
 * signature are worth stands among the warnings of the capture.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { WaczCheck } from '../../contract/model/wacz.ts';
import type { StoredBytes } from '../../db/blob.ts';
import type { ByteSource } from '../../evidence/source/byte-source.ts';
import { openPackage, type PackageFiles } from '../../evidence/wacz/package-files.ts';
import { firstPage } from '../../evidence/wacz/read-pages.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { ZipError } from '../../evidence/zip/error.ts';
import type { Archive } from '../archive.ts';
import { readStored } from '../blobs.ts';
import { checkWaczSource, isWacz } from '../check-wacz.ts';
import type { Named } from '../verify.ts';
import type { FileContents, FileSource } from './contents.ts';
import { readWarcStreams } from './warc.ts';

export function storedSource(archive: Archive, stored: StoredBytes): ByteSource {
  return {
    size: stored.size,
    read: async (offset, length) => {
      // Other work gets its turn between pieces.
      await new Promise<void>((resolve) => setImmediate(resolve));
      return Buffer.concat([...readStored(archive, stored, offset, length)]);
    },
  };
}

export function isWaczFile(archive: Archive, stored: StoredBytes): Promise<boolean> {
  return isWacz(storedSource(archive, stored));
}

/** `named`: whom the user trusts to sign. Errors: `cancelled`. What is wrong with the file is a warning. */
export async function readWaczFile(source: FileSource, named: Named): Promise<FileContents> {
  const { archive, stored, options, name } = source;
  const bytes = storedSource(archive, stored);
  const step = `Checking ${name}`;
  const check = await checkWaczSource(bytes, named, {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    progress: (progress) => options.progress?.({ ...progress, step }),
  });
  const contents = await readUncheckedWacz(source);
  return { ...contents, warnings: [...judgement(check), ...contents.warnings] };
}

/** What its WARC files hold; nothing is said of its hashes and its signature. */
export async function readUncheckedWacz(source: FileSource): Promise<FileContents> {
  const files = await openPackage(storedSource(source.archive, source.stored), nodeCrc32);
  const damaged: FileContents['warnings'] = [];
  const paths = files.paths().filter((path) => /^archive\/.+\.warc(\.gz)?$/.test(path));
  const contents = await readWarcStreams(
    source,
    paths.map((path) => (step) => fileBytes(source, files, path, step, damaged)),
  );
  const page = await firstPage(files);
  return {
    ...contents,
    url: page?.url ?? contents.url,
    savedAt: page?.ts ?? contents.savedAt,
    warnings: [...once(damaged), ...contents.warnings],
  };
}

/** As far as it can be decompressed: what is behind that is lost, and told. */
async function* fileBytes(
  { options }: FileSource,
  files: PackageFiles,
  path: string,
  step: string,
  damaged: FileContents['warnings'],
): AsyncGenerator<Uint8Array> {
  const total = files.size(path);
  let done = 0;
  try {
    for await (const piece of files.content(path)) {
      if (options.signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; nothing of it was kept.');
      done += piece.length;
      options.progress?.({ step, done, total, unit: 'bytes' });
      // The reader keeps pieces while it looks around; these are overwritten.
      yield new Uint8Array(piece);
    }
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    damaged.push({ code: 'wacz-file-damaged', message: error.message });
  }
}

/** Each file is read twice, and is damaged twice. */
function once(warnings: FileContents['warnings']): FileContents['warnings'] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

const signing = new Set(['signature', 'signer-trust', 'timestamp', 'timestamp-trust']);

/** What does not hold, and everything that there is to say of a signature. */
function judgement({ steps }: WaczCheck): FileContents['warnings'] {
  const signed = steps.some(({ step, status }) => step === 'signature' && status !== 'not-present');
  return steps
    .filter(({ step, status }) =>
      signing.has(step) ? signed || step === 'signature' : status === 'failed' || status === 'not-known',
    )
    .map(({ step, code, message }) => ({ code: code === 'ok' ? `wacz-${step}` : `wacz-${code}`, message }));
}
