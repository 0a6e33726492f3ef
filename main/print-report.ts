/**
 * Printing a bundle's report: in a session of its own, in memory, in which no script runs and nothing is there but the
 * report and its pictures, which the archive host hands over.
 */
import { randomUUID } from 'node:crypto';
import { BrowserWindow, session } from 'electron';
import { printFooter, printHeader, printMargins } from '../capture/print-report.ts';
import { fromFailure } from '../contract/errors.ts';
import { once } from '../contract/once.ts';
import type { HostClient } from './host-client.ts';
import { parseUrl, printScheme } from './own-urls.ts';
import { pageRestrictions } from './page-restrictions.ts';

type Host = Pick<HostClient, 'call'>;

/** Waits for the report of the bundle that is being compiled, if it comes to that, and prints it. Never rejects. */
export async function printWhenAsked(host: Host): Promise<void> {
  const next = await host.call('printing.next', {});
  if (!next.ok || !next.value.waiting) return;
  const pdf = await printed(host).catch((error: unknown) => {
    process.stderr.write(
      `Holdfast could not print a report: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return null;
  });
  const { electron, chrome } = process.versions;
  const engine = pdf === null ? null : `Electron ${electron}, Chromium ${chrome}`;
  await host.call('printing.done', { engine }, { bytesIn: once(pdf ?? new Uint8Array()) });
}

async function printed(host: Host): Promise<Uint8Array> {
  // Without `persist:` nothing of it is written to disk.
  const printing = session.fromPartition(`holdfast-print-${randomUUID()}`, { cache: false });
  printing.protocol.handle(printScheme, (request) => answer(host, request.url));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...pageRestrictions, session: printing, javascript: false },
  });
  try {
    await window.loadURL(`${printScheme}://report/report.html`);
    return await window.webContents.printToPDF({
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: printHeader,
      footerTemplate: printFooter,
      pageSize: 'A4',
      margins: printMargins,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } finally {
    window.destroy();
    printing.protocol.unhandle(printScheme);
  }
}

/** A picture is small beside what an archive holds, and is printed whole: it is held in memory once. */
async function answer(host: Host, url: string): Promise<Response> {
  const path = parseUrl(url)?.pathname.slice(1) ?? '';
  const pieces: Uint8Array[] = [];
  const file = await host.call('printing.file', { path }, { onBytes: (bytes) => void pieces.push(bytes) });
  if (!file.ok && file.error.code !== 'file-not-found') throw fromFailure(file.error);
  if (!file.ok) return new Response(null, { status: 404 });
  return new Response(Buffer.concat(pieces), {
    headers: { 'content-type': file.value.mediaType, 'x-content-type-options': 'nosniff' },
  });
}
