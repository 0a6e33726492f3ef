import fc from 'fast-check';
import { expect, test } from 'vitest';
import { surt } from '../../../evidence/wacz/surt.ts';

test.each([
  ['https://www.example.org/index.html', 'org,example)/index.html'],
  ['http://example.org', 'org,example)/'],
  ['HTTPS://WWW12.Example.ORG:443/A/', 'org,example)/a'],
  ['http://www2example.org/', 'org,www2example)/'],
  ['https://example.org:80/', 'org,example:80)/'],
  ['http://user:secret@example.org/x#part', 'org,example)/x'],
  ['http://example.org./', 'org,example)/'],
  ['http://192.0.2.7:8080/', '7,2,0,192:8080)/'],
  ['http://[2001:db8::7]/', '[2001:db8::7])/'],
  ['http://bücher.example/', 'example,xn--bcher-kva)/'],
  ['http://example.org/a/?', 'org,example)/a'],
  ['http://example.org/a//b/./c/../d/', 'org,example)/a/b/d'],
  ['http://example.org/..%2f..', 'org,example)/'],
  ['http://example.org/goo/?a=2&b&a=1', 'org,example)/goo?a=1&a=2&b'],
  ['http://example.org/?b=&b&a', 'org,example)/?a&b&b='],
  ['http://example.org/?a=1&', 'org,example)/?&a=1'],
  ['http://example.org/?q=A%20B%2Fc&r=http%3A//x.test/', 'org,example)/?q=a%20b/c&r=http://x.test/'],
  ['http://example.org/%25%32%35', 'org,example)/%25'],
  ['http://example.org/%2525252525', 'org,example)/%25'],
  ['http://example.org/%E6%B8%A1/%zz%', 'org,example)/%e6%b8%a1/%25zz%25'],
  ['http://example.org/~a!b@c%23d$e', 'org,example)/~a!b@c%23d$e'],
  ['http://example.org/?PHPSESSID=0123456789abcdef0123456789abcdef&a=b', 'org,example)/?a=b'],
  ['http://example.org/?x=y&jsessionid=0123456789abcdef0123456789abcdef', 'org,example)/?&x=y'],
  [
    'http://example.org/?sid=0123456789abcdef0123456789abcdef0',
    'org,example)/?sid=0123456789abcdef0123456789abcdef0',
  ],
  ['http://example.org/?CFID=1&CFTOKEN=2-3&r=4', 'org,example)/?r=4'],
  ['http://example.org/(S(4hqa0555fwsecu455xqckv45))/m.aspx', 'org,example)/m.aspx'],
  ['http://example.org/(4hqa0555fwsecu455xqckv45)/m.aspx?a=b', 'org,example)/m.aspx?a=b'],
  ['blob:https://example.org/1 2', 'blob:https://example.org/1%202'],
  ['https://', 'https://'],
])('%s', (url, key) => {
  expect(surt(url)).toBe(key);
});

test('long addresses keep their session ids: looking for them would take too long', () => {
  const session = 'jsessionid=0123456789abcdef0123456789abcdef';
  expect(surt(`http://example.org/?a=${'x'.repeat(4000)}&${session}`)).not.toContain('jsessionid');
  expect(surt(`http://example.org/?a=${'x'.repeat(4100)}&${session}`)).toContain('jsessionid');
  expect(surt(`http://example.org/?${'cfid='.repeat(13_000)}`)).toMatch(/^org,example\)\/\?cfid=cfid=/);
});

test('thirty thousand nested escapes', () => {
  expect(surt(`http://example.org/%25${'25'.repeat(30_000)}`)).toBe('org,example)/%25');
});

test('a key is printable ASCII without spaces, whatever the address', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(
      fc.constantFrom('http://', 'https://a.test/', 'https://a.test/?', 'x:'),
      text,
      (start, rest) => {
        expect(surt(start + rest)).toMatch(/^[\x21-\x7e]+$/);
      },
    ),
    { numRuns: 200 },
  );
});

test('escaping an address once more, or turning its arguments round, changes nothing', () => {
  const argument = fc.tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.stringMatching(/^[a-z0-9%&=/ ]{0,5}$/));
  fc.assert(
    fc.property(fc.array(argument, { minLength: 1, maxLength: 5 }), (pairs) => {
      const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.replaceAll('&', ''))}`);
      const key = surt(`http://a.test/x?${query.join('&')}`);
      expect(surt(`http://a.test/x?${query.toReversed().join('&')}`)).toBe(key);
      expect(surt(`http://a.test/x?${query.join('&').replaceAll('%', '%25')}`)).toBe(key);
    }),
  );
});
