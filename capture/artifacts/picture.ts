/** The page as a picture, from its top to its end. */
import { type Clip, sendWithin } from '../cdp/commands.ts';
import type { CdpSession } from '../cdp-session.ts';

const timeLimit = 30_000;
/** CSS pixels. */
const partHeight = 8000;
/** Physical pixels of one side: more than most graphics cards and drawing libraries take. */
const mostPixels = 16_384;
const mostWidth = 8000;

export interface Pictures {
  /** PNG; from top to bottom, each taken when it is asked for. Rejects where the engine gives none. */
  parts: AsyncIterable<Uint8Array>;
  count: number;
  /** What is not on them; null: nothing. */
  missing: string | null;
}

/**
 * The page as wide and as high as its content, in as many physical pixels to a CSS pixel as its screen has.
 * Rejects with a CdpError when the engine gives no picture in time, or an empty one.
 * @param most pictures; the rest of the page is not on them
 * @param screensAreShown every screen of it has a picture of its own, because the page keeps only what is in view: of
 *   the whole one part is enough then
 */
export async function picturesOf(
  session: CdpSession,
  most: number,
  screensAreShown = false,
): Promise<Pictures> {
  // The first picture beyond the window lays the page out anew, without scroll bars and so wider. What is measured
  // before is too narrow: the right edge, where right-to-left text begins, would be cut off.
  await pictureOf(session, { x: 0, y: 0, width: 1, height: 1, scale: 1 });
  const { cssContentSize, contentSize } = await sendWithin(timeLimit, session, 'Page.getLayoutMetrics', {});
  const scale = Math.max(1, contentSize.width / Math.max(1, cssContentSize.width));
  const [wide, high] = [cssContentSize.width, cssContentSize.height].map((size) =>
    Math.max(1, Math.ceil(size)),
  );
  const width = Math.min(wide ?? 1, mostWidth, Math.floor(mostPixels / scale));
  const partial = Math.min(partHeight, Math.floor(mostPixels / scale));
  const height = high ?? 1;
  const count = Math.min(screensAreShown ? 1 : most, Math.ceil(height / partial));
  return {
    parts: partsOf(session, { width, height, partial, count }),
    count,
    missing: missingOf({
      wide: wide ?? 1,
      width,
      height: screensAreShown ? 0 : height,
      shown: partial * most,
    }),
  };
}

async function* partsOf(
  session: CdpSession,
  { width, height, partial, count }: { width: number; height: number; partial: number; count: number },
): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n += 1) {
    const y = n * partial;
    const clip = { x: 0, y, width, height: Math.min(partial, height - y), scale: 1 };
    yield await pictureOf(session, clip);
  }
}

async function pictureOf(session: CdpSession, clip: Clip): Promise<Uint8Array> {
  const { data } = await sendWithin(timeLimit, session, 'Page.captureScreenshot', {
    format: 'png',
    captureBeyondViewport: true,
    clip,
  });
  return checked(Buffer.from(data, 'base64'));
}

function missingOf(page: { wide: number; width: number; height: number; shown: number }): string | null {
  const { wide, width, height, shown } = page;
  const cut = [
    height > shown ? `the page is ${height} pixels high, the pictures show the first ${shown}` : null,
    wide > width ? `the page is ${wide} pixels wide, the pictures show the first ${width}` : null,
  ].filter((one) => one !== null);
  return cut.length === 0 ? null : `Not all of the page is on its pictures: ${cut.join('; ')}.`;
}

/** Throws unless it is a PNG with at least one pixel (PNG specification, 5.2 and 11.2.2). */
function checked(png: Buffer): Uint8Array {
  const isPng = png.length > 57 && png.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));
  if (!isPng || png.readUInt32BE(16) === 0 || png.readUInt32BE(20) === 0) {
    throw new Error('the engine gave an empty picture');
  }
  return png;
}
