/** Secrets in an MHTML snapshot, inside its parts' transfer encodings. */
import type { Withheld } from '../../contract/model/recording.ts';
import { hideInMhtml as hideInParts } from '../../contract/withhold-mhtml.ts';
import { BodyStream } from '../secrets/body-stream.ts';
import { isSearchableText } from '../secrets/discover.ts';
import { distinct, type KnownSecrets } from '../secrets/known.ts';

/**
 * Replaces secrets in headers and parts. A part without any keeps its bytes; one with some is encoded again.
 * @param text the snapshot as the engine gives it: ASCII.
 */
export function hideInMhtml(text: string, secrets: KnownSecrets): { text: string; withheld: Withheld[] } {
  const withheld: Withheld[] = [];
  const hidden = hideInParts(text, (bytes, type) => {
    const stream = new BodyStream(secrets, isSearchableText(type), 'artifact');
    const pieces = stream.whole(bytes);
    withheld.push(...stream.withheld);
    return stream.withheld.length === 0 ? bytes : Buffer.concat(pieces);
  });
  return { text: hidden, withheld: distinct(withheld) };
}
