/** The test vectors of docs/bundle-format.md, by the program and by a second reading of that page in a few lines. */
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../../../contract/events.ts';
import { artifactSchema } from '../../../contract/model/capture.ts';
import { postContentSchema } from '../../../contract/model/post.ts';
import { isCommitted, proveArtifacts, readArtifactFile } from '../../../evidence/bundle/artifact-file.ts';
import { postFiles, provePost, readPostFile, withholdParts } from '../../../evidence/bundle/post-file.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { fromHex, toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes, canonicalJson } from '../../../evidence/log/canonical.ts';
import { openCheckpoint, signCheckpoint } from '../../../evidence/log/checkpoint.ts';
import { nodeEd25519, noteSigner } from '../../../evidence/log/ed25519-node.ts';
import { commitment, leafBytes } from '../../../evidence/log/leaf.ts';
import { verifyConsistency, verifyInclusion } from '../../../evidence/log/merkle.ts';
import { verifierKey } from '../../../evidence/log/note.ts';
import { parseTlogProof, verifyTlogProof } from '../../../evidence/log/tlog-proof.ts';
import { partSalt, postRoot, readingRoot } from '../../../evidence/post/commitment.ts';
import { toParts } from '../../../evidence/post/parts.ts';

const headSchema = z.object({ size: z.number(), root: z.string() });
const logVectorsSchema = z.object({
  leaves: z.array(z.string()),
  /** Of the first leaf, the first two, … */
  roots: z.array(z.string()),
  inclusion: z.array(
    z.object({
      what: z.string(),
      leaf: z.string(),
      index: z.number(),
      size: z.number(),
      path: z.array(z.string()),
      root: z.string(),
      ok: z.boolean(),
    }),
  ),
  consistency: z.array(
    z.object({
      what: z.string(),
      from: headSchema,
      to: headSchema,
      path: z.array(z.string()),
      ok: z.boolean(),
    }),
  ),
  key: z.object({ seed: z.string(), publicKey: z.string(), origin: z.string(), vkey: z.string() }),
  checkpoints: z.array(z.object({ size: z.number(), note: z.string() })),
  proof: z.string(),
});

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
    committed: z.object({
      sealingSalt: z.string(),
      artifacts: z.array(z.object({ artifact: z.string(), salt: z.string(), hash: z.string() })),
      root: z.string(),
      document: z.string(),
      file: z.string(),
    }),
    log: logVectorsSchema,
  })
  .parse(JSON.parse(readFileSync(url('bundle-format.vectors.json'), 'utf8')));
const { event, log } = vectors;
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

  test('artifacts of a capture, file by file', () => {
    const { sealingSalt, artifacts, root, document } = vectors.committed;
    const hashes = artifacts.map(({ artifact, salt, hash }, i) => {
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(i);
      expect(hex(sha(5, Buffer.from(sealingSalt, 'hex'), counter))).toBe(salt);
      expect(hex(sha(0, Buffer.from(salt, 'hex'), bytes(artifact)))).toBe(hash);
      return Buffer.from(hash, 'hex');
    });
    expect(hex(mth(hashes))).toBe(root);
    expect(JSON.parse(document).body).toMatchObject({ artifacts: artifacts.length, root });
  });

  test('reading', () => {
    expect(hex(mth(vectors.posts.map(({ leafHash }) => Buffer.from(leafHash, 'hex'))))).toBe(
      vectors.reading.root,
    );
    expect(hex(mth([]))).toBe(vectors.empty.root);
  });
});

