/** The one folder that a bundle is, inside its zip file (RFC 8493, section 2.1). */
import type { StoredEntry, ZipContents } from '../zip/reader.ts';

export interface BundleFolder {
  bundleId: string;
  /** By path relative to the folder. */
  entries: ReadonlyMap<string, StoredEntry>;
}

const inFolder = /^holdfast-([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\/(.+)$/;

/** Null where there is not exactly one folder, or it is not ours. */
export function bundleFolder({ entries }: Pick<ZipContents, 'entries'>): BundleFolder | null {
  const [, bundleId] = inFolder.exec(entries[0]?.name ?? '') ?? [];
  if (bundleId === undefined) return null;
  const relative = new Map<string, StoredEntry>();
  for (const entry of entries) {
    const [, id, path] = inFolder.exec(entry.name) ?? [];
    if (path === undefined || id !== bundleId) return null;
    relative.set(path, entry);
  }
  return { bundleId, entries: relative };
}

/** The path of an entry relative to the folder; a foreign name stays whole, shortened. */
export function withoutFolder(name: string): string {
  return (inFolder.exec(name)?.[2] ?? name).slice(0, 300);
}
