import { afterEach, describe, expect, test } from 'vitest';
import { type Pair, pair, until } from './support/pair.ts';
import { emptyReport, testHandlers } from './support/test-handlers.ts';

const open: Pair[] = [];
function start(close?: () => Promise<void>): Pair {
  const made = pair(testHandlers(), close);
  open.push(made);
  return made;
}
afterEach(() => Promise.all(open.splice(0).map(({ client }) => client.stop(10_000))));

describe('calls', () => {
  test('an answer is the value of the handler', async () => {
    const { client } = start();
    expect(await client.call('posts.list', { query: 'four', offset: 0, limit: 1 })).toEqual({
      ok: true,
      value: { total: 4, totalIsLowerBound: false, posts: [] },
    });
    expect(client.node).toBe(process.versions.node);
  });

  test('calls made at once are answered each by its own', async () => {
    const { client, starts } = start();
    const queries = Array.from({ length: 50 }, (_, n) => 'x'.repeat(n));
    const answers = await Promise.all(
      queries.map((query) => client.call('posts.list', { query, offset: 0, limit: 1 })),
    );
    expect(answers.map((answer) => answer.ok && answer.value.total)).toEqual(queries.map((q) => q.length));
    expect(starts()).toBe(1);
  });

  test('a refusal keeps code and message', async () => {
    const { client } = start();
    expect(await client.call('archive.open', { path: '/x', passphrase: null, actorName: 'A' })).toEqual({
      ok: false,
      error: { code: 'archive-not-open', message: 'No archive is open.', details: {} },
    });
  });

  test('a defect of a handler is internal and the host lives on', async () => {
    const { client, starts } = start();
    const answer = await client.call('archive.rebuild', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(await client.call('archive.lock', {})).toEqual({ ok: true, value: {} });
    expect(starts()).toBe(1);
  });

  test('bad input names the place and does not repeat the value', async () => {
    const { client } = start();
    const answer = await client.forward('archive.open', {
      path: '/x',
      passphrase: ['secret'],
      actorName: 'x'.repeat(201),
    });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'bad-input', details: { path: 'passphrase' } },
    });
    const text = JSON.stringify(answer);
    expect(text).toContain('actorName');
    expect(text).not.toContain('secret');
  });

  test.each(['nothing.known', '__proto__', 'constructor', 'toString'])(
    'the channel %s is refused',
    async (name) => {
      const made = start();
      await made.client.call('archive.lock', {});
      made.inject({ type: 'request', id: 900, channel: name, input: {} });
      await until(() => made.wire.fromHost.some((message) => message.type === 'reply' && message.id === 900));
      expect(made.wire.fromHost.at(-1)).toMatchObject({
        result: { ok: false, error: { code: 'not-allowed' } },
      });
    },
  );

  test.each([
    ['no object', 7],
    ['no known type', { type: 'run', code: '1' }],
    ['no id', { type: 'request', channel: 'archive.lock' }],
    ['bytes that are none', { type: 'bytes', id: 1, bytes: [1, 2, 3] }],
    ['credit of nothing', { type: 'credit', id: 1, bytes: 0 }],
  ])('a message with %s is ignored and the next call answered', async (_name, raw) => {
    const made = start();
    await made.client.start();
    made.inject(raw);
    expect(await made.client.call('archive.lock', {})).toEqual({ ok: true, value: {} });
    expect(made.wire.fromHost.map(({ type }) => type)).toEqual(['ready', 'reply']);
  });

  test('a request that cannot be read is answered where it says which it is', async () => {
    const made = start();
    await made.client.start();
    made.inject({ type: 'request', id: 77, channel: 5 });
    await until(() => made.wire.fromHost.length > 1);
    expect(made.wire.fromHost.at(-1)).toMatchObject({
      id: 77,
      result: { ok: false, error: { code: 'bad-input' } },
    });
  });
});

describe('progress', () => {
  test('is thinned out, in order, and the last one always arrives', async () => {
    const { client, wire } = start();
    const seen: number[] = [];
    const answer = await client.call(
      'import.files',
      { paths: ['progress 100000'] },
      { onProgress: ({ done }) => seen.push(done) },
    );
    expect(answer).toEqual({ ok: true, value: emptyReport });
    expect(seen.at(-1)).toBe(100_000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    // All of them were reported within one turn of the loop: no more than the first and the last may leave.
    expect(seen).toEqual([1, 100_000]);
    expect(wire.fromHost.at(-1)).toMatchObject({ type: 'reply' });
  });

  test('a listener that throws cancels its call and is told why', async () => {
    const { client } = start();
    const answer = await client.call(
      'import.files',
      { paths: ['wait'] },
      {
        onProgress: () => {
          throw new TypeError('the window broke');
        },
      },
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).toContain('the window broke');
  });
});

describe('cancel', () => {
  test('stops the handler and is answered as cancelled', async () => {
    const { client } = start();
    const abort = new AbortController();
    const options = { signal: abort.signal, onProgress: () => abort.abort() };
    expect(await client.call('import.files', { paths: ['wait'] }, options)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
  });

  test('before the call is sent, it is never sent', async () => {
    const { client, wire } = start();
    await client.start();
    const options = { signal: AbortSignal.abort() };
    expect(await client.call('import.files', { paths: ['wait'] }, options)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
    expect(wire.toHost).toEqual([]);
  });

  test('that comes too late changes nothing', async () => {
    const { client } = start();
    const abort = new AbortController();
    expect(await client.call('archive.lock', {}, { signal: abort.signal })).toEqual({ ok: true, value: {} });
    abort.abort();
    expect(await client.call('archive.lock', {})).toEqual({ ok: true, value: {} });
  });
});

describe('shutdown', () => {
  test('cancels what runs, answers it, closes the archive once and then exits', async () => {
    let closed = 0;
    const { client, wire } = start(async () => {
      closed += 1;
    });
    const running = client.call('import.files', { paths: ['wait'] });
    await client.call('archive.lock', {});
    await client.stop(10_000);
    expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(closed).toBe(1);
    expect(wire.fromHost.map(({ type }) => type).slice(-2)).toEqual(['reply', 'closed']);
    expect(await client.call('archive.lock', {})).toMatchObject({
      ok: false,
      error: { code: 'host-stopped' },
    });
    expect(wire.states).toEqual(['ready']);
  });
});

describe('a host that dies', () => {
  test('answers what was pending, starts again and says so', async () => {
    const made = start();
    const pending = [1, 2].map(() => made.client.call('import.files', { paths: ['wait'] }));
    await made.client.call('archive.lock', {});
    made.die();
    for (const answer of await Promise.all(pending)) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'host-stopped' } });
    }
    expect(await made.client.call('archive.lock', {})).toEqual({ ok: true, value: {} });
    expect(made.wire.states).toEqual(['ready', 'stopped', 'restarted']);
  });

  test('is left alone after three restarts in a minute', async () => {
    const made = start();
    for (let n = 0; n < 4; n += 1) {
      await made.client.start();
      made.die();
    }
    expect(made.starts()).toBe(4);
    const answer = await made.client.call('archive.lock', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'host-stopped' } });
    expect(made.starts()).toBe(4);
    expect(made.wire.states.filter((state) => state === 'restarted')).toHaveLength(3);
  });
});
