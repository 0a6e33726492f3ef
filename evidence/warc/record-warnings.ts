/** What there is to say about a record, in words. */
import { headerValue } from './headers.ts';
import type { WarcRecord, WarcRecordEnd, WarcWarning, WarcWarningCode } from './record.ts';

type Say = (code: WarcWarningCode, message: string) => void;

function collect(record: WarcRecord, speak: (say: Say) => void): WarcWarning[] {
  const warnings: WarcWarning[] = [];
  speak((code, message) =>
    warnings.push({ code, message: `Record at byte ${record.offset}${inMember(record)}: ${message}.` }),
  );
  return warnings;
}

function inMember(record: WarcRecord): string {
  return record.offsetInMember > 0 ? ` (byte ${record.offsetInMember} decompressed)` : '';
}

/** From its header alone. */
export function headerWarnings(
  record: WarcRecord,
  seen: { strayLines: number; httpHeaderEndless: boolean },
): WarcWarning[] {
  return collect(record, (say) => {
    if (record.foundBySearch) {
      say(
        'warc-found-by-search',
        'it was found by searching behind damage, and may have been part of the content of another record',
      );
    }
    if (seen.strayLines > 0) say('warc-header-unusual', `${seen.strayLines} header lines could not be read`);
    if (seen.httpHeaderEndless)
      say('warc-header-unusual', 'its HTTP header has no end where one is looked for');
    if (headerValue(record.headers, 'WARC-Target-URI')?.startsWith('<')) {
      say('warc-header-unusual', 'its target address stands in angle brackets, which were left away');
    }
    const truncated = headerValue(record.headers, 'WARC-Truncated');
    if (truncated !== null) say('warc-truncated', `its recorder cut it: '${truncated.slice(0, 40)}'`);
    if (headerValue(record.headers, 'WARC-Segment-Number') !== null) {
      say('warc-not-joined', 'it is a segment of a longer record; segments are not joined');
    }
  });
}

/**
 * From how it ended.
 *
 * @param breaks the line breaks found behind the block: two are prescribed
 * @param recordFollows the file or member ends behind them, or another record begins
 */
export function endWarnings(
  record: WarcRecord,
  end: Pick<WarcRecordEnd, 'blockDigest' | 'payloadDigest' | 'damage'>,
  breaks: string,
  recordFollows: boolean,
): WarcWarning[] {
  return collect(record, (say) => {
    if (end.damage !== null) say('warc-record-cut', end.damage);
    else if (!recordFollows) {
      say(
        'warc-length-wrong',
        `no record follows the ${record.contentLength} bytes of content that it declares: they may be too few, or hold parts of other records`,
      );
    } else if (breaks !== '\r\n\r\n') {
      say(
        'warc-length-wrong',
        `its ${record.contentLength} bytes of content are not followed by two line breaks: they may be too few or too many`,
      );
    }
    if (end.blockDigest === 'differs')
      say('warc-digest-differs', differs('block', 'WARC-Block-Digest', record));
    if (end.payloadDigest === 'differs') {
      say('warc-digest-differs', differs('payload', 'WARC-Payload-Digest', record));
    }
  });
}

/** SHA-1 of nothing, in base32: some recorders wrote it for blocks that they had not hashed. */
const EMPTY_SHA1 = '3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ';

function differs(what: string, header: string, record: WarcRecord): string {
  const declared = headerValue(record.headers, header);
  const why = declared?.endsWith(EMPTY_SHA1)
    ? ', which is that of empty content, a fault of some recorders'
    : '';
  return `its ${what} does not have the digest that it declares${why}`;
}