describe('the log, by a second reading of the page', () => {
  const sha = (...parts: Uint8Array[]) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return new Uint8Array(hash.digest());
  };
  const node = (left: Uint8Array, right: Uint8Array) => sha(Uint8Array.of(1), left, right);
  const mth = (hashes: readonly Uint8Array[]): Uint8Array => {
    const [only] = hashes;
    if (only !== undefined && hashes.length === 1) return only;
    let k = 1;
    while (k * 2 < hashes.length) k *= 2;
    return node(mth(hashes.slice(0, k)), mth(hashes.slice(k)));
  };
  const hashes = log.leaves.map((leaf) => sha(Uint8Array.of(0), bytes(leaf)));
  const publicKey = createPublicKey({
    key: Buffer.from(`302a300506032b6570032100${log.key.publicKey}`, 'hex'),
    format: 'der',
    type: 'spki',
  });

  test('roots', () => {
    expect(log.roots).toEqual(hashes.map((_hash, i) => toHex(mth(hashes.slice(0, i + 1)))));
    expect(log.leaves[7]).toBe(event.leaf);
  });

  test('verifier key', () => {
    const { origin, publicKey: key, vkey } = log.key;
    const id = sha(bytes(`${origin}\n`), Uint8Array.of(1), Buffer.from(key, 'hex')).subarray(0, 4);
    expect(vkey).toBe(`${origin}+${toHex(id)}+${Buffer.from(`01${key}`, 'hex').toString('base64')}`);
  });

  test.each(log.checkpoints)('checkpoint of $size', ({ size, note }) => {
    const root = Buffer.from(log.roots[size - 1] ?? '', 'hex').toString('base64');
    const text = `${log.key.origin}\n${size}\n${root}\n`;
    const [, encoded = ''] = /^— \S+ (\S+)$/.exec(note.slice(text.length + 1, -1)) ?? [];
    expect(note.startsWith(`${text}\n— ${log.key.origin} `)).toBe(true);
    const signature = Buffer.from(encoded, 'base64');
    expect(signature.subarray(0, 4).toString('hex')).toBe(log.key.vkey.split('+')[1]);
    expect(verifySignature(null, Buffer.from(text), publicKey, signature.subarray(4))).toBe(true);
  });

  test('proof', () => {
    const [first, index, a, b, c, d, ...rest] = log.proof.split('\n');
    expect([first, index]).toEqual(['c2sp.org/tlog-proof@v1', 'index 7']);
    const path = [a, b, c, d].map((line) => new Uint8Array(Buffer.from(line ?? '', 'base64')));
    const [left, two, four, three] = path;
    if (!left || !two || !four || !three || !hashes[7]) throw new Error('a path of four');
    // Leaf 7 is the right one of every pair up to eight; the rest of eleven stands to the right of those.
    const root = node(node(four, node(two, node(left, hashes[7]))), three);
    expect(toHex(root)).toBe(log.roots[10]);
    expect(rest.join('\n')).toBe(`\n${log.checkpoints[1]?.note}`);
  });
});

describe('the log, by the program', () => {
  const from = (path: readonly string[]) => path.map(fromHex);

  test.each(log.inclusion)(
    'inclusion: $what (leaf $index of $size) is $ok',
    ({ what: _what, ok, ...proof }) => {
      const given = {
        ...proof,
        leaf: fromHex(proof.leaf),
        root: fromHex(proof.root),
        path: from(proof.path),
      };
      expect(verifyInclusion(nodeSha256, given)).toBe(ok);
    },
  );

  test.each(log.consistency)('consistency: $what ($from.size to $to.size) is $ok', ({ ok, ...proof }) => {
    const head = ({ size, root }: { size: number; root: string }) => ({ size, root: fromHex(root) });
    const given = { from: head(proof.from), to: head(proof.to), path: from(proof.path) };
    expect(verifyConsistency(nodeSha256, given)).toBe(ok);
  });

  test('checkpoints and proof, with either Ed25519', () => {
    const signer = noteSigner(log.key.origin, fromHex(`302e020100300506032b657004220420${log.key.seed}`));
    expect(verifierKey(signer.name, signer.publicKey)).toBe(log.key.vkey);
    for (const { size, note } of log.checkpoints) {
      const checkpoint = { origin: log.key.origin, size, root: fromHex(log.roots[size - 1] ?? '') };
      expect(new TextDecoder().decode(signCheckpoint(checkpoint, signer))).toBe(note);
      expect(openCheckpoint(bytes(note), log.key.vkey)).toEqual(checkpoint);
    }
    const proof = parseTlogProof(bytes(log.proof));
    const leaf = bytes(event.leaf);
    expect(verifyTlogProof(nodeSha256, leaf, proof, log.key.vkey)).toMatchObject({ size: 11 });
    expect(verifyTlogProof(nodeSha256, leaf, proof, log.key.vkey, nodeEd25519)).toMatchObject({ size: 11 });
  });

  test('the page quotes them', () => {
    const page = readFileSync(url('bundle-format.md'), 'utf8');
    for (const each of [log.key.vkey, log.proof, log.roots[10]]) expect(page).toContain(each);
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

  test('the file with proofs of artifacts, one withheld', () => {
    const { sealingSalt, artifacts, document, file } = vectors.committed;
    const committed = eventSchema.parse(JSON.parse(document));
    if (committed.kind !== 'artifacts.committed') throw new Error('another kind');
    const listed = readArtifactFile(bytes(file));
    const all = artifacts.map(({ artifact }) =>
      artifactSchema.omit({ name: true }).parse(JSON.parse(artifact)),
    );
    const proofs = proveArtifacts(nodeSha256, fromHex(sealingSalt), all, [1, 2]);
    const made = { v: 1, capture: listed.capture, event: committed.id, artifacts: proofs } as const;

    expect(canonicalJson(made)).toBe(file);
    expect(listed.artifacts.every((proof) => isCommitted(nodeSha256, proof, committed.body))).toBe(true);
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
