import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measure, splitPolicy } from '../../../evidence/policy/split.ts';
import { wordsOf } from '../../../evidence/policy/words.ts';
import { hasRealPolicies, realTexts } from '../../policies/real.ts';

/** The parts as [kind, title, role, words]. */
function parts(text: string) {
  return splitPolicy(text).map(({ kind, title, role, text: words }) => [kind, title, role, wordsOf(words)]);
}

/** Every byte and code point of the text belongs to exactly one part, and the parts are in order. */
function expectTiled(text: string): void {
  const split = splitPolicy(text);
  expect(split.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  const sizes = measure(text, split);
  expect(sizes.every(({ bytes, points }) => bytes > 0 && points > 0)).toBe(true);
  const sum = (of: 'bytes' | 'points') => sizes.reduce((total, size) => total + size[of], 0);
  const wellFormed = text.toWellFormed();
  expect(sum('bytes')).toBe(Buffer.byteLength(wellFormed));
  expect(sum('points')).toBe([...text].length);
  for (const part of split) expect(text.slice(part.start, part.end)).toContain(part.text);
}

const markdown = `The Rules
=========

Why we have rules. [Read more](https://rules.invalid/a_(b)).

### Safety

Hateful conduct: You may not attack people for what they are.

**Wish of harm.** You may not wish harm on anyone.

###   
Appeals

You can submit an appeal.

What we look at:

*   the severity of the harm;
*   who is
    aimed at; and
    *   nested

NOT ALLOWED

*   Showing how weapons are made
*   Selling weapons

**October 2023**

* * *

> A note in a quotation.
`;

test('headings, lead-in words, bold leads, sentences with their lists, lists of rules', () => {
  expect(parts(markdown)).toEqual([
    ['heading', 'The Rules', null, 'The Rules ========='],
    ['clause', 'The Rules', null, 'Why we have rules. Read more.'],
    ['heading', 'Safety', null, 'Safety'],
    [
      'clause',
      'Hateful conduct',
      'prohibition',
      'Hateful conduct: You may not attack people for what they are.',
    ],
    ['clause', 'Wish of harm', 'prohibition', 'Wish of harm. You may not wish harm on anyone.'],
    ['heading', 'Appeals', null, 'Appeals'],
    ['clause', 'Appeals', null, 'You can submit an appeal.'],
    ['clause', 'Appeals', null, 'What we look at: the severity of the harm; who is aimed at; and nested'],
    ['heading', 'NOT ALLOWED', null, 'NOT ALLOWED'],
    ['clause', 'NOT ALLOWED', 'prohibition', 'Showing how weapons are made'],
    ['clause', 'NOT ALLOWED', 'prohibition', 'Selling weapons'],
    ['heading', 'October 2023', null, 'October 2023'],
    ['clause', 'NOT ALLOWED', 'prohibition', 'A note in a quotation.'],
  ]);
  expectTiled(markdown);
});

/** As a PDF's text looks: each printed line a paragraph, list marks on lines of their own. */
function printed(...lines: string[]): string {
  return lines.map((line) => (line === '' ? ' \n\n' : `${line} \n\n`)).join('');
}

const page = printed(
  '**Violent threats policy**',
  '**(20190607*)**',
  '**Overview**',
  '**March 2019**',
  '**You may not threaten violence against an individual or a group of people. We also prohibit the**',
  '**glorification of violence.**',
  'Healthy conversation is only possible when people feel safe from abuse and do not resort to using',
  'violent language in any form at all, whoever they are.',
  'Violence: You may not threaten violence against a person. Learn more about our policies on violence.',
  'Terrorism/violent extremism: You may not threaten or promote terrorism. Learn more.',
  '**What is in violation of this policy?**',
  'Under this policy, you can’t state an intention to inflict violence on a specific person or group of',
  'people. Violations of this policy include, but are not limited to:',
  '•',
  'threatening to kill someone;',
  '•',
  'threatening to seriously hurt someone and/or commit another violent act that could lead to the death',
  'or serious physical injury of that person; and',
  '•',
  'asking for a reward.',
  '**What is not a violation of this policy?**',
  'Exceptions may be made for violent acts by state actors, where violence was not primarily targeting',
  'protected groups.',
  '**What happens if you violate this policy?**',
  'The first time you violate this policy, we will require you to remove this content. If you continue to',
  'violate this policy after receiving a warning, your account will be permanently suspended.',
);

test('a text out of a PDF is joined again, line by line, before it is split', () => {
  expect(parts(page)).toEqual([
    ['heading', 'Violent threats policy', null, 'Violent threats policy'],
    ['heading', 'Overview', null, 'Overview March 2019'],
    [
      'clause',
      'Overview',
      'prohibition',
      'You may not threaten violence against an individual or a group of people. We also prohibit the glorification of violence.',
    ],
    ['clause', 'Overview', null, expect.stringMatching(/^Healthy conversation.*whoever they are\.$/)],
    ['clause', 'Violence', 'prohibition', expect.stringMatching(/^Violence: .*on violence\.$/)],
    ['clause', 'Terrorism/violent extremism', 'prohibition', expect.stringMatching(/^Terrorism.*more\.$/)],
    ['heading', 'What is in violation of this policy?', null, 'What is in violation of this policy?'],
    [
      'clause',
      'What is in violation of this policy?',
      'prohibition',
      expect.stringMatching(
        /^Under this policy.*threatening to kill someone;.*injury of that person; and asking for a reward\.$/,
      ),
    ],
    ['heading', 'What is not a violation of this policy?', null, 'What is not a violation of this policy?'],
    [
      'clause',
      'What is not a violation of this policy?',
      'exception',
      expect.stringContaining('state actors'),
    ],
    ['heading', 'What happens if you violate this policy?', null, 'What happens if you violate this policy?'],
    [
      'clause',
      'What happens if you violate this policy?',
      'sanction',
      expect.stringContaining('after receiving a warning'),
    ],
  ]);
  expectTiled(page);
});

describe('every byte belongs to exactly one part', () => {
  test.each([
    ['only white space before and after', '\n\n  Words.\n \n\n'],
    ['a byte order mark, CR LF', '\ufeff# Title\r\n\r\nWords.\r\n'],
    ['no letters at all', '***\n\n---\n'],
    ['emoji, joiners, right to left', '# 👩‍👩‍👧\n\nقوانین: شما نباید می‌خواهید 👍🏽.\n'],
    ['a heading mark with nothing after it', '###\n'],
    ['a list lead with nothing after it', '* \n\n1.\n'],
  ])('%s', (_what, text) => expectTiled(text));

  test('whatever the text', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        '### ',
        '### Title',
        '=====',
        '---',
        '* item;',
        '•',
        '1. Step',
        '**Bold**',
        '**Lead.** Words.',
      ),
      fc.constantFrom(
        'Hateful conduct: You may not.',
        '(20190607*)',
        '**October 2020**',
        '![](data:x)',
        '> quoted',
        '    set in',
      ),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const ends = fc.constantFrom('\n', '\n\n', '\r\n', ' \n\n', '\r');
    const texts = fc
      .array(fc.tuple(line, ends), { minLength: 1, maxLength: 40 })
      .map((all) => all.flat().join('').toWellFormed())
      .filter((text) => text !== '');
    fc.assert(
      fc.property(texts, (text) => expectTiled(text)),
      { numRuns: 500 },
    );
  });

  test.skipIf(!hasRealPolicies)(
    'of the 125 real texts',
    () => {
      const texts = realTexts();

      for (const { text } of texts) expectTiled(text);

      expect(texts).toHaveLength(125);
    },
    120_000,
  );
});

test.each([
  ['open brackets', '['.repeat(400_000)],
  ['open emphasis', '**a'.repeat(150_000)],
  ['spaces before a heading’s end', `# a${' '.repeat(400_000)}b`],
  ['pictures that never end', '![](('.repeat(100_000)],
  ['one list lead after the other', '* * '.repeat(100_000)],
])('a text made to be slow is not: %s', (_what, text) => {
  const started = performance.now();

  splitPolicy(text);

  // Quadratic work on such a line would take minutes.
  expect(performance.now() - started).toBeLessThan(10_000);
});
