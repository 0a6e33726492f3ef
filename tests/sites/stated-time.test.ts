import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statedTimeSchema } from '../../contract/model/post.ts';
import { statedTime } from '../../sites/stated-time.ts';

describe('what is read', () => {
  test.each([
    ['2021', '2021', 'year', 'unknown'],
    ['2021-01', '2021-01', 'month', 'unknown'],
    ['2021-01-14', '2021-01-14', 'day', 'unknown'],
    [' 2021-01-14 ', '2021-01-14', 'day', 'unknown'],
    ['2020-02-29', '2020-02-29', 'day', 'unknown'],
    ['2021-01-14T10:00', '2021-01-14T10:00', 'minute', 'unknown'],
    ['2021-01-14 10:00:07', '2021-01-14T10:00:07', 'second', 'unknown'],
    ['2021-01-14T10:00:07.5', '2021-01-14T10:00:07.500', 'millisecond', 'unknown'],
    ['2021-01-14T10:00Z', '2021-01-14T10:00Z', 'minute', 'utc'],
    ['2021-01-14t10:00:07z', '2021-01-14T10:00:07Z', 'second', 'utc'],
    ['2021-01-14T10:00:07-00:00', '2021-01-14T10:00:07Z', 'second', 'utc'],
    ['2021-01-14T10:00:07+00:00', '2021-01-14T10:00:07Z', 'second', 'offset'],
    ['2021-01-01T00:30:00+03:30', '2020-12-31T21:00:00Z', 'second', 'offset'],
    ['2021-01-14T23:00:07.123456789-0500', '2021-01-15T04:00:07.123Z', 'millisecond', 'offset'],
    ['2021-01-14 10:00:07 +02', '2021-01-14T08:00:07Z', 'second', 'offset'],
    ['Thu, 14 Jan 2021 10:00:07 GMT', '2021-01-14T10:00:07Z', 'second', 'utc'],
    ['14 Jan 2021 10:00 +0200', '2021-01-14T08:00Z', 'minute', 'offset'],
  ])('%s', (raw, value, precision, zone) => {
    expect(statedTime(raw, 'here')).toEqual({
      time: { value, precision, zone, readFrom: 'here', raw },
      note: null,
    });
  });
});

describe('what is refused, with a note', () => {
  test.each([
    '',
    'yesterday',
    '21-01-14',
    '2021-1-4',
    '2021-13-01',
    '2021-02-29',
    '2021-04-31',
    '0000-01-01',
    '2021-01-14T24:00',
    '2021-01-14T10:60',
    '2021-01-14T23:59:60Z',
    '2021-01-14T10:00+24:00',
    '2021-01-14T10:00+03:75',
    '9999-12-31T23:30:00-01:00',
    '1610618407',
    '۱۴۰۳-۱۱-۱۲',
    '١٤ يناير ٢٠٢١',
    '2021-01-14T10:00Z; DROP TABLE',
    '2021-01-14\0',
    '\ud800',
    '2021-01-14'.padEnd(1_000_000, ' '),
    'T'.repeat(1_000_000),
  ])('%.40s', (raw) => {
    const { time, note } = statedTime(raw, 'JSON-LD datePublished');
    expect(time).toBeNull();
    expect(note).toMatch(/^JSON-LD datePublished: /);
    expect(note?.length).toBeLessThan(200);
    expect(note).not.toMatch(/[\p{Surrogate}\0]/u);
  });
});

test('any instant with any offset is the same instant', () => {
  const instants = fc.date({
    min: new Date('0200-01-01T00:00:00Z'),
    max: new Date('9900-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, fc.integer({ min: -23 * 60, max: 23 * 60 }), (instant, offset) => {
      const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const size = Math.abs(offset);
      const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
      expect(statedTime(local + zone, '').time?.value).toBe(instant.toISOString());
    }),
  );
});

test('any string gives a time that the schema takes, or a note', () => {
  const shaped = fc.stringMatching(
    /^\d{4}-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/,
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), shaped), (raw) => {
      const { time, note } = statedTime(raw, 'x');
      expect((time === null) !== (note === null)).toBe(true);
      if (time === null) return;
      statedTimeSchema.parse(time);
      // JavaScript's own reading agrees, where it has one and the zone is known.
      const theirs = Date.parse(
        raw
          .trim()
          .replace(' ', 'T')
          .replace(/([.]\d{3})\d+/, '$1'),
      );
      if (time.zone !== 'unknown' && !Number.isNaN(theirs)) expect(Date.parse(time.value)).toBe(theirs);
    }),
    { numRuns: 500 },
  );
});
