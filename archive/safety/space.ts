/** Whether the disk has room for a copy: asked before the work, not found out at its end. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { HoldfastError } from '../../contract/errors.ts';
import { fromFileSystem } from '../new-file.ts';

/** For the write-ahead log of the copy while it is checked, and for others who write on the same disk. */
const margin = 1024 * 1024;

/** Bytes free where `path` is or will be. Errors: `file-not-found` for a folder that is not there. */
export function freeBytes(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch (error) {
    throw fromFileSystem(error, path);
  }
}

/** What a copy of so many bytes needs. */
export function neededBytes(size: number): number {
  return size + margin;
}

/** Errors: `disk-full`, before anything was written. */
export function requireSpace(path: string, size: number): void {
  const needed = neededBytes(size);
  const free = freeBytes(path);
  if (free >= needed) return;
  throw new HoldfastError(
    'disk-full',
    `This needs ${roundedMiB(needed)} beside what is there, and the disk of ${path} has ${roundedMiB(free)}. Nothing was written. Free some space, or choose another disk.`,
    { details: { needed, free } },
  );
}

function roundedMiB(bytes: number): string {
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}
