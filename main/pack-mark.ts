/** What kind of copy of Holdfast this is: the sources, or a pack, for tests or for people. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export interface PackMark {
  kind: 'source' | 'test' | 'release';
  /** Why nobody should trust real material to this copy, as a sentence; null where nothing speaks against it. */
  notForUsers: string | null;
}

/** What scripts/pack.mjs adds to the package.json inside the asar. */
const markSchema = z.object({
  holdfastPack: z.object({ kind: z.enum(['test', 'release']), electron: z.string(), fit: z.boolean() }),
});

/**
 * Reads the mark from the app's own package.json, and nowhere else: whoever can write there can change the program
 * itself. A pack without a mark that can be read is held to the rules of a release.
 */
export function readPackMark(appPath: string, isPackaged: boolean): PackMark {
  if (!isPackaged) return { kind: 'source', notForUsers: null };
  const parsed = markSchema.safeParse(JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')));
  if (!parsed.success) return { kind: 'release', notForUsers: null };
  const { kind, electron, fit } = parsed.data.holdfastPack;
  if (kind === 'test')
    return { kind, notForUsers: 'A test build: a debugger can read everything that it shows.' };
  return {
    kind,
    notForUsers: fit ? null : `A test build: it runs on Electron ${electron}, which it is not made for.`,
  };
}
