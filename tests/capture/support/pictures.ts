/** That a picture shows all of a page, to its last corner; in every engine. */
import { describe, expect, test } from 'vitest';
import { type Picture, readPng } from '../../support/png.ts';
import { html } from '../../support/site-server.ts';
import type { TestEngine } from './engines.ts';
import type { Recorded, Stage } from './run.ts';
import { bytesOf, recordSite } from './table.ts';

const corner = { red: 'ff0000', green: '00ff00', blue: '0000ff', pink: 'ff00ff' };

/** A page of this size with a square of 20 pixels in each corner, whose text begins at the right. */
function page(width: string, height: number) {
  const square = (place: string, colour: string): string =>
    `<i style="position:absolute;width:20px;height:20px;${place};background:#${colour}"></i>`;
  return html(`<html dir="rtl"><body style="margin:0"><div style="position:relative;width:${width};height:${height}px">
    ${square('left:0;top:0', corner.red)}${square('right:0;top:0', corner.green)}
    ${square('left:0;bottom:0', corner.blue)}${square('right:0;bottom:0', corner.pink)}</div>`);
}

function pictures({ stored }: Recorded): Picture[] {
  return stored.artifacts.filter(({ role }) => role === 'screenshot').map((one) => readPng(bytesOf(one)));
}

/** The colours of the four corners, just inside and 18 CSS pixels in. */
function corners(shown: Picture[], scale: number): string[][] {
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined) throw new Error('there is no picture');
  return [1, 18].map((css) => {
    const inside = css * scale;
    return [
      first.at(inside, inside),
      first.at(first.width - 1 - inside, inside),
      last.at(inside, last.height - 1 - inside),
      last.at(last.width - 1 - inside, last.height - 1 - inside),
    ];
  });
}
const all = [corner.red, corner.green, corner.blue, corner.pink];

/** `scale`: physical pixels to a CSS pixel of this engine's screen. `stages`: where its page is tried. */
export function testPictures(engine: () => TestEngine, scale: number, stages: (Stage | null)[]): void {
  describe.each(stages)('pictures of a page at %o', (stage) => {
    const options = stage === null ? {} : { stage };

    test.each([
      ['as wide as its window', '100%', 3000, 1],
      ['wider than its window', '2600px', 1500, 1],
      ['very tall', '100%', 17_000, 3],
    ])('%s show all of it', async (_name, width, height, parts) => {
      const recorded = await recordSite(engine(), { '/': page(width, height) }, options);
      const shown = pictures(recorded);
      expect({ corners: corners(shown, scale), reasons: recorded.result?.reasons }).toEqual({
        corners: [all, all],
        reasons: [],
      });
      expect(shown.length).toBe(parts);
      expect(Math.max(...shown.flatMap((one) => [one.width, one.height]))).toBeLessThanOrEqual(16_384);
    });
  });

  // Takes long where there are four times as many pixels.
  test.skipIf(scale > 1).each([
    ['100%', 17_000, `the page is 17000 pixels high, the pictures show the first 16000`],
    ['9000px', 300, `the page is 9000 pixels wide, the pictures show the first 8000`],
  ])('what is not on them of %s × %i is told', async (width, height, told) => {
    const recorded = await recordSite(engine(), { '/': page(width, height) }, { limits: { pictures: 2 } });
    expect(recorded.result?.reasons).toEqual([
      { code: 'screenshot-failed', message: `Not all of the page is on its pictures: ${told}.` },
    ]);
  });
}
