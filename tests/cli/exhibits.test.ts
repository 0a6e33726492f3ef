/** `holdfast bundle --wacz exhibits`, and `holdfast verify --original` with the recording that it was cut out of. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { revealFile } from '../../archive/leaving/reveal.ts';
import { closeArchive } from '../../archive/open.ts';
import { harbour } from '../archive/harbour.ts';
import { makeArchive } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

const identity = { HOLDFAST_IDENTITY_PASSPHRASE: 'ida', HOLDFAST_PASSPHRASE: 'unused' };

test('what exhibits need leaves, is shown before, and is known again by whoever has the whole recording', {
  timeout: 120_000,
}, async () => {
  const { folder, run, json } = commandLine(identity);
  const archive = await makeArchive({ plain: true, path: join(folder, 'a.holdfast') });
  const { captureId, whole } = await harbour(archive);
  const digest = createHash('sha256').update(whole).digest('hex');
  writeFileSync(join(folder, 'whole.wacz'), whole);
  writeFileSync(join(folder, 'other.wacz'), 'another file');
  writeFileSync(join(folder, 'revealed.json'), revealFile(archive, captureId, digest));
  closeArchive(archive);
  run('identity', 'create', 'ida.p12', '--name', 'Ida');
  const bundle = ['bundle', 'a.holdfast', '--all', '--identity', 'ida.p12', '--wacz', 'exhibits', '--no-pdf'];

  const preview = run(...bundle, '--preview');
  expect(preview.stdout).toMatch(
    new RegExp(`of recordings only what the exhibits need\\n  capture ${captureId}: \\d+ of 83 records`),
  );
  const made = run(...bundle, 'out.zip');
  expect(made.stderr).toBe('');
  expect(made.status).toBe(0);

  const verify = ['verify', 'out.zip', '--original'];
  const alone = run(...verify, 'whole.wacz');
  expect(alone.stdout).toMatch(
    /derived: the \d+ records of .*exhibits\.wacz stand in that file byte for byte; it has 83/,
  );
  expect(alone.stdout).toContain('not known: whether that file is the recording that was sealed');
  expect(alone.status).toBe(3);
  const proven = run(...verify, 'whole.wacz', '--revealed', 'revealed.json');
  expect(proven.stdout).toContain(`original: it is the file 'wacz' that capture ${captureId} sealed`);
  expect(proven.stdout).not.toContain('not known: whether');
  expect(json(...verify, 'whole.wacz')).toMatchObject({ derived: { capture: captureId, of: 83 } });
  expect(run(...verify, 'other.wacz').stderr).toContain('Nothing in the bundle was cut out of other.wacz');
  expect(run(...bundle.with(-2, 'some'), 'out.zip').stderr).toContain('whole, exhibits');
});
