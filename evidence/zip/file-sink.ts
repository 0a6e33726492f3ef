/**
 * A new file that appears under its name only when it is complete: written beside it as `.<name>.partial`, synced
 * together with its folder, then given its name. A file that already has the name is replaced only where the caller
 * says so, in one step: whoever looks finds the old file or the new one, whole.
 */
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { HoldfastError } from '../../contract/errors.ts';
import type { ZipSink } from './writer.ts';

export interface FileSink extends ZipSink {
  /** Where the bytes are until `commit`. */
  readonly temporaryPath: string;
  /** Writes out and syncs what was written, and closes the file: it can then be read under `temporaryPath`. */
  close(): Promise<void>;
  /** After `close`: gives the file its name. Errors: `output-exists`. */
  commit(): Promise<void>;
  /** Removes the temporary file; at any time before `commit`. */
  discard(): Promise<void>;
}

/** Files that this process is writing: two writers of one name would take each other's bytes for their own. */
const beingWritten = new Set<string>();

/** Small writes are gathered: a bundle has thousands of small files. */
const bufferLength = 1024 * 1024;

/**
 * `replacing`: a file of this name may be there, and is replaced at `commit`.
 * Errors: `output-exists`, `not-writable`, `disk-full`, `io-failed`; also from the returned functions.
 */
export async function openFileSink(path: string, { replacing = false } = {}): Promise<FileSink> {
  const temporaryPath = join(dirname(path), `.${basename(path)}.partial`);
  const target = resolve(path);
  if (beingWritten.has(target)) {
    throw new HoldfastError(
      'output-exists',
      `${path} is being written at this moment. Wait for it, or choose another name.`,
    );
  }
  beingWritten.add(target);
  let handle: FileHandle;
  try {
    if (!replacing && (await exists(path))) throw outputExists(path);
    handle = await explained(path, async () => {
      // Left behind by a run that was killed. Removed, not opened: it could be a link to somewhere else.
      await rm(temporaryPath, { force: true });
      return open(temporaryPath, 'wx', 0o600);
    });
  } catch (error) {
    beingWritten.delete(target);
    throw error;
  }
  const writing = bufferedWrites(handle);
  let isOpen = true;
  const closeHandle = async () => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
  };
  return {
    temporaryPath,
    write: (bytes) => explained(path, () => writing.write(bytes)),
    patch: (offset, bytes) => explained(path, () => writing.patch(offset, bytes)),
    close: () =>
      explained(path, async () => {
        await writing.flush();
        await handle.sync();
        await closeHandle();
      }),
    commit: async () => {
      await explained(path, () => (replacing ? takeName : giveName)(temporaryPath, path));
      beingWritten.delete(target);
    },
    discard: async () => {
      await closeHandle();
      await rm(temporaryPath, { force: true });
      beingWritten.delete(target);
    },
  };
}

/** While one buffer is on its way to the file, the other is filled. */
function bufferedWrites(handle: FileHandle) {
  let buffer = new Uint8Array(bufferLength);
  let other = new Uint8Array(bufferLength);
  let buffered = 0;
  /** Bytes that are in the file or on their way to it. */
  let sent = 0;
  let sending = Promise.resolve();
  const writeAll = async (bytes: Uint8Array, position: number) => {
    for (let done = 0; done < bytes.length; ) {
      done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
    }
  };
  const send = async (bytes: Uint8Array) => {
    await sending;
    sending = writeAll(bytes, sent);
    // It is awaited later; until then a failure must not count as unhandled.
    sending.catch(() => undefined);
    sent += bytes.length;
  };
  const sendBuffered = async () => {
    await send(buffer.subarray(0, buffered));
    [buffer, other] = [other, buffer];
    buffered = 0;
  };
  return {
    async flush() {
      await sendBuffered();
      await sending;
    },
    async write(bytes: Uint8Array) {
      if (buffered + bytes.length > bufferLength) await sendBuffered();
      if (bytes.length > bufferLength) {
        await send(bytes);
        // The caller may use them again.
        await sending;
        return;
      }
      buffer.set(bytes, buffered);
      buffered += bytes.length;
    },
    async patch(offset: number, bytes: Uint8Array) {
      const inFile = Math.min(Math.max(sent - offset, 0), bytes.length);
      await sending;
      if (inFile > 0) await writeAll(bytes.subarray(0, inFile), offset);
      if (inFile < bytes.length) buffer.set(bytes.subarray(inFile), offset + inFile - sent);
    },
  };
}

/** Takes the name from whatever has it. */
async function takeName(temporaryPath: string, path: string): Promise<void> {
  await rename(temporaryPath, path);
  await syncFolder(dirname(path));
}

/** Takes the name only if it is free. Where the file system has no hard links, a look before the rename must do. */
async function giveName(temporaryPath: string, path: string): Promise<void> {
  const refusal = await link(temporaryPath, path).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (refusal === null) {
    // Whoever opens an archive that has two names may have taken this one away already.
    await rm(temporaryPath, { force: true });
  } else {
    if (await exists(path)) throw outputExists(path, refusal.error);
    await rename(temporaryPath, path);
  }
  await syncFolder(dirname(path));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows neither needs nor allows it.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function outputExists(path: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'output-exists',
    `${path} already exists. Choose another name; nothing is overwritten.`,
    { cause },
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    switch (codeOf(cause)) {
      case 'ENOSPC':
      case 'EDQUOT':
        throw new HoldfastError(
          'disk-full',
          `The disk is full: ${path} could not be written. Free some space, then try again.`,
          { cause },
        );
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
      case 'ENOENT':
      case 'ENOTDIR':
        throw new HoldfastError(
          'not-writable',
          `${path} cannot be written. Check that the folder exists and that you may write to it.`,
          { cause },
        );
      default:
        throw new HoldfastError('io-failed', `Writing ${path} failed.`, { cause });
    }
  }
}
