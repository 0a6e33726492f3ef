/** Serves the built window under `holdfast://app/`, under a content security policy that lets nothing else in. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isWindowUrl } from './own-urls.ts';

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** What the built page holds where the nonce of its style elements goes (Vite's `html.cspNonce`). */
const noncePlaceholder = '__CSP_NONCE__';

/** One answer: 200 with the file, 404 for what is not there or lies outside `root`, 405 for other methods. */
export async function answerWindow(root: string, method: string, url: string): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return refusal(405);
  const path = isWindowUrl(url) ? fileOf(url) : null;
  const mediaType = path === null ? undefined : mediaTypes[extname(path)];
  if (path === null || mediaType === undefined) return refusal(404);
  try {
    const bytes = await readFile(join(root, path));
    const nonce = randomBytes(16).toString('base64');
    const body = path.endsWith('.html') ? bytes.toString('utf8').replaceAll(noncePlaceholder, nonce) : bytes;
    return new Response(method === 'HEAD' ? null : body, {
      headers: { ...headers(nonce), 'content-type': mediaType },
    });
  } catch {
    return refusal(404);
  }
}

/**
 * Path below the root, or null. Only the characters of built file names are let through, undecoded: no dot
 * segment, no backslash, no percent sign can reach the file system. A path without a dot is a screen of the window.
 */
function fileOf(url: string): string | null {
  const path = new URL(url).pathname.slice(1);
  if (path === '' || /^[A-Za-z0-9_/-]+$/.test(path)) return 'index.html';
  return /^(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(path) && !path.includes('..')
    ? path
    : null;
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: headers('') });
}

function headers(nonce: string): Record<string, string> {
  return {
    'content-security-policy': policy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
    'cache-control': 'no-store',
  };
}

/** Style elements need the nonce of this very answer: an injected one cannot know it. */
function policy(nonce: string): string {
  const style = nonce === '' ? "'self'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${style}`,
    "img-src 'self' data: holdfast-artifact:",
    'media-src holdfast-artifact:',
    'frame-src holdfast-artifact: holdfast-replay:',
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
