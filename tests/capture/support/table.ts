/** What must hold in every engine; each engine's test file runs it. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Route, Site } from '../../support/site-server.ts';
import { serveSite } from '../../support/site-server.ts';
import { bodiesSite, bodyCases, forwardedBody } from './bodies.ts';
import type { TestEngine } from './engines.ts';
import type { StoredBytes, StoredExchange } from './memory-sink.ts';
import type { Recorded, RunOptions } from './run.ts';

export async function recordSite(
  engine: TestEngine,
  routes: Record<string, Route>,
  options?: RunOptions,
  path = '/',
): Promise<Recorded & { site: Site }> {
  const site = await serveSite(routes);
  try {
    return { ...(await engine.record(site.origin + path, options)), site };
  } finally {
    await site.close();
  }
}

export function bytesOf({ base64 }: StoredBytes): Buffer {
  return Buffer.from(base64 ?? '', 'base64');
}

export function exchangesAt({ stored }: Recorded, path: string): StoredExchange[] {
  return stored.exchanges.filter(({ start }) => {
    const { pathname, search } = new URL(start.url);
    return pathname + search === path;
  });
}

export function exchangeAt(recorded: Recorded, path: string): StoredExchange {
  const [found, ...more] = exchangesAt(recorded, path);
  if (found === undefined || more.length > 0)
    throw new Error(`${path} was recorded ${found ? 'often' : 'never'}`);
  return found;
}

export function artifact({ stored }: Recorded, role: string): Buffer {
  const found = stored.artifacts.find((one) => one.role === role);
  if (found === undefined) throw new Error(`there is no ${role}`);
  return bytesOf(found);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Values of a header, whatever its spelling. */
export function headers(list: readonly (readonly [string, string])[], name: string): string[] {
  return list.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
}

export function testBodies(record: () => Recorded): void {
  describe('bodies are what the server sent, after transfer and content decoding', () => {
    test.each(Object.entries(bodyCases))('%s', (_name, { path, expected, status }) => {
      const { start, end, ...body } = exchangeAt(record(), path);
      expect(start.status).toBe(status ?? 200);
      if (expected === null) {
        expect({ size: body.size, body: end?.body }).toEqual({ size: 0, body: 'none' });
      } else {
        expect({ size: body.size, sha256: body.sha256 }).toEqual({
          size: expected.length,
          sha256: sha256(expected),
        });
        expect(end).toMatchObject({ body: 'whole', reason: null, withheld: [] });
        expect([null, expected.length]).toContain(end?.counted);
      }
    });

    test('each address of a chain is an exchange of its own', () => {
      const hops = ['/hop/1', '/hop/2', '/hop/3', '/hop/end'].map((path) => exchangeAt(record(), path));
      expect(hops.map(({ start }) => start.status)).toEqual([301, 302, 307, 200]);
      expect(hops.map(({ start }) => headers(start.responseHeaders, 'location')[0])).toEqual([
        '/hop/2',
        '/hop/3',
        '/hop/end',
        undefined,
      ]);
      expect(hops.map(({ end }) => end?.body)).toEqual(['none', 'none', 'none', 'whole']);
      const [, , , last] = hops;
      expect(last?.sha256).toBe(sha256(forwardedBody));
    });

    test('what the page sent is recorded, and a HEAD has no body', () => {
      const { start, ...echo } = exchangeAt(record(), '/echo?post');
      expect(start).toMatchObject({ method: 'POST', requestBody: 'AP8KyA==', requestBodySize: 4 });
      expect(bytesOf(echo)).toEqual(Buffer.from([0, 255, 10, 200]));
      expect(exchangeAt(record(), '/echo?head').end?.body).toBe('none');
    });

    test('headers are those on the wire, repeated ones too; the server has an address', () => {
      const { start } = exchangeAt(record(), '/echo?post');
      expect(headers(start.requestHeaders, 'content-length')).toEqual(['4']);
      expect(headers(start.responseHeaders, 'set-cookie')).toHaveLength(2);
      expect(start).toMatchObject({
        from: 'network',
        protocol: 'http/1.1',
        server: { address: '127.0.0.1', port: Number(new URL(start.url).port) },
        tls: null,
      });
      expect(Math.abs(Date.parse(start.startedAt) - Date.now())).toBeLessThan(600_000);
    });

    test('nothing is missing, and every exchange has its end', () => {
      const { result, error, stored } = record();
      expect({ error, reasons: result?.reasons }).toEqual({ error: null, reasons: [] });
      expect(stored.exchanges.map(({ start }) => start.n).sort((a, b) => a - b)).toEqual(
        stored.exchanges.map((_exchange, n) => n),
      );
      expect(stored.exchanges.every(({ end }) => end !== null)).toBe(true);
    });
  });
}

export function bodiesPage(engine: TestEngine): Promise<Recorded> {
  return recordSite(engine, bodiesSite());
}
