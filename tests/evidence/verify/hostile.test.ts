/** Whatever a signer signs, a check gives an answer, and never a good one for a log that was bent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile, encode, type Files, makeIdentity, step, unpack, verifyResigned } from '../build/bundle.ts';
import { id, samplePlan } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const files = await unpack(await compile(samplePlan(signer), signer));
const parsed = [...files.keys()].filter((path) => path.startsWith('log/') || path.endsWith('.json'));

const resigned = (change: (copy: Files) => void) => verifyResigned(files, signer, change);

describe('a parsed file, signed again with', () => {
  test('any bytes changed', async () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parsed), edits, async (path, changes) => {
        const before = files.get(path) ?? new Uint8Array();
        const bytes = before.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        fc.pre(Buffer.compare(bytes, before) !== 0);
        expect((await resigned((copy) => copy.set(path, bytes))).verdict).toBe('failed');
      }),
      { numRuns: 250 },
    );
  });

  test('any JSON in its place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parsed), fc.jsonValue(), async (path, value) => {
        const verification = await resigned((copy) => copy.set(path, encode(JSON.stringify(value))));
        expect(verification.verdict).toBe('failed');
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['nesting without end', '['.repeat(2_000_000)],
    ['closed nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a member named __proto__', '{"__proto__":{"v":1}}'],
    ['nothing', ''],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['a number beyond all', '{"a":1e999}'],
  ])('%s', async (_what, text) => {
    for (const path of [
      'data/evidence.json',
      `log/documents/${id(10)}.json`,
      `log/leaves/${id(10)}.json`,
      `log/posts/${id(12)}.json`,
    ]) {
      const verification = await resigned((copy) => copy.set(path, encode(text)));
      expect(verification.verdict).toBe('failed');
      const affected = path === 'data/evidence.json' ? 'evidence' : 'leaves';
      expect(step(verification, affected).status).toBe('failed');
      expect(verification.files).toContainEqual({ path, problem: 'unreadable' });
    }
  });

  test('more bytes than a check can hold', async () => {
    const verification = await resigned((copy) =>
      copy.set(`log/leaves/${id(10)}.json`, new Uint8Array(65 * 1024)),
    );
    expect(step(verification, 'leaves')).toMatchObject({ status: 'failed', code: 'file-too-large' });
    const evidence = await resigned((copy) =>
      copy.set('data/evidence.json', new Uint8Array(64 * 1024 * 1024 + 1)),
    );
    expect(step(evidence, 'evidence')).toMatchObject({ status: 'failed', code: 'file-too-large' });
  });

  test('more problems than are listed', async () => {
    const verification = await resigned((copy) => {
      for (let i = 0; i < 300; i++) copy.set(`log/posts/${id(5000 + i)}.json`, encode('{}'));
    });
    expect(verification.files).toHaveLength(100);
    expect(step(verification, 'leaves').message).toMatch(/\(and 299 more\)$/);
  });
});
