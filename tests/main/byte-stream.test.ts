import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostHandlers } from '../../archive/host/serve.ts';
import { ByteQueue, CreditGate, pieces } from '../../contract/credit.ts';
import { creditWindow, maxBytesMessage } from '../../contract/wire.ts';
import { pair, until } from './support/pair.ts';
import { emptyReport, hugeByte, hugeSize, testArtifacts, testHandlers } from './support/test-handlers.ts';

const mebibyte = 1024 * 1024;

describe('the credit of a stream', () => {
  test('any chunks, consumed at any pace: what arrives is what was sent and the window is kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3 * mebibyte), { maxLength: 20 }),
        fc.infiniteStream(fc.nat(3)),
        async (sizes, pauses) => {
          const gate = new CreditGate();
          const queue = new ByteQueue((bytes) => gate.give(bytes));
          let highest = 0;
          const sent = createHash('sha256');
          const received = createHash('sha256');
          const send = async (): Promise<void> => {
            for (const [n, size] of sizes.entries()) {
              const chunk = new Uint8Array(size).fill(n + 1);
              sent.update(chunk);
              for (const piece of pieces(chunk)) {
                await gate.take(piece.byteLength);
                highest = Math.max(highest, gate.outstanding);
                // The queue refuses what breaks the rules: it is the judge of the gate.
                queue.push(piece);
              }
            }
            queue.end();
          };
          const receive = async (): Promise<void> => {
            for await (const piece of queue) {
              received.update(piece);
              for (let n = pauses.next().value; n > 0; n -= 1) await new Promise(setImmediate);
            }
          };
          await Promise.all([send(), receive()]);
          expect(received.digest('hex')).toBe(sent.digest('hex'));
          expect(highest).toBeLessThanOrEqual(creditWindow);
          expect(gate.outstanding).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('pieces are never empty nor too large, own their bytes and leave none out', () => {
    fc.assert(
      fc.property(fc.nat(3 * mebibyte), fc.nat(1000), (size, skip) => {
        const whole = randomBytes(size + skip).subarray(skip);
        const cut = [...pieces(whole)];
        expect(Buffer.compare(Buffer.concat(cut), whole)).toBe(0);
        for (const piece of cut) {
          expect(piece.byteLength).toBeGreaterThan(0);
          expect(piece.byteLength).toBeLessThanOrEqual(maxBytesMessage);
          expect(piece.buffer.byteLength).toBe(piece.byteLength);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('a sender without credit and one with too large a message are found out', () => {
    const queue = new ByteQueue(() => undefined);
    expect(() => queue.push(new Uint8Array(maxBytesMessage + 1))).toThrow(/at most/);
    for (let n = 0; n < creditWindow; n += mebibyte) queue.push(new Uint8Array(mebibyte));
    expect(() => queue.push(new Uint8Array(1))).toThrow(/at most/);
  });

  test('credit for what was never sent is refused', async () => {
    const gate = new CreditGate();
    await gate.take(10);
    expect(() => gate.give(11)).toThrow(/at most 10/);
    expect(gate.outstanding).toBe(10);
  });
});

/** The most bytes that were on their way at once, as the wire shows them. */
function highestOutstanding(messages: ReadonlyArray<{ type: string; bytes?: unknown }>): number {
  let outstanding = 0;
  let highest = 0;
  for (const { type, bytes } of messages) {
    if (type === 'bytes' && bytes instanceof Uint8Array) outstanding += bytes.byteLength;
    if (type === 'credit' && typeof bytes === 'number') outstanding -= bytes;
    highest = Math.max(highest, outstanding);
  }
  return highest;
}

describe('bytes of a call', () => {
  test('go in whole, and never more than the window ahead of a slow handler', async () => {
    const release = Promise.withResolvers<void>();
    const handlers: HostHandlers = {
      ...testHandlers(),
      'import.stream': async (input, context) => {
        await release.promise;
        return testHandlers()['import.stream'](input, context);
      },
    };
    const { client, wire } = pair(handlers);
    const sent = createHash('sha256');
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 40; n += 1) {
        const chunk = randomBytes(mebibyte + n);
        sent.update(chunk);
        yield chunk;
      }
    }
    const answer = client.call('import.stream', { name: 'random' }, { bytesIn: source() });
    const outstanding = () =>
      wire.toHost.reduce(
        (sum, message) => sum + (message.type === 'bytes' ? message.bytes.byteLength : 0),
        0,
      );
    await until(() => outstanding() > creditWindow - 2 * mebibyte);
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    expect(outstanding()).toBeLessThanOrEqual(creditWindow);
    release.resolve();
    const size = 40 * mebibyte + (39 * 40) / 2;
    expect(await answer).toEqual({
      ok: true,
      value: {
        ...emptyReport,
        warnings: [{ path: 'random', code: `${size}`, message: sent.digest('hex') }],
      },
    });
    await client.stop(10_000);
  });

  test('a source that breaks off breaks the handler off, with its reason', async () => {
    const { client } = pair(testHandlers());
    async function* source(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw new Error('the disk went away');
    }
    const answer = await client.call('import.stream', { name: 'broken' }, { bytesIn: source() });
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).toContain('the disk went away');
    await client.stop(10_000);
  });

  test('no bytes at all are an empty stream', async () => {
    const { client } = pair(testHandlers());
    async function* nothing(): AsyncGenerator<Uint8Array> {}
    const answer = await client.call('import.stream', { name: 'empty' }, { bytesIn: nothing() });
    expect(answer).toMatchObject({ ok: true, value: { warnings: [{ code: '0' }] } });
    await client.stop(10_000);
  });

  test('200 MiB come out in order behind a slow reader; the handler is held back', async () => {
    const sent = { bytes: 0 };
    const { client, wire } = pair(testHandlers(sent));
    let received = 0;
    let wrong = 0;
    let ahead = 0;
    const answer = await client.call(
      'artifact.read',
      { sha256: testArtifacts.huge, offset: 0, length: null },
      {
        onBytes: async (bytes) => {
          if (bytes[0] !== hugeByte(received)) wrong += 1;
          if (bytes.at(-1) !== hugeByte(received + bytes.byteLength - 1)) wrong += 1;
          ahead = Math.max(ahead, sent.bytes - received);
          received += bytes.byteLength;
          await new Promise(setImmediate);
          wire.fromHost.length = 0;
        },
      },
    );
    expect(answer).toEqual({ ok: true, value: { size: hugeSize, mediaType: 'video/mp4' } });
    expect({ received, wrong }).toEqual({ received: hugeSize, wrong: 0 });
    expect(ahead).toBeLessThanOrEqual(creditWindow);
    await client.stop(10_000);
  });

  test('a reader that never takes anything stops the sender at the window; cancelling ends both', async () => {
    const sent = { bytes: 0 };
    const { client, wire } = pair(testHandlers(sent));
    const abort = new AbortController();
    const stuck = Promise.withResolvers<void>();
    const answer = client.call(
      'artifact.read',
      { sha256: testArtifacts.huge, offset: 0, length: null },
      { signal: abort.signal, onBytes: () => stuck.promise },
    );
    await until(() => sent.bytes > creditWindow - 600_000);
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
    expect(highestOutstanding(wire.fromHost)).toBeLessThanOrEqual(creditWindow);
    expect(sent.bytes).toBeLessThanOrEqual(creditWindow);
    abort.abort();
    stuck.resolve();
    expect(await answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await client.stop(10_000);
  });

  test('bytes for a channel that takes none are not waited for', async () => {
    const { client } = pair(testHandlers());
    async function* source(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
    }
    expect(await client.call('archive.lock', {}, { bytesIn: source() })).toEqual({ ok: true, value: {} });
    await client.stop(10_000);
  });
});
