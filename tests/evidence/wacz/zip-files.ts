/** The files of a zip file of ours, by name. */
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { openZip } from '../../../evidence/zip/reader.ts';

export async function filesOf(zip: Uint8Array): Promise<Map<string, Buffer>> {
  const { entries } = await openZip(memorySource(zip));
  return new Map(
    entries.map(({ name, contentOffset, size }) => [
      name,
      Buffer.from(zip.subarray(contentOffset, contentOffset + size)),
    ]),
  );
}
