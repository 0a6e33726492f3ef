import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latinKey } from '../../renderer/list/latinKey.ts';

test.each([
  ['j', 'KeyJ', 'j'],
  ['J', 'KeyJ', 'j'],
  // A French keyboard has the A where others have the Q: what is written on the key counts.
  ['a', 'KeyQ', 'a'],
  // Persian, Russian, Hebrew: the place of the key counts.
  ['ت', 'KeyJ', 'j'],
  ['о', 'KeyJ', 'j'],
  ['ח', 'KeyJ', 'j'],
  ['é', 'KeyJ', 'é'],
  ['Enter', 'Enter', 'Enter'],
  ['ArrowDown', 'ArrowDown', 'ArrowDown'],
  [' ', 'Space', ' '],
  ['Process', 'KeyJ', 'Process'],
])('the key %s at %s means %s', (key, code, meant) => {
  expect(latinKey({ key, code })).toBe(meant);
});

test('whatever is pressed, the answer is the key itself or one small Latin letter', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (key, code) => {
      const meant = latinKey({ key, code });
      expect(meant === key || /^[a-z]$/.test(meant)).toBe(true);
    }),
  );
});
