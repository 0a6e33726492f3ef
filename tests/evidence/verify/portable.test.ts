/** The verifier must run in a browser page, and must not know the builder. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

/** Everything that a file of ours imports, itself included: paths of ours, names of others. */
function reach(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
    if (name.startsWith('.')) reach(resolve(dirname(file), name), seen);
    else seen.add(name);
  }
  return seen;
}

test('verifying a bundle needs neither Node nor the builder', () => {
  const reached = [...reach(`${root}/evidence/verify/verify.ts`)].map((each) => each.replace(`${root}/`, ''));
  expect(reached.length).toBeGreaterThan(30);
  expect(reached.filter((each) => each.startsWith('node:') || each.startsWith('evidence/build'))).toEqual([]);
  expect(reached.filter((each) => each.endsWith('.ts') && !existsSync(`${root}/${each}`))).toEqual([]);
});

test.each(['evidence/wacz/check.ts', 'evidence/bagit/check.ts'])(
  '%s needs neither Node nor what writes',
  (file) => {
    const reached = [...reach(`${root}/${file}`)].map((each) => each.replace(`${root}/`, ''));
    expect(reached.length).toBeGreaterThan(10);
    expect(reached.filter((each) => /^node:|^evidence\/build|\/write/.test(each))).toEqual([]);
  },
);

test('building a bundle needs no verifier', () => {
  const reached = [...reach(`${root}/evidence/build/write.ts`)].map((each) => each.replace(`${root}/`, ''));
  expect(reached).toContain('node:fs/promises');
  expect(reached.filter((each) => each.startsWith('evidence/verify'))).toEqual([]);
});

test('with the checksum in plain JavaScript, as a page has it, the answer is the same', async () => {
  const { compile, makeIdentity, verify } = await import('../build/bundle.ts');
  const { samplePlan } = await import('../build/sample.ts');
  const { verifyBundle } = await import('../../../evidence/verify/verify.ts');
  const { memorySource } = await import('../../../evidence/source/byte-source.ts');
  const { nodeSha256 } = await import('../../../evidence/digest/node.ts');
  const signer = await makeIdentity('Ada Invented');
  const bytes = await compile(samplePlan(signer), signer);
  const inPage = await verifyBundle({
    source: memorySource(bytes),
    sha256: nodeSha256,
    trusted: [signer.certificate],
  });
  expect(inPage.verdict).toBe('trusted');
  expect(inPage).toEqual(await verify(bytes, signer));
});

test('a source that breaks off, and work that is cancelled, are errors and no verdict', async () => {
  const { compile, makeIdentity } = await import('../build/bundle.ts');
  const { samplePlan } = await import('../build/sample.ts');
  const { verifyBundle } = await import('../../../evidence/verify/verify.ts');
  const { memorySource } = await import('../../../evidence/source/byte-source.ts');
  const { nodeSha256 } = await import('../../../evidence/digest/node.ts');
  const signer = await makeIdentity('Ada Invented');
  const whole = memorySource(await compile(samplePlan(signer), signer));
  let reads = 0;
  const breaking = {
    size: whole.size,
    read: async (offset: number, length: number) => {
      reads += 1;
      if (reads > 5) throw new Error('the stick was pulled out');
      return whole.read(offset, length);
    },
  };
  const request = { sha256: nodeSha256, trusted: [] };
  await expect(verifyBundle({ ...request, source: breaking })).rejects.toThrow('the stick was pulled out');
  const controller = new AbortController();
  const progress = () => controller.abort();
  await expect(
    verifyBundle({ ...request, source: whole, progress, signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'cancelled' });
});
