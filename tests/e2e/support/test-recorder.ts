/** A recorder for the tests of the capture view: what it does is chosen by the page's address. */
import type { RecordPage } from '../../../main/capture-view/capture-view.ts';
import { hostSink } from '../../../main/capture-view/host-sink.ts';
import type { HostClient } from '../../../main/host-client.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** In the place of main/capture-view/record.ts. '/wait' in the address waits for a stop or a crash; '/fail' throws. */
export function recordInto(host: Pick<HostClient, 'call'>): RecordPage {
  return async ({ contents, url, certificates, signal, onProgress }) => {
    if (url.includes('/fail')) throw new Error('the recorder broke');
    const sink = hostSink(host, onProgress);
    const startedAt = new Date().toISOString();
    const { captureId } = await sink.begin({
      url,
      startedAt,
      engine: { name: 'electron', version: process.versions.chrome, userAgent: contents.getUserAgent() },
    });
    const gone = new Promise<'gone'>((resolve) => {
      contents.once('render-process-gone', () => resolve('gone'));
      contents.once('destroyed', () => resolve('gone'));
    });
    const stopped = new Promise<'stopped'>((resolve) => {
      signal.addEventListener('abort', () => resolve('stopped'), { once: true });
    });
    // As the real one does, so that nothing of the page before is there.
    await contents.loadURL('about:blank').catch(() => undefined);
    await contents.loadURL(url).catch(() => undefined);
    onProgress({ step: 'recording', done: 1, total: null, unit: 'items' });
    const end = url.includes('/wait') ? await Promise.race([gone, stopped]) : 'whole';
    const size = end === 'gone' ? 0 : await pictureSize(contents);
    await sink.artifact(
      { captureId, role: 'screenshot', mediaType: 'image/png', name: null },
      once(new Uint8Array(size)),
    );
    const certificate = certificates.of(new URL(url).hostname);
    return sink.finish({
      captureId,
      finalUrl: url,
      title: certificate === null ? null : `${certificate.chain.length} ${certificate.error}`,
      finishedAt: new Date().toISOString(),
      monotonicMilliseconds: 1,
      serverClock: [],
      withheld: [],
      reasons:
        end === 'whole'
          ? []
          : [{ code: end === 'gone' ? 'interrupted' : 'stopped-by-user', message: `ended: ${end}` }],
    });
  };
}

/** The length of a picture of the page, by the debugger as the real recorder takes it; 0 where the page is gone. */
async function pictureSize(contents: Electron.WebContents): Promise<number> {
  if (contents.isDestroyed()) return 0;
  contents.debugger.attach('1.3');
  const answer: { data?: string } = await contents.debugger.sendCommand('Page.captureScreenshot');
  contents.debugger.detach();
  return answer.data?.length ?? 0;
}
