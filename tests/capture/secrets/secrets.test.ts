import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hideInMhtml } from '../../../capture/artifacts/mhtml.ts';
import { BodyStream } from '../../../capture/secrets/body-stream.ts';
import { hideInHeaders, learnFromHeaders } from '../../../capture/secrets/headers.ts';
import { KnownSecrets } from '../../../capture/secrets/known.ts';
import { hideInRequestBody } from '../../../capture/secrets/request-body.ts';
import { hideInUrl } from '../../../capture/secrets/url.ts';
import type { KnownSecret } from '../../../contract/model/recording.ts';

const session = 'b7Kq-20-planted-session';
const marker = /withheld:[0-9a-f]{16}/;

function known(): { secrets: KnownSecrets; told: KnownSecret[] } {
  const told: KnownSecret[] = [];
  return {
    secrets: new KnownSecrets(
      (length) => randomBytes(length),
      (secret) => told.push(secret),
    ),
    told,
  };
}

function hide(body: string, type: string, url = 'https://site.test/form') {
  const { secrets, told } = known();
  const { bytes, withheld } = hideInRequestBody(Buffer.from(body), type, url, secrets);
  return { text: Buffer.from(bytes).toString(), names: withheld.map(({ name }) => name), told };
}

describe('headers', () => {
  test('cookies keep their names, credentials their scheme, all else its value', () => {
    const { secrets } = known();
    const { headers, withheld } = hideInHeaders(
      [
        ['Accept', '*/*'],
        ['Cookie', `lang=en; sid=${session}; empty=; quoted="${session}2"`],
        ['Authorization', 'Bearer abc.def.ghi-123'],
        ['Proxy-Authorization', 'Basic dXNlcjpwYXNzd29yZA=='],
        ['X-CSRF-Token', 'short'],
      ],
      'request-header',
      secrets,
    );
    expect(headers[0]).toEqual(['Accept', '*/*']);
    expect(headers[1]?.[1]).toMatch(
      /^lang=withheld:\w{16}; sid=withheld:\w{16}; empty=; quoted="withheld:\w{16}"$/,
    );
    expect(headers[2]?.[1]).toMatch(/^Bearer withheld:[0-9a-f]{16}$/);
    expect(headers[3]?.[1]).toMatch(/^Basic withheld:[0-9a-f]{16}$/);
    expect(headers[4]?.[1]).toMatch(/^withheld:[0-9a-f]{16}$/);
    expect(withheld.map(({ name }) => name)).toEqual([
      'Cookie: lang',
      'Cookie: sid',
      'Cookie: quoted',
      'Authorization',
      'Proxy-Authorization',
      'Proxy-Authorization',
      'X-CSRF-Token',
    ]);
  });

  test('Set-Cookie keeps its attributes, also where the engine joins several', () => {
    const { secrets } = known();
    const { headers } = hideInHeaders(
      [['set-cookie', `sid=${session}; Path=/; HttpOnly\nb=${session}9; Secure`]],
      'response-header',
      secrets,
    );
    expect(headers[0]?.[1]).toMatch(/^sid=withheld:\w{16}; Path=\/; HttpOnly\nb=withheld:\w{16}; Secure$/);
  });

  test('a commitment can be checked by whoever has salt and secret', () => {
    const { secrets } = known();
    const { withheld } = hideInHeaders([['Cookie', `sid=${session}`]], 'request-header', secrets);
    const [{ salt, commitment } = { salt: '', commitment: '' }] = withheld;
    const digest = createHash('sha256')
      .update(Buffer.from(`04${salt}`, 'hex'))
      .update(session)
      .digest('hex');
    expect(commitment).toBe(digest);
  });

  test('a value that was seen as a secret is replaced in other headers and addresses too', () => {
    const { secrets, told } = known();
    learnFromHeaders([['Cookie', `sid=${session}; theme=dark; lang=en-GB`]], secrets);
    expect(told.map(({ secret }) => secret)).toEqual([session]);
    const { headers } = hideInHeaders(
      [['Referer', `https://a.test/${session}?x=1`]],
      'request-header',
      secrets,
    );
    expect(headers[0]?.[1]).toMatch(/^https:\/\/a\.test\/withheld:\w{16}\?x=1$/);
  });
});

