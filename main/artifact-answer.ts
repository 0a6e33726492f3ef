/**
 * Shows artifacts under `holdfast-artifact://<sha256>/`, read-only, streamed out of the archive. The bytes are
 * attacker-controlled: nothing in them may become a page with script, whatever they say they are.
 */
import { type ErrorCode, fromFailure, type Result } from '../contract/errors.ts';
import { sha256Schema } from '../contract/model/common.ts';
import { type ByteRange, parseRange } from './byte-range.ts';
import type { HostClient } from './host-client.ts';
import { parseUrl } from './own-urls.ts';

/** Kinds that a renderer decodes without running anything in them; SVG is not one of them. */
const shownAsThemselves = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'video/mp4',
  'video/webm',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
]);
const shownAsText = /^(text\/|image\/svg|application\/(json|xml|xhtml|ld\+json|javascript))/;

/** The media type to serve an artifact as: a harmless one of its own, plain text, or bytes that nobody shows. */
export function safeMediaType(claimed: string): string {
  const type = claimed.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (shownAsThemselves.has(type)) return type;
  return shownAsText.test(type) ? 'text/plain; charset=utf-8' : 'application/octet-stream';
}

/** The one call of the archive host that this needs. */
export type ArtifactReader = Pick<HostClient, 'call'>;

/** One answer; 404 for what the open archive does not hold, 416 for a range behind its end. */
export async function answerArtifact(
  host: ArtifactReader,
  method: string,
  url: string,
  rangeHeader: string | null,
): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return refusal(405);
  const sha256 = sha256Schema.safeParse(parseUrl(url)?.host);
  if (!sha256.success) return refusal(404);
  // Size and type come with the reply, after the bytes: so they are asked for first, with no bytes.
  const about = await host.call('artifact.read', { sha256: sha256.data, offset: 0, length: 0 });
  if (!about.ok) return refusal(statusOf(about.error.code));
  const { size, mediaType } = about.value;
  const range = parseRange(rangeHeader, size);
  if (range === 'unsatisfiable') return refusal(416, { 'content-range': `bytes */${size}` });
  const part: ByteRange = range === 'whole' ? { offset: 0, length: size } : range;
  const body = method === 'HEAD' || size === 0 ? null : artifactStream(host, sha256.data, part);
  return new Response(body, {
    status: range === 'whole' ? 200 : 206,
    headers: {
      ...safetyHeaders,
      'content-type': safeMediaType(mediaType),
      'content-length': String(part.length),
      'accept-ranges': 'bytes',
      ...(range === 'whole'
        ? {}
        : { 'content-range': `bytes ${part.offset}-${part.offset + part.length - 1}/${size}` }),
    },
  });
}

const safetyHeaders = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors holdfast://app",
  'x-content-type-options': 'nosniff',
  // The window is another origin than each artifact, and the only one that has this protocol.
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

function refusal(status: number, extra: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...safetyHeaders, ...extra } });
}

function statusOf(code: ErrorCode): number {
  if (code === 'artifact-not-found' || code === 'archive-not-open') return 404;
  return code === 'host-stopped' ? 503 : 500;
}

/** The bytes as the reader asks for them: while it does not, the archive host waits. */
function artifactStream(host: ArtifactReader, sha256: string, part: ByteRange): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  let wanted: (() => void) | null = null;
  let started = false;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      wanted?.();
      if (started) return;
      started = true;
      const options = { signal: stop.signal, onBytes: (bytes: Uint8Array) => hand(controller, bytes) };
      void host
        .call('artifact.read', { sha256, ...part }, options)
        .then((result) => finish(controller, result));
    },
    cancel() {
      stop.abort();
      wanted?.();
    },
  });

  async function hand(
    controller: ReadableStreamDefaultController<Uint8Array>,
    bytes: Uint8Array,
  ): Promise<void> {
    if (stop.signal.aborted) return;
    controller.enqueue(bytes);
    while (!stop.signal.aborted && (controller.desiredSize ?? 0) <= 0) {
      await new Promise<void>((resolve) => {
        wanted = resolve;
      });
    }
  }

  function finish(controller: ReadableStreamDefaultController<Uint8Array>, result: Result<unknown>): void {
    if (stop.signal.aborted) return;
    stop.abort();
    if (result.ok) controller.close();
    else controller.error(fromFailure(result.error));
  }
}
