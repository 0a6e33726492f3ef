/** Reads an asar archive by its format, so that what was packed is not judged by who packed it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

interface Folder {
  files: Record<string, Entry>;
}
interface File {
  size: number;
  /** Absent when the bytes lie in the folder `….asar.unpacked`. */
  offset?: string | undefined;
  unpacked?: boolean | undefined;
}
type Entry = Folder | File;

const fileSchema = z.object({
  size: z.number(),
  offset: z.string().optional(),
  unpacked: z.boolean().optional(),
});
const entrySchema: z.ZodType<Entry> = z.lazy(() => z.union([folderSchema, fileSchema]));
const folderSchema = z.object({ files: z.record(z.string(), entrySchema) });

export interface PackedFile {
  unpacked: boolean;
  /** Empty when unpacked. */
  bytes: Buffer;
}

/** Path with slashes → file. */
export function readAsar(path: string): Map<string, PackedFile> {
  const bytes = readFileSync(path);
  // Four 32-bit numbers: the size of the size, the size of the header with its own two, and of its JSON.
  const bodyStart = 8 + bytes.readUInt32LE(4);
  const header = folderSchema.parse(JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))));
  const found = new Map<string, PackedFile>();
  const walk = (folder: Folder, prefix: string): void => {
    for (const [name, entry] of Object.entries(folder.files)) {
      if ('files' in entry) walk(entry, `${prefix}${name}/`);
      else {
        const start = bodyStart + Number(entry.offset ?? 0);
        const inside = entry.unpacked !== true;
        found.set(prefix + name, {
          unpacked: !inside,
          bytes: inside ? bytes.subarray(start, start + entry.size) : Buffer.alloc(0),
        });
      }
    }
  };
  walk(header, '');
  return found;
}
