/** Reading WARC files in Node, compressed ones included. */
import { nodeWarcTools } from './node-tools.ts';
import { RecordReader } from './record-reader.ts';

export class WarcReader extends RecordReader {
  /**
   * @param chunks the file's bytes from its start, in pieces of any size; attacker-controlled
   * @param freeExpansion decompressed bytes from which on the 200-fold growth of a file stops its reading
   */
  constructor(chunks: AsyncIterable<Uint8Array>, freeExpansion?: number) {
    super(chunks, nodeWarcTools, freeExpansion);
  }
}
