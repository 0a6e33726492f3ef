/** Parts of a picture: drawn, moved and resized, they stay whole pixels inside of it. */
import { expect, test } from 'vitest';
import { byKey, drawn, fitted, inMiddle } from '../../renderer/bundle/regions.ts';

const picture = { width: 100, height: 50 };
const region = { x: 10, y: 10, width: 20, height: 20 };
const press = (key: string, resize = false, fine = false) => byKey(region, { key, resize, fine }, picture);

test('what is drawn in any direction covers each pixel that it touches, and a slip of the hand is none', () => {
  const part = { x: 10, y: 5, width: 30, height: 20 };
  expect(drawn({ x: 10, y: 5 }, { x: 40, y: 25 }, picture)).toEqual(part);
  expect(drawn({ x: 39.2, y: 24.3 }, { x: 10.9, y: 5.6 }, picture)).toEqual(part);
  expect(drawn({ x: 10, y: 5 }, { x: 12, y: 25 }, picture)).toBeNull();
});

test('nothing lies beyond the edge, however it is moved, pulled or typed', () => {
  expect(fitted({ x: -5, y: 60, width: 500, height: 2 }, picture)).toEqual({
    x: 0,
    y: 46,
    width: 100,
    height: 4,
  });
  expect(
    byKey({ ...region, x: 78 }, { key: 'ArrowRight', resize: false, fine: false }, picture),
  ).toMatchObject({
    x: 80,
    width: 20,
  });
  expect(
    byKey({ ...region, x: 75 }, { key: 'ArrowRight', resize: true, fine: false }, picture),
  ).toMatchObject({
    x: 75,
    width: 25,
  });
  expect(inMiddle({ x: 0, y: 0, width: 100, height: 50 }, picture)).toEqual({
    x: 33,
    y: 17,
    width: 33,
    height: 17,
  });
});

test('arrow keys move and resize by ten pixels or one, other keys do nothing', () => {
  expect(press('ArrowLeft')).toEqual({ ...region, x: 0 });
  expect(press('ArrowDown', false, true)).toEqual({ ...region, y: 11 });
  expect(press('ArrowUp', true, true)).toEqual({ ...region, height: 19 });
  expect(press('ArrowLeft', true)).toEqual({ ...region, width: 10 });
  expect(press('Enter')).toBeNull();
});
