/** The parts of tagging that need no window. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PostLine } from '../../contract/model/post.ts';
import { quoteBetween, standsIn } from '../../renderer/quote/codePoints.ts';
import { joinQuotes } from '../../renderer/quote/join.ts';
import { draftOf, emptyForm, isUntouched, missingIn } from '../../renderer/tags/form.ts';
import { commandOf, type PressedKey, slotKeys, takenKeys } from '../../renderer/tags/keys.ts';
import { makeWalk } from '../../renderer/tags/walk.ts';

const piece = fc.constantFrom(
  '👩‍👩‍👧‍👦',
  '👍🏽',
  '🇺🇦',
  'می‌گویند',
  'שלום',
  '\u200f',
  'abc',
  ' ',
  '\n',
  'é',
  '𝔘',
);
const textAndCuts = fc
  .array(piece, { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(''))
  .chain((text) =>
    fc.tuple(
      fc.constant(text),
      fc.array(fc.tuple(fc.nat({ max: text.length }), fc.nat({ max: text.length })), { maxLength: 6 }),
    ),
  );

describe('quotes of one text', () => {
  test('joined, they stand in the text, in its order, none over another, and cover what was selected and no more', () => {
    fc.assert(
      fc.property(textAndCuts, ([text, cuts]) => {
        const quotes = cuts.flatMap(([one, other]) => quoteBetween(text, one, other) ?? []);
        const joined = joinQuotes(text, quotes);
        let end = 0;
        for (const quote of joined) {
          expect(standsIn(text, quote)).toBe(true);
          expect(quote.start).toBeGreaterThanOrEqual(end);
          end = quote.end;
        }
        const covered = (list: typeof quotes) =>
          new Set(
            list.flatMap((quote) =>
              Array.from({ length: quote.end - quote.start }, (_, n) => quote.start + n),
            ),
          );
        expect(covered(joined)).toEqual(covered(quotes));
      }),
    );
  });

  test('overlapping ones become one, touching ones stay two', () => {
    const quote = (start: number, end: number) => ({ text: 'abcdef'.slice(start, end), start, end });
    expect(joinQuotes('abcdef', [quote(3, 5), quote(0, 2), quote(1, 3)])).toEqual([quote(0, 3), quote(3, 5)]);
  });
});

describe('keys', () => {
  const pressed = (part: Partial<PressedKey>): PressedKey => ({
    ...{ key: '', code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false },
    ...part,
  });

  test('every slot key is told apart from what the screen does with its own', () => {
    for (const key of slotKeys)
      expect(commandOf(pressed({ key }))).toEqual({ kind: 'slot', slot: key, again: false });
    for (const key of takenKeys) expect(commandOf(pressed({ key }))).not.toMatchObject({ kind: 'slot' });
    expect(slotKeys.length + takenKeys.length).toBe(36);
  });

  test('layouts of other scripts, digits on the other level, the number pad, and the Persian question mark', () => {
    const slot = (part: Partial<PressedKey>) => commandOf(pressed(part));
    expect(slot({ key: 'ش', code: 'KeyA' })).toMatchObject({ slot: 'a', again: false });
    expect(slot({ key: '۳', code: 'Digit3' })).toMatchObject({ slot: '3', again: false });
    expect(slot({ key: '&', code: 'Digit1' })).toMatchObject({ slot: '1', again: false });
    expect(slot({ key: '!', code: 'Digit1', shiftKey: true })).toMatchObject({ slot: '1', again: true });
    expect(slot({ key: '7', code: 'Numpad7' })).toMatchObject({ slot: '7', again: false });
    expect(slot({ key: 'A', code: 'KeyA', shiftKey: true })).toMatchObject({ slot: 'a', again: true });
    expect(slot({ key: '؟', code: 'Slash', shiftKey: true })).toEqual({ kind: 'help' });
    expect(slot({ key: 'Enter', code: 'Enter', ctrlKey: true })).toEqual({ kind: 'save' });
  });

  test('what belongs to the browser or the system asks for nothing', () => {
    for (const key of ['Tab', 'Enter', 'F5', 'Shift', 'ArrowLeft', ' ', 'é'])
      expect(commandOf(pressed({ key }))).toBe(null);
    for (const part of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
      expect(commandOf(pressed({ key: 'a', code: 'KeyA', ...part }))).toBe(null);
  });
});

describe('the form', () => {
  test('asks for a clause only where something is assessed as breaching, and always for a reason', () => {
    const clause = { key: 'x/a', title: 'A' };
    expect(missingIn(emptyForm)).toEqual({ clause: true, because: true });
    expect(missingIn({ finding: 'breach', clause, because: ' \n' })).toEqual({
      clause: false,
      because: true,
    });
    expect(missingIn({ finding: 'unclear', clause: null, because: 'x' })).toEqual({
      clause: false,
      because: false,
    });
  });

  test('gives only the exceptions that were answered, and no white space around reasons', () => {
    const form = {
      ...emptyForm,
      clause: { key: 'x/a', title: 'A' },
      because: ' why ',
      answers: {
        'x/b': { answer: 'applies' as const, because: ' ' },
        'x/c': { answer: 'not-considered' as const, because: 'typed, then taken back' },
      },
    };
    expect(draftOf(form, 'p', [])).toMatchObject({
      because: 'why',
      considered: [{ key: 'x/b', answer: 'applies', because: null }],
    });
    expect([isUntouched(emptyForm), isUntouched(form)]).toEqual([true, false]);
  });
});

describe('the walk along a list', () => {
  const line = (n: number) => ({ postId: `p${n}` }) as PostLine;
  function listOf(count: number) {
    const asked: number[] = [];
    const walk = makeWalk(async ({ offset, limit }) => {
      asked.push(offset);
      const length = Math.max(0, Math.min(limit, count - offset));
      return {
        total: count,
        totalIsLowerBound: false,
        posts: Array.from({ length }, (_, at) => line(offset + at)),
      };
    });
    return { walk, asked };
  }

  test('goes to both ends of a long list and asks for it piece by piece', async () => {
    const { walk, asked } = listOf(1000);
    walk.start('', 0);
    let here = 'p0';
    for (let row = 1; row < 1000; row += 1) {
      await walk.look(here);
      expect(walk.next(here, 1)).toEqual({ postId: `p${row}`, row });
      here = `p${row}`;
    }
    await walk.look(here);
    expect(walk.next(here, 1)).toBe('end');
    expect(walk.next('p0', -1)).toBe('end');
    expect(asked.length).toBeLessThan(20);
  });

  test('does not know the next of a post that no list led to', async () => {
    const { walk } = listOf(10);
    await walk.look('elsewhere');
    expect(walk.next('elsewhere', 1)).toBe(null);
    expect(walk.place('elsewhere')).toBe(null);
  });

  test('finds its post again after the list has moved', async () => {
    const { walk } = listOf(100);
    walk.start('', 5);
    walk.forget();
    await walk.look('p7');
    expect(walk.next('p7', 1)).toEqual({ postId: 'p8', row: 8 });
  });
});
