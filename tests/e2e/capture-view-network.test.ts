/** What the whole program says to the network while a page is open, as the kernel sees it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchApp } from '../support/electron.ts';
import { readTrace } from '../support/no-network.ts';
import { startSite } from './support/hostile-site.ts';
import { buildTestApp } from './support/test-app.ts';

test('only the page in the capture view is asked for, from its own server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-strace-'));
  const log = join(folder, 'log');
  const site = await startSite();
  const built = await buildTestApp({ recorder: 'test' });
  try {
    const running = await launchApp({
      appFolder: built.folder,
      networkLog: log,
    });
    const inWindow = (expression: string): Promise<unknown> => running.page.evaluate(expression);
    await inWindow(`holdfast.openView({ url: '${site.http}/post' })`);
    await expect
      .poll(() => inWindow('holdfast.openView({ url: null }).then(({ value }) => value.title)'), {
        timeout: 60_000,
      })
      .toBe('Page post');
    // The window tries as well, and another session, and a name that would have to be asked for.
    await inWindow(`attempt('fetch', '${site.http}/by-window')`);
    await running.app.evaluate(async ({ session }) => {
      await session.defaultSession.fetch('http://name-that-nobody-asks-for.example/').catch(() => undefined);
      await session
        .fromPartition('another')
        .fetch('https://192.0.2.1/')
        .catch(() => undefined);
    });
    expect(await inWindow('holdfast.captureView({}, 1)')).toMatchObject({ ok: true });
    await inWindow('holdfast.closeView({})');
    await running.close();

    const text = readFileSync(log, 'utf8');
    const trace = readTrace(text);
    expect(trace.outside).toEqual([]);
    // For a page's server Chromium asks the kernel for routes by connecting UDP sockets. Nothing is sent over them.
    expect(trace.names.filter(({ call, protocol }) => call !== 'connect' || protocol !== 'udp')).toEqual([]);
    expect(text.split('\n').filter((line) => /^\d+ +send\w*\(\d+<UDP/.test(line))).toEqual([]);
    const port = Number(new URL(site.http).port);
    expect(
      new Set(trace.loopback.filter(({ protocol }) => protocol === 'tcp').map((contact) => contact.port)),
    ).toEqual(new Set([port]));
    expect(site.reached).toEqual(expect.arrayContaining(['GET /post', 'GET /picture-of-post']));
    expect(site.reached).not.toContain('GET /by-window');
  } finally {
    site.close();
    built.remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
