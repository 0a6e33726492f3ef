/** A reply of an authority comes back: checked in full, then kept. */
import { HoldfastError } from '../../contract/errors.ts';
import { inTransaction } from '../../db/handle.ts';
import { findTimestampRequests, keepTimestampFile, type StoredRequest } from '../../db/timestamp.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import { checkTimestamp } from '../../evidence/timestamp/check.ts';
import type { GoodTimestamp } from '../../evidence/timestamp/finding.ts';
import { peekTimestamp } from '../../evidence/timestamp/peek.ts';
import { withoutLeadingZeros } from '../../evidence/timestamp/request.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { stampedBytes } from './stamped.ts';

export interface Reply {
  /** DER of the TimeStampResp. */
  response: Uint8Array;
  /** DER of authorities, or of those above them, that the user named for this; none: not checked. */
  named: readonly Uint8Array[];
  /** DER of revocation lists and OCSP answers that came along. */
  answers: readonly Uint8Array[];
}

export interface Attached {
  token: string;
  request: StoredRequest;
  found: GoodTimestamp;
}

/**
 * Finds the request that the reply answers, checks the reply in full and keeps it. Errors: `timestamp-not-asked-for`
 * where no request here has its imprint and nonce, or has its token already; `timestamp-refused` with the reason in
 * `details.reason`. After each, nothing is kept.
 */
export async function attachStamp(archive: Archive, reply: Reply): Promise<Attached> {
  const request = findRequest(archive, reply.response);
  const content = stampedBytes(archive, request.subject);
  const found = acceptable(
    await checkTimestamp({
      response: reply.response,
      digest: nodeSha256.of(content),
      nonce: Buffer.from(request.nonce, 'hex'),
      trusted: reply.named,
      now: archive.clock(),
      revocation: reply.answers,
    }),
    reply.named.length > 0,
  );
  const token = inTransaction(archive.db, () => recordToken(archive, request.id, reply, found));
  return { token, request, found };
}

/** Keeps a token that was checked and records it as the answer to a request; gives its id. Inside the caller's transaction. */
export function recordToken(archive: Archive, request: string, reply: Reply, found: GoodTimestamp): string {
  const token = newId();
  const tsr = nodeSha256.of(reply.response);
  keepTimestampFile(archive.db, tsr, reply.response);
  const answers = reply.answers.map((bytes) => {
    const sha256 = nodeSha256.of(bytes);
    keepTimestampFile(archive.db, sha256, bytes);
    return toHex(sha256);
  });
  recordEvent(archive, 'timestamp.attached', {
    token,
    request,
    tsr: toHex(tsr),
    genTime: found.genTime.toISOString(),
    accuracy: found.accuracy,
    authority: {
      name: found.authority.name,
      fingerprint: found.authority.fingerprint,
      notAfter: found.authority.notAfter.toISOString(),
    },
    policy: found.policy,
    serial: found.serial,
    trusted: found.trust === 'trusted',
    named: reply.named.map((der) => toHex(nodeSha256.of(der))),
    qualified: found.qualified,
    revocation: found.revocation,
    answers: [...new Set(answers)],
  });
  return token;
}

function findRequest(archive: Archive, response: Uint8Array): StoredRequest {
  const peek = peekTimestamp(response);
  if (peek.status === 'failed') {
    const what =
      peek.code === 'timestamp-not-der' ? 'This file is not the reply of an authority (.tsr). ' : '';
    throw refused(peek.code, `${what}${peek.message}`);
  }
  const asked = findTimestampRequests(archive.db, toHex(peek.imprint.value));
  const own = asked.find(
    ({ nonce }) =>
      peek.nonce !== null && toHex(withoutLeadingZeros(Buffer.from(nonce, 'hex'))) === toHex(peek.nonce),
  );
  if (own === undefined) {
    throw new HoldfastError(
      'timestamp-not-asked-for',
      asked.length === 0
        ? 'The reply is to none of the requests of this archive. Is it the right archive, and the right file?'
        : 'The reply is for what was asked about, but to another request: its nonce is none of ours.',
    );
  }
  if (own.token !== null) {
    throw new HoldfastError(
      'timestamp-not-asked-for',
      `The request that this reply answers has its timestamp already, of ${own.token.genTime}.`,
    );
  }
  return own;
}

/** What may be kept: sound, not revoked, and by whom the user named where they named anybody. */
export function acceptable(
  found: Awaited<ReturnType<typeof checkTimestamp>>,
  namedSomeone: boolean,
): GoodTimestamp {
  if (found.status === 'failed') throw refused(found.code, found.message);
  if (found.revocation === 'revoked') {
    throw refused('timestamp-authority-revoked', found.revocationFinding.message);
  }
  if (namedSomeone && found.trust !== 'trusted') {
    throw refused('timestamp-authority-not-named', found.trustMessage);
  }
  return found;
}

export function refused(reason: string, message: string): HoldfastError {
  return new HoldfastError('timestamp-refused', `The timestamp was not accepted. ${message}`, {
    details: { reason },
  });
}
