/** What would be on the disk if the machine lost its power right after a sync. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Act } from './trace.ts';

/**
 * The archive, the one that a passphrase change makes, and their write-ahead logs; locks and shared memory do not
 * outlive a power cut.
 */
function keptFiles(archive: string): Set<string> {
  const next = join(dirname(archive), `.${basename(archive)}-rekey.partial`);
  return new Set([archive, next].flatMap((path) => [path, `${path}-wal`]));
}

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

/** Files by name. A name that a file took from another is certain when the folder was synced. */
class Disk {
  readonly files: Map<string, DiskFile>;
  /** What had the name before. */
  #renamed: { to: string; from: string; before: DiskFile | undefined } | null = null;

  constructor(path: string, file: DiskFile) {
    this.files = new Map([[path, file]]);
  }

  play(act: Act): void {
    if (act.kind === 'remove') {
      this.files.delete(act.path);
      return;
    }
    const file = this.files.get(act.path) ?? new DiskFile(Buffer.alloc(0), null);
    this.files.set(act.path, file);
    if (act.kind === 'write') file.write(act.offset, act.bytes);
    if (act.kind === 'truncate') file.truncate(act.size);
    if (act.kind === 'sync') file.sync();
    if (act.kind !== 'rename') return;
    this.#renamed = { to: act.to, from: act.path, before: this.files.get(act.to) };
    this.files.set(act.to, file);
    this.files.delete(act.path);
  }

  syncFolder(): void {
    this.#renamed = null;
  }

  /** Name and bytes of what is there. */
  contents(which: Cut['disk']): [path: string, bytes: Buffer][] {
    const files = new Map(this.files);
    if (which === 'certain' && this.#renamed !== null) {
      const { to, from, before } = this.#renamed;
      const moved = files.get(to);
      if (moved !== undefined) files.set(from, moved);
      if (before === undefined) files.delete(to);
      else files.set(to, before);
    }
    return [...files].flatMap(([path, file]) => {
      const bytes = which === 'prefix' ? file.bytes : file.certain;
      return bytes === null ? [] : [[path, bytes]];
    });
  }
}

/**
 * Plays the acts on what `archive` was before them and stops after every sync and at the end, twice. `archive`: its
 * path while the acts were recorded; `initial`: its bytes before.
 */
export function* cuts(
  acts: readonly Act[],
  archive: string,
  initial: string,
  folder: string,
): Generator<Cut> {
  const start = readFileSync(initial);
  const disk = new Disk(archive, new DiskFile(start, start));
  const kept = keptFiles(archive);
  for (const [n, act] of acts.entries()) {
    const isOfFolder = act.kind === 'sync' && act.path === dirname(archive);
    if (isOfFolder) disk.syncFolder();
    else if (kept.has(act.path)) disk.play(act);
    const isSync = act.kind === 'sync' && (isOfFolder || kept.has(act.path));
    if (!isSync && n < acts.length - 1) continue;
    for (const which of ['prefix', 'certain'] as const)
      yield { acts: n + 1, disk: which, path: layOut(disk, which, archive, folder) };
  }
}

function layOut(disk: Disk, which: Cut['disk'], archive: string, folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [path, bytes] of disk.contents(which)) writeFileSync(join(folder, basename(path)), bytes);
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
