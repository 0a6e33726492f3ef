import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inZone, showInstant, showPosted, showStated } from '../../renderer/time/statedTime.ts';

const date = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
});

describe('a stated time', () => {
  test.each([
    ['2021', 'year', '2021', 'year only'],
    ['2021-01', 'month', '2021-01', 'month only'],
    ['2021-01-14', 'day', '2021-01-14', 'day only'],
    ['2021-01-14T09:30Z', 'minute', '2021-01-14 09:30 UTC', null],
    ['2021-01-14T09:30:00Z', 'minute', '2021-01-14 09:30 UTC', null],
    ['2021-01-14T09:30:05Z', 'second', '2021-01-14 09:30:05 UTC', null],
    ['2021-01-14T09:30:05.1Z', 'millisecond', '2021-01-14 09:30:05.100 UTC', null],
    ['2020-11-02T23:10+03:30', 'minute', '2020-11-02 19:40 UTC', null],
    ['2021-01-01T00:10:00+01:00', 'second', '2020-12-31 23:10:00 UTC', null],
    ['2019-06-01T08:00', 'minute', '2019-06-01 08:00', 'time zone not stated'],
  ] as const)('%s to the %s', (value, precision, shown, note) => {
    const { text, note: noted } = showStated(value, precision);
    expect({ text, noted }).toEqual({ text: shown, noted: note });
  });

  test.each([
    ['2021-02-31', 'day'],
    ['2021-02-31T10:00:00Z', 'second'],
    ['2021-13', 'month'],
    ['21', 'year'],
    ['2021-01-14', 'second'],
    ['2016-12-31T23:59:60Z', 'second'],
    ['yesterday', 'minute'],
    ['2021-01-14T25:00:00Z', 'second'],
    ['', 'day'],
  ] as const)('%s to the %s stays as it was read', (value, precision) => {
    expect(showStated(value, precision)).toEqual({ text: value, note: 'shown as read', instant: null });
  });

  test('in UTC it is cut to its precision, and never rounded up', () => {
    fc.assert(
      fc.property(
        date,
        fc.constantFrom('minute' as const, 'second' as const, 'millisecond' as const),
        (instant, precision) => {
          const length = { minute: 16, second: 19, millisecond: 23 }[precision];
          const { text, note } = showStated(instant.toISOString(), precision);
          expect(text).toBe(`${instant.toISOString().slice(0, length).replace('T', ' ')} UTC`);
          expect(note).toBeNull();
        },
      ),
    );
  });

  test('whatever the offset, the instant is the same', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -14 * 60, max: 14 * 60 }), (instant, minutes) => {
        const local = new Date(Math.floor(instant.getTime() / 1000) * 1000 + minutes * 60_000);
        fc.pre(/^\d{4}-/.test(local.toISOString()));
        const sign = minutes < 0 ? '-' : '+';
        const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
        const rest = String(Math.abs(minutes) % 60).padStart(2, '0');
        const shown = showStated(`${local.toISOString().slice(0, 19)}${sign}${hours}:${rest}`, 'second');
        expect(shown.instant?.getTime()).toBe(Math.floor(instant.getTime() / 1000) * 1000);
      }),
    );
  });

  test('without a zone no instant is claimed', () => {
    expect(showStated('2021-01-14T09:30:05', 'second').instant).toBeNull();
    expect(showStated('2021-01-14', 'day').instant).toBeNull();
  });

  test('any string is shown, none throws', () => {
    const precision = fc.constantFrom(
      'year' as const,
      'month' as const,
      'day' as const,
      'minute' as const,
      'second' as const,
      'millisecond' as const,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), precision, (value, of) => {
        expect(typeof showStated(value, of).text).toBe('string');
      }),
    );
  });
});

test('a line of the library without a time says nothing of one, and a time of unknown precision is not interpreted', () => {
  expect(showPosted({ postedAt: null, postedPrecision: null })).toBeNull();
  expect(showPosted({ postedAt: '2021-01-14', postedPrecision: null })?.note).toBe('shown as read');
});

test('our own instants are shown to the second', () => {
  expect(showInstant('2026-01-05T08:00:00.999Z').text).toBe('2026-01-05 08:00:00 UTC');
});

test('an instant in another zone names the zone and its offset', () => {
  expect(inZone(new Date('2021-01-14T09:30:05Z'), 'Asia/Tehran')).toBe(
    '2021-01-14 13:00:05 GMT+3:30 (Asia/Tehran)',
  );
  expect(inZone(new Date('2021-01-14T23:30:05Z'), 'UTC')).toBe('2021-01-14 23:30:05 GMT (UTC)');
});
