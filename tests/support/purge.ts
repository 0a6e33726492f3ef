/** Items to be purged, for tests: each with a word that stands in everything that is made of it. */
import { createHash } from 'node:crypto';
import type { Archive } from '../../archive/archive.ts';
import { searchPosts } from '../../archive/posts.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { addTag } from '../../archive/tags/add.ts';
import { findQuote } from '../../archive/tags/quotes.ts';
import { withPurpose } from '../../capture/with-purpose.ts';
import type { PurgeOrder } from '../../contract/model/purge.ts';
import type { RecordingPurpose } from '../../contract/model/recording.ts';
import { postPage, streamOf } from './archive.ts';
import { address, begin, finishOf, play, startOf } from './recording.ts';

export const purgeOrder = (captureId: string, change: Partial<PurgeOrder> = {}): PurgeOrder => ({
  captureId,
  because: 'A court says so',
  authority: 'District court, file 7',
  confirm: captureId,
  keepAddress: false,
  ...change,
});

/** A recording whose address, answers, pictures, secrets, post, tag and quote hold the word. */
export async function recordItem(
  archive: Archive,
  word: string,
  purpose?: RecordingPurpose,
): Promise<{ captureId: string; postId: string; tagId: string }> {
  const sink = withPurpose(recordingSink(archive), purpose);
  const captureId = await begin(sink);
  const salt = createHash('sha256').update(word).digest('hex');
  const commitment = createHash('sha256')
    .update(Buffer.from([4]))
    .update(Buffer.from(salt, 'hex'))
    .update(word);
  const withheld = {
    where: 'request-header' as const,
    name: `Cookie: ${word}`,
    commitment: commitment.digest('hex'),
    salt,
  };
  await play(sink, captureId, startOf(0, { withheld: [withheld] }), postPage(word));
  await play(
    sink,
    captureId,
    startOf(1, { url: `${address}/${word}.css`, resourceType: 'stylesheet' }),
    `${word} `.repeat(9000),
  );
  await sink.artifact(
    { captureId, role: 'text', mediaType: 'text/plain', name: word },
    streamOf(`text of ${word}`),
  );
  await sink.finish(finishOf(captureId, { title: `about ${word}` }));
  const [hit] = searchPosts(archive, word, 1).hits;
  const postId = hit?.postId ?? '';
  const tag = addTag(archive, {
    postId,
    clauseKey: 'x/hateful-conduct',
    because: `because of ${word}`,
    quotes: [findQuote(word, word)],
  });
  return { captureId, postId, tagId: tag.id };
}
