/** The commands that docs/bundle-format.md gives for checkpoints and proofs, run as they stand there. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../support/temporary.ts';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const { event, log } = z
  .object({
    event: z.object({ leaf: z.string() }),
    log: z.object({ proof: z.string(), key: z.object({ vkey: z.string() }) }),
  })
  .parse(JSON.parse(read('bundle-format.vectors.json')));
const section = read('bundle-format.md').split('## Tree, checkpoints and proofs')[1]?.split('\n## ')[0] ?? '';
const [signature = '', path = ''] = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, script = '']) => script,
);

function run(files: Record<string, string>, script: string) {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  return spawnSync('sh', ['-c', script], { cwd, encoding: 'utf8' });
}

test('the signature of the checkpoint in a proof, by openssl', () => {
  const good = run({ proof: log.proof, vkey: log.key.vkey }, signature);
  const changed = run({ proof: log.proof.replace('\n11\n', '\n12\n'), vkey: log.key.vkey }, signature);

  expect(good.stdout.trim()).toBe('Signature Verified Successfully');
  expect(changed.stdout).not.toContain('Successfully');
  expect(changed.status).not.toBe(0);
});

test('the way from the leaf to the root, by openssl and xxd', () => {
  const root = log.proof.split('\n').at(-4);
  const good = run({ proof: log.proof, leaf: event.leaf }, path);
  const changed = run({ proof: log.proof, leaf: `${event.leaf} ` }, path);

  expect([good.stderr, good.stdout.trim()]).toEqual(['', root]);
  expect(changed.stdout.trim()).not.toBe(root);
});
