/** The disclosed posts, each proven to stand in its reading. */

import { HoldfastError } from '../../contract/errors.ts';
import { limits } from '../bundle/limits.ts';
import { paths } from '../bundle/paths.ts';
import { type DisclosedPost, type PostFile, provePost, readPostFile } from '../bundle/post-file.ts';
import type { Sha256 } from '../digest/sha256.ts';
import type { ParsingBudget } from './budget.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

/** By post id. */
export type DisclosedPosts = ReadonlyMap<string, DisclosedPost>;

const postFile = /^log\/posts\/([0-9a-f-]{36})\.json$/;

/** Reads and proves all posts. What does not hold fails the step 'leaves'. */
export async function readPosts(
  contents: Contents,
  findings: Findings,
  sha256: Sha256,
  log: LogExtract,
  budget: ParsingBudget,
): Promise<DisclosedPosts> {
  const posts = new Map<string, DisclosedPost>();
  const places = new Set<string>();
  for (const path of contents.paths()) {
    const id = postFile.exec(path)?.[1];
    if (id === undefined) continue;
    const bytes = await budget.bytes(contents, findings, 'leaves', path, limits.parsedFile);
    if (bytes === null) continue;
    const file = findings.attempt('leaves', 'post-unreadable', path, () => readPostFile(bytes), 'unreadable');
    if (file === null) continue;
    const post = findings.attempt('leaves', 'post-not-proven', path, () => prove(sha256, log, id, file));
    if (post === null) continue;
    const place = `${post.event} ${post.index}`;
    if (places.has(place)) {
      findings.fail(
        'leaves',
        'post-place-taken',
        `${path} claims a place in its reading that another post has.`,
      );
    }
    places.add(place);
    posts.set(id, post);
  }
  return posts;
}

function prove(sha256: Sha256, log: LogExtract, id: string, file: PostFile): DisclosedPost {
  const made = log.documents.get(file.event);
  if (made?.kind !== 'reading.made') {
    throw new HoldfastError(
      'bad-input',
      `It names ${paths.document(file.event)}, which is not a reading in this bundle.`,
    );
  }
  if (file.post !== id) throw new HoldfastError('bad-input', `It is the file of another post, ${file.post}.`);
  return provePost(sha256, file, made.body);
}
