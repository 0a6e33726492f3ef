/** Handlers that stand in for the archive: what they do is chosen by their input, so that both ends can be judged. */
import { createHash } from 'node:crypto';
import type { HostHandlers } from '../../../archive/host/serve.ts';
import { HoldfastError } from '../../../contract/errors.ts';
import type { Capture, ImportReport } from '../../../contract/model/capture.ts';

export const emptyReport: ImportReport = {
  captures: [],
  posts: [],
  artifacts: [],
  records: {},
  warnings: [],
  refused: [],
};

/** SHA-256 names under which `artifact.read` gives bytes, and what it says they are. */
export const testArtifacts = {
  html: 'a'.repeat(64),
  svg: 'b'.repeat(64),
  png: 'c'.repeat(64),
  huge: 'd'.repeat(64),
  dom: 'f'.repeat(64),
};

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const hostilePage =
  '<!doctype html><title>x</title><script>parent.postMessage("ran","*")</script><p id="p">text';
const hostileSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="parent.postMessage(1,\'*\')"><script>1</script></svg>';
/** A page as it was rendered, from https://site.invalid/, that tries everything that the replay must not let it. */
const renderedPage = `<html><head><title>Recorded</title><link rel="stylesheet" href="/style.css">
<script>parent.postMessage("ran", "*")</script></head><body onload="parent.postMessage('loaded', '*')">
<p id="words">Words of the page</p><img id="own" src="/own.png"><img id="missing" src="https://elsewhere.invalid/x.png">
<img id="raw" src="data:image/png;base64,${pixel.toString('base64')}"><iframe src="https://site.invalid/frame"></iframe>
<form action="https://site.invalid/post"><button>Go</button></form></body></html>`;
const replayed: Record<string, { bytes: Uint8Array; mediaType: string }> = {
  'https://site.invalid/style.css': {
    bytes: Buffer.from('#words { color: rgb(1, 2, 3); background: url(own.png) }'),
    mediaType: 'text/css',
  },
  'https://site.invalid/own.png': { bytes: pixel, mediaType: 'image/png' },
};
const known: Record<string, { bytes: Uint8Array; mediaType: string }> = {
  [testArtifacts.html]: { bytes: Buffer.from(hostilePage), mediaType: 'text/html; charset=utf-8' },
  [testArtifacts.svg]: { bytes: Buffer.from(hostileSvg), mediaType: 'image/svg+xml' },
  [testArtifacts.png]: { bytes: pixel, mediaType: 'image/png' },
  [testArtifacts.dom]: { bytes: Buffer.from(renderedPage), mediaType: 'text/html' },
};
export const hugeSize = 200 * 1024 * 1024;

/** A byte of the huge artifact: so that a lost, doubled or moved piece shows. */
export function hugeByte(offset: number): number {
  return (offset + (offset >> 16)) & 0xff;
}

function hugePiece(offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let n = 0; n < length; n += 1) bytes[n] = hugeByte(offset + n);
  return bytes;
}

async function notHere(): Promise<never> {
  throw new HoldfastError('archive-not-open', 'No archive is open.');
}

export const testCapture = '0190a000-0002-7000-8000-000000000000';
const testCaptureFacts: Capture = {
  id: testCapture,
  method: 'capture',
  verdict: 'complete',
  persona: null,
  origin: null,
  reasons: [],
  recording: {
    requestedUrl: 'https://site.invalid/',
    finalUrl: 'https://site.invalid/',
    title: 'Recorded',
    engine: { name: 'electron', version: 'Chromium 1', userAgent: 'test' },
    startedAt: '2026-01-05T08:00:00.000Z',
    finishedAt: '2026-01-05T08:00:01.000Z',
    monotonicMilliseconds: 1000,
    serverClock: [],
    withheld: [],
  },
  format: 'recording',
  sourceName: 'Recorded',
  url: 'https://site.invalid/',
  savedAt: null,
  receivedAt: '2026-01-05T08:00:00.000Z',
  actor: { name: 'Test', basis: 'claimed', signer: null },
  artifacts: [
    {
      role: 'dom',
      sha256: testArtifacts.dom,
      size: Buffer.byteLength(renderedPage),
      mediaType: 'text/html',
      name: null,
    },
  ],
  records: {},
  exchangeCount: 3,
  postCount: 0,
  warnings: [],
};

