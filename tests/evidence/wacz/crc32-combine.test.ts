import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combineCrc32 } from '../../../evidence/wacz/crc32-combine.ts';

test('the checksum of two strings put together', () => {
  const bytes = fc.uint8Array({ maxLength: 5000 });
  fc.assert(
    fc.property(bytes, bytes, (first, second) => {
      const whole = crc32(Buffer.concat([first, second]));
      expect(combineCrc32(crc32(first), crc32(second), second.length)).toBe(whole);
    }),
    { numRuns: 300 },
  );
});

test('behind a string longer than 32 bits can count', () => {
  // A gigabyte of zeros at a time: five of them are one string of five.
  const zeros = crc32(Buffer.alloc(2 ** 20));
  let mebibytes = 0;
  let sum = 0;
  while (mebibytes < 5 * 1024) {
    sum = combineCrc32(sum, zeros, 2 ** 20);
    mebibytes += 1;
  }
  const half = (size: number): number => {
    if (size === 2 ** 20) return zeros;
    const part = half(size / 2);
    return combineCrc32(part, part, size / 2);
  };
  const four = half(2 ** 32);
  expect(combineCrc32(four, half(2 ** 30), 2 ** 30)).toBe(sum);
  expect(combineCrc32(crc32('x'), sum, 5 * 2 ** 30)).toBe(
    combineCrc32(combineCrc32(crc32('x'), half(2 ** 30), 2 ** 30), four, 2 ** 32),
  );
});
