/** What would be on the disk if the machine lost its power right after a sync. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Act } from './trace.ts';

/** The archive and its write-ahead log; locks and shared memory do not outlive a power cut. */
const kept = ['', '-wal'];

/** A file while writes are replayed: what is certain is what a sync has covered. */
class DiskFile {
  bytes: Buffer;
  certain: Buffer | null;

  constructor(bytes: Buffer, certain: Buffer | null) {
    this.bytes = bytes;
    this.certain = certain;
  }

  write(offset: number, bytes: Buffer): void {
    const end = offset + bytes.length;
    if (end > this.bytes.length)
      this.bytes = Buffer.concat([this.bytes, Buffer.alloc(end - this.bytes.length)]);
    else if (this.bytes === this.certain) this.bytes = Buffer.from(this.bytes);
    bytes.copy(this.bytes, offset);
  }

  truncate(size: number): void {
    const cut = Buffer.alloc(size);
    this.bytes.copy(cut);
    this.bytes = cut;
  }

  sync(): void {
    this.certain = this.bytes;
  }
}

export interface Cut {
  /** How many acts had been done. */
  acts: number;
  /** 'prefix': every write up to here is there. 'certain': only what a sync has covered. */
  disk: 'prefix' | 'certain';
  /** Path of the archive as it would be found; the folder is emptied for the next cut. */
  path: string;
}

/**
 * Plays the acts on what `archive` was before them and stops after every sync, twice. `archive`: its path while the
 * acts were recorded; `initial`: its bytes before.
 */
export function* cuts(
  acts: readonly Act[],
  archive: string,
  initial: string,
  folder: string,
): Generator<Cut> {
  const start = readFileSync(initial);
  const disk = new Map([[archive, new DiskFile(start, start)]]);
  const isKept = (path: string): boolean => kept.some((suffix) => path === archive + suffix);
  for (const [n, act] of acts.entries()) {
    if (!isKept(act.path)) continue;
    const file = disk.get(act.path) ?? new DiskFile(Buffer.alloc(0), null);
    if (act.kind === 'remove') disk.delete(act.path);
    else disk.set(act.path, file);
    if (act.kind === 'write') file.write(act.offset, act.bytes);
    if (act.kind === 'truncate') file.truncate(act.size);
    if (act.kind !== 'sync') continue;
    file.sync();
    for (const which of ['prefix', 'certain'] as const)
      yield { acts: n + 1, disk: which, path: layOut(disk, which, archive, folder) };
  }
}

function layOut(
  disk: ReadonlyMap<string, DiskFile>,
  which: Cut['disk'],
  archive: string,
  folder: string,
): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [path, file] of disk) {
    const bytes = which === 'prefix' ? file.bytes : file.certain;
    if (bytes !== null) writeFileSync(join(folder, basename(path)), bytes);
  }
  return join(folder, basename(archive));
}

/** Acknowledgements that were written while the write-ahead log held bytes that no sync had covered. */
export function earlyAcknowledgements(acts: readonly Act[], archive: string, log: string): string[] {
  const early: string[] = [];
  let isCertain = true;
  let synced = 0;
  for (const act of acts) {
    if (act.path === `${archive}-wal` && act.kind === 'write') isCertain = false;
    if (act.path === `${archive}-wal` && act.kind === 'sync') {
      isCertain = true;
      synced += 1;
    }
    if (act.kind !== 'append' || act.path !== log) continue;
    if (!isCertain || synced === 0) early.push(act.bytes.toString().slice(0, 100).trim());
    synced = 0;
  }
  return early;
}
