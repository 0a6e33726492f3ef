/**
 * Whatever a signer writes into a bundle before signing it, the answer is ours: no error comes out, no second passes
 * unbounded, and nothing that was changed is trusted.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBytes, type Json } from '../../../evidence/log/canonical.ts';
import {
  compile,
  encode,
  type Files,
  makeIdentity,
  pack,
  resign,
  text,
  unpack,
  verify,
} from '../build/bundle.ts';
import { samplePlan } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const bundle = await unpack(await compile(samplePlan(signer), signer));
const isCovered = (path: string) => !path.startsWith('sig/') && path !== 'tagmanifest-sha256.txt';
const jsonFiles = [...bundle.keys()].filter((path) => path.endsWith('.json'));
const textFiles = [...bundle.keys()].filter(
  (path) =>
    isCovered(path) &&
    /^(?:log\/(?:checkpoints|consistency|proofs|salts)\/|bagit\.txt|bag-info\.txt|manifest)/.test(path),
);

const deep = JSON.parse('['.repeat(200) + ']'.repeat(200)) as Json;
const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, '', 0, -1, 1.5, 2 ** 53 - 1, 1e300, [], {}, deep),
  fc.constantFrom(
    '\u0007',
    '\u202e',
    '9999-99-99T99:99:99.999Z',
    'x'.repeat(100_000),
    '__proto__',
    '../../a',
  ),
  fc.constantFrom<Json>({ constructor: 1 }, [null], ['a', 'a'], { toString: null }),
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
);

/** Where in a document, counted over all its values; what stands there then: another value, nothing, or it twice. */
interface Change {
  at: number;
  how: 'replace' | 'remove' | 'repeat' | 'rename';
  value: Json;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 400 }),
  how: fc.constantFrom('replace', 'replace', 'remove', 'repeat', 'rename'),
  value: odd,
});

function changed(root: Json, { at, how, value }: Change): Json {
  const places: [Record<string, Json> | Json[], string | number][] = [];
  const visit = (node: Json): void => {
    if (Array.isArray(node)) {
      for (const [i, each] of node.entries()) {
        places.push([node as Json[], i]);
        visit(each as Json);
      }
    } else if (node !== null && typeof node === 'object') {
      for (const [key, each] of Object.entries(node)) {
        places.push([node as Record<string, Json>, key]);
        visit(each);
      }
    }
  };
  visit(root);
  const [holder, key] = places[at % places.length] ?? [];
  if (holder === undefined || key === undefined) return root;
  if (Array.isArray(holder)) {
    const index = Number(key);
    if (how === 'remove') holder.splice(index, 1);
    else if (how === 'repeat') holder.splice(index, 0, holder[index] ?? null);
    else holder[index] = value;
  } else {
    const before = holder[key] ?? null;
    if (how === 'replace' || how === 'repeat') holder[key] = value;
    else delete holder[key];
    if (how === 'rename') holder[JSON.stringify(value).slice(0, 50)] = before;
  }
  return root;
}

/** As JSON of ours where it can be said so; else as anybody may write it. */
function bytesOf(value: Json): Uint8Array {
  try {
    return canonicalBytes(value);
  } catch {
    return encode(JSON.stringify(value));
  }
}

async function verdictOf(
  files: Files,
  path: string,
): Promise<{ same: boolean; verdict: string; spent: number }> {
  const same = Buffer.from(files.get(path) ?? []).equals(bundle.get(path) ?? new Uint8Array());
  await resign(files, signer);
  const started = performance.now();
  const { verdict, steps, files: listed } = await verify(await pack(files), signer);
  expect(steps).toHaveLength(15);
  expect(listed.length).toBeLessThanOrEqual(100);
  for (const { message } of steps) expect(message.length).toBeLessThan(2000);
  return { same, verdict, spent: performance.now() - started };
}

test('JSON of every kind, changed at any place', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...jsonFiles), change, async (path, how) => {
      const files: Files = new Map(bundle);
      files.set(path, bytesOf(changed(JSON.parse(text(bundle, path)) as Json, how)));
      const { same, verdict, spent } = await verdictOf(files, path);
      expect(verdict, path).toBe(same ? 'trusted' : 'failed');
      expect(spent).toBeLessThan(5000);
    }),
    { numRuns: 150 },
  );
});

test('text files, changed in any line', { timeout: 120_000 }, async () => {
  const line = fc.oneof(
    fc.constantFrom('', 'x', '\u2014 a b', 'index 9007199254740993', 'old 0', '0', '1e3', ' ', '\r', '\0'),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constant('A'.repeat(60_000)),
  );
  const edit = fc.record({
    at: fc.nat({ max: 12 }),
    how: fc.constantFrom('replace', 'remove', 'repeat', 'insert', 'cut'),
    line,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...textFiles), edit, async (path, { at, how, line: other }) => {
      const lines = text(bundle, path).split('\n');
      const i = at % lines.length;
      if (how === 'replace') lines[i] = other;
      if (how === 'remove') lines.splice(i, 1);
      if (how === 'repeat') lines.splice(i, 0, lines[i] ?? '');
      if (how === 'insert') lines.splice(i, 0, other);
      if (how === 'cut') lines.splice(i);
      const files: Files = new Map(bundle);
      files.set(path, encode(lines.join('\n')));
      const { verdict } = await verdictOf(files, path);
      // The manifest of the payload is written anew when it is signed.
      const holds = Buffer.from(files.get(path) ?? []).equals(bundle.get(path) ?? new Uint8Array());
      expect(verdict, `${path} ${how} ${i}`).toBe(holds ? 'trusted' : 'failed');
    }),
    { numRuns: 120 },
  );
});
