/** Consistency and inclusion files: the vectors of docs/bundle-format.md, and whatever else may stand in their place. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { HoldfastError } from '../../../contract/errors.ts';
import { readConsistencyFile, writeConsistencyFile } from '../../../evidence/bundle/consistency-file.ts';
import { readInclusionFile, writeInclusionFile } from '../../../evidence/bundle/inclusion-file.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { fromHex } from '../../../evidence/digest/sha256.ts';
import { openCheckpoint } from '../../../evidence/log/checkpoint.ts';
import { leafHash, verifyConsistency, verifyInclusion } from '../../../evidence/log/merkle.ts';

const url = (name: string) => new URL(`../../../docs/${name}`, import.meta.url);
const { event, log, bundleLog } = z
  .object({
    event: z.object({ leaf: z.string() }),
    log: z.object({
      key: z.object({ vkey: z.string() }),
      checkpoints: z.array(z.object({ size: z.number(), note: z.string() })),
    }),
    bundleLog: z.object({ consistencyFile: z.string(), inclusionFile: z.string() }),
  })
  .parse(JSON.parse(readFileSync(url('bundle-format.vectors.json'), 'utf8')));
const page = readFileSync(url('bundle-format.md'), 'utf8');
const bytes = (text: string) => new TextEncoder().encode(text);
const head = (size: number) => {
  const note = log.checkpoints.find((each) => each.size === size)?.note ?? '';
  return openCheckpoint(bytes(note), log.key.vkey);
};

describe('the vectors', () => {
  test('of consistency: read, hold, come out the same, and stand on the page', () => {
    const file = readConsistencyFile(bytes(bundleLog.consistencyFile));
    expect(file.from).toBe(8);
    expect(openCheckpoint(file.checkpoint, log.key.vkey)).toEqual(head(11));
    expect(verifyConsistency(nodeSha256, { from: head(8), to: head(11), path: file.path })).toBe(true);
    expect(new TextDecoder().decode(writeConsistencyFile(file))).toBe(bundleLog.consistencyFile);
    expect(page).toContain(bundleLog.consistencyFile);
  });

  test('of inclusion: likewise', () => {
    const file = readInclusionFile(bytes(bundleLog.inclusionFile));
    const [{ seq, path } = { seq: -1, path: [] }] = file.leaves;
    const leaf = leafHash(nodeSha256, bytes(event.leaf));
    const { size, root } = head(11);
    const proof = { leaf, index: seq, size, path: path.map(fromHex), root };
    expect(file.size).toBe(11);
    expect(verifyInclusion(nodeSha256, proof)).toBe(true);
    expect(new TextDecoder().decode(writeInclusionFile(file))).toBe(bundleLog.inclusionFile);
    expect(page).toContain(bundleLog.inclusionFile);
  });
});

describe('a consistency file', () => {
  test('comes back as it was written', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const files = fc.record({
      from: fc.integer({ min: 1, max: 2 ** 53 - 1 }),
      path: fc.array(hash, { maxLength: 63 }),
      checkpoint: fc.uint8Array(),
    });
    fc.assert(
      fc.property(files, (file) => {
        const read = readConsistencyFile(writeConsistencyFile(file));
        expect(read.from).toBe(file.from);
        expect(read.path.map((each) => [...each])).toEqual(file.path.map((each) => [...each]));
        expect([...read.checkpoint]).toEqual([...file.checkpoint]);
      }),
    );
  });

  test('in any other form is refused, with our code', () => {
    const refused = (content: Uint8Array) => {
      try {
        const read = readConsistencyFile(content);
        // What is read must be what is written for it: there is one way to say a thing.
        expect([...writeConsistencyFile(read)]).toEqual([...content]);
      } catch (error) {
        expect(error).toBeInstanceOf(HoldfastError);
        expect(error).toMatchObject({ code: 'bad-input' });
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), refused));
    const good = bytes(bundleLog.consistencyFile);
    const edits = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(fc.property(edits, ([at, value]) => refused(good.with(at, value))));
    for (const text of [
      '',
      'old 0\n\n',
      'old 01\n\n',
      'old 9007199254740993\n\n',
      'old 1\n',
      'old 1\nAAAA\n\n',
    ]) {
      expect(() => readConsistencyFile(bytes(text)), text).toThrow(HoldfastError);
    }
  });
});
