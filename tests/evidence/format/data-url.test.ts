import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataUrl } from '../../../evidence/format/data-url.ts';

test.each([
  ['data:,a%20b', 'text/plain', 'a b'],
  ['data:text/html;charset=utf-8,%3Cp%3E', 'text/html', '<p>'],
  ['DATA:IMAGE/PNG;BASE64,aGk=', 'image/png', 'hi'],
  ['data:image/png;base64,aG%6B%3D', 'image/png', 'hi'],
  ['data:image/svg+xml;charset=utf-8;base64, a G k =', 'image/svg+xml', 'hi'],
  ['data:nonsense,x#fragment', 'text/plain', 'x'],
])('%s', (url, mediaType, body) => {
  const found = dataUrl(url);
  expect(found?.mediaType).toBe(mediaType);
  expect(Buffer.from(found?.bytes ?? []).toString('latin1')).toBe(body);
});

test.each([
  'https://a.example/',
  'data:image/png;base64',
  'data:image/png;base64,a$$$',
  `data:${'x'.repeat(2000)},a`,
])('no data address: %s', (url) => {
  expect(dataUrl(url)).toBeNull();
});

test('any bytes come back exactly, as base64 and percent-encoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const base64 = Buffer.from(bytes).toString('base64');
      const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
      expect([...(dataUrl(`data:image/gif;base64,${base64}`)?.bytes ?? [])]).toEqual([...bytes]);
      expect([...(dataUrl(`data:image/gif,${percent}`)?.bytes ?? [])]).toEqual([...bytes]);
    }),
  );
});

test('any string is an address or is not', () => {
  fc.assert(
    fc.property(fc.string(), (rest) => {
      const found = dataUrl(`data:${rest}`);
      expect(found === null || found.bytes instanceof Uint8Array).toBe(true);
    }),
  );
});
