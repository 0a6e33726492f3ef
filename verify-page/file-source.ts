/** A file that the reader chose, as bytes with random access: nothing of it is held but the piece in work. */
import { HoldfastError } from '../contract/errors.ts';
import { type ByteSource, checkRange } from '../evidence/source/byte-source.ts';

export function fileSource(file: Blob): ByteSource {
  return {
    size: file.size,
    read: async (offset, length) => {
      checkRange(file.size, offset, length);
      let bytes: ArrayBuffer;
      try {
        bytes = await file.slice(offset, offset + length).arrayBuffer();
      } catch (cause) {
        throw unreadable(cause);
      }
      // A file that shrinks while it is read must not be taken for one that ends here.
      if (bytes.byteLength !== length) throw unreadable();
      return new Uint8Array(bytes);
    },
  };
}

function unreadable(cause?: unknown): HoldfastError {
  return new HoldfastError(
    'file-unreadable',
    'The file could not be read to its end: it was changed, moved or taken away since it was chosen. Choose it again.',
    { cause },
  );
}
