/** A sink that keeps what it is told in memory, as plain data that can cross processes. */
import { createHash } from 'node:crypto';
import type {
  CaptureResult,
  CaptureSink,
  ExchangeEnd,
  ExchangeStart,
  KnownSecret,
  RecordingBegin,
  RecordingEnd,
} from '../../../contract/model/recording.ts';
import {
  exchangeEndSchema,
  exchangeStartSchema,
  knownSecretSchema,
  recordingBeginSchema,
  recordingEndSchema,
} from '../../../contract/model/recording.ts';
import { Withholder } from '../../../contract/withhold.ts';

/** Bytes of a body up to which it is kept; of larger ones only size and hash. */
const keptBytes = 4 * 1024 * 1024;

export interface StoredBytes {
  size: number;
  sha256: string;
  /** Null: larger than 4 MiB. */
  base64: string | null;
}

export interface StoredExchange extends StoredBytes {
  start: ExchangeStart;
  end: ExchangeEnd | null;
}

export interface Stored {
  begin: RecordingBegin | null;
  exchanges: StoredExchange[];
  artifacts: (StoredBytes & { role: string; mediaType: string; name: string | null })[];
  secrets: KnownSecret[];
  end: RecordingEnd | null;
}

export const captureId = '018f0000-0000-7000-8000-000000000001';

/**
 * `onBytes` hears of every piece before it counts as taken, so that a test can wait or refuse.
 */
export function memorySink(onBytes: (bytes: Uint8Array) => Promise<void> = () => Promise.resolve()): {
  sink: CaptureSink;
  stored: Stored;
} {
  const stored: Stored = { begin: null, exchanges: [], artifacts: [], secrets: [], end: null };
  const taken = async (body: AsyncIterable<Uint8Array>, into: StoredBytes): Promise<void> => {
    const hash = createHash('sha256');
    let parts: Uint8Array[] | null = [];
    for await (const piece of body) {
      await onBytes(piece);
      into.size += piece.length;
      hash.update(piece);
      // The recorder may use the memory of a piece again.
      parts?.push(Uint8Array.from(piece));
      if (into.size > keptBytes) parts = null;
    }
    into.sha256 = hash.digest('hex');
    into.base64 = parts === null ? null : Buffer.concat(parts).toString('base64');
  };
  const sink: CaptureSink = {
    begin: async (begin) => {
      stored.begin = recordingBeginSchema.parse(begin);
      return { captureId };
    },
    exchange: async (_id, start, body) => {
      const exchange = {
        start: exchangeStartSchema.parse(start),
        end: null,
        size: 0,
        sha256: '',
        base64: null,
      };
      stored.exchanges.push(exchange);
      await taken(body, exchange);
    },
    exchangeEnd: async (_id, end) => {
      const exchange = stored.exchanges.find(({ start }) => start.n === end.n);
      if (exchange === undefined || exchange.end !== null || exchange.sha256 === '') {
        throw new Error(`exchange ${end.n} ends without having begun, twice, or before its body`);
      }
      exchange.end = exchangeEndSchema.parse(end);
    },
    secrets: async (_id, secrets) => {
      stored.secrets.push(...secrets.map((secret) => knownSecretSchema.parse(secret)));
    },
    artifact: async ({ role, mediaType, name }, body) => {
      const artifact = { role, mediaType, name, size: 0, sha256: '', base64: null };
      stored.artifacts.push(artifact);
      await taken(body, artifact);
    },
    finish: async (end): Promise<CaptureResult> => {
      stored.end = recordingEndSchema.parse(end);
      return {
        id: captureId,
        url: stored.begin?.url ?? '',
        finalUrl: end.finalUrl,
        verdict: end.reasons.length === 0 ? 'complete' : 'incomplete',
        reasons: end.reasons,
        posts: [],
        exchanges: stored.exchanges.length,
        bytes: stored.exchanges.reduce((sum, { size }) => sum + size, 0),
      };
    },
  };
  return { sink, stored };
}

/** Kept bytes as the archive seals them: secrets that became known later replaced as well. */
export function sealed(stored: Stored, { base64 }: StoredBytes): Buffer {
  const searched = stored.secrets.map(({ name, secret, commitment }) => ({
    name,
    secret,
    marker: `withheld:${commitment.slice(0, 16)}`,
  }));
  return Buffer.from(new Withholder(searched).replace(Buffer.from(base64 ?? '', 'base64')));
}
