/** Answers that break off or never end, large ones, and captures that are ended from outside; in every engine. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bytes, html, type Route } from '../../support/site-server.ts';
import type { TestEngine } from './engines.ts';
import type { Recorded } from './run.ts';
import { artifact, bytesOf, exchangeAt, recordSite, sha256 } from './table.ts';

const mebibyte = 1024 * 1024;
/** Every byte value, so that no text survives decoding and encoding. */
const big = randomBytes(50 * mebibyte);
const short = { limits: { idle: 1500 } };

function ask(...paths: string[]): Route {
  return html(
    `<p>Asks</p><script>for (const path of ${JSON.stringify(paths)}) fetch(path).then((a) => a.arrayBuffer()).catch(() => {});</script>`,
  );
}

function inPieces(body: Uint8Array, headers: Record<string, string>): Route {
  return (_request, response) => {
    response.writeHead(200, headers);
    for (let at = 0; at < body.length; at += mebibyte) response.write(body.subarray(at, at + mebibyte));
    response.end();
  };
}

function codes({ result }: Recorded): string[] {
  return [...new Set(result?.reasons.map(({ code }) => code))].sort();
}

export interface Expectations {
  /** Bytes of memory that the recorder's process may grow by for one body of 50 MB. */
  growth: number;
  /** The engine gives what came of an answer before it broke off. */
  keepsPartial: boolean;
}

export function testLarge(engine: () => TestEngine, { growth }: Expectations): void {
  describe('large bodies', () => {
    test.each([
      ['of a known length', bytes(big, { 'content-type': 'application/octet-stream' })],
      ['in chunks', inPieces(big, { 'content-type': 'video/mp4' })],
      ['called text', bytes(big.subarray(0, 6 * mebibyte), { 'content-type': 'text/plain; charset=utf-8' })],
    ])('%s are whole, and in bounded memory', async (_name, route) => {
      const recorded = await recordSite(engine(), { '/': ask('/big'), '/big': route });
      const { end, size, sha256: digest } = exchangeAt(recorded, '/big');
      const expected = big.subarray(0, size);
      expect({ size, digest }).toEqual({ size: expected.length, digest: sha256(expected) });
      expect([6 * mebibyte, big.length]).toContain(size);
      expect(end).toMatchObject({ body: 'whole', reason: null });
      expect(recorded.result?.reasons).toEqual([]);
      expect(recorded.peakGrowth).toBeLessThan(growth);
    });

    test('a document of 20 MB is whole', async () => {
      // In a comment: it is the recorder that is measured here, not the layout.
      const line = Buffer.from('caf\xe9 and some more words \xff\n', 'latin1');
      const page = Buffer.concat([
        Buffer.from('<p>Short<!--'),
        Buffer.alloc(20 * mebibyte, line),
        Buffer.from('-->'),
      ]);
      const recorded = await recordSite(engine(), {
        '/': inPieces(page, { 'content-type': 'text/html; charset=iso-8859-1' }),
      });
      const { size, sha256: digest, end } = exchangeAt(recorded, '/');
      expect({ size, digest }).toEqual({ size: page.length, digest: sha256(page) });
      expect(end?.body).toBe('whole');
      expect(artifact(recorded, 'text').toString()).toBe('Short');
    });

    test('an archive that is slower than the network holds the browser back', async () => {
      const body = big.subarray(0, 24 * mebibyte);
      const recorded = await recordSite(
        engine(),
        { '/': ask('/big'), '/big': inPieces(body, { 'content-type': 'image/png' }) },
        { slow: 5, limits: { memory: 4 * mebibyte } },
      );
      expect(exchangeAt(recorded, '/big')).toMatchObject({ size: body.length, sha256: sha256(body) });
      expect(recorded.peakMemory).toBeLessThan(40 * mebibyte);
    });
  });
}

const firstPart = Buffer.concat([Buffer.from('<p>The beginning'), Buffer.alloc(150_000, 'more and ')]);

function cut(type: string): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': '1000000' });
    response.write(firstPart);
    setTimeout(() => response.destroy(), 700);
  };
}

function hang(type: string): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': type });
    response.write(firstPart);
  };
}

