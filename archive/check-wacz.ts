/** Checking a WACZ file that lies on the disk, or in an archive. */
import type { WaczCheck } from '../contract/model/wacz.ts';
import type { ByteSource } from '../evidence/source/byte-source.ts';
import { withFileSource } from '../evidence/source/file.ts';
import { checkWacz } from '../evidence/wacz/check.ts';
import { ZipError } from '../evidence/zip/error.ts';
import { openForeignZip } from '../evidence/zip/foreign.ts';
import { type Named, verificationTools } from './verify.ts';
import type { WorkOptions } from './work.ts';

/** Whether the file is a WACZ, by what its directory lists, never by its name. Errors: those of opening a file. */
export function isWaczFile(path: string): Promise<boolean> {
  return withFileSource(path, isWacz);
}

export async function isWacz(source: ByteSource): Promise<boolean> {
  try {
    return (await openForeignZip(source)).some(({ name }) => name === 'datapackage.json');
  } catch (error) {
    if (error instanceof ZipError) return false;
    throw error;
  }
}

/**
 * Checks the WACZ at `path`. One that fails is an answer, no error. Errors: `file-not-found`, `file-unreadable`,
 * `bad-input` for a certificate that is none, `cancelled`.
 */
export function checkWaczFile(path: string, named: Named, options: WorkOptions = {}): Promise<WaczCheck> {
  return withFileSource(path, (source) => checkWaczSource(source, named, options));
}

/** The same for bytes wherever they lie. */
export async function checkWaczSource(
  source: ByteSource,
  named: Named,
  options: WorkOptions = {},
): Promise<WaczCheck> {
  const { sha256, crc32, wacz, trusted, tsaRoots } = verificationTools(named);
  return checkWacz({
    source,
    sha256,
    crc32,
    ...wacz,
    trusted,
    tsaRoots,
    now: new Date(),
    ...options,
  });
}
