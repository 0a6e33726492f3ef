/** A page with secrets of every kind: none of them may stand in what the archive seals. */
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { html, type Route } from '../../support/site-server.ts';
import type { TestEngine } from './engines.ts';
import { sealed } from './memory-sink.ts';
import { bytesOf, exchangeAt, recordSite } from './table.ts';

export const planted = {
  cookie: 'c00kie-planted-value-7f3a',
  scriptCookie: 'sess.planted%2Fby%2Fscript-9d',
  bearer: 'bearer.planted+token/5e1c==',
  lateToken: 'late-planted-token-8b2f',
  csrf: 'csrf-planted-value-44ab',
  query: 'query-planted-token-17cc',
  user: 'planted.user@example.test',
  password: 'planted-Passw0rd/&x',
  typed: 'planted-typed-secret-3',
  fragment: 'fragment-planted-token-6d11',
  redirect: 'redirect-planted-c00kie-2b90',
  socket: 'socket-planted-token-77aa',
  stored: 'stored-planted-token/9c+2==',
  hidden: 'hidden-planted-csrf-55e0',
  json: 'json-planted-token-31fb',
};

function json(body: unknown, headers: Record<string, string> = {}): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

const page: Route = html(
  `<meta name="csrf-token" content="${planted.csrf}">
   <p>Signed in</p>
   <form action="/login" method="post">
     <input name="user" value="${planted.user}"><input type="password" name="password" value="${planted.password.replace('&', '&amp;')}">
     <input type="hidden" name="csrf_token" value="${planted.hidden}">
   </form>
   <input type="password" id="typed">
   <script src="/late.js"></script>
   <script>
     document.cookie = 'session=${planted.scriptCookie}';
     document.getElementById('typed').value = ['planted', 'typed', 'secret', '3'].join('-');
     const csrf = document.querySelector('meta').content;
     const form = document.querySelector('form');
     const done = [];
     done.push(fetch('/api', { headers: { authorization: 'Bearer ${planted.bearer}', 'x-csrf-token': csrf } }));
     done.push(fetch('/api?access_token=${planted.query}&plain=1'));
     done.push(fetch('/login', { method: 'POST', body: new URLSearchParams(new FormData(form)) }));
     done.push(fetch('/login?multipart', { method: 'POST', body: new FormData(form) }));
     done.push(fetch('/login?json', { method: 'POST', headers: { 'content-type': 'application/json' },
       body: JSON.stringify(Object.fromEntries(new FormData(form))) }));
     done.push(fetch('/hop'));
     done.push(fetch('/api', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":{"access_token":"${planted.json}"}}' }));
     new WebSocket('ws://' + location.host + '/socket?token=${planted.socket}');
     localStorage.setItem('held', '${planted.stored}');
     done.push(fetch('/api', { headers: { authorization: 'Bearer ' + localStorage.getItem('held') } }));
     history.replaceState(null, '', '?sid=${planted.query}#access_token=${planted.fragment}');
     done.push(fetch('/api?after'));
     Promise.all(done).then(() => setTimeout(() => {
       fetch('/api/late', { headers: { authorization: 'Bearer ' + window.words.join('-') } });
       document.body.append(document.cookie, localStorage.getItem('held'), btoa(localStorage.getItem('held')), document.getElementById('typed').value);
     }, 300));
   </script>`,
  { 'set-cookie': `sid=${planted.cookie}; HttpOnly; Path=/` },
);

/** Sends its secrets by every way that a page has. */
export const plantedSite: Record<string, Route> = {
  '/': page,
  // As a word of its own it is no secret yet when the script passes.
  '/late.js': (_request, response) => {
    const source = `window.words = ["${planted.lateToken}"];`;
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(source);
  },
  '/api': json({ echo: planted.cookie, data: { id: planted.bearer, text: 'plain' } }),
  '/api/late': json({ fine: true }),
  '/login': json({ ok: true, password: planted.password }, { location: `/x?token=${planted.query}` }),
  '/hop': (_request, response) =>
    response
      .writeHead(302, {
        location: `/api?token=${planted.query}`,
        'set-cookie': `auth=${planted.redirect}; HttpOnly`,
      })
      .end(),
};

export function testSecrets(engine: () => TestEngine): void {
  describe('secrets of the session', () => {
    test('stand nowhere in what the archive seals, and each is accounted for', async () => {
      const recorded = await recordSite(engine(), plantedSite);
      expect(recorded.error).toBeNull();
      const { stored } = recorded;
      const late = exchangeAt(recorded, '/late.js');
      expect(bytesOf(late).toString()).toContain(planted.lateToken);
      expect(sealed(stored, late).toString()).toMatch(/^window.words = \["withheld:\w{14}"\];$/);
      const { secrets: _known, ...told } = stored;
      const bodies = [...stored.exchanges, ...stored.artifacts].map((one) => ({
        one,
        bytes: sealed(stored, one),
      }));
      const texts = [
        JSON.stringify(told, (key, value) => (key === 'base64' || key === 'salt' ? undefined : value)),
        ...bodies.map(({ bytes }) => bytes.toString('latin1')),
        ...bodies.map(({ bytes }) => unquoted(bytes.toString('latin1'))),
        ...bodies.flatMap(({ bytes }) => inflated(bytes)),
        ...stored.exchanges.map(({ start }) =>
          Buffer.from(start.requestBody ?? '', 'base64').toString('latin1'),
        ),
      ];
      for (const [name, secret] of Object.entries(planted)) {
        for (const spelling of [secret, encodeURIComponent(secret), decodeURIComponent(secret)]) {
          const holders = texts.filter((text) => text.includes(spelling));
          expect({ name, holders: holders.map((text) => text.slice(0, 300)) }).toEqual({ name, holders: [] });
        }
      }
      const names = new Set(
        [
          ...stored.exchanges.flatMap(({ start, end }) => [...start.withheld, ...(end?.withheld ?? [])]),
          ...(stored.end?.withheld ?? []),
        ].map(({ where, name }) => `${where} ${name.toLowerCase()}`),
      );
      for (const expected of [
        'response-header set-cookie: sid',
        'request-header cookie: sid',
        'request-header cookie: session',
        'request-header authorization',
        'request-header x-csrf-token',
        'url access_token',
        'request-body user',
        'request-body password',
        'response-body csrf-token',
      ]) {
        expect([...names]).toContain(expected);
      }
      expect([...names].some((name) => name.startsWith('artifact '))).toBe(true);
      expect(stored.artifacts.map(({ role }) => role)).not.toContain('pdf');
      expect(recorded.result?.reasons.map(({ message }) => message).join()).toMatch(
        /No PDF of the page is kept/,
      );
      // What is no secret is as it was.
      expect(sealed(stored, exchangeAt(recorded, '/api/late')).toString()).toBe('{"fine":true}');
      const markers = exchangeAt(recorded, '/login?json').start.requestBody ?? '';
      expect(Buffer.from(markers, 'base64').toString()).toMatch(
        /^\{"user":"withheld:\w{16}","password":"withheld:\w{16}","csrf_token":"withheld:\w{16}"\}$/,
      );
    });
  });
}

/** Quoted-printable, decoded. */
function unquoted(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The compressed streams of a PDF. */
function inflated(bytes: Buffer): string[] {
  return [...bytes.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)endstream/g)].flatMap(
    ([, data = '']) => {
      try {
        return [inflateSync(Buffer.from(data, 'latin1')).toString('latin1')];
      } catch {
        return [];
      }
    },
  );
}
