/** The tables of which `npm test` takes a part, whole. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../support/electron.ts';
import type { Part, PartOrder } from './part.ts';

const files = ['tests/archive/safety-faults.test.ts'];

export const wholeTables: Part = {
  what: 'the tables of which npm test takes every third case are run whole',
  count: 1,
  run,
};

function run({ count, say }: PartOrder): Promise<number> {
  let failures = 0;
  for (let n = 0; n < count; n++) {
    const { status } = spawnSync(
      process.execPath,
      [join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...files],
      { cwd: projectRoot, stdio: 'inherit', env: { ...process.env, HOLDFAST_WHOLE_TABLES: '1' } },
    );
    if (status !== 0) failures += 1;
  }
  say(`${files.length} files with ${failures === 0 ? 'no' : 'a'} failed test`);
  return Promise.resolve(failures);
}
