/**
 * Shows a recorded page again under `holdfast-replay://<capture id>/`: the page as rendered, its pictures and styles
 * from the recorded answers. Read-only, without script and without network: the policy of every answer lets nothing be
 * loaded but from this capture, and the window's session reaches no network in the first place.
 */
import type { HostChannel, HostInput, HostOutput } from '../../contract/channels.ts';
import type { ErrorCode, Result } from '../../contract/errors.ts';
import type { Capture } from '../../contract/model/capture.ts';
import type { HostClient } from '../host-client.ts';
import { replayScheme } from '../own-urls.ts';
import { frameAddress, parseReplay, replayAddress } from './replay-address.ts';
import { rewriteCss } from './rewrite-css.ts';
import { baseOf, type Leads, rewriteHtml } from './rewrite-html.ts';

/** Bytes of one answer that are held in memory here; more is a film, which stands in the recording itself. */
const mostBytes = 64 * 1024 * 1024;
/** A page is taken apart here, and the window waits meanwhile. */
const mostPageBytes = 16 * 1024 * 1024;

export type ReplaySource = Pick<HostClient, 'call'>;

const shownTypes = /^(image\/[\w.+-]+|font\/[\w.+-]+|(audio|video)\/[\w.+-]+|application\/(x-)?font-[\w-]+)$/;

/** One answer; 404 for what the recording does not hold, 413 for what is too large to be shown. */
export async function answerReplay(host: ReplaySource, method: string, url: string): Promise<Response> {
  if (method !== 'GET') return refusal(405, '');
  const address = parseReplay(url);
  if (address === null) return refusal(404, '');
  const { captureId, shown } = address;
  if (typeof shown === 'object') {
    return 'frame' in shown
      ? answerFrame(host, captureId, shown.frame, shown.depth)
      : answerResource(host, captureId, shown.resource);
  }
  return answerArtifact(host, captureId, shown);
}

/** The page as rendered, or its text: artifacts of the capture, made into a page here. */
async function answerArtifact(
  host: ReplaySource,
  captureId: string,
  shown: 'page' | 'text',
): Promise<Response> {
  const capture = await host.call('capture.get', { captureId });
  if (!capture.ok) return refusal(statusOf(capture.error.code), captureId);
  const role = shown === 'page' ? 'dom' : 'text';
  const artifact = capture.value.artifacts.find((one) => one.role === role);
  if (artifact === undefined) return refusal(404, captureId);
  if (artifact.size > mostPageBytes) return refusal(413, captureId);
  const { sha256 } = artifact;
  const read = await collect(host, 'artifact.read', { sha256, offset: 0, length: null });
  if (!read.ok) return refusal(statusOf(read.error.code), captureId);
  const text = new TextDecoder().decode(read.value.bytes);
  const page = shown === 'page' ? renderedPage(capture.value, text) : textPage(text);
  return answer(captureId, 200, 'text/html; charset=utf-8', Buffer.from(page));
}

function renderedPage(capture: Capture, html: string): string {
  const { recording, url } = capture;
  const base = addressOf(recording?.finalUrl ?? recording?.requestedUrl ?? url ?? 'about:blank', html);
  return rewriteHtml(html, leadsOf(capture.id, base, 0));
}

/** References of a document at `base` that lies `depth` frames deep. */
function leadsOf(captureId: string, base: string, depth: number): Leads {
  return {
    resource: (reference) => replayAddress(captureId, reference, base),
    frame: (reference) => frameAddress(captureId, reference, base, depth + 1),
    depth: 0,
  };
}

