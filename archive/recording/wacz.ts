/** The WACZ of a recording. */
import { toHex } from '../../evidence/digest/sha256.ts';
import { type Wacz, writeWacz } from '../../evidence/wacz/write.ts';
import type { StoredExchange } from '../../evidence/warc/write-exchange.ts';
import type { Archive } from '../archive.ts';
import { readBlob } from '../blobs.ts';
import type { FoundReading } from '../import/contents.ts';
import { tool } from '../tool.ts';
import type { Recorded, RecordedAnswer } from './recorded.ts';

function stored(archive: Archive, { start, end, body }: RecordedAnswer): StoredExchange {
  const { blobId, size, sha256 } = body;
  return {
    start,
    end,
    body: size === 0 ? null : { size, sha256: toHex(sha256), open: () => readBlob(archive, blobId) },
  };
}

/** Errors: `archive-damaged` for a body that changed under us. */
export function waczOf(
  archive: Archive,
  recorded: Recorded,
  page: { url: string | null; title: string | null; readings: readonly FoundReading[] },
): Promise<Wacz> {
  const text = page.readings.flatMap(({ posts }) => posts.map((post) => post.text)).join('\n\n');
  const { captureId, begin, answers } = recorded;
  return writeWacz({
    id: captureId,
    created: begin.startedAt,
    software: `${tool.name} ${tool.version}`,
    title: page.title,
    pages:
      page.url === null
        ? []
        : [{ id: captureId, url: page.url, ts: begin.startedAt, title: page.title, text }],
    exchanges: () => answers.map((answer) => stored(archive, answer)),
  });
}
