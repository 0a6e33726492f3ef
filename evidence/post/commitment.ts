/**
 * Commitments to posts. One post, or some words of it, can be shown and proven without the rest:
 *
 *   salt(i)  = SHA-256(0x03 ‖ post salt ‖ i as 4 bytes, big endian)
 *   leaf(i)  = salt(i) ‖ canonical JSON of part i
 *   post     = Merkle root over leaf(0..)                     (RFC 6962)
 *   reading  = Merkle root over canonical JSON {"post": id, "root": post}, in the order of the reading
 *
 * The post salt is 32 random bytes and leaves the desk only when the whole post does.
 */

import type { PostContent } from '../../contract/model/post.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import { canonicalBytes, canonicalJson } from '../log/canonical.ts';
import { leafHash, leafPrefix, merkleRoot } from '../log/merkle.ts';
import { type Part, toParts } from './parts.ts';

const saltPrefix = 3;
const saltLength = 32;
const encoder = new TextEncoder();
/** Filled anew for each part: a post has some sixty, and making the bytes took longer than hashing them. */
const saltBytes = new Uint8Array(1 + saltLength + 4);
let leafBytes = new Uint8Array(4096);

/** The salt of part `index`; knowing it tells nothing about the post salt or its sisters. */
export function partSalt(sha256: Sha256, postSalt: Uint8Array, index: number): Uint8Array {
  if (postSalt.length !== saltLength) throw new RangeError(`a salt has ${saltLength} bytes`);
  saltBytes[0] = saltPrefix;
  saltBytes.set(postSalt, 1);
  new DataView(saltBytes.buffer).setUint32(1 + saltLength, index);
  return sha256.of(saltBytes);
}

/** The leaf hash of one part. */
export function partHash(sha256: Sha256, salt: Uint8Array, { n, name, value }: Part): Uint8Array {
  // The canonical JSON of the part, its members in their order.
  const json = `{"n":${canonicalJson(n)},"name":${canonicalJson(name)},"value":${canonicalJson(value)}}`;
  const head = leafPrefix.length + salt.length;
  // A UTF-16 code unit takes at most three bytes in UTF-8.
  const most = head + json.length * 3;
  if (leafBytes.length < most) leafBytes = new Uint8Array(most * 2);
  leafBytes.set(leafPrefix);
  leafBytes.set(salt, leafPrefix.length);
  const { written } = encoder.encodeInto(json, leafBytes.subarray(head));
  return sha256.of(leafBytes.subarray(0, head + written));
}

/** The root that stands for a post. */
export function postRoot(sha256: Sha256, content: PostContent, postSalt: Uint8Array): Uint8Array {
  const hashes = toParts(content).map((part, i) => partHash(sha256, partSalt(sha256, postSalt, i), part));
  return merkleRoot(sha256, hashes);
}

/** The leaf hash of a post in the tree of its reading. */
export function postLeafHash(sha256: Sha256, postId: string, root: Uint8Array): Uint8Array {
  return leafHash(sha256, canonicalBytes({ post: postId, root: toHex(root) }));
}

/** The root that a reading's event document commits to. */
export function readingRoot(sha256: Sha256, posts: readonly { id: string; root: Uint8Array }[]): Uint8Array {
  return merkleRoot(
    sha256,
    posts.map((post) => postLeafHash(sha256, post.id, post.root)),
  );
}
