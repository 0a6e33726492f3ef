import { describe, expect, test } from 'vitest';
import { elementsOf, parseHtml } from '../../../sites/html/parse.ts';

const refusal = (text: string) => {
  const parsed = parseHtml(text);
  return 'refused' in parsed ? parsed.refused : null;
};

describe('what no real page needs is refused in words', () => {
  test.each([
    ['depth', '<div>'.repeat(3000), /deep/],
    [
      'formatting that opens again in each paragraph',
      `<p>${Array.from({ length: 1500 }, (_, i) => `<b a=${i}>`).join('')}x${'<p>x'.repeat(5000)}`,
      /elements|deep/,
    ],
    ['size', 'x'.repeat(32 * 1024 * 1024 + 1), /characters/],
  ])('%s', (_, text, reason) => {
    expect(refusal(text)).toMatch(reason);
  });
});

test('what a real page may have is parsed', () => {
  expect(refusal('<div>'.repeat(1500))).toBeNull();
  expect(refusal(`<p${Array.from({ length: 50_000 }, (_, i) => ` a${i}`).join('')}>`)).toBeNull();
  expect(refusal(`<table>${'<b>x</b>'.repeat(20_000)}</table>`)).toBeNull();
});

test('elements in tree order; templates hold none', () => {
  const parsed = parseHtml('<body><p><b>x</b></p><template><i>y</i></template><u>z</u>');
  if ('refused' in parsed) throw new Error(parsed.refused);
  expect([...elementsOf(parsed.document)].map(({ tagName }) => tagName)).toEqual([
    'html',
    'head',
    'body',
    'p',
    'b',
    'template',
    'u',
  ]);
});
