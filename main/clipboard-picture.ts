/** The picture on the clipboard, as the old and the new Electron give it. */
import { clipboard, type NativeImage } from 'electron';

/** Before Electron 44. There, `read` exists too and means something else, so this is asked for first. */
interface ImageClipboard {
  readImage(): NativeImage;
}

/** PNG bytes; null when there is no picture on the clipboard. */
export async function clipboardPicture(): Promise<Uint8Array | null> {
  if (readsImages(clipboard)) {
    const image = clipboard.readImage();
    return image.isEmpty() ? null : image.toPNG();
  }
  const items = await clipboard.read();
  const item = items.find((candidate) => candidate.types.includes('image/png'));
  if (item === undefined) return null;
  const blob = await item.getType('image/png');
  return new Uint8Array(await blob.arrayBuffer());
}

function readsImages(holder: object): holder is ImageClipboard {
  return 'readImage' in holder && typeof holder.readImage === 'function';
}
