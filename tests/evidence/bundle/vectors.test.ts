/** The test vectors of docs/bundle-format.md, by the program and by a second reading of that page in a few lines. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { postContentSchema } from '../../../contract/model/post.ts';
import { postFiles, provePost, readPostFile, withholdParts } from '../../../evidence/bundle/post-file.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { fromHex, toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes, canonicalJson } from '../../../evidence/log/canonical.ts';
import { commitment, leafBytes } from '../../../evidence/log/leaf.ts';
import { partSalt, postRoot, readingRoot } from '../../../evidence/post/commitment.ts';
import { toParts } from '../../../evidence/post/parts.ts';

const url = (name: string) => new URL(`../../../docs/${name}`, import.meta.url);
const vectors = z
  .object({
    event: z.record(z.string(), z.string()),
    posts: z.array(
      z.object({
        id: z.string(),
        salt: z.string(),
        content: postContentSchema,
        parts: z.array(z.object({ part: z.string(), salt: z.string(), hash: z.string() })),
        root: z.string(),
        leaf: z.string(),
        leafHash: z.string(),
      }),
    ),
    reading: z.object({ root: z.string() }),
    postFile: z.string(),
    postFileWithheld: z.string(),
    empty: z.object({ root: z.string() }),
  })
  .parse(JSON.parse(readFileSync(url('bundle-format.vectors.json'), 'utf8')));
const { event } = vectors;
const bytes = (text = '') => new TextEncoder().encode(text);

describe('by a second reading of the page', () => {
  const sha = (...parts: (Uint8Array | number)[]) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(typeof part === 'number' ? Uint8Array.of(part) : part);
    return new Uint8Array(hash.digest());
  };
  /** RFC 6962, section 2.1, word for word, over leaf hashes. */
  const mth = (hashes: Uint8Array[]): Uint8Array => {
    const [only] = hashes;
    if (only === undefined) return sha();
    if (hashes.length === 1) return only;
    let k = 1;
    while (k * 2 < hashes.length) k *= 2;
    return sha(1, mth(hashes.slice(0, k)), mth(hashes.slice(k)));
  };
  const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');

  test('leaf and commitment', () => {
    const digest = sha(bytes(event.document));
    expect(hex(digest)).toBe(event.sha256OfDocument);
    expect(hex(sha(2, Buffer.from(event.salt ?? '', 'hex'), digest))).toBe(event.commitment);
    expect(hex(sha(0, bytes(event.leaf)))).toBe(event.leafHash);
  });

  test.each(vectors.posts)('post $id', (post) => {
    const hashes = post.parts.map(({ part, salt, hash }, i) => {
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(i);
      expect(hex(sha(3, Buffer.from(post.salt, 'hex'), counter))).toBe(salt);
      expect(hex(sha(0, Buffer.from(salt, 'hex'), bytes(part)))).toBe(hash);
      return Buffer.from(hash, 'hex');
    });
    expect(hex(mth(hashes))).toBe(post.root);
    expect(post.leaf).toBe(`{"post":"${post.id}","root":"${post.root}"}`);
    expect(hex(sha(0, bytes(post.leaf)))).toBe(post.leafHash);
  });

  test('reading', () => {
    expect(hex(mth(vectors.posts.map(({ leafHash }) => Buffer.from(leafHash, 'hex'))))).toBe(
      vectors.reading.root,
    );
    expect(hex(mth([]))).toBe(vectors.empty.root);
  });
});

describe('by the program', () => {
  const posts = vectors.posts.map(({ id, content, salt }) => ({ id, content, salt: fromHex(salt) }));
  const reading = { root: vectors.reading.root, posts: posts.length };

  test('leaf and commitment', () => {
    const document: unknown = JSON.parse(event.document ?? '');
    const act = z
      .object({
        id: z.string(),
        kind: z.string(),
        time: z.string(),
        body: z.object({ tag: z.string(), post: z.string() }),
      })
      .parse(document);
    const salt = fromHex(event.salt ?? '');
    expect(toHex(commitment(nodeSha256, salt, bytes(event.document)))).toBe(event.commitment);
    const leaf = leafBytes(
      nodeSha256,
      { ...act, seq: 7, subjects: [act.body.tag, act.body.post] },
      salt,
      bytes(event.document),
    );
    expect(new TextDecoder().decode(leaf)).toBe(event.leaf);
  });

  test('posts and reading', () => {
    for (const [i, post] of posts.entries()) {
      const parts = toParts(post.content).map((part, k) => [
        canonicalJson(part),
        toHex(partSalt(nodeSha256, post.salt, k)),
      ]);
      expect(parts).toEqual(vectors.posts[i]?.parts.map(({ part, salt }) => [part, salt]));
      expect(toHex(postRoot(nodeSha256, post.content, post.salt))).toBe(vectors.posts[i]?.root);
    }
    const roots = posts.map((post) => ({ id: post.id, root: postRoot(nodeSha256, post.content, post.salt) }));
    expect(toHex(readingRoot(nodeSha256, roots))).toBe(reading.root);
    expect(toHex(readingRoot(nodeSha256, []))).toBe(vectors.empty.root);
  });

  test('post files, whole and with a word withheld', () => {
    const { event: readingEvent } = readPostFile(bytes(vectors.postFile));
    const files = postFiles(nodeSha256, readingEvent, posts).map((file) =>
      new TextDecoder().decode(file.bytes),
    );
    expect(files[2]).toBe(vectors.postFile);
    const withheld = withholdParts(
      nodeSha256,
      readPostFile(bytes(files[0])),
      (part) => part.value === 'vermin!',
    );
    expect(canonicalJson(withheld)).toBe(vectors.postFileWithheld);
    expect(provePost(nodeSha256, readPostFile(canonicalBytes(withheld)), reading).root).toBe(
      vectors.posts[0]?.root,
    );
    expect(provePost(nodeSha256, readPostFile(bytes(vectors.postFile)), reading).shown).toEqual({
      whole: true,
      content: posts[2]?.content,
    });
  });

  test('the page quotes the vectors', () => {
    const page = readFileSync(url('bundle-format.md'), 'utf8');
    const last = vectors.posts[0]?.parts.at(-1);
    const quoted = [
      event.document,
      event.sha256OfDocument,
      event.commitment,
      event.leaf,
      event.leafHash,
      last?.part,
      last?.salt,
      last?.hash,
      vectors.posts[0]?.root,
    ];
    for (const each of quoted) expect(page).toContain(each);
  });
});
