/** Parts of a picture that are to be covered: how they are drawn, moved and resized. In pixels of the picture. */
import type { Region } from '../../contract/model/redaction.ts';

export interface Size {
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

/** Nothing smaller can be hit with a pointer, or hides anything. */
const least = 4;

const within = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to);

/** Whole pixels that lie in the picture, whatever was asked for. */
export function fitted({ x, y, width, height }: Region, picture: Size): Region {
  const [w, h] = [
    within(Math.round(width), Math.min(least, picture.width), picture.width),
    within(Math.round(height), Math.min(least, picture.height), picture.height),
  ];
  return {
    x: within(Math.round(x), 0, picture.width - w),
    y: within(Math.round(y), 0, picture.height - h),
    width: w,
    height: h,
  };
}

/** Every pixel that what was drawn from one point to another touches; null: too little to be meant. */
export function drawn(from: Point, to: Point, picture: Size): Region | null {
  if (Math.abs(from.x - to.x) < least || Math.abs(from.y - to.y) < least) return null;
  const [x, y] = [Math.floor(Math.min(from.x, to.x)), Math.floor(Math.min(from.y, to.y))];
  const [right, bottom] = [Math.ceil(Math.max(from.x, to.x)), Math.ceil(Math.max(from.y, to.y))];
  return fitted({ x, y, width: right - x, height: bottom - y }, picture);
}

/** As an arrow key changes it: moves it, or with `resize` its lower right corner. Null: another key. */
export function byKey(
  region: Region,
  { key, resize, fine }: { key: string; resize: boolean; fine: boolean },
  picture: Size,
): Region | null {
  const step = fine ? 1 : 10;
  const dx = key === 'ArrowRight' ? step : key === 'ArrowLeft' ? -step : 0;
  const dy = key === 'ArrowDown' ? step : key === 'ArrowUp' ? -step : 0;
  if (dx === 0 && dy === 0) return null;
  const { x, y, width, height } = region;
  if (!resize) return fitted({ ...region, x: x + dx, y: y + dy }, picture);
  // It grows no further than the edge, and stays where it is.
  return fitted(
    {
      x,
      y,
      width: Math.min(width + dx, picture.width - x),
      height: Math.min(height + dy, picture.height - y),
    },
    picture,
  );
}

/** In the middle of what is seen of the picture (`seen`), a third of that. */
export function inMiddle(seen: Region, picture: Size): Region {
  const [width, height] = [seen.width / 3, seen.height / 3];
  return fitted({ x: seen.x + width, y: seen.y + height, width, height }, picture);
}
