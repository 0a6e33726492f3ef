/** Exchanges and plans for tests, with everything filled in that a test does not speak of. */
import { createHash } from 'node:crypto';
import type { ExchangeEnd, ExchangeStart } from '../../../contract/model/recording.ts';
import type { WaczPlan } from '../../../evidence/wacz/write.ts';
import type { StoredBody } from '../../../evidence/warc/write.ts';
import type { StoredExchange } from '../../../evidence/warc/write-exchange.ts';

export const captureId = '0198b1c2-7a10-7c3e-9f00-5d2c8e1a4b6f';

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Bytes as an archive would give them: in pieces, anew each time. */
export function stored(content: Uint8Array | string, pieceSize = 1024 * 1024): StoredBody {
  const bytes = Buffer.from(content);
  return {
    size: bytes.length,
    sha256: sha256(bytes),
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
    },
  };
}

export interface Said {
  start?: Partial<ExchangeStart>;
  end?: Partial<ExchangeEnd> | null;
  body?: StoredBody | Uint8Array | string | null;
  type?: string;
}

export function exchange(n: number, url: string, { start, end, body = '', type }: Said = {}): StoredExchange {
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  const held = isText ? stored(body) : body;
  return {
    start: {
      n,
      url,
      method: 'GET',
      resourceType: 'document',
      requestHeaders: [['Accept', '*/*']],
      requestBody: null,
      requestBodySize: 0,
      status: 200,
      statusText: 'OK',
      protocol: 'http/1.1',
      responseHeaders: type === undefined ? [] : [['Content-Type', type]],
      from: 'network',
      server: { address: '192.0.2.7', port: 443 },
      tls: null,
      startedAt: new Date(Date.UTC(2026, 2, 4, 9, 30, 0, 100 + n)).toISOString(),
      withheld: [],
      ...start,
    },
    end:
      end === null
        ? null
        : {
            n,
            body: held === null ? 'none' : 'whole',
            counted: held?.size ?? null,
            encoded: null,
            reason: null,
            milliseconds: 12,
            withheld: [],
            ...end,
          },
    body: held,
  };
}

export function plan(exchanges: readonly StoredExchange[], more: Partial<WaczPlan> = {}): WaczPlan {
  return {
    id: captureId,
    created: '2026-03-04T09:31:00.000Z',
    software: 'Holdfast 0.1.0',
    title: null,
    pages: [],
    exchanges: () => exchanges,
    ...more,
  };
}

export async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of pieces) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}
