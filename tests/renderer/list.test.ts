import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moveRow } from '../../renderer/list/moveRow.ts';
import {
  eventCursor,
  maxScrollRows,
  pageSize,
  pagesFor,
  placeOf,
  rowCount,
} from '../../renderer/list/pages.ts';

const row = fc.nat({ max: 2_000_000 });

describe('pages', () => {
  test('hold every visible row and no page twice; page 0 is always asked for', () => {
    fc.assert(
      fc.property(row, fc.nat({ max: 600 }), (first, length) => {
        const last = first + length;
        const pages = pagesFor(first, last);
        expect(pages[0]).toBe(0);
        expect(new Set(pages).size).toBe(pages.length);
        for (const visible of [first, last, Math.floor((first + last) / 2)])
          expect(pages).toContain(placeOf(visible).page);
        expect(pages.length).toBeLessThanOrEqual(2 + Math.ceil((length + 1) / pageSize));
      }),
    );
  });

  test('a place leads back to its row', () => {
    fc.assert(
      fc.property(row, (index) => {
        const { page, at } = placeOf(index);
        expect(page * pageSize + at).toBe(index);
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThan(pageSize);
      }),
    );
  });
});

describe('the number of rows', () => {
  const full = { length: pageSize };

  test('is the exact total where it is known', () => {
    expect(rowCount({ total: 100_000, totalIsLowerBound: false }, new Map([[0, full]]))).toBe(100_000);
  });

  test('grows past a lower bound while full pages come, and stops at the last', () => {
    const bound = { total: 10_000, totalIsLowerBound: true };
    expect(rowCount(bound, new Map([[0, full]]))).toBe(10_000);
    expect(rowCount(bound, new Map([[49, full]]))).toBe(10_200);
    expect(
      rowCount(
        bound,
        new Map([
          [49, full],
          [50, full],
        ]),
      ),
    ).toBe(10_400);
    expect(
      rowCount(
        bound,
        new Map([
          [49, full],
          [50, { length: 7 }],
        ]),
      ),
    ).toBe(10_007);
    expect(
      rowCount(
        bound,
        new Map([
          [49, full],
          [50, { length: 0 }],
        ]),
      ),
    ).toBe(10_000);
  });

  test('never passes what can be scrolled to', () => {
    expect(rowCount({ total: 5_000_000, totalIsLowerBound: false }, new Map())).toBe(maxScrollRows);
  });
});

test('the cursors of the custody log join page to page without a gap', () => {
  fc.assert(
    fc.property(fc.nat({ max: 100_000 }), fc.nat({ max: 50 }), (newest, page) => {
      const before = eventCursor(page, newest);
      const first = before === null ? newest : before - 1;
      expect(first).toBe(newest - page * pageSize);
    }),
  );
  expect(eventCursor(3, null)).toBeNull();
});

describe('moving in a list', () => {
  test('every key stays inside', () => {
    const key = fc.constantFrom('ArrowDown', 'ArrowUp', 'j', 'k', 'PageDown', 'PageUp', 'Home', 'End');
    fc.assert(
      fc.property(
        key,
        row,
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.integer({ min: 1, max: 40 }),
        (pressed, from, count, onPage) => {
          const target = moveRow(pressed, Math.min(from, count - 1), count, onPage);
          expect(target).toBeGreaterThanOrEqual(0);
          expect(target).toBeLessThan(count);
        },
      ),
    );
  });

  test('goes where the key says', () => {
    const from = (key: string) => moveRow(key, 10, 100, 7);
    expect(['j', 'k', 'PageDown', 'PageUp', 'Home', 'End', 'q'].map(from)).toEqual([
      11,
      9,
      17,
      3,
      0,
      99,
      null,
    ]);
    expect(moveRow('End', 0, 0, 7)).toBeNull();
  });
});
