/** A capture of a page with posts by many, for tests of what of it leaves. */
import { expect } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { listPosts, requireCapture } from '../../archive/posts.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { entry, idAt, timeline, tweet } from '../sites/x/answers.ts';
import { streamOf } from '../support/archive.ts';
import { begin, finishOf, play, startOf } from '../support/recording.ts';

const postedAt = '2024-03-01T12:00:00.250Z';
export const page = `https://x.com/ada/status/${idAt(postedAt, 0)}`;
const api = (n: number) => `https://x.com/i/api/graphql/q${n}/TweetDetail`;
export const picture = (n: number) => `https://pbs.twimg.com/media/P${n}.jpg`;
export const answers = 6;
export const inAnswer = 5;

export const unread = 'a bystander whom no reader reads';
export const words = (n: number) => `post number ${n} of the harbour`;

/** An answer with posts `from` to `to`, each with a picture of its own. */
function answer(n: number): string {
  const posts = Array.from({ length: inAnswer }, (_, i) => n * inAnswer + i).map((post) =>
    entry(
      tweet({
        id_str: idAt(postedAt, post),
        full_text: words(post),
        extended_entities: { media: [{ type: 'photo', media_url_https: picture(post) }] },
      }),
    ),
  );
  return JSON.stringify(timeline(...posts));
}

const typed = (type: string) => [['content-type', type]] as [string, string][];

const small = (post: number): string | Uint8Array => `picture ${post}`;

/** A capture of a page with posts by many, `answers` of them with `inAnswer` each. `pictureOf`: the bytes of a post's. */
export async function harbour(archive: Archive, pictureOf = small) {
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  let n = 0;
  const heard = (url: string, type: string, body: string | Uint8Array, resourceType = 'fetch') =>
    play(sink, captureId, startOf(n++, { url, resourceType, responseHeaders: typed(type) }), body);
  await heard(page, 'text/html; charset=utf-8', '<!doctype html><title>X</title><div id="root">', 'document');
  await heard('https://abs.twimg.com/main.css', 'text/css', 'div { color: red }', 'stylesheet');
  await heard('https://abs.twimg.com/main.js', 'text/javascript', 'document.title', 'script');
  await heard('https://pbs.twimg.com/profile/a.jpg', 'image/jpeg', 'a face', 'image');
  for (let each = 0; each < answers; each += 1) await heard(api(each), 'application/json', answer(each));
  // Some platforms say that their answers are scripts.
  await heard('https://x.com/i/api/hints', 'application/x-javascript', `{"seen":"${unread}"}`);
  for (let each = 0; each < answers * inAnswer; each += 1)
    await heard(picture(each), 'image/jpeg', pictureOf(each), 'image');
  await sink.artifact({ captureId, role: 'text', mediaType: 'text/plain', name: null }, streamOf('harbour'));
  await sink.finish(finishOf(captureId, { finalUrl: page }));
  const { posts } = listPosts(archive, '', 0, 100);
  const postOf = (number: number) =>
    posts.find(({ text }) => text === words(number))?.postId ?? expect.unreachable();
  const wacz = requireCapture(archive, captureId).artifacts.find(({ role }) => role === 'wacz');
  const whole = Buffer.concat([...readStored(archive, findArtifact(archive, wacz?.sha256 ?? ''))]);
  return { archive, captureId, postOf, whole };
}
