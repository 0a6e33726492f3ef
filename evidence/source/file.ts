/** A file as a byte source. */
import { type FileHandle, open } from 'node:fs/promises';
import { HoldfastError } from '../../contract/errors.ts';
import { type ByteSource, checkRange } from './byte-source.ts';

interface FileSource extends ByteSource {
  close(): Promise<void>;
}

/** Opens a file for reading. Errors: `file-not-found`, `not-a-file`, `file-unreadable`. To be closed. */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw openingFailed(path, cause);
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new HoldfastError('not-a-file', `Expected a file; ${path} is something else.`);
    return {
      size: stat.size,
      read: (offset, length, scratch) => readExactly(handle, path, stat.size, { offset, length, scratch }),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Hands a file to `act` as a byte source, and closes it. Errors: those of `openFileSource`, and of `act`. */
export async function withFileSource<T>(path: string, act: (source: ByteSource) => Promise<T>): Promise<T> {
  const source = await openFileSource(path);
  try {
    return await act(source);
  } finally {
    await source.close();
  }
}

function openingFailed(path: string, cause: unknown): HoldfastError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new HoldfastError('file-not-found', `There is no file at ${path}. Check the path.`, { cause });
  }
  if (code === 'EISDIR') {
    return new HoldfastError('not-a-file', `Expected a file; ${path} is a folder.`, { cause });
  }
  return new HoldfastError('file-unreadable', `The file ${path} could not be opened for reading.`, { cause });
}

interface Range {
  offset: number;
  length: number;
  scratch: Uint8Array | undefined;
}

async function readExactly(
  handle: FileHandle,
  path: string,
  size: number,
  { offset, length, scratch }: Range,
) {
  checkRange(size, offset, length);
  const bytes =
    scratch !== undefined && scratch.length >= length ? scratch.subarray(0, length) : new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle
      .read(bytes, done, length - done, offset + done)
      .catch((cause: unknown) => {
        throw new HoldfastError('file-unreadable', `Reading ${path} failed at byte ${offset + done}.`, {
          cause,
        });
      });
    // A file that shrinks while it is read must not be taken for one that ends here.
    if (bytesRead === 0) {
      throw new HoldfastError(
        'file-unreadable',
        `${path} became shorter while it was being read. Copy it, then try again.`,
      );
    }
    done += bytesRead;
  }
  return bytes;
}
