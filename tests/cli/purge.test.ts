/** Purges, holds and dates as a user orders them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { keepingSchema, purgePlanSchema, purgeReportSchema } from '../../contract/model/purge.ts';
import { commandLine } from '../support/cli.ts';
import { postPage } from '../support/post-page.ts';

vi.setConfig({ testTimeout: 60_000 });

const searchSchema = z.object({ hits: z.array(z.object({ captureId: z.string() })) });

test('a capture is held, let go, and purged; the log says by which leaf', () => {
  const { folder, run, json } = commandLine({ HOLDFAST_NAME: 'Tess Ter' });
  writeFileSync(join(folder, 'a.html'), postPage('words that go'));
  writeFileSync(join(folder, 'b.html'), postPage('words that stay'));
  expect(run('init', 'a.holdfast', '--plain').status).toBe(0);
  expect(run('import', 'a.holdfast', 'a.html', 'b.html').status).toBe(0);
  const { hits } = searchSchema.parse(json('search', 'a.holdfast', 'go'));
  const id = hits[0]?.captureId ?? '';
  const grounds = ['--because', 'a court says so', '--authority', 'District court'];

  expect(run('hold', 'set', 'a.holdfast', id, '--because', 'It stands before a court').status).toBe(0);
  expect(purgePlanSchema.parse(json('purge-plan', 'a.holdfast', id)).hold).toMatchObject({ captureId: id });
  const held = run('purge', 'a.holdfast', id, ...grounds, '--confirm', id);
  expect([held.status, held.stderr]).toEqual([1, expect.stringContaining('[capture-held]')]);
  expect(run('hold', 'lift', 'a.holdfast', id, '--because', 'It was closed').status).toBe(0);
  expect(
    run('retention', 'set', 'a.holdfast', id, '--until', '2020-01-01', '--because', 'the plan').status,
  ).toBe(0);
  expect(run('retention', 'list', 'a.holdfast', '--due').stdout).toContain(
    `${id}  kept until 2020-01-01: the plan`,
  );
  const other = run('purge', 'a.holdfast', id, ...grounds, '--confirm', 'another');
  expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('[purge-not-confirmed]')]);
  expect(run('purge', 'a.holdfast', id, '--confirm', id).status).toBe(2);

  const report = purgeReportSchema.parse(json('purge', 'a.holdfast', id, ...grounds, '--confirm', id));

  expect(report).toMatchObject({
    captureId: id,
    cleaned: true,
    destroyed: { posts: 1, artifacts: 1 },
    bundles: [],
    backups: [],
  });
  const verified = run('log', 'verify', 'a.holdfast');
  expect(verified.status).toBe(0);
  expect(verified.stdout).toContain(`event ${report.events[0]}  purged by leaf ${report.leaf}`);
  expect(json('log', 'verify', 'a.holdfast')).toMatchObject({
    ok: true,
    purged: report.events.length,
    purges: [{ leaf: report.leaf, events: report.events }],
  });
  expect(keepingSchema.pick({ purged: true }).parse(json('purged', 'a.holdfast')).purged).toMatchObject([
    {
      captureId: id,
      leaf: report.leaf,
      because: 'a court says so',
      authority: 'District court',
      by: { name: 'Tess Ter' },
    },
  ]);
  expect(run('purge', 'a.holdfast', id, ...grounds, '--confirm', id).stderr).toContain('[capture-purged]');
});