export function testBroken(engine: () => TestEngine, { keepsPartial }: Expectations): void {
  describe('answers that break off or hang', () => {
    test('an answer cut short makes the capture incomplete', async () => {
      const recorded = await recordSite(engine(), { '/': ask('/cut'), '/cut': cut('text/plain') });
      const exchange = exchangeAt(recorded, '/cut');
      expect(codes(recorded)).toEqual(['response-truncated']);
      expect(exchange.end?.reason).toMatch(/broke off/);
      if (keepsPartial) {
        expect(exchange.end?.body).toBe('truncated');
        expect(bytesOf(exchange)).toEqual(firstPart);
      }
    });

    test('an answer that hangs makes it incomplete, and does not keep it for ever', async () => {
      const recorded = await recordSite(engine(), { '/': ask('/hang'), '/hang': hang('text/plain') }, short);
      expect(codes(recorded)).toEqual(['response-hangs']);
      const [exchange] = recorded.stored.exchanges.filter(({ start }) => start.url.endsWith('/hang'));
      if (keepsPartial) expect(bytesOf(exchange ?? { size: 0, sha256: '', base64: '' })).toEqual(firstPart);
      expect(artifact(recorded, 'text').toString()).toContain('Asks');
    });

    test('a request that is never answered is told', async () => {
      const recorded = await recordSite(engine(), { '/': ask('/never'), '/never': () => undefined }, short);
      expect(codes(recorded)).toEqual(['response-hangs']);
    });

    test('a page cut short is kept as far as it came, and shown', async () => {
      const recorded = await recordSite(engine(), { '/': cut('text/html') });
      expect(codes(recorded)).toEqual(['response-truncated']);
      const exchange = exchangeAt(recorded, '/');
      expect(bytesOf(exchange)).toEqual(firstPart);
      expect(artifact(recorded, 'text').toString()).toContain('The beginning');
    });

    test('a page that hangs is kept as far as it came, and shown', async () => {
      const recorded = await recordSite(engine(), { '/': hang('text/html') }, short);
      expect(codes(recorded)).toEqual(['response-hangs']);
      const exchange = exchangeAt(recorded, '/');
      const got = bytesOf(exchange);
      expect(got).toEqual(firstPart.subarray(0, got.length));
      // An engine that gives pieces only when they are full loses the last one.
      expect(got.length).toBeGreaterThan(firstPart.length - 1536);
      expect(artifact(recorded, 'text').toString()).toContain('The beginning');
    });

    test('a connection that is refused or reset is told', async () => {
      const reset: Route = (request) => request.socket.destroy();
      const recorded = await recordSite(engine(), { '/': ask('/reset'), '/reset': reset });
      expect(codes(recorded)).toEqual(['response-failed']);
      const nothing = await recordSite(engine(), { '/': reset });
      expect(codes(nothing)).toEqual(['navigation-failed']);
      expect(nothing.result?.finalUrl).toBeNull();
    });
  });
}

export function testEnds(engine: () => TestEngine): void {
  const slowly: Route = (_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    const timer = setInterval(() => response.write(randomBytes(65_536)), 20);
    response.once('close', () => clearInterval(timer));
  };
  const site = { '/': ask('/slowly'), '/slowly': slowly };

  describe('captures that end early', () => {
    test('stopped by the user: what came is kept', async () => {
      const recorded = await recordSite(engine(), site, { after: { bytes: 100, act: 'abort' } });
      expect(recorded.error).toBeNull();
      expect(codes(recorded)).toEqual(['stopped-by-user']);
      expect(exchangeAt(recorded, '/').end?.body).toBe('whole');
      for (const { end } of recorded.stored.exchanges) expect(end).not.toBeNull();
    });

    test('the browser dies: what came is kept', async () => {
      const recorded = await recordSite(engine(), site, { after: { bytes: 100, act: 'kill' } });
      expect(recorded.error).toBeNull();
      expect(codes(recorded)).toEqual(['interrupted']);
      expect(exchangeAt(recorded, '/').end?.body).toBe('whole');
      for (const { end } of recorded.stored.exchanges) expect(end).not.toBeNull();
    });

    test('the archive refuses: the capture ends with its error', async () => {
      const recorded = await recordSite(engine(), site, { after: { bytes: 100, act: 'refuse' } });
      expect(recorded.error).toContain('the disk is full');
      expect(recorded.stored.end).toBeNull();
    });
  });
}