describe('addresses', () => {
  test.each([
    ['https://a.test/x?access_token=abc&b=2', /^https:\/\/a\.test\/x\?access_token=withheld:\w{16}&b=2$/],
    ['https://a.test/x?b=2#id_token=abc', /\?b=2#id_token=withheld:\w{16}$/],
    ['https://user:pass%20word@a.test/', /^https:\/\/user:withheld:\w{16}@a\.test\/$/],
    ['https://a.test/?csrf%5Ftoken=abc', /\?csrf%5Ftoken=withheld:\w{16}$/],
  ])('%s', (url, expected) => {
    const hidden = hideInUrl(url, known().secrets);
    expect(hidden.text).toMatch(expected);
    expect(hidden.withheld).toHaveLength(1);
  });

  test.each([
    'https://a.test/?id=5&tokens=3&sort=a',
    'https://cdn.test/v.mp4?sig=abc&expire=1',
    'no address',
  ])('%s is left as it is', (url) =>
    expect(hideInUrl(url, known().secrets)).toEqual({ text: url, withheld: [] }),
  );
});

describe('what the page sends', () => {
  test('of a sign-in nothing is left, in any form', () => {
    const form = hide('user=jane%40a.test&pass%77ord=hunter%2B2+x&go=1', 'application/x-www-form-urlencoded');
    expect(form.text).toMatch(/^user=withheld:\w{16}&pass%77ord=withheld:\w{16}&go=withheld:\w{16}$/);
    expect(form.told.map(({ secret }) => secret)).toEqual(['hunter+2 x']);

    const json = hide(
      '{"a":[{"user":"jane","deep":{"password":"hunt\\"er2!"},"n":12}],"ok":true}',
      'text/plain',
    );
    expect(json.text).toMatch(
      /^\{"a":\[\{"user":"withheld:\w{16}","deep":\{"password":"withheld:\w{16}"\},"n":withheld:\w{16}\}\],"ok":true\}$/,
    );
    expect(json.names).toEqual(['user', 'password', 'n']);

    const parts = [
      '--X\r\nContent-Disposition: form-data; name="email"\r\n\r\njane@a.test\r\n',
      '--X\r\nContent-Disposition: form-data; name="password"\r\n\r\nhunter2\r\n--X--\r\n',
    ].join('');
    const multipart = hide(parts, 'multipart/form-data; boundary=X');
    expect(multipart.text).toBe(
      parts
        .replace('jane@a.test', marker.exec(multipart.text)?.[0] ?? '')
        .replace('hunter2', multipart.text.match(/withheld:\w{16}/g)?.[1] ?? ''),
    );
  });

  test('a name that is asked for before the password is part of a sign-in', () => {
    const { text } = hide(
      'username=jane',
      'application/x-www-form-urlencoded',
      'https://a.test/login?step=1',
    );
    expect(text).toMatch(/^username=withheld:/);
  });

  test('of anything else only tokens are taken', () => {
    const { text } = hide('text=hello&authenticity_token=abc&id=5', 'application/x-www-form-urlencoded');
    expect(text).toMatch(/^text=hello&authenticity_token=withheld:\w{16}&id=5$/);
  });

  test.each(['', '{"password":', '{"password":"x', '--X', 'a', '=&=&', '\u0000\u00ff'])(
    '%j is no trouble',
    (body) => {
      for (const type of ['application/json', 'multipart/form-data; boundary=X', '']) {
        expect(hide(body, type).text.length).toBeGreaterThanOrEqual(Math.min(body.length, 1));
      }
    },
  );
});

describe('what the server sends', () => {
  const page = `<!doctype html><meta name="csrf-token" content="meta-token-1"><p>Bearer authentication is prose</p>
<form action="/login"><input name="user" value="jane.doe"><input type="password" value="hunter2"><input type=hidden name=authenticity_token value=hidden-token-22></form>
<input name="q" value="a search"><script>const a={"access_token":"json-token-333"};go("Bearer literal-token-4")</script>`;
  const planted = [
    'meta-token-1',
    'jane.doe',
    'hunter2',
    'hidden-token-22',
    'json-token-333',
    'literal-token-4',
  ];

  test('tokens and filled-in sign-in forms are replaced by markers of their length', () => {
    const { secrets } = known();
    const stream = new BodyStream(secrets, true);
    const hidden = Buffer.concat(stream.whole(Buffer.from(page))).toString();
    for (const secret of planted) expect(hidden).not.toContain(secret);
    expect(hidden).toHaveLength(page.length);
    expect(hidden).toContain('value="a search"');
    expect(hidden).toContain('Bearer authentication is prose');
    expect(stream.withheld.map(({ where }) => where)).toEqual(planted.map(() => 'response-body'));
  });

  test('cut anywhere, tokens are found as well', () => {
    const long = `${'x'.repeat(20_000)}${page}${'y'.repeat(20_000)}`;
    for (const size of [1000, 8191, 20_050, 20_300]) {
      const stream = new BodyStream(known().secrets, true);
      const parts: Uint8Array[] = [];
      for (let at = 0; at < long.length; at += size) {
        parts.push(...stream.push(Buffer.from(long.slice(at, at + size))));
      }
      parts.push(...stream.end());
      const hidden = Buffer.concat(parts).toString();
      expect(hidden).toHaveLength(long.length);
      for (const secret of ['meta-token-1', 'hunter2', 'json-token-333', 'literal-token-4']) {
        expect(hidden).not.toContain(secret);
      }
    }
  });

  test('a secret that becomes known while a body passes is replaced from there on', () => {
    const { secrets } = known();
    const stream = new BodyStream(secrets, false);
    const first = Buffer.concat(stream.push(Buffer.from(`1 ${session} 2 ${session.slice(0, 5)}`)));
    secrets.search(session, 'Cookie: sid');
    const rest = Buffer.concat([
      ...stream.push(Buffer.from(`${session.slice(5)} 3 ${session}`)),
      ...stream.end(),
    ]);
    expect(Buffer.concat([first, rest]).toString().split(session)).toHaveLength(3);
    expect(rest.toString().endsWith('*'.repeat(0))).toBe(true);
    expect(stream.withheld).toHaveLength(1);
  });

  test('hostile text costs no more than its length', () => {
    const stream = new BodyStream(known().secrets, true);
    const hostile = ['<input '.repeat(60_000), '<form'.repeat(60_000), '"access_token"'.repeat(30_000)].join(
      '',
    );
    const began = performance.now();
    expect(Buffer.concat(stream.whole(Buffer.from(hostile))).length).toBe(hostile.length);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('MHTML', () => {
  const qp = (text: string): string => text.replaceAll('=', '=3D').replace(/(.{60})/g, '$1=\r\n');
  const body = `<html><p>before the token=${session} and after it, in a line that is longer than one line can be</p></html>`;
  const snapshot = [
    'From: <Saved by Blink>',
    `Snapshot-Content-Location: https://a.test/${session}`,
    'Content-Type: multipart/related;',
    '\ttype="text/html";',
    '\tboundary="----X"',
    '',
    '------X',
    'Content-Type: text/html',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    qp(body),
    '------X',
    'Content-Type: application/octet-stream',
    'Content-Transfer-Encoding: base64',
    '',
    (
      Buffer.from(`binary ${session}`)
        .toString('base64')
        .match(/.{1,20}/g) ?? []
    ).join('\r\n'),
    '------X',
    'Content-Type: text/css',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'a { color: r=\r\ned }',
    '------X--',
    '',
  ].join('\r\n');

  test('secrets are found inside the encodings of the parts; other parts keep their bytes', () => {
    const { secrets } = known();
    secrets.search(session, 'Cookie: sid');
    const { text, withheld } = hideInMhtml(snapshot, secrets);
    const plain = text.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(plain).not.toContain(session);
    expect(plain).toMatch(/before the token=withheld:\w{14} and after it/);
    const [, base64 = ''] = /base64\r\n\r\n([^-]*)/.exec(text) ?? [];
    expect(Buffer.from(base64, 'base64').toString()).toMatch(/^binary withheld:/);
    expect(text).toContain('a { color: r=\r\ned }\r\n------X--');
    expect(withheld).toHaveLength(1);
    expect(hideInMhtml(snapshot, known().secrets)).toEqual({ text: snapshot, withheld: [] });
  });
});
