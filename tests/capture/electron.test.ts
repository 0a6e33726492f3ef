/** The recorder in a real Electron. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { html, type Route } from '../support/site-server.ts';
import { electron, type TestEngine } from './support/engines.ts';
import { testBroken, testEnds, testLarge } from './support/hostile.ts';
import { testPages } from './support/pages.ts';
import { testSecrets } from './support/planted.ts';
import type { Recorded } from './support/run.ts';
import { artifact, bodiesPage, exchangeAt, recordSite, sha256, testBodies } from './support/table.ts';

let engine: TestEngine;
let bodies: Recorded;

beforeAll(async () => {
  engine = await electron();
  bodies = await bodiesPage(engine);
});
afterAll(() => engine?.close());

const mebibyte = 1024 * 1024;
/** An engine without streams of bodies gives a large one in one message. */
const expectations = { growth: 300 * mebibyte, keepsPartial: false };

testBodies(() => bodies);
testLarge(() => engine, expectations);
testBroken(() => engine, expectations);
testEnds(() => engine);
testPages(() => engine);
testSecrets(() => engine);

test('what is too large for one message is recorded in the page’s stead', async () => {
  const huge = Buffer.alloc(70 * mebibyte, 'seventy million bytes\xff', 'latin1');
  const site: Record<string, Route> = {
    '/': html('<script>fetch("/huge").catch(() => {})</script>'),
    '/huge': (_request, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': String(huge.length) });
      response.end(huge);
    },
  };
  // Reading it takes several times as long as an answer may be silent.
  const recorded = await recordSite(engine, site, { limits: { idle: 700 } });
  const { end, size, sha256: digest } = exchangeAt(recorded, '/huge');
  expect({ size, digest }).toEqual({ size: huge.length, digest: sha256(huge) });
  expect(end).toMatchObject({ body: 'whole', reason: null });
  expect(recorded.result?.reasons).toEqual([]);
  expect(recorded.peakGrowth).toBeLessThan(expectations.growth);
});

const listening =
  html(`<textarea autofocus style="width:400px;height:200px"></textarea><div style="height:5000px"></div>
  <p id="log">untouched</p><script>
    const names = ['mousedown', 'mousemove', 'click', 'wheel', 'keydown', 'keypress', 'input', 'dragstart', 'touchstart', 'scroll'];
    for (const name of names) addEventListener(name, () => { log.textContent += ' ' + name; }, true);
    document.querySelector('textarea').focus();
    setTimeout(() => fetch('/slow').then((answer) => answer.text()).catch(() => {}), 300);
  </script>`);
/** A second of bytes, so that what is done when the first has come is done while the page is there. */
const slow: Route = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write('x'.repeat(5000));
  setTimeout(() => response.end('y'), 1000);
};
const loggedAs = /untouched[\w ]*/;

test('what a person does to the page while it is recorded does not reach it', async () => {
  const recorded = await recordSite(
    engine,
    { '/': listening, '/slow': slow },
    { after: { bytes: 1000, act: 'disturb' }, stage: { kind: 'view', width: 700, height: 400 } },
  );
  expect(recorded.result?.reasons).toEqual([]);
  expect(loggedAs.exec(artifact(recorded, 'text').toString())?.[0].trim()).toBe('untouched');
});
