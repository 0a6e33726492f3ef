/** Undoing gzip of one or several members by node:zlib. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GzipDamaged } from './tools.ts';

/**
 * The decompressed bytes. Rejects with `GzipDamaged` where they end early, and with what `chunks` throws. Deflate makes a thousandfold of nothing: whoever reads bounds what comes.
 */
export async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  async function* copied() {
    // The next piece may overwrite this one before it was taken.
    for await (const chunk of chunks) yield Buffer.from(chunk);
  }
  const gunzip = createGunzip();
  const input = Readable.from(copied());
  input.on('error', (error) => gunzip.destroy(error));
  input.pipe(gunzip);
  try {
    for await (const piece of gunzip) yield piece as Uint8Array;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('Z_')
      ? new GzipDamaged('it cannot be decompressed to its end', { cause: error })
      : error;
  } finally {
    input.destroy();
  }
}
