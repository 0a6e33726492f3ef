/** One plan, two machines as far as a process can tell: every byte of the bundle is the same. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { makeIdentity } from './bundle.ts';

const program = join(import.meta.dirname, 'write-samples.ts');

function written(
  certificate: Uint8Array,
  environment: { TZ: string; LC_ALL: string; USER: string; umask: number },
) {
  const { umask, ...variables } = environment;
  const home = join(temporaryFolder(), environment.USER);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'signer.der'), certificate);
  const before = process.umask(umask);
  const run = spawnSync(process.execPath, [program, home, join(home, 'signer.der')], {
    cwd: home,
    env: { ...variables, LOGNAME: variables.USER, LANG: variables.LC_ALL, HOME: home, TMPDIR: home },
    encoding: 'utf8',
  });
  process.umask(before);
  if (run.status !== 0) throw new Error(run.stderr);
  const digest = (name: string) => toHex(nodeSha256.of(new Uint8Array(readFileSync(join(home, name)))));
  const [first, dated, derived] = ['case.zip', 'dated.zip', 'derived.zip'].map(digest);
  return { seen: JSON.parse(run.stdout) as unknown, case: first, dated, derived };
}

test('the same plan gives the same bytes for another user, folder, time zone and language', async () => {
  const { certificate } = await makeIdentity('Ada Invented');

  const { seen: here, ...one } = written(certificate, { TZ: 'UTC', LC_ALL: 'C', USER: 'ada', umask: 0o022 });
  const { seen: there, ...other } = written(certificate, {
    TZ: 'Pacific/Auckland',
    LC_ALL: 'fa_IR.UTF-8',
    USER: 'کاربر',
    umask: 0o077,
  });

  expect([here, there]).toEqual([
    { timeZone: 'UTC', locale: 'en-US' },
    { timeZone: 'Pacific/Auckland', locale: 'fa-IR' },
  ]);
  expect(other).toEqual(one);
});
