/** Printing a bundle's report with a Chrome or Chromium of this machine. */
import type { PrintFile, PrintReport } from '../archive/printing/print.ts';
import { findChromium, startChromium } from '../capture/chromium.ts';
import { printReport } from '../capture/print-report.ts';
import { HoldfastError } from '../contract/errors.ts';

/** Nothing is asked of a network: names do not resolve, and every way out leads to a port that nobody answers. */
const offline = ['--host-resolver-rules=MAP * ~NOTFOUND', '--proxy-server=socks5://127.0.0.1:9'];

async function bytesOf(found: PrintFile): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of found.open()) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Null: there is no such browser on this machine. */
export function chromiumPrinter(): PrintReport | null {
  let path: string;
  try {
    path = findChromium();
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'file-not-found') return null;
    throw error;
  }
  return async (job, signal) => {
    const browser = await startChromium(path, { extra: offline });
    const stop = (): void => void browser.close();
    signal?.addEventListener('abort', stop, { once: true });
    async function* pdf(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* printReport(browser.session, async (name) => {
          const found = job.file(name);
          return found === null ? null : { mediaType: found.mediaType, bytes: await bytesOf(found) };
        });
      } finally {
        signal?.removeEventListener('abort', stop);
        await browser.close();
      }
    }
    return { pdf: pdf(), engine: browser.engine.version };
  };
}
