/** A recorder that plays a script into a sink, for tests of what the archive makes of it. */
import { createHash } from 'node:crypto';
import type {
  CaptureSink,
  ExchangeEnd,
  ExchangeStart,
  RecordingEnd,
} from '../../contract/model/recording.ts';
import { streamOf } from './archive.ts';

export const engine = { name: 'chromium', version: 'Chromium 156', userAgent: 'Mozilla/5.0 (test)' } as const;
export const address = 'https://social.example/ada/1';

export function startOf(n: number, change: Partial<ExchangeStart> = {}): ExchangeStart {
  return {
    n,
    url: address,
    method: 'GET',
    resourceType: 'document',
    requestHeaders: [['accept', '*/*']],
    requestBody: null,
    requestBodySize: 0,
    status: 200,
    statusText: 'OK',
    protocol: 'http/1.1',
    responseHeaders: [['content-type', 'text/html; charset=utf-8']],
    from: 'network',
    server: { address: '127.0.0.1', port: 443 },
    tls: null,
    startedAt: '2026-01-05T08:00:00.100Z',
    withheld: [],
    ...change,
  };
}

export function endOf(n: number, size: number, change: Partial<ExchangeEnd> = {}): ExchangeEnd {
  return {
    n,
    body: 'whole',
    counted: size,
    encoded: size,
    reason: null,
    milliseconds: 12,
    withheld: [],
    ...change,
  };
}

export function finishOf(captureId: string, change: Partial<RecordingEnd> = {}): RecordingEnd {
  return {
    captureId,
    finalUrl: address,
    title: 'A post',
    finishedAt: '2026-01-05T08:00:03.000Z',
    monotonicMilliseconds: 3000,
    serverClock: [],
    reasons: [],
    withheld: [],
    ...change,
  };
}

export async function begin(sink: CaptureSink): Promise<string> {
  const { captureId } = await sink.begin({ url: address, startedAt: '2026-01-05T08:00:00.000Z', engine });
  return captureId;
}

/** One whole answer. */
export async function play(
  sink: CaptureSink,
  captureId: string,
  start: ExchangeStart,
  body: string | Uint8Array,
): Promise<void> {
  await sink.exchange(captureId, start, streamOf(body));
  await sink.exchangeEnd(captureId, endOf(start.n, Buffer.from(body).length));
}

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
