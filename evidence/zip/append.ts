/** A zip file with more files in it: what it held stays where it is, byte for byte, and only its directory is new. */
import { HoldfastError } from '../../contract/errors.ts';
import { type ByteSource, pieces } from '../source/byte-source.ts';
import type { Crc32 } from './crc32.ts';
import { encodeCentral, encodeEnd, encodeLocal, type ZipEntry } from './format.ts';
import { foldName, isEntryName } from './name.ts';
import type { ZipContents } from './reader.ts';
import type { ZipSink } from './writer.ts';

/**
 * Writes `source`, of which `contents` was read by `openZip`, and then the small files of `added`, in their order.
 * Errors: `internal` for a name that is not allowed or taken; what source and sink throw.
 */
export async function appendToZip(
  sink: ZipSink,
  source: ByteSource,
  contents: ZipContents,
  added: ReadonlyMap<string, Uint8Array>,
  crc32: Crc32,
): Promise<void> {
  const { modified } = contents;
  const last = contents.entries.at(-1);
  let offset = last === undefined ? 0 : last.contentOffset + last.size;
  for await (const piece of pieces(source, 0, offset)) await sink.write(piece);
  const entries: ZipEntry[] = [...contents.entries];
  const taken = new Set(entries.map(({ name }) => foldName(name)));
  for (const [name, bytes] of added) {
    if (!isEntryName(name) || taken.has(foldName(name))) {
      throw new HoldfastError('internal', `The name ${JSON.stringify(name)} cannot be added to a zip file.`);
    }
    taken.add(foldName(name));
    const entry = { name, size: bytes.length, crc32: crc32(bytes, 0), offset };
    const local = encodeLocal(entry, modified);
    await sink.write(local);
    await sink.write(bytes);
    entries.push(entry);
    offset += local.length + bytes.length;
  }
  const start = offset;
  for (const entry of entries) {
    const central = encodeCentral(entry, modified);
    await sink.write(central);
    offset += central.length;
  }
  await sink.write(encodeEnd({ entries: entries.length, offset: start, size: offset - start }));
}
