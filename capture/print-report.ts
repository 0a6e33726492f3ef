/**
 * Printing the report of a bundle in a browser that gets nothing but the report and its pictures: no script runs in it,
 * and every request is answered here.
 */

import { send, sendWithin } from './cdp/commands.ts';
import { cdpEvents } from './cdp/events.ts';
import { readStream } from './cdp/read-stream.ts';
import { CdpError, type CdpEvent, type CdpSession } from './cdp-session.ts';
import { within } from './within.ts';

/** A file of the report: its bytes are bounded by what an archive keeps as one picture. */
export interface ReportFile {
  mediaType: string;
  bytes: Uint8Array;
}

/** Inches. */
export const printMargins = { top: 0.7, bottom: 0.8, left: 0.7, right: 0.7 } as const;
/** What stands under each page: what it is of, and which page of how many. */
export const printFooter = `<div style="font: 8px sans-serif; width: 100%; margin: 0 0.7in; display: flex; justify-content: space-between; color: #444"><span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;
export const printHeader = '<span></span>';
/** Milliseconds for loading and printing. */
export const printLimit = 600_000;

/** An address that leads nowhere, should anything ever ask the network for it. */
const origin = 'https://report.invalid/';

/**
 * The PDF, piece by piece. `file`: what stands at a path beside the report, itself `report.html`; null: nothing.
 * Errors: CdpError where the browser cannot.
 */
export async function* printReport(
  session: CdpSession,
  file: (path: string) => Promise<ReportFile | null>,
): AsyncGenerator<Uint8Array, void, undefined> {
  await send(session, 'Emulation.setScriptExecutionDisabled', { value: true });
  await send(session, 'Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] });
  await send(session, 'Page.enable', {});
  let failed: unknown = null;
  let loaded = (): void => undefined;
  const loading = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const stop = session.on((event) => {
    if (event.method === 'Page.loadEventFired') loaded();
    if (event.method !== 'Fetch.requestPaused') return;
    answer(session, event, file).catch((error: unknown) => {
      failed ??= error;
      loaded();
    });
  });
  try {
    await send(session, 'Page.navigate', { url: `${origin}report.html` });
    const there = await within(printLimit, Promise.race([loading, session.closed]));
    if (failed !== null) throw failed;
    if (there !== undefined) throw new CdpError('Page.navigate', there ?? 'the report did not load in time');
    const { stream } = await sendWithin(printLimit, session, 'Page.printToPDF', {
      printBackground: true,
      transferMode: 'ReturnAsStream',
      displayHeaderFooter: true,
      headerTemplate: printHeader,
      footerTemplate: printFooter,
      // A4
      paperWidth: 8.27,
      paperHeight: 11.69,
      marginTop: printMargins.top,
      marginBottom: printMargins.bottom,
      marginLeft: printMargins.left,
      marginRight: printMargins.right,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    yield* readStream(session, stream);
  } finally {
    stop();
  }
}

async function answer(
  session: CdpSession,
  { params, sessionId }: CdpEvent,
  file: (path: string) => Promise<ReportFile | null>,
): Promise<void> {
  const { requestId, request } = cdpEvents['Fetch.requestPaused'].parse(params);
  const found = request.url.startsWith(origin) ? await file(request.url.slice(origin.length)) : null;
  if (found === null) {
    await send(session, 'Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }, sessionId);
    return;
  }
  await send(
    session,
    'Fetch.fulfillRequest',
    {
      requestId,
      responseCode: 200,
      responseHeaders: [{ name: 'Content-Type', value: found.mediaType }],
      body: Buffer.from(found.bytes).toString('base64'),
    },
    sessionId,
  );
}
