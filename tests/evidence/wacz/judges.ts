/** What others find in a WARC file: warcio, which ReplayWeb.page reads with. */
import { CDXIndexer, WARCParser } from 'warcio';
import { inChunks } from '../../support/page-fixtures/chunks.ts';
import { sha256 } from './plan.ts';

/** Reads every record as warcio cuts it; answers the digests that are not those of the bytes, and the count by type. */
export async function checkedByWarcio(
  warc: Uint8Array,
): Promise<{ records: Record<string, number>; wrong: string[] }> {
  const records: Record<string, number> = {};
  const wrong: string[] = [];
  const compare = (what: string, declared: string | null | undefined, bytes: Uint8Array) => {
    if (declared !== `sha256:${sha256(bytes)}`) wrong.push(`${what}: ${declared}`);
  };
  for await (const record of new WARCParser(inChunks(warc), { parseHttp: false })) {
    const name = `${record.warcType} ${record.warcTargetURI}`;
    records[record.warcType] = (records[record.warcType] ?? 0) + 1;
    compare(`block of ${name}`, record.warcBlockDigest, await record.readFully(false));
  }
  for await (const record of new WARCParser(inChunks(warc))) {
    const payload = await record.readFully(false);
    if (record.warcType === 'warcinfo' || record.warcType === 'revisit') continue;
    compare(`payload of ${record.warcType} ${record.warcTargetURI}`, record.warcPayloadDigest, payload);
  }
  return { records, wrong };
}

/** The index that warcio makes of the file, by offset, without its keys and 304. */
export async function indexedByWarcio(warc: Uint8Array, filename: string): Promise<Map<string, unknown>> {
  const indexer = new CDXIndexer({ format: 'cdxj' });
  const found = new Map<string, unknown>();
  for await (const { urlkey: _, ...fields } of indexer.iterIndex([{ filename, reader: inChunks(warc) }]))
    if (fields.status !== 304) found.set(String(fields.offset), fields);
  return found;
}
