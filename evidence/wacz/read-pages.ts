/** Pages as a WACZ of others lists them: hints at what it is of. */
import { z } from 'zod';
import { LinesTooLong, textLines } from '../format/lines.ts';
import { ZipError } from '../zip/error.ts';
import type { PackageFiles } from './package-files.ts';

const pageSchema = z.object({
  url: z.string().regex(/^https?:/i),
  ts: z.iso.datetime({ offset: true }).nullish(),
});

/** The address of the first page that a server gave, and when it says that it was saved; null where none is listed. */
export async function firstPage(files: PackageFiles): Promise<{ url: string; ts: string | null } | null> {
  const lines = textLines(files.content('pages/pages.jsonl'), new TextDecoder(), {
    maxLine: 4 * 1024 * 1024,
    maxLines: 1000,
  });
  try {
    for await (const { text } of lines) {
      const page = pageSchema.safeParse(json(text));
      if (page.success) return { url: page.data.url, ts: page.data.ts ?? null };
    }
  } catch (error) {
    // The check of the file says what is wrong with it.
    if (!(error instanceof ZipError || error instanceof LinesTooLong)) throw error;
  }
  return null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
