import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { savedPageFacts } from '../../../sites/html/saved-page.ts';

const page = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'pages', name), 'latin1');

test("SingleFile's comment", () => {
  expect(savedPageFacts(page('chirp-post.singlefile.html'))).toEqual({
    url: 'https://chirp.example/@dorian_vale_tv/1750112233445566',
    savedAt: '2025-01-15T07:30:12.000Z',
    savedAtRaw: 'Wed Jan 15 2025 09:30:12 GMT+0200 (Eastern European Standard Time)',
    tool: 'SingleFile',
    canonicalUrl: 'https://chirp.example/@dorian_vale_tv/1750112233445566',
    openGraphUrl: 'https://chirp.example/@dorian_vale_tv/1750112233445566',
  });
});

test("a browser's mark of the web", () => {
  expect(savedPageFacts(page('minbar-post.windows-1256.html'))).toMatchObject({
    url: 'https://minbar.example/read.php?t=58',
    savedAt: null,
    tool: 'browser',
  });
});

test('a page that says nothing', () => {
  expect(savedPageFacts('<p>url: https://a.example</p>')).toEqual({
    url: null,
    savedAt: null,
    savedAtRaw: null,
    tool: null,
    canonicalUrl: null,
    openGraphUrl: null,
  });
});

test.each([
  'tomorrow',
  '2025',
  'Wed Jan 15 2025 09:30:12',
  'Wed Foo 99 2025 99:99:99 GMT+0200',
  'Mon Feb 31 2025 10:00:00 GMT+0100',
  // Of these a lenient parser makes an instant, in the zone of the reader's machine.
  '01-14-2021 10:00',
  '2021-01-14 10:00 (GMT+2)',
  'Zebra 2021',
  '2021-01-14T10:00Z',
])('a date that is none: %s', (date) => {
  const facts = savedPageFacts(
    `<!--\n Page saved with SingleFile \n url: https://a.example \n saved date: ${date}\n-->`,
  );
  expect(facts).toMatchObject({ url: 'https://a.example', savedAt: null, savedAtRaw: date });
});

test('addresses in the body and in comments are not the page’s', () => {
  const facts = savedPageFacts(
    '<head><!-- <link rel=canonical href=https://no.example> --></head><body><link rel=canonical href=https://no.example>',
  );
  expect(facts.canonicalUrl).toBeNull();
});

test('any text gives facts', () => {
  const pieces = fc.constantFrom(
    '<!--',
    '-->',
    'Page saved with SingleFile',
    '\nurl: ',
    '<link rel=canonical href=',
    '>',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
      expect(savedPageFacts(parts.join('')).savedAt).toBeNull();
    }),
  );
});