async function sizeOf(stream: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const bytes of stream) size += bytes.byteLength;
  return size;
}

/** `sent` counts the bytes that `artifact.read` has handed to the transport so far. */
export function testHandlers(sent: { bytes: number } = { bytes: 0 }): HostHandlers {
  const recorded: string[] = [];
  return {
    'bundle.certification': notHere,
    'bundle.certify': notHere,
    'cases.list': notHere,
    'cases.read': notHere,
    'cases.make': notHere,
    'cases.add': notHere,
    'cases.change': notHere,
    'cases.label': notHere,
    'cases.note': notHere,
    'cases.move': notHere,
    'cases.remove': notHere,
    'printing.next': notHere,
    'printing.file': notHere,
    'printing.done': notHere,
    'personas.list': notHere,
    'personas.add': notHere,
    'personas.change': notHere,
    'personas.retire': notHere,
    'personas.clearSession': notHere,
    'personaSession.open': notHere,
    'personaSession.keep': notHere,
    'personaTurn.take': notHere,
    'trail.add': notHere,
    'trail.list': notHere,
    'trail.purge': notHere,
    'archive.create': notHere,
    'archive.open': notHere,
    'archive.lock': async () => ({}),
    'archive.status': async () => null,
    'batch.open': notHere,
    'batch.list': notHere,
    'batch.get': notHere,
    'batch.items': notHere,
    'batch.end': notHere,
    'purge.plan': notHere,
    'purge.capture': notHere,
    'recording.purge': notHere,
    'keeping.list': notHere,
    'keeping.hold': notHere,
    'keeping.lift': notHere,
    'keeping.retain': notHere,
    'watch.add': notHere,
    'watch.set': notHere,
    'watch.list': notHere,
    'watch.due': notHere,
    'watch.get': notHere,
    'watch.ofPost': notHere,
    'watch.told': notHere,
    'watch.diff': notHere,
    'archive.rebuild': async () => {
      throw new TypeError('a defect of the handler');
    },
    'events.list': notHere,
    'archive.backup': notHere,
    'archive.restore': notHere,
    'capture.reread': notHere,
    'archive.check': notHere,
    'archive.recoverySheet': notHere,
    'passphrase.estimate': notHere,
    'passphrase.change': notHere,
    'log.status': notHere,
    'log.verify': notHere,
    'log.checkpoint': notHere,
    'log.prove': notHere,
    // Paths are orders: 'progress N' reports N steps, 'wait' waits to be cancelled, 'die' takes the host down.
    'import.files': async ({ paths }, { progress, signal }) => {
      const [order = '', count = '0'] = paths[0]?.split(' ') ?? [];
      if (order === 'die') process.kill(process.pid, 'SIGKILL');
      if (order === 'wait') {
        progress({ step: 'waiting', done: 0, total: null, unit: 'items' });
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      }
      for (let done = 1; order === 'progress' && done <= Number(count); done += 1) {
        progress({ step: 'counting', done, total: Number(count), unit: 'items' });
      }
      return emptyReport;
    },
    // What came in goes out as its digest.
    'import.stream': async ({ name }, { bytesIn }) => {
      const hash = createHash('sha256');
      let size = 0;
      for await (const bytes of bytesIn()) {
        hash.update(bytes);
        size += bytes.byteLength;
      }
      return {
        ...emptyReport,
        warnings: [{ path: name, code: `${size}`, message: hash.digest('hex') }],
      };
    },
    'captures.list': notHere,
    'capture.get': async ({ captureId }) => {
      if (captureId !== testCapture) throw new HoldfastError('capture-not-found', 'No such capture.');
      return testCaptureFacts;
    },
    'capture.exchanges': notHere,
    'capture.events': notHere,
    'replay.resource': async ({ url }, { bytesOut }) => {
      const found = replayed[url];
      if (found === undefined) throw new HoldfastError('artifact-not-found', 'Not in this recording.');
      await bytesOut(found.bytes);
      return { status: 200, mediaType: found.mediaType, size: found.bytes.byteLength, url, charset: null };
    },
    // What is recorded is kept as words; the verdict at the end carries them.
    'recording.begin': async ({ url, engine }) => {
      recorded.length = 0;
      recorded.push(`begin ${url} ${engine.name}`);
      return { captureId: testCapture };
    },
    'recording.exchange': async ({ exchange }, { bytesIn }) => {
      recorded.push(`exchange ${exchange.n} ${await sizeOf(bytesIn())}`);
      return {};
    },
    'recording.secrets': async ({ secrets }) => {
      recorded.push(`secrets ${secrets.length}`);
      return {};
    },
    'recording.exchangeEnd': async ({ end }) => {
      recorded.push(`end ${end.n} ${end.body}`);
      return {};
    },
    'recording.artifact': async ({ role }, { bytesIn }) => {
      recorded.push(`artifact ${role} ${await sizeOf(bytesIn())}`);
      return {};
    },
    'recording.finish': async ({ finalUrl, reasons }, { progress }) => {
      progress({ step: 'sealing', done: 1, total: 1, unit: 'items' });
      return {
        id: testCapture,
        url: recorded.join('\n'),
        finalUrl,
        verdict: reasons.length === 0 ? 'complete' : 'incomplete',
        reasons,
        posts: [],
        exchanges: recorded.filter((line) => line.startsWith('exchange')).length,
        bytes: 0,
      };
    },
    'posts.list': async ({ query }) => ({ total: query.length, totalIsLowerBound: false, posts: [] }),
    'posts.get': notHere,
    'clauses.list': async () => ({ clauses: [] }),
    'policies.list': notHere,
    'policies.versions': notHere,
    'policies.clauses': notHere,
    'policies.on': notHere,
    'policies.diff': notHere,
    'policies.history': notHere,
    'policies.import': notHere,
    'policies.state': notHere,
    'policies.link': notHere,
    'policies.correct': notHere,
    'tags.list': async () => ({ tags: [], hidden: 0 }),
    'tags.add': notHere,
    'clauses.find': notHere,
    'tags.prepare': notHere,
    'tags.addMany': notHere,
    'tags.review': notHere,
    'tags.inbox': notHere,
    'palette.get': notHere,
    'palette.set': notHere,
    'phrases.list': notHere,
    'phrases.add': notHere,
    'phrases.remove': notHere,
    'phrases.suggest': notHere,
    'codings.draw': notHere,
    'codings.list': notHere,
    'codings.next': notHere,
    'codings.result': notHere,
    'reports.add': notHere,
    'reports.list': notHere,
    'timestamps.list': notHere,
    'timestamps.basis': notHere,
    'timestamps.request': notHere,
    'timestamps.attach': notHere,
    'timestamps.questions': notHere,
    'timestamps.requestBundle': notHere,
    'timestamps.attachBundle': notHere,
    'identity.create': notHere,
    'identity.import': notHere,
    'identity.show': notHere,
    'signers.list': notHere,
    'signers.add': notHere,
    'signers.replace': notHere,
    'signers.saveCertificate': notHere,
    'bundle.compile': notHere,
    'bundle.verify': notHere,
    'bundle.preview': notHere,
    'redactions.list': notHere,
    'redactions.add': notHere,
    'redactions.lift': notHere,
    'artifact.read': async ({ sha256, offset, length }, { bytesOut, signal }) => {
      if (sha256 === testArtifacts.huge) {
        const end = Math.min(hugeSize, length === null ? hugeSize : offset + length);
        for (let at = offset; at < end && !signal.aborted; at += 300_000) {
          const piece = hugePiece(at, Math.min(300_000, end - at));
          await bytesOut(piece);
          sent.bytes += piece.byteLength;
        }
        signal.throwIfAborted();
        return { size: hugeSize, mediaType: 'video/mp4' };
      }
      const artifact = known[sha256];
      if (artifact === undefined) throw new HoldfastError('artifact-not-found', 'No such artifact.');
      const end = length === null ? undefined : offset + length;
      await bytesOut(artifact.bytes.subarray(offset, end));
      return { size: artifact.bytes.byteLength, mediaType: artifact.mediaType };
    },
  };
}