/** The document of a frame as the network delivered it: how it was rendered is not recorded. */
async function answerFrame(
  host: ReplaySource,
  captureId: string,
  address: string,
  depth: number,
): Promise<Response> {
  const read = await collect(host, 'replay.resource', { captureId, url: address });
  if (!read.ok) return refusal(statusOf(read.error.code), captureId);
  const { bytes, output } = read.value;
  const { mediaType, status, url, charset } = output;
  if (/^image\//.test(mediaType)) return answer(captureId, status, mediaType, bytes, true);
  if (!/^(text\/html|application\/xhtml\+xml)$/.test(mediaType))
    return answer(
      captureId,
      status,
      'text/html; charset=utf-8',
      Buffer.from(textPage(decodedText(bytes, charset))),
      true,
    );
  if (bytes.length > mostPageBytes) return refusal(413, captureId);
  const html = decodedText(bytes, charset);
  const page = rewriteHtml(html, leadsOf(captureId, addressOf(url, html), depth));
  return answer(captureId, status, 'text/html; charset=utf-8', Buffer.from(page), true);
}

/** By byte-order mark, header, or what the document says in its first 1,024 bytes (HTML, section 13.2.3.2). */
function decodedText(bytes: Uint8Array, charset: string | null): string {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const marks: [string, string][] = [
    ['\xef\xbb\xbf', 'utf-8'],
    ['\xff\xfe', 'utf-16le'],
    ['\xfe\xff', 'utf-16be'],
  ];
  const marked = marks.find(([mark]) => start.startsWith(mark))?.[1];
  const said = /<meta[^>]{0,200}charset\s{0,8}=\s{0,8}["']?([\w:.-]{1,40})/i.exec(start)?.[1];
  try {
    return new TextDecoder(marked ?? charset ?? said ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Each line in the direction of its own first strong character, which a plain-text answer would not give it. */
function textPage(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><meta charset="utf-8"><style>
pre { font: 16px/1.6 sans-serif; margin: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; text-align: start }
</style><pre>\n${escaped}</pre>`;
}

async function answerResource(host: ReplaySource, captureId: string, resource: string): Promise<Response> {
  const read = await collect(host, 'replay.resource', { captureId, url: resource });
  if (!read.ok) return refusal(statusOf(read.error.code), captureId);
  const { bytes, output } = read.value;
  const type = output.mediaType.toLowerCase();
  if (type === 'text/css') {
    const lead = (reference: string): string | null => replayAddress(captureId, reference, output.url);
    const css = rewriteCss(new TextDecoder().decode(bytes), lead);
    return answer(captureId, output.status, 'text/css; charset=utf-8', Buffer.from(css));
  }
  // Never as a page: that would be one with the words of another.
  return answer(captureId, output.status, shownTypes.test(type) ? type : 'text/plain; charset=utf-8', bytes);
}

/** What references of the page are relative to. */
function addressOf(page: string, html: string): string {
  try {
    return new URL(baseOf(html) ?? '', page).href;
  } catch {
    return page;
  }
}

/** A call's bytes, whole; `file-too-large` when they are too many. */
async function collect<C extends HostChannel>(
  host: ReplaySource,
  channel: C,
  input: HostInput<C>,
): Promise<Result<{ bytes: Uint8Array<ArrayBuffer>; output: HostOutput<C> }>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const tooLarge = new AbortController();
  const result = await host.call(channel, input, {
    signal: tooLarge.signal,
    onBytes: (bytes) => {
      size += bytes.byteLength;
      if (size > mostBytes) tooLarge.abort();
      else pieces.push(bytes);
    },
  });
  if (tooLarge.signal.aborted) {
    return { ok: false, error: { code: 'file-too-large', message: 'Too large to be shown.', details: {} } };
  }
  if (!result.ok) return result;
  return { ok: true, value: { bytes: Buffer.concat(pieces), output: result.value } };
}

function statusOf(code: ErrorCode): number {
  if (code === 'file-too-large') return 413;
  if (code === 'host-stopped') return 503;
  return /-not-found$|^archive-not-open$/.test(code) ? 404 : 500;
}

function refusal(status: number, captureId: string): Response {
  return new Response(null, { status, headers: headers(captureId) });
}

function answer(
  captureId: string,
  status: number,
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
  isFrame = false,
): Response {
  // A status without a body cannot carry one, and only a success is shown.
  const known = status >= 200 && status < 300 && status !== 204 && status !== 205 ? 200 : 404;
  return new Response(bytes, {
    status: known,
    headers: { ...headers(captureId, isFrame), 'content-type': type },
  });
}

function headers(captureId: string, isFrame = false): Record<string, string> {
  const own = captureId === '' ? "'none'" : `${replayScheme}://${captureId}`;
  return {
    'content-security-policy': [
      'sandbox',
      "default-src 'none'",
      `img-src ${own} data:`,
      `media-src ${own} data:`,
      `style-src 'unsafe-inline' ${own}`,
      `font-src ${own} data:`,
      `frame-src ${own}`,
      "base-uri 'none'",
      "form-action 'none'",
      // The page around a frame has no origin that could be named here: it is sandboxed.
      ...(isFrame ? [] : ['frame-ancestors holdfast://app']),
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    // A page in a sandbox has no origin of its own, and fonts are only given to one that is named.
    'access-control-allow-origin': '*',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}
