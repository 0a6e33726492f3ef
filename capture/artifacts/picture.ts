/** The page as a picture, from its top to its end. */
import { send, sendWithin } from '../cdp/commands.ts';
import type { CdpSession } from '../cdp-session.ts';

const timeLimit = 30_000;
/** CSS pixels; one picture cannot be higher than 16,384 physical ones on many machines. */
const partHeight = 8000;
const mostParts = 8;
const mostWidth = 8000;

export interface Pictures {
  /** PNG; from top to bottom. */
  parts: Uint8Array[];
  /** What is not on them; null: nothing. */
  missing: string | null;
}

/** Rejects with a CdpError when the engine gives no picture in time, or an empty one. */
export async function picturesOf(session: CdpSession): Promise<Pictures> {
  const { cssContentSize } = await send(session, 'Page.getLayoutMetrics', {});
  const width = Math.min(Math.max(1, Math.ceil(cssContentSize.width)), mostWidth);
  const height = Math.max(1, Math.ceil(cssContentSize.height));
  const parts: Uint8Array[] = [];
  for (let y = 0; y < height && parts.length < mostParts; y += partHeight) {
    const clip = { x: 0, y, width, height: Math.min(partHeight, height - y), scale: 1 };
    const { data } = await sendWithin(timeLimit, session, 'Page.captureScreenshot', {
      format: 'png',
      captureBeyondViewport: true,
      clip,
    });
    parts.push(checked(Buffer.from(data, 'base64')));
  }
  const shown = partHeight * mostParts;
  return {
    parts,
    missing:
      height > shown
        ? `The page is ${height} pixels high; the pictures show the first ${shown} of them.`
        : null,
  };
}

/** Throws unless it is a PNG with at least one pixel (PNG specification, 5.2 and 11.2.2). */
function checked(png: Buffer): Uint8Array {
  const isPng = png.length > 57 && png.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));
  if (!isPng || png.readUInt32BE(16) === 0 || png.readUInt32BE(20) === 0) {
    throw new Error('the engine gave an empty picture');
  }
  return png;
}
