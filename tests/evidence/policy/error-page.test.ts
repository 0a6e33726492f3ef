import { describe, expect, test } from 'vitest';
import { policyText } from '../../../evidence/policy/check-text.ts';
import { isErrorPage } from '../../../evidence/policy/error-page.ts';
import { hasRealPolicies, realTexts } from '../../policies/real.ts';

const oops =
  'Oops!\n\n404\n\nThe page you were looking for could not be found. It might have been removed, renamed, or did not exist in the first place. Search for:\n';

test.each([
  ['an error page', oops],
  ['the same, put together many times', Array<string>(12).fill(oops).join('\n- - -\n\n')],
  ['a short one', '# 404 Not Found\n\nnginx\n'],
  ['a gateway that failed', '502 Bad Gateway'],
  ['a page in front of the page', 'Just a moment\n\nEnable JavaScript and cookies to continue\n'],
  ['a German one', '# Hoppla\n\nDie Seite, die du suchst, wurde nicht gefunden.\n'],
])('%s is told apart from the text of a policy', (_, text) => {
  expect(isErrorPage(text)).toBe(true);
  expect(() => policyText(Buffer.from(text), '20260820_rules.md')).toThrow(
    expect.objectContaining({
      code: 'policy-not-the-page',
      message: expect.stringContaining('20260820_rules.md') as string,
    }),
  );
});

test.each([
  ['a short rule', 'Spam: You may not spam.\n'],
  ['a rule about pages that are gone', 'You may not link to a page that does not exist.\n'],
  [
    'words of an error in a long text',
    `${oops}\n${'Another rule of the house stands here, with its own words. '.repeat(20)}`,
  ],
  ['a number alone', 'Section 404\n\nAds must name who paid for them.\n'],
])('%s is taken', (_, text) => {
  expect(isErrorPage(text)).toBe(false);
  expect(policyText(Buffer.from(text), 'rules.md')).toBe(text);
});

test('a text of megabytes is no error page, and is not looked into for long', () => {
  expect(isErrorPage('404 not found page '.repeat(200_000))).toBe(false);
});

describe.skipIf(!hasRealPolicies)('the real archives', () => {
  test('one of 125 texts is an error page', () => {
    const texts = realTexts();
    expect(texts).toHaveLength(125);
    expect(texts.filter(({ text }) => isErrorPage(text)).map(({ path }) => path)).toEqual([
      'pga-v2/TikTok/Community Guidelines/2026-08-20T010551.md',
    ]);
  });
});
