import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CdpEvent } from '../../capture/cdp-session.ts';
import { attachToPage, PipeConnection } from '../../capture/pipe-session.ts';

function pipe() {
  const fromBrowser = new PassThrough();
  const toBrowser = new PassThrough();
  const connection = new PipeConnection(fromBrowser, toBrowser);
  const events: CdpEvent[] = [];
  connection.on((event) => events.push(event));
  return { fromBrowser, toBrowser, connection, events };
}

/** Answers commands as a browser with one page would. */
function answerAsBrowser({ fromBrowser, toBrowser }: ReturnType<typeof pipe>): void {
  const results: Record<string, unknown> = {
    'Target.getTargets': {
      targetInfos: [
        { targetId: 'other', type: 'browser' },
        { targetId: 'one', type: 'page' },
      ],
    },
    'Target.attachToTarget': { sessionId: 'page-session' },
  };
  toBrowser.on('data', (bytes: Buffer) => {
    for (const text of bytes.toString().split('\0').slice(0, -1)) {
      const { id, method, sessionId } = JSON.parse(text);
      fromBrowser.write(`${JSON.stringify({ id, result: results[method] ?? { method, sessionId } })}\0`);
    }
  });
}

test('messages cut anywhere arrive whole and in order', async () => {
  const word = fc.record({ method: fc.string({ minLength: 1 }), params: fc.jsonValue() });
  await fc.assert(
    fc.asyncProperty(fc.array(word), fc.array(fc.integer({ min: 1, max: 40 })), async (sent, cuts) => {
      const { fromBrowser, events } = pipe();
      const wire = Buffer.from(sent.map((one) => `${JSON.stringify(one)}\0`).join(''));
      let at = 0;
      for (const size of [...cuts, wire.length]) {
        fromBrowser.write(wire.subarray(at, at + size));
        at = Math.min(at + size, wire.length);
      }
      await new Promise(setImmediate);
      expect(events.map(({ method, params }) => ({ method, params }))).toEqual(
        JSON.parse(JSON.stringify(sent)),
      );
    }),
    { numRuns: 50 },
  );
});

describe('a browser that breaks the rules ends the connection, and whoever waits is told', () => {
  test.each([
    ['no JSON', 'hello\0', /no message of the DevTools protocol/],
    ['JSON that is no message', '[1]\0', /no message of the DevTools protocol/],
    ['a wrong type', '{"id":"7"}\0', /no message of the DevTools protocol/],
  ])('%s', async (_name, bytes, reason) => {
    const { fromBrowser, connection } = pipe();
    const waiting = connection.send('Page.enable');
    fromBrowser.write(bytes);
    await expect(waiting).rejects.toThrow(reason);
    expect(await connection.closed).toMatch(reason);
    await expect(connection.send('Page.enable')).rejects.toThrow(reason);
  });

  test('a message without end', async () => {
    const { fromBrowser, connection } = pipe();
    const piece = Buffer.alloc(16 * 1024 * 1024, ' ');
    for (let n = 0; n < 17 && !fromBrowser.destroyed; n += 1) {
      if (!fromBrowser.write(piece)) await new Promise(setImmediate);
    }
    expect(await connection.closed).toMatch(/over 268435456 bytes/);
  });

  test('a browser that goes', async () => {
    const { fromBrowser, connection } = pipe();
    const waiting = connection.send('Page.enable');
    fromBrowser.destroy();
    await expect(waiting).rejects.toThrow(/closed the connection/);
  });
});

test('a refusal is an error of that command; an answer to nothing is no matter', async () => {
  const { fromBrowser, connection } = pipe();
  const refused = connection.send('Page.navigate');
  fromBrowser.write('{"id":99,"result":{}}\0{"id":1,"error":{"code":-32000,"message":"not now"}}\0');
  await expect(refused).rejects.toThrow('Page.navigate: not now');
});

test('the page is a session: its own events carry none, those of the browser are not its own', async () => {
  const made = pipe();
  answerAsBrowser(made);
  const session = await attachToPage(made.connection);
  const events: CdpEvent[] = [];
  session.on((event) => events.push(event));
  expect(await session.send('Page.enable')).toEqual({ method: 'Page.enable', sessionId: 'page-session' });
  expect(await session.send('Page.enable', {}, 'frame')).toEqual({
    method: 'Page.enable',
    sessionId: 'frame',
  });
  const attached = {
    sessionId: 'frame',
    targetInfo: { targetId: 'f', type: 'iframe' },
    waitingForDebugger: false,
  };
  const said = [
    { method: 'a', params: {} },
    { method: 'b', params: {}, sessionId: 'page-session' },
    // Of another tab.
    { method: 'c', params: {}, sessionId: 'frame' },
    { method: 'Target.attachedToTarget', params: attached, sessionId: 'page-session' },
    { method: 'c', params: {}, sessionId: 'frame' },
  ];
  made.fromBrowser.write(said.map((one) => `${JSON.stringify(one)}\0`).join(''));
  await new Promise(setImmediate);
  expect(events).toEqual([
    { method: 'b', params: {}, sessionId: null },
    { method: 'Target.attachedToTarget', params: attached, sessionId: null },
    { method: 'c', params: {}, sessionId: 'frame' },
  ]);
  const gone = { method: 'Target.detachedFromTarget', params: { sessionId: 'page-session' } };
  made.fromBrowser.write(`${JSON.stringify(gone)}\0`);
  expect(await session.closed).toBe('the page was closed');
});
