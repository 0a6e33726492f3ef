/** The WARC files of a WACZ: every record against the digests that it declares. */
import { copied } from '../source/byte-source.ts';
import { RecordReader } from '../warc/record-reader.ts';
import type { WarcTools } from '../warc/tools.ts';
import { quoted, type WaczFindings } from './check-findings.ts';
import type { PackageFiles } from './package-files.ts';

/** What the index and the pages are held against. */
export interface RecordPlaces {
  /** Name of the file in archive/ → where in it each record begins → what stands there. */
  readonly byFile: ReadonlyMap<string, ReadonlyMap<number, RecordPlace>>;
  readonly addresses: ReadonlySet<string>;
  /** False: not every record was read, so what is missing here may be there. */
  readonly complete: boolean;
}

interface RecordPlace {
  /** Null where the record shares a gzip member with others. */
  readonly length: number | null;
  readonly address: string | null;
}

/** Records whose places are kept: some hundred bytes each. */
const maxPlaces = 2_000_000;

const isWarc = (path: string) => /^archive\/.+\.warc(\.gz)?$/.test(path);

/** Fails the step 'records', or says what held. Throws ZipError. */
export async function checkRecords(
  files: PackageFiles,
  findings: WaczFindings,
  tools: WarcTools,
): Promise<RecordPlaces> {
  const byFile = new Map<string, Map<number, RecordPlace>>();
  const addresses = new Set<string>();
  const total = { records: 0, digests: 0 };
  const paths = files.paths().filter(isWarc);
  for (const path of paths) {
    const places = new Map<number, RecordPlace>();
    byFile.set(path.slice('archive/'.length), places);
    await checkFile(files, findings, tools, path, total, (offset, place) => {
      if (total.records > maxPlaces) return;
      places.set(offset, place);
      if (place.address !== null) addresses.add(place.address);
    });
  }
  if (paths.length === 0) findings.fail('records', 'no-warc', 'There is no WARC file in archive/.');
  findings.say(
    'records',
    'ok',
    total.digests === 0 ? 'no-digests' : 'ok',
    total.digests === 0
      ? `${total.records} records were read; none declares a digest of its own.`
      : `${total.records} records were read; all ${total.digests} digests that they declare are right.`,
  );
  return { byFile, addresses, complete: total.records <= maxPlaces };
}

async function checkFile(
  files: PackageFiles,
  findings: WaczFindings,
  tools: WarcTools,
  path: string,
  total: { records: number; digests: number },
  note: (offset: number, place: RecordPlace) => void,
): Promise<void> {
  const reader = new RecordReader(copied(files.content(path)), tools);
  for await (const record of reader.records()) {
    const end = await record.finish();
    total.records += 1;
    // Where several records share a gzip member, the first one is what an index can point to.
    if (record.offsetInMember === 0) note(record.offset, { length: end.length, address: record.targetUri });
    for (const [what, check] of [
      ['block', end.blockDigest],
      ['payload', end.payloadDigest],
    ] as const) {
      if (check === 'ok') total.digests += 1;
      if (check !== 'differs') continue;
      findings.fail(
        'records',
        'record-digest-differs',
        `In ${quoted(path)} the ${what} of the record at byte ${record.offset} does not have the digest that the record declares.`,
      );
    }
  }
  const { account } = reader;
  const [damage] = account.damaged;
  if (account.stopped !== null)
    findings.fail('records', 'warc-not-read', `${quoted(path)} was not read to its end: ${account.stopped}.`);
  if (damage !== undefined)
    findings.fail('records', 'warc-damaged', `${quoted(path)}, byte ${damage.offset}: ${damage.reason}.`);
}
