/**
 * `log/posts/<post>.json`: one post, or some of its parts, with what proves that it stands in its reading
 * (docs/bundle-format.md). Whole: content and salt. In parts: each part with a salt of its own, or only its hash.
 */
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import { idSchema, sha256Schema } from '../../contract/model/common.ts';
import { type PostContent, postContentSchema } from '../../contract/model/post.ts';
import { fromHex, type Sha256, toHex } from '../digest/sha256.ts';
import { canonicalBytes } from '../log/canonical.ts';
import { merkleRoot, verifyInclusion } from '../log/merkle.ts';
import { partHash, partSalt, postLeafHash, postRoot } from '../post/commitment.ts';
import { fromParts, type Part, partSchema, toParts } from '../post/parts.ts';
import { auditPaths } from './audit-paths.ts';
import { checkPartial } from './partial-post.ts';
import { parseStrict } from './strict.ts';

const place = {
  v: z.literal(1),
  /** The `reading.made` event whose document holds the root. */
  event: idSchema,
  post: idSchema,
  /** Position among the posts of the reading, and how many there are. */
  index: z.number().int().nonnegative(),
  size: z.number().int().positive(),
  /** The audit path, nearest sibling first (RFC 6962, section 2.1.1). */
  path: z.array(sha256Schema).max(64),
};

/** 32 bytes in lower-case hexadecimal. */
const saltSchema = sha256Schema;
const shownPartSchema = z.strictObject({ part: partSchema, salt: saltSchema });
const withheldPartSchema = z.strictObject({ hash: sha256Schema });

export const postFileSchema = z.union([
  z.strictObject({ ...place, salt: saltSchema, content: postContentSchema }),
  z.strictObject({ ...place, parts: z.array(z.union([shownPartSchema, withheldPartSchema])).min(1) }),
]);
export type PostFile = z.infer<typeof postFileSchema>;

/** What a post file shows. `parts`: null stands for a part that is withheld. */
export type Shown =
  | { whole: true; content: PostContent }
  | { whole: false; parts: (z.infer<typeof partSchema> | null)[] };

export interface DisclosedPost {
  event: string;
  post: string;
  index: number;
  size: number;
  /** Of the post, in hexadecimal, as computed from what is shown. */
  root: string;
  shown: Shown;
}

interface CommittedPost {
  id: string;
  content: PostContent;
  /** 32 bytes. */
  salt: Uint8Array;
  /** Places of the parts that are withheld. */
  withheld?: ReadonlySet<number> | undefined;
}

/** The files of all posts of one reading, in its order. */
export function postFiles(
  sha256: Sha256,
  event: string,
  posts: readonly CommittedPost[],
): { post: string; root: string; bytes: Uint8Array; shown: Shown }[] {
  const roots = posts.map((post) => postRoot(sha256, post.content, post.salt));
  const leaves = posts.map((post, i) => postLeafHash(sha256, post.id, roots[i] ?? new Uint8Array()));
  const auditPathOf = auditPaths(sha256, leaves);
  return posts.map((post, index) => {
    const whole: PostFile = {
      v: 1,
      event,
      post: post.id,
      index,
      size: posts.length,
      path: auditPathOf(index).map(toHex),
      salt: toHex(post.salt),
      content: post.content,
    };
    const { withheld } = post;
    const file = withheld?.size ? withholdParts(sha256, whole, (_part, i) => withheld.has(i)) : whole;
    const shown: Shown =
      'parts' in file
        ? { whole: false, parts: file.parts.map((entry) => ('part' in entry ? entry.part : null)) }
        : { whole: true, content: post.content };
    return {
      post: post.id,
      root: toHex(roots[index] ?? new Uint8Array()),
      bytes: canonicalBytes(file),
      shown,
    };
  });
}

/** The same post file with some parts withheld: `withhold` gets each part with its place in the post. */
export function withholdParts(
  sha256: Sha256,
  file: PostFile,
  withhold: (part: Part, index: number) => boolean,
): PostFile {
  if (!('content' in file))
    throw new HoldfastError('bad-input', 'Expected a whole post; parts of this one are withheld already.');
  const { salt, content, ...rest } = file;
  const postSalt = fromHex(salt);
  const parts = toParts(content).map((part, i) => {
    const own = partSalt(sha256, postSalt, i);
    return withhold(part, i)
      ? { hash: toHex(partHash(sha256, own, part)) }
      : { part: partSchema.parse(part), salt: toHex(own) };
  });
  return { ...rest, parts };
}

/** Reads a post file, which may be attacker-controlled. Errors: `bad-input`. */
export function readPostFile(bytes: Uint8Array): PostFile {
  return parseStrict(postFileSchema, bytes);
}

/**
 * What a post file shows, once it is certain that the reading holds it: the one whose document says that it read
 * `posts` posts with this Merkle `root` (hexadecimal). Errors: `bad-input` where it does not.
 */
export function provePost(
  sha256: Sha256,
  file: PostFile,
  reading: { root: string; posts: number },
): DisclosedPost {
  const { root, shown } = 'content' in file ? wholePost(sha256, file) : partialPost(sha256, file.parts);
  const included = verifyInclusion(sha256, {
    leaf: postLeafHash(sha256, file.post, root),
    index: file.index,
    size: file.size,
    path: file.path.map(fromHex),
    root: fromHex(reading.root),
  });
  // A path may fit trees of several sizes: the size is what the document says, not what the file says.
  if (!included || file.size !== reading.posts) {
    throw new HoldfastError(
      'bad-input',
      'The post is not the one that its reading commits to: its content, salt or path differs.',
    );
  }
  return { event: file.event, post: file.post, index: file.index, size: file.size, root: toHex(root), shown };
}

function wholePost(
  sha256: Sha256,
  file: { salt: string; content: PostContent },
): { root: Uint8Array; shown: Shown } {
  // Through the parts and back: a content that two lists of parts could mean is none of ours.
  const content = fromParts(toParts(file.content));
  return { root: postRoot(sha256, content, fromHex(file.salt)), shown: { whole: true, content } };
}

function partialPost(
  sha256: Sha256,
  entries: Extract<PostFile, { parts: unknown }>['parts'],
): { root: Uint8Array; shown: Shown } {
  const parts = entries.map((entry) => ('part' in entry ? entry.part : null));
  checkPartial(parts);
  const hashes = entries.map((entry) =>
    'hash' in entry ? fromHex(entry.hash) : partHash(sha256, fromHex(entry.salt), entry.part),
  );
  return { root: merkleRoot(sha256, hashes), shown: { whole: false, parts } };
}
