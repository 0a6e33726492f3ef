import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { xPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

test('reread: every capture or those named, a look that keeps nothing, wrong usage', () => {
  const { folder, run, json } = commandLine();
  writeFileSync(join(folder, 'one.html'), xPage('words'));
  writeFileSync(join(folder, 'two.bin'), 'no page');
  run('init', 'a.holdfast', '--plain');
  const { captures } = json('import', 'a.holdfast', 'one.html', 'two.bin') as { captures: { id: string }[] };

  expect(json('reread', 'a.holdfast', '--all', '--dry-run')).toMatchObject({
    captures: [
      { captureId: captures[0]?.id, outcome: 'not-kept', counts: { same: 1, changed: 0, new: 0, gone: 0 } },
    ],
    notRead: 1,
    refused: [],
  });
  const named = run('reread', 'a.holdfast', '--capture', captures[0]?.id ?? '');
  expect(named.stdout).toContain('nothing new: 1 the same, 0 new, 0 changed, 0 gone');
  expect(named.status).toBe(0);
  const unread = run('reread', 'a.holdfast', '--capture', captures[1]?.id ?? '');
  expect(unread.stdout).toContain('[nothing-to-do]');
  expect(unread.status).toBe(1);
  expect(run('reread', 'a.holdfast').status).toBe(2);
  expect(run('reread', 'a.holdfast', '--all', '--capture', captures[0]?.id ?? '').status).toBe(2);
});
