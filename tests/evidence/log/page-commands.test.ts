/** The commands that docs/bundle-format.md gives for checkpoints and proofs, run as they stand there. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readArtifactFile } from '../../../evidence/bundle/artifact-file.ts';
import { canonicalJson } from '../../../evidence/log/canonical.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const { event, log, committed } = z
  .object({
    event: z.object({ leaf: z.string() }),
    log: z.object({ proof: z.string(), key: z.object({ vkey: z.string() }) }),
    committed: z.object({ root: z.string(), document: z.string(), file: z.string() }),
  })
  .parse(JSON.parse(read('bundle-format.vectors.json')));

/** The scripts of a section of the page, in their order. */
function scriptsOf(title: string): string[] {
  const section = read('bundle-format.md').split(`## ${title}`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, script = '']) => script);
}

const [signature = '', path = ''] = scriptsOf('Tree, checkpoints and proofs');
const [artifactPath = ''] = scriptsOf('Captures in part');

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

test('the way from a file of a capture in part to the root of its commitment', () => {
  const { artifacts } = readArtifactFile(new TextEncoder().encode(committed.file));
  const count: number = JSON.parse(committed.document).body.artifacts;
  for (const { artifact, index, salt, path: hashes } of artifacts) {
    const set = `SALT=${salt}; INDEX=${index}; COUNT=${count}; PATH_HASHES='${hashes.join(' ')}'\n`;
    const good = run({ artifact: canonicalJson(artifact) }, set + artifactPath);
    const changed = run({ artifact: canonicalJson({ ...artifact, size: 1 }) }, set + artifactPath);

    expect([good.stderr, good.stdout.trim()]).toEqual(['', committed.root]);
    expect(changed.stdout.trim()).not.toBe(committed.root);
  }
});
