/** The user's own browser as an engine: what it does beside recording, and what it leaves behind. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findChromium, startChromium } from '../../capture/chromium.ts';
import type { Printed } from '../capture/support/record-once.ts';
import { type Contact, traceNetwork } from '../support/no-network.ts';
import { html, serveSite } from '../support/site-server.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { findTraces } from '../support/traces.ts';

const recordOnce = join(import.meta.dirname, '..', 'capture', 'support', 'record-once.ts');

function profiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('holdfast-browser-'));
}

describe('the browser', () => {
  test('asks the network for the page and for nothing else', async () => {
    const folder = temporaryFolder();
    const site = await serveSite({
      '/': html('<p>A page</p><form><input type="password"></form><script>fetch("/hangs")</script>'),
      // Keeps it running for as long as a browser waits before it begins with matters of its own.
      '/hangs': () => undefined,
    });
    try {
      const { stdout, code, trace } = await traceNetwork(process.execPath, [
        recordOnce,
        `${site.origin}/`,
        folder,
        '9000',
      ]);
      const printed: Printed = JSON.parse(stdout.split('\n')[1] ?? '{}');
      expect({ code, error: printed.error }).toEqual({ code: 0, error: null });
      expect(printed.result?.reasons.map((reason) => reason.code)).toEqual(['response-hangs']);
      expect(trace.names).toEqual([]);
      // A UDP connect sends nothing: the browser asks the kernel for a route, also for one to the page itself.
      const sent = ({ protocol, call }: Contact): boolean => protocol !== 'udp' || call !== 'connect';
      expect(trace.outside.filter(sent)).toEqual([]);
      const port = Number(new URL(site.origin).port);
      expect(trace.loopback.filter(sent).filter((contact) => contact.port !== port)).toEqual([]);
      expect(site.seen.map(({ url }) => url)).toEqual(expect.arrayContaining(['/', '/hangs']));
    } finally {
      await site.close();
    }
  });

  test('writes nothing of the page to the disk, and takes its profile with it', async () => {
    const folder = temporaryFolder();
    const words = 'unheard-of words of a page';
    const site = await serveSite({
      '/': html(`<p>${words}</p><script>
        document.cookie = 'words=unheard-of-cookie; max-age=3600'; localStorage.setItem('a', '${words}');
        fetch('/hangs');</script>`),
      '/hangs': () => undefined,
    });
    const child = spawn(process.execPath, [recordOnce, `${site.origin}/`, folder, '4000']);
    const seen: { path: string; encoding: string }[] = [];
    const watch = setInterval(() => {
      for (const one of [words, 'unheard-of-cookie']) seen.push(...findTraces(one, [folder]));
    }, 1000);
    const code = await new Promise((resolve) => child.once('exit', resolve));
    clearInterval(watch);
    await site.close();
    expect({ code, seen, left: readdirSync(folder) }).toEqual({ code: 0, seen: [], left: [] });
  });

  test('ends with its recorder; the profile that was left is removed by the next one', async () => {
    const folder = temporaryFolder();
    const site = await serveSite({
      '/': html('<script>fetch("/hangs")</script>'),
      '/hangs': () => undefined,
    });
    const child = spawn(process.execPath, [recordOnce, `${site.origin}/`, folder, '60000']);
    const browserPid = await new Promise<number>((resolve) => {
      child.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
    });
    const [left = ''] = profiles(folder);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await expect.poll(() => existsSync(`/proc/${browserPid}/exe`), { timeout: 20_000 }).toBe(false);
    expect(profiles(folder)).toEqual([left]);

    const owned = mkdtempSync(join(folder, 'holdfast-browser-'));
    writeFileSync(join(owned, 'holdfast-owner'), String(process.pid));
    const next = await startChromium(findChromium(), { folder });
    const during = profiles(folder);
    await next.close();
    await site.close();
    expect(during).not.toContain(left);
    expect(during).toHaveLength(2);
    expect(profiles(folder).map((name) => join(folder, name))).toEqual([owned]);
  });
});

describe('which browser', () => {
  test('the one that is named, else the first on the path', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'bin'));
    const path = join(folder, 'bin', 'chromium-browser');
    writeFileSync(path, '');
    chmodSync(path, 0o755);
    expect(findChromium({ PATH: `/nowhere:${join(folder, 'bin')}` })).toBe(path);
    expect(findChromium({ PATH: '/nowhere', HOLDFAST_CHROMIUM: path })).toBe(path);
    expect(() => findChromium({ HOLDFAST_CHROMIUM: join(folder, 'none') })).toThrow(
      /HOLDFAST_CHROMIUM names/,
    );
  });

  test('one that is none is refused in a sentence, and leaves no profile', async () => {
    const folder = temporaryFolder();
    await expect(startChromium('/bin/true', { folder })).rejects.toThrow(/to start as a browser/);
    await expect(startChromium('/nowhere/chromium', { folder })).rejects.toThrow(/to start as a browser/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
