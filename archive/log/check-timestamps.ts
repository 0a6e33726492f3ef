/** Timestamps: their exact bytes, and that each is over what its event says. */
import { eachTimestampFile, listTimestamps, type StoredRequest } from '../../db/timestamp.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { sameBytes, toHex } from '../../evidence/digest/sha256.ts';
import { stampedBytes } from '../timestamps/stamped.ts';
import type { Inquiry } from './inquiry.ts';

/** Whether every file is there and is its hash, and every request over the bytes that it is said to be about. */
export function checkTimestampFiles(inquiry: Inquiry): void {
  const { db } = inquiry;
  const held = new Set<string>();
  for (const { sha256, bytes } of eachTimestampFile(db)) {
    held.add(toHex(sha256));
    if (sameBytes(nodeSha256.of(bytes), sha256)) continue;
    const message = `The bytes kept as ${toHex(sha256)} have the SHA-256 ${toHex(nodeSha256.of(bytes))}.`;
    inquiry.found('timestamp_file', `sha256=${toHex(sha256)}`, 'bytes-differ', message);
  }
  for (const request of listTimestamps(db)) {
    const { tsq, token } = request;
    for (const sha256 of [tsq, ...(token === null ? [] : [token.sha256, ...token.answerFiles])]) {
      if (held.has(sha256)) continue;
      const message = `The bytes with the SHA-256 ${sha256}, which belong to a timestamp, are not there.`;
      inquiry.found('timestamp_request', `id=${request.id}`, 'bytes-missing', message);
    }
    checkDigest(inquiry, request);
  }
}

function checkDigest(inquiry: Inquiry, { id, subject, digest }: StoredRequest): void {
  if (digestOf(inquiry, subject) === digest) return;
  const message = `The timestamp was asked for other bytes (SHA-256 ${digest}) than those that it is said to be about.`;
  inquiry.found('timestamp_request', `id=${id}`, 'bytes-differ', message);
}

/** Null where what it is about is not there. */
function digestOf(inquiry: Inquiry, subject: StoredRequest['subject']): string | null {
  try {
    return toHex(nodeSha256.of(stampedBytes(inquiry, subject)));
  } catch {
    return null;
  }
}
