/** What a response says it is about, for finding the request that it answers. */

import type { TimestampFinding } from './finding.ts';
import { refusing, TimestampRefusal } from './finding.ts';
import { readResponse } from './token.ts';
import { readTokenInfo, type TokenInfo } from './token-info.ts';

export type Peek =
  | { status: 'ok'; imprint: TokenInfo['imprint']; nonce: Uint8Array | null }
  | Extract<TimestampFinding, { status: 'failed' }>;

/**
 * Imprint and nonce of a response; nothing in it is checked, so that only `checkTimestamp` may follow. The nonce
 * comes without leading zeros. Never throws on any bytes.
 */
export function peekTimestamp(response: Uint8Array): Peek {
  try {
    const { info } = readResponse(response);
    const { imprint, nonce } = refusing(
      'timestamp-info-unreadable',
      'What the authority signed cannot be read',
      () => readTokenInfo(info),
    );
    return { status: 'ok', imprint, nonce };
  } catch (refusal) {
    if (!(refusal instanceof TimestampRefusal)) throw refusal;
    return { status: 'failed', code: refusal.code, message: refusal.message };
  }
}
