import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyText } from '../../../evidence/policy/check-text.ts';
import { type DiffClause, diffClauses, diffWords } from '../../../evidence/policy/diff.ts';
import { causeByMessage, seenByName } from '../../../evidence/policy/file-name.ts';

const clause = (key: string, text: string, path = ['Rules']): DiffClause => ({
  key,
  title: key,
  path,
  text,
  words: text,
});

test('by clause and by word, in the order of the later text', () => {
  const before = [
    clause('hate', 'You may not attack people.'),
    clause('spam', 'No spam.'),
    clause('gone', 'Old rule.'),
    clause('same', 'Stays.'),
  ];
  const after = [
    clause('new', 'A new rule.'),
    clause('hate', 'You may never attack people.'),
    clause('spam', 'No spam.', ['Messages']),
    clause('same', 'Stays.'),
  ];

  const { counts, changes } = diffClauses(before, after);

  expect(counts).toEqual({ same: 1, moved: 1, reworded: 1, added: 1, removed: 1 });
  expect(changes.map(({ key, change }) => [key, change])).toEqual([
    ['new', 'added'],
    ['hate', 'reworded'],
    ['spam', 'moved'],
    ['gone', 'removed'],
  ]);
  expect(changes[1]?.words).toEqual([
    { op: 'same', text: 'You may' },
    { op: 'removed', text: ' not' },
    { op: 'added', text: ' never' },
    { op: 'same', text: ' attack people.' },
  ]);
});

test('what a comparison by word says puts both texts together again', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.lorem({ maxCount: 30 }));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const words = diffWords(before, after);
      const joined = (without: string) =>
        words
          .filter(({ op }) => op !== without)
          .map((word) => word.text)
          .join('');
      expect(joined('added')).toBe(before);
      expect(joined('removed')).toBe(after);
    }),
  );
});

test.each([
  ['20201203_Twitter_CommunityGuidelines.md', { at: '2020-12-03T00:00:00.000Z', precision: 'day' }],
  ['2026-06-29T131310.md', { at: '2026-06-29T13:13:10.000Z', precision: 'second' }],
  ['2026-06-29.md', { at: '2026-06-29T00:00:00.000Z', precision: 'day' }],
  ['20200230_no-such-day.md', null],
  ['2026-06-29T251310.md', null],
  ['12345678901_rules.md', null],
  ['rules.md', null],
])('the name %s says when it was seen', (name, seen) => {
  expect(seenByName(name)).toEqual(seen);
});

test('messages of an Open Terms Archive', () => {
  expect(causeByMessage('Record new changes of X Community Guidelines')).toBe('changed');
  expect(causeByMessage('Apply technical or declaration upgrade on X Community Guidelines')).toBe(
    'technical',
  );
  expect(causeByMessage('First record of X Community Guidelines')).toBe('first');
  expect(causeByMessage('Tidy up')).toBeNull();
});

test.each([
  ['file-empty', ' \n\t\n'],
  ['policy-is-html', '\n<!DOCTYPE html><html><body>Rules</body></html>'],
  ['policy-is-html', '<!-- saved --><html lang="en">'],
  ['policy-not-text', 'Rules\u0000'],
  ['policy-not-text', Buffer.from([0x50, 0xff, 0xfe, 0x52])],
  ['file-too-large', 'x'.repeat(4 * 1024 * 1024 + 1)],
])('what is no policy text is refused: %s', (code, content) => {
  expect(() => policyText(Buffer.from(content), 'rules.md')).toThrow(expect.objectContaining({ code }));
});

test('a policy text is read byte for byte, with its byte order mark', () => {
  const bytes = Buffer.from('\ufeff# Rules\r\n<b>words</b> in Markdown\r\n');
  expect(Buffer.from(policyText(bytes, 'rules.md'))).toEqual(bytes);
});
