import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codePointsBefore,
  codeUnitsBefore,
  quoteBetween,
  standsIn,
} from '../../renderer/quote/codePoints.ts';
import { moveSpan, type Span, stepOf } from '../../renderer/quote/keyboard.ts';
import { samples } from './fake/texts.ts';

/** Pieces that break naive counting: pairs, joined emoji, combining marks, joiners, direction marks, controls. */
const piece = fc.oneof(
  fc.constantFrom(
    '👩‍👩‍👧‍👦',
    '👍🏽',
    '🇺🇦',
    'é',
    'می‌گویند',
    'שלום',
    '\u200f',
    '\u2067abc\u2069',
    '\u0000',
    '\r\n',
    '𝔘',
    ' ',
    '\n',
    'ﷺ',
    '\ufeff',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const textAndTwoOffsets = text.chain((words) =>
  fc.tuple(fc.constant(words), fc.nat({ max: words.length }), fc.nat({ max: words.length })),
);

describe('code points and code units', () => {
  test('agree with string iteration, in both directions', () => {
    fc.assert(
      fc.property(text, (words) => {
        const characters = [...words];
        for (let count = 0; count <= characters.length; count += 1) {
          const units = characters.slice(0, count).join('').length;
          expect(codeUnitsBefore(words, count)).toBe(units);
          expect(codePointsBefore(words, units)).toBe(count);
        }
        expect(codeUnitsBefore(words, characters.length + 5)).toBe(words.length);
      }),
    );
  });

  test('a quote stands at its offsets, lies in the selection but for halved pairs, and has no white space at its ends', () => {
    fc.assert(
      fc.property(textAndTwoOffsets, ([words, one, other]) => {
        const quote = quoteBetween(words, one, other);
        const selected = words.slice(Math.min(one, other), Math.max(one, other));
        if (quote === null) {
          expect(selected.trim()).toBe('');
          return;
        }
        expect([...words].slice(quote.start, quote.end).join('')).toBe(quote.text);
        expect(standsIn(words, quote)).toBe(true);
        expect(quote.text).toBe(quote.text.trim());
        expect(quote.text.length).toBeLessThanOrEqual(selected.length + 2);
        expect(quote.text).toContain(selected.trim().replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, ''));
      }),
    );
  });

  test('the order of the two offsets does not matter', () => {
    fc.assert(
      fc.property(textAndTwoOffsets, ([words, one, other]) => {
        expect(quoteBetween(words, one, other)).toEqual(quoteBetween(words, other, one));
      }),
    );
  });

  test('takes a halved pair whole', () => {
    expect(quoteBetween('a👍b', 2, 4)).toEqual({ text: '👍b', start: 1, end: 3 });
    expect(quoteBetween('a👍b', 0, 2)).toEqual({ text: 'a👍', start: 0, end: 2 });
  });

  test('a quote whose words stand elsewhere does not stand', () => {
    expect(standsIn('abcabc', { text: 'abc', start: 3, end: 6 })).toBe(true);
    expect(standsIn('abcabc', { text: 'abc', start: 2, end: 5 })).toBe(false);
    expect(standsIn('abc', { text: 'abcd', start: 0, end: 4 })).toBe(false);
  });
});

describe('selecting from the keyboard', () => {
  function walk(words: string, language: string | null, to: 'next' | 'previous'): string[] {
    const seen: string[] = [];
    let span: Span | null = null;
    for (;;) {
      const moved: Span | null = moveSpan(words, language, span, { kind: 'word', to });
      if (moved === null || (span !== null && moved.anchor === span.anchor)) return seen;
      seen.push(words.slice(moved.anchor, moved.focus));
      span = moved;
    }
  }

  test('steps over every word, emoji included, forwards and backwards', () => {
    expect(walk('Hello, 👩‍👩‍👧‍👦 wörld! 2021', 'en', 'next')).toEqual(['Hello', '👩‍👩‍👧‍👦', 'wörld', '2021']);
    expect(walk('Hello, 👩‍👩‍👧‍👦 wörld! 2021', 'en', 'previous')).toEqual([
      '2021',
      'wörld',
      '👩‍👩‍👧‍👦',
      'Hello',
    ]);
  });

  test('keeps a Persian word with its joiner whole', () => {
    expect(walk('می‌گویند میدان', 'fa', 'next')).toEqual(['می‌گویند', 'میدان']);
  });

  test('forwards and backwards find the same words in every sample', () => {
    for (const { text: words, language } of samples) {
      expect(walk(words, language, 'previous')).toEqual(walk(words, language, 'next').reverse());
    }
  });

  test('extends and shrinks by word and by character', () => {
    const words = 'one two three';
    const two: Span = { anchor: 4, focus: 7 };
    expect(moveSpan(words, 'en', two, { kind: 'extend', by: 'word', to: 'next' })).toEqual({
      anchor: 4,
      focus: 13,
    });
    expect(moveSpan(words, 'en', two, { kind: 'extend', by: 'word', to: 'previous' })).toEqual({
      anchor: 4,
      focus: 4,
    });
    expect(moveSpan(words, 'en', two, { kind: 'extend', by: 'character', to: 'next' })).toEqual({
      anchor: 4,
      focus: 8,
    });
    expect(moveSpan(words, 'en', two, { kind: 'all' })).toEqual({ anchor: 0, focus: 13 });
  });

  test('a character step takes a joined emoji whole', () => {
    const words = 'a👩‍👩‍👧‍👦b';
    const step = { kind: 'extend', by: 'character', to: 'next' } as const;
    expect(moveSpan(words, 'en', { anchor: 0, focus: 1 }, step)).toEqual({
      anchor: 0,
      focus: words.length - 1,
    });
  });

  test('never leaves the text, whatever the steps and the declared language', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('word' as const),
        to: fc.constantFrom('next' as const, 'previous' as const),
      }),
      fc.record({
        kind: fc.constant('extend' as const),
        by: fc.constantFrom('word' as const, 'character' as const),
        to: fc.constantFrom('next' as const, 'previous' as const),
      }),
      fc.constant({ kind: 'all' as const }),
    );
    fc.assert(
      fc.property(
        text,
        fc.array(step, { maxLength: 15 }),
        fc.constantFrom('fa', 'not a language', null),
        (words, steps, language) => {
          let span: Span | null = null;
          for (const one of steps) {
            span = moveSpan(words, language, span, one) ?? span;
            if (span !== null) {
              expect(Math.min(span.anchor, span.focus)).toBeGreaterThanOrEqual(0);
              expect(Math.max(span.anchor, span.focus)).toBeLessThanOrEqual(words.length);
            }
          }
        },
      ),
    );
  });

  test('arrows follow the screen, so they turn round in text from right to left', () => {
    const key = { key: 'ArrowLeft', shiftKey: false, ctrlKey: false, metaKey: false };
    expect(stepOf(key, 'ltr')).toEqual({ kind: 'word', to: 'previous' });
    expect(stepOf(key, 'rtl')).toEqual({ kind: 'word', to: 'next' });
    expect(stepOf({ ...key, shiftKey: true, ctrlKey: true }, 'rtl')).toEqual({
      kind: 'extend',
      by: 'word',
      to: 'next',
    });
    expect(stepOf({ ...key, key: 'a', ctrlKey: true }, 'ltr')).toEqual({ kind: 'all' });
    expect(stepOf({ ...key, key: 'Tab' }, 'ltr')).toBeNull();
  });
});
