/** `--smoke-test`: does this copy work? Shows a window to nobody, makes an archive, opens it again, says how that went. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { HoldfastError, toFailure } from '../contract/errors.ts';
import { askHost } from './ask-host.ts';
import type { HostClient } from './host-client.ts';

const patienceMs = 20_000;

export interface SmokeTest {
  host: HostClient;
  /** Loads the window and answers how many elements its root holds. */
  loadWindow: () => Promise<number>;
  /** What goes into the report as it is: versions, the kind of pack. */
  facts: Record<string, string | null>;
}

/** How many elements the window's root holds, once its program has put some there; 0 where that takes too long. */
export async function rendered(window: BrowserWindow): Promise<number> {
  const script = `new Promise((resolve) => {
    const root = document.getElementById('root');
    const look = () => { if (root.childElementCount > 0) resolve(root.querySelectorAll('*').length); };
    new MutationObserver(look).observe(root, { childList: true });
    setTimeout(() => resolve(0), ${patienceMs});
    look();
  })`;
  const loaded = new Promise<void>((resolve, reject) => {
    window.webContents.once('did-finish-load', () => resolve());
    window.webContents.once('did-fail-load', (_event, code, description) =>
      reject(new HoldfastError('internal', `The window did not load: ${description} (${code}).`)),
    );
  });
  await loaded;
  return z.number().parse(await window.webContents.executeJavaScript(script));
}

/** Writes one JSON document to standard output; the exit code, 0 when everything worked. */
export async function smokeTest(test: SmokeTest): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-smoke-'));
  try {
    const elements = await test.loadWindow();
    if (elements === 0) throw new HoldfastError('internal', 'The window loaded, but shows nothing.');
    const { events } = await tryArchive(test.host, join(folder, 'smoke.holdfast'));
    say({ ok: true, ...test.facts, hostNode: test.host.node, elements, events });
    return 0;
  } catch (error) {
    const failure = toFailure(error);
    say({ ok: false, ...test.facts, error: failure });
    process.stderr.write(`holdfast: ${failure.message} [${failure.code}]\n`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Made, closed, and opened again with the same passphrase. */
async function tryArchive(host: HostClient, path: string): Promise<{ events: number }> {
  const input = { path, passphrase: randomBytes(24).toString('base64'), actorName: 'smoke test' };
  const made = await askHost(host, 'archive.create', input);
  await askHost(host, 'archive.lock', {});
  const opened = await askHost(host, 'archive.open', input);
  await askHost(host, 'archive.lock', {});
  if (opened.id !== made.id || !opened.encrypted) {
    throw new HoldfastError(
      'internal',
      'The archive that was opened is not the one that was made, or is not encrypted.',
    );
  }
  return { events: opened.counts.events };
}

function say(document: object): void {
  process.stdout.write(`${JSON.stringify(document)}\n`);
}
