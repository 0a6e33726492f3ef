/** Raw deflate (RFC 1951) undone as a stream, by what Node and browsers both have. */

/**
 * The decompressed bytes. Rejects with what `chunks` throws, and with a TypeError for bytes that are no deflate stream or
 * go on behind its end.
 */
export async function* inflated(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  // Whoever waits for bytes must hear of a source that broke off.
  const feeding = feed(writer, chunks).catch(async (error: unknown) => {
    await writer.abort(error).catch(() => undefined);
    return error;
  });
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(async (error: unknown) => {
        throw (await feeding) ?? error;
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    await feeding;
  }
}

async function feed(
  writer: { write(chunk: Uint8Array<ArrayBuffer>): Promise<void>; close(): Promise<void> },
  chunks: AsyncIterable<Uint8Array>,
): Promise<undefined> {
  // Copied: a source may use its memory again before the stream has taken the piece.
  for await (const chunk of chunks) await writer.write(new Uint8Array(chunk));
  await writer.close();
}
