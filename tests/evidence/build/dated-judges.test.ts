/** A bundle of dated tags before judges that know nothing of Holdfast: sha256sum, openssl, tail and head. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { compile, makeIdentity, signingTime, unpack } from './bundle.ts';
import { datedSample } from './dated-sample.ts';

test('every file is listed, the signature holds, a review is in the log, and each clause is the bytes at its place', async () => {
  const signer = await makeIdentity('Ada Invented');
  const { plan, tags } = datedSample(signer);
  const folder = temporaryFolder();
  const at = new Date(Math.max(Date.parse(signer.signer.notBefore), signingTime.getTime()));
  for (const [path, bytes] of await unpack(await compile(plan, signer, at))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const run = (command: string) => {
    const { stdout, stderr, status } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
    return { output: `${stdout}${stderr}`, status };
  };
  expect(run('sha256sum --quiet --strict -c manifest-sha256.txt tagmanifest-sha256.txt')).toEqual({
    output: '',
    status: 0,
  });
  const cms = `openssl cms -verify -cades -binary -inform DER -in sig/tagmanifest-sha256.txt.p7s -content tagmanifest-sha256.txt -CAfile sig/signer.pem -out /dev/null -attime ${at.getTime() / 1000 + 60}`;
  expect(run(cms).output).toContain('CAdES Verification successful');
  const [review] = tags.disputed.reviews;
  const event = review?.event.id ?? '';
  const commitment = run(
    `{ printf '\\002'; xxd -r -p log/salts/${event}.txt; openssl dgst -sha256 -binary log/documents/${event}.json; } | openssl dgst -sha256 -r | cut -c1-64`,
  );
  expect(readFileSync(join(folder, `log/leaves/${event}.json`), 'utf8')).toContain(
    `"commitment":"${commitment.output.trim()}"`,
  );
  const evidence = evidenceSchema.parse(JSON.parse(readFileSync(join(folder, 'data/evidence.json'), 'utf8')));
  const versions = (evidence.policies ?? []).flatMap((policy) => policy.versions);
  expect(versions).toHaveLength(4);
  for (const { path, sha256, clauses } of versions) {
    expect(run(`sha256sum ${path} | cut -c1-64`).output.trim()).toBe(sha256);
    for (const { bytes, text } of clauses) {
      const [from, to] = bytes;
      expect(run(`tail -c +${from + 1} ${path} | head -c ${to - from}`).output).toBe(text);
    }
  }
});
