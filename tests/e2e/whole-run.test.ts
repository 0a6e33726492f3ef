/** The whole path with a capture in it, as the network sees it: nobody is asked but the page's own server. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readTrace, runWithoutNetwork } from '../support/no-network.ts';
import type { WholeRun } from './support/whole-run.ts';
import { wholeRun } from './support/whole-run.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'holdfast-whole-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('from an empty archive to a verified bundle, on a machine without a network', async () => {
  const script = join(import.meta.dirname, 'support', 'whole-run.ts');
  const { DISPLAY: _, ...environment } = process.env;

  const { code, stdout, stderr } = await runWithoutNetwork(process.execPath, [script, folder()], {
    env: environment,
  });

  expect({ code, stderr }).toMatchObject({ code: 0 });
  const run = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as WholeRun;
  expect(run.verdict).toBe('trusted');
  expect(run.asked).toContain('/post');
});

test('the same, watched from outside: only the captured page is asked for, from its own server', async () => {
  const made = folder();
  const log = join(made, 'network.log');

  const run = await wholeRun(made, log);

  const text = readFileSync(log, 'utf8');
  const trace = readTrace(text);
  expect(run.verdict).toBe('trusted');
  expect(trace.outside).toEqual([]);
  expect(
    new Set(trace.loopback.filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port)),
  ).toEqual(new Set([run.port]));
  // For a page's server Chromium asks the kernel for routes by connecting UDP sockets. Nothing is sent over them.
  expect(trace.names.filter(({ call, protocol }) => call !== 'connect' || protocol !== 'udp')).toEqual([]);
  expect(text.split('\n').filter((line) => /^\d+ +send\w*\(\d+<UDP/.test(line))).toEqual([]);
  expect(new Set(run.asked)).toEqual(new Set(['/post']));
});
