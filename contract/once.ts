/** Bytes that are there as a whole, where a stream is asked for: one piece, or none. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  if (bytes.length > 0) yield bytes;
}
