/** Holding what a bundle cut out of a recording against the recording, for whoever has that. */
import { HoldfastError } from '../../contract/errors.ts';
import { type Evidence, evidenceSchema } from '../../evidence/bundle/evidence.ts';
import { bundleFolder } from '../../evidence/bundle/folder.ts';
import { limits } from '../../evidence/bundle/limits.ts';
import { paths } from '../../evidence/bundle/paths.ts';
import { parseStrict } from '../../evidence/bundle/strict.ts';
import { type ByteSource, within } from '../../evidence/source/byte-source.ts';
import { withFileSource } from '../../evidence/source/file.ts';
import { type Comparison, compareDerived } from '../../evidence/wacz/compare.ts';
import { ZipError } from '../../evidence/zip/error.ts';
import { openZip } from '../../evidence/zip/reader.ts';

/** What in a bundle was cut out of a recording at hand. */
export interface DerivedFound {
  /** Of the derived file in the bundle. */
  path: string;
  capture: string;
  /** Of how many records of the recording how many stand in it. */
  records: number;
  of: number;
}

interface DerivedFile {
  path: string;
  capture: string;
  /** As the signer of the bundle says; null: they had it from somebody else. */
  said: { records: number; of: number } | null;
}

function derivedFiles({ captures, partialCaptures = [] }: Evidence): DerivedFile[] {
  return [
    ...partialCaptures.flatMap(({ id, files }) =>
      files.flatMap(({ role, path, derived }) =>
        role === 'exhibits' ? [{ path, capture: id, said: derived ?? null }] : [],
      ),
    ),
    ...captures.flatMap(({ id, artifacts }) =>
      artifacts.flatMap(({ role, path }) => (role === 'exhibits' ? [{ path, capture: id, said: null }] : [])),
    ),
  ];
}

/**
 * Whether each record of a derived file stands in the recording byte for byte; null where no file of the bundle was cut
 * out of this one. The bundle itself is to be checked beside that; both files may be attacker-controlled. Errors:
 * `file-not-found`, `bad-input` where a record does not, or their numbers are not those that the bundle says.
 */
export function checkDerived(bundle: string, original: string): Promise<DerivedFound | null> {
  return withFileSource(bundle, async (source) => {
    const entries = bundleFolder(await openZip(source))?.entries;
    const evidence = entries?.get(paths.evidence);
    if (entries === undefined || evidence === undefined || evidence.size > limits.parsedFile) return null;
    const bytes = await source.read(evidence.contentOffset, evidence.size);
    const files = derivedFiles(parseStrict(evidenceSchema, bytes));
    if (files.length === 0) return null;
    return withFileSource(original, async (whole) => {
      for (const file of files) {
        const entry = entries.get(file.path);
        if (entry === undefined) continue;
        const found = await compared(within(source, entry.contentOffset, entry.size), whole);
        if (found !== null) return accepted(file, found, original);
      }
      return null;
    });
  });
}

/** A file in another form is no recording of ours. */
async function compared(derived: ByteSource, whole: ByteSource): Promise<Comparison | null> {
  try {
    return await compareDerived(derived, whole);
  } catch (error) {
    if (error instanceof ZipError) return null;
    throw error;
  }
}

function accepted(
  { path, capture, said }: DerivedFile,
  { records, of, differing }: Comparison,
  original: string,
): DerivedFound {
  if (differing !== null) {
    throw new HoldfastError(
      'bad-input',
      `${path} was not cut out of ${original} as it is: a record of it does not stand there byte for byte (${differing.slice(0, 300) || 'twice the same'}).`,
    );
  }
  if (said !== null && (said.records !== records || said.of !== of)) {
    throw new HoldfastError(
      'bad-input',
      `${path} is said to hold ${said.records} of ${said.of} records; of the ${of} of ${original} it holds ${records}.`,
    );
  }
  return { path, capture, records, of };
}
