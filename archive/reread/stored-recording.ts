/** A recording as it was sealed, in the form that posts are read out of: its answers lie in its WACZ. */
import type { Capture } from '../../contract/model/capture.ts';
import { listAnswers } from '../../db/exchange.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { contentType } from '../../evidence/format/content-type.ts';
import { copied } from '../../evidence/source/byte-source.ts';
import { warcPath } from '../../evidence/wacz/package.ts';
import { openPackage } from '../../evidence/wacz/package-files.ts';
import { headerValue } from '../../evidence/warc/headers.ts';
import { WarcReader } from '../../evidence/warc/reader.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { MAX_HTML_LENGTH } from '../../sites/html/parse.ts';
import type { Archive } from '../archive.ts';
import { findArtifact, readStoredWhole } from '../blobs.ts';
import { storedSource } from '../import/wacz.ts';
import type { ReadableAnswer, ReadableRecording } from '../recording/readable.ts';
import { chooseDocument } from '../recording/recorded.ts';

/** By address, how the answer says that its text is encoded: the one fact that stands in the WACZ alone. */
async function charsetsIn(archive: Archive, { artifacts }: Capture): Promise<Map<string, string>> {
  const charsets = new Map<string, string>();
  const wacz = artifacts.find(({ role }) => role === 'wacz');
  if (wacz === undefined) return charsets;
  const files = await openPackage(storedSource(archive, findArtifact(archive, wacz.sha256)), nodeCrc32);
  for await (const { type, targetUri, http } of new WarcReader(copied(files.content(warcPath))).records()) {
    if (type !== 'response' || targetUri === null || http === null) continue;
    const charset = contentType(headerValue(http.headers, 'Content-Type')).parameters.get('charset');
    if (charset !== undefined) charsets.set(targetUri, charset);
  }
  return charsets;
}

/** Errors: `artifact-not-found`; ZipError for a WACZ that was changed. */
export async function storedRecording(archive: Archive, capture: Capture): Promise<ReadableRecording> {
  const charsets = await charsetsIn(archive, capture);
  const lines = listAnswers(archive.db, capture.id);
  const answers = lines.map(({ n, url, status, mediaType, size, sha256 }): ReadableAnswer => {
    const body = () =>
      sha256 === null ? new Uint8Array() : readStoredWhole(archive, findArtifact(archive, toHex(sha256)));
    return { n, url, status, mediaType, charset: charsets.get(url) ?? null, size, body };
  });
  const reached = capture.recording?.finalUrl ?? null;
  const page = chooseDocument(lines, capture.recording?.documentUrl ?? reached);
  const dom = capture.artifacts.find(({ role, size }) => role === 'dom' && size <= MAX_HTML_LENGTH);
  return {
    answers,
    page: answers.find(({ n }) => n === page?.n) ?? null,
    finalUrl: reached ?? page?.url ?? null,
    dom: dom === undefined ? null : readStoredWhole(archive, findArtifact(archive, dom.sha256)),
    passed: capture.artifacts
      .filter(({ role }) => role === 'passed')
      .map(
        ({ sha256 }) =>
          () =>
            readStoredWhole(archive, findArtifact(archive, sha256)),
      ),
  };
}
