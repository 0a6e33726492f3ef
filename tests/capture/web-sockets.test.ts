/** What is said over a web socket, as a browser tells of it, on its way into the archive. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { BodyMemory } from '../../capture/body-queue.ts';
import { CdpError, type CdpSession } from '../../capture/cdp-session.ts';
import { Certificates } from '../../capture/certificates.ts';
import { ExchangeWriter } from '../../capture/exchange-writer.ts';
import { Reasons } from '../../capture/reasons.ts';
import { Requests } from '../../capture/requests.ts';
import { KnownSecrets } from '../../capture/secrets/known.ts';
import { WebSockets } from '../../capture/web-sockets.ts';
import { captureId, memorySink } from './support/memory-sink.ts';

const token = 'tok-9f8e7d6c5b4a39281706';
const cookie = 'c0ffee-5e55-10n-1d';
/** The browser that is gone: nothing here asks it. */
const session: CdpSession = {
  closed: new Promise(() => undefined),
  send: (method) => Promise.reject(new CdpError(method, 'gone')),
  on: () => () => undefined,
  detach: () => Promise.resolve(),
};

function recorder() {
  const { sink, stored } = memorySink();
  const reasons = new Reasons();
  const secrets = new KnownSecrets(
    (length) => randomBytes(length),
    () => undefined,
  );
  const writer = new ExchangeWriter({
    ...{ session, sink, reasons, secrets, requests: new Requests(() => undefined) },
    certificates: new Certificates({ chain: async () => [], error: async () => null }),
    hasProxy: false,
    onAnswer: () => false,
    monotonic: () => performance.now(),
    onBroken: (error) => {
      throw error;
    },
  });
  writer.begin(captureId);
  const memory = new BodyMemory(1024 * 1024, () => undefined);
  const sockets = new WebSockets({
    ...{ writer, memory, secrets, reasons, idle: 1000 },
    monotonic: () => performance.now(),
    wallTime: () => 1_700_000_000,
  });
  return { sockets, writer, stored, reasons };
}

const requestId = '7.1';
const frame = (timestamp: number, payloadData: string, opcode = 1) => ({
  requestId,
  timestamp,
  response: { opcode, payloadData },
});

function open(sockets: WebSockets): void {
  sockets.created({ requestId, url: `wss://live.example/gateway?access_token=${token}` });
  const headers = { Cookie: `sid=${cookie}`, Origin: 'https://live.example' };
  sockets.asked({ requestId, timestamp: 100, wallTime: 1_700_000_000, request: { headers } });
  sockets.opened({
    requestId,
    response: { status: 101, statusText: 'Switching Protocols', headers: { Upgrade: 'websocket' } },
  });
}

test('messages of both sides in their order, with their time, and no secret of the session', async () => {
  const { sockets, writer, stored, reasons } = recorder();
  open(sockets);
  sockets.message('send', frame(100.25, JSON.stringify({ op: 2, d: { token, seq: null } })));
  sockets.message('receive', frame(100.5, JSON.stringify({ text: 'ferry — قایق', sid: cookie })));
  sockets.message('receive', frame(101, 'AP+A', 2));
  sockets.closed({ requestId });
  await writer.close();

  const [{ start, end, base64 } = { start: null, end: null, base64: '' }] = stored.exchanges;
  const body = Buffer.from(base64 ?? '', 'base64').toString('utf8');
  const lines = body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(start).toMatchObject({ resourceType: 'websocket', status: 101, method: 'GET' });
  expect(lines.map(({ type, time, opcode }) => [type, time, opcode])).toEqual([
    ['request', undefined, undefined],
    ['response', undefined, undefined],
    ['send', 1_700_000_000.25, 1],
    ['receive', 1_700_000_000.5, 1],
    ['receive', 1_700_000_001, 2],
  ]);
  expect(JSON.parse(lines[3].data).text).toBe('ferry — قایق');
  expect(lines[4].data).toBe('AP+A');
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(body).not.toContain(token);
  expect(body).not.toContain(cookie);
  expect(end).toMatchObject({ body: 'whole', reason: null });
  expect(end?.withheld.map(({ where }) => where)).toContain('request-body');
  expect(reasons.list()).toEqual([]);
});

test('one that is open at the end is recorded until then; one that does not open, or breaks off, is told', async () => {
  const { sockets, writer, stored, reasons } = recorder();
  open(sockets);
  expect(sockets.isBusy).toBe(true);
  sockets.message('receive', frame(100, 'hello'));
  expect(sockets.isBusy).toBe(false);
  sockets.created({ requestId: '7.2', url: 'wss://live.example/closed' });
  expect(sockets.isBusy).toBe(true);
  sockets.failed({ requestId: '7.2', errorMessage: 'Unexpected response code: 403' });
  sockets.close();
  await writer.close();

  expect(stored.exchanges.map(({ end }) => end)).toMatchObject([
    { body: 'truncated', reason: 'the socket was open; recorded until the capture ended' },
  ]);
  expect(reasons.list()).toEqual([
    {
      code: 'response-failed',
      message: 'The web socket wss://live.example/closed was not opened (Unexpected response code: 403).',
    },
  ]);
});
