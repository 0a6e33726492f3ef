/** What is recorded of a page besides its bodies: frames and workers, pictures and texts, the server; in every engine. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { html, type Route, serveSite } from '../../support/site-server.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import type { TestEngine } from './engines.ts';
import { artifact, bytesOf, exchangeAt, recordSite, sha256 } from './table.ts';

const script: (source: string) => Route = (source) => (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/javascript' }).end(source);
};
const data: (text: string) => Route = (text) => (_request, response) => {
  response
    .writeHead(200, { 'content-type': 'application/x-data', 'access-control-allow-origin': '*' })
    .end(text);
};

export function testPages(engine: () => TestEngine): void {
  describe('everything that belongs to a page', () => {
    test('frames of the same and of another origin, workers, and what each asks for', async () => {
      const outer: Route = (_request, response, site) => {
        html(
          `<p>Outer</p><iframe src="/same"></iframe><iframe src="${site.otherOrigin}/other"></iframe>
           <script>
             new Worker('/worker.js');
             const request = new XMLHttpRequest();
             request.open('GET', '/xhr');
             request.send();
             for (let n = 0; n < 40; n += 1) fetch('/many?' + n);
           </script>`,
        )(_request, response, site);
      };
      const recorded = await recordSite(engine(), {
        '/': outer,
        '/same': html('<p>Same</p><script>setTimeout(() => fetch("/from-same"), 300)</script>'),
        '/other': html('<p>Other</p><script>setTimeout(() => fetch("/from-other"), 300)</script>'),
        '/worker.js': script('fetch("/from-worker")'),
        '/xhr': data('by XHR'),
        '/from-same': data('by the same'),
        '/from-other': data('by the other'),
        '/from-worker': data('by the worker'),
        '/many': (request, response, site) => data(`answer ${request.url}`)(request, response, site),
      });
      expect(recorded.result?.reasons).toEqual([]);
      const bodies = ['/xhr', '/from-same', '/from-other', '/from-worker'].map((path) =>
        bytesOf(exchangeAt(recorded, path)).toString(),
      );
      expect(bodies).toEqual(['by XHR', 'by the same', 'by the other', 'by the worker']);
      expect(bytesOf(exchangeAt(recorded, '/worker.js')).toString()).toBe('fetch("/from-worker")');
      for (let n = 0; n < 40; n += 1) {
        expect(bytesOf(exchangeAt(recorded, `/many?${n}`)).toString()).toBe(`answer /many?${n}`);
      }
      for (const path of ['/same', '/other']) expect(exchangeAt(recorded, path).end?.body).toBe('whole');
    });

    test('pictures, snapshot, PDF, document and text show what the page shows', async () => {
      const recorded = await recordSite(engine(), {
        '/': html(
          `<p>قبل از همه — ‘first’</p><div id="host"></div><div style="height: 3000px"></div><p>Last line</p>
           <form name="body"><input name="title"></form>
           <script>
             document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<b>in the shadow</b>';
             document.title = 'A title of scripts';
             Document.prototype.querySelectorAll = () => { throw new Error('mine'); };
             Element.prototype.toString = () => 'mine';
           </script>`,
        ),
      });
      expect(recorded.result?.reasons).toEqual([]);
      expect(recorded.stored.end).toMatchObject({ title: 'A title of scripts', withheld: [] });
      const picture = artifact(recorded, 'screenshot');
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
      expect(picture.readUInt32BE(20)).toBeGreaterThan(3000);
      expect(artifact(recorded, 'text').toString()).toMatch(/قبل از همه — ‘first’[\s\S]*Last line/);
      const dom = artifact(recorded, 'dom').toString();
      expect(dom).toMatch(/^<!DOCTYPE html>\n<html>/i);
      expect(dom).toMatch(/<template shadowroot(mode)?="open"[^>]*><b>in the shadow<\/b><\/template>/);
      const snapshot = artifact(recorded, 'mhtml').toString().replaceAll('=\r\n', '');
      expect(snapshot).toMatch(/^From: <Saved by Blink>[\s\S]*in the shadow/);
      const pdf = artifact(recorded, 'pdf');
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.toString('latin1')).toMatch(/%%EOF\s*$/);
    });

    test('a page of 20,000 pixels is told in several pictures', async () => {
      const recorded = await recordSite(engine(), { '/': html('<div style="height: 20000px">Long</div>') });
      const pictures = recorded.stored.artifacts.filter(({ role }) => role === 'screenshot');
      const heights = pictures.map((picture) => bytesOf(picture).readUInt32BE(20));
      expect(heights.reduce((sum, height) => sum + height, 0)).toBeGreaterThanOrEqual(20_000);
      expect(pictures.map(({ name }) => name)).toEqual([
        'screenshot-1.png',
        'screenshot-2.png',
        'screenshot-3.png',
      ]);
    });

    test('a page that goes on by itself, asks and warns is recorded where it ends', async () => {
      const recorded = await recordSite(engine(), {
        '/': html('<script>alert("hello"); location.href = "/next#part";</script>'),
        '/next': html('<p>The end</p><script>confirm("sure?"); onbeforeunload = () => "stay";</script>'),
      });
      expect(recorded.result).toMatchObject({ reasons: [], finalUrl: `${recorded.site.origin}/next#part` });
      expect(artifact(recorded, 'text').toString()).toBe('The end');
      expect(recorded.stored.end?.serverClock).toEqual([
        { host: new URL(recorded.site.origin).host, seconds: expect.any(Number) },
      ]);
      expect(Math.abs(recorded.stored.end?.serverClock[0]?.seconds ?? 99)).toBeLessThan(3);
    });

    test('a page that changes its own address says under which one its document came', async () => {
      const recorded = await recordSite(engine(), {
        '/': html('<script>location.href = "/asked";</script>'),
        '/asked': html('<p>The end</p><script>history.pushState(null, "", "/post/5?shown");</script>'),
      });
      const { origin } = recorded.site;
      expect(recorded.stored.end).toMatchObject({
        finalUrl: `${origin}/post/5?shown`,
        documentUrl: `${origin}/asked`,
        reasons: [],
      });
    });

    test('a web socket that is not opened is told; an event stream is kept, or told', async () => {
      const recorded = await recordSite(
        engine(),
        {
          '/': html(
            '<script>new EventSource("/events"); new WebSocket("ws://" + location.host + "/socket");</script>',
          ),
          '/events': (_request, response) => {
            response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n');
          },
        },
        { limits: { idle: 1500 } },
      );
      const { size, end } = exchangeAt(recorded, '/events');
      const reasons = recorded.result?.reasons ?? [];
      const told = reasons.filter(({ message }) => message.includes('/events')).map(({ code }) => code);
      expect({ size, body: end?.body, told }).toEqual(
        size > 0
          ? { size: 11, body: 'truncated', told: [] }
          : { size: 0, body: 'failed', told: ['body-not-recorded'] },
      );
      expect(reasons.filter(({ message }) => message.includes('/socket')).map(({ code }) => code)).toEqual([
        'response-failed',
      ]);
    });
  });

  describe('servers', () => {
    test('an untrusted certificate is told, and recorded where the user goes on', async () => {
      const folder = temporaryFolder();
      const site = await serveSite({ '/': html('<p>Over TLS</p>') }, folder);
      try {
        const refused = await engine().record(`${site.origin}/`);
        expect(refused.result?.reasons.map(({ code }) => code)).toEqual(['certificate-error']);
        expect(refused.stored.exchanges).toEqual([]);

        const accepted = await engine().record(`${site.origin}/`, {
          acceptedCertificateError: 'net::ERR_CERT_AUTHORITY_INVALID',
        });
        const { start } = exchangeAt(accepted, '/');
        const pem = artifact(accepted, 'certificate');
        expect(pem.toString()).toBe(site.certificate);
        writeFileSync(join(folder, 'seen.pem'), pem);
        const der = execFileSync('openssl', ['x509', '-in', join(folder, 'seen.pem'), '-outform', 'DER']);
        expect(start.tls).toEqual({
          protocol: 'TLS 1.3',
          cipher: expect.stringMatching(/AES|CHACHA/),
          certificates: [sha256(der)],
          error: 'net::ERR_CERT_AUTHORITY_INVALID',
        });
        expect(artifact(accepted, 'text').toString()).toBe('Over TLS');
      } finally {
        await site.close();
      }
    });
  });
}
