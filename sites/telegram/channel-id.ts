/** The channel's permanent id: Telegram's pages name it beside each message, in two ways. */
import { attribute, type HtmlElement } from '../html/parse.ts';

/** `data-peer` is 'c1234_…'; `data-view` holds JSON in base64url with `c`, the negative of the id. */
export function channelIdOf(message: HtmlElement): string | null {
  const peer = /^c(\d{1,19})(?:_|$)/.exec(attribute(message, 'data-peer') ?? '')?.[1];
  if (peer !== undefined) return peer;
  const view = attribute(message, 'data-view') ?? '';
  if (view.length > 1000 || !/^[\w-]+={0,2}$/.test(view)) return null;
  try {
    const json = atob(view.replaceAll('-', '+').replaceAll('_', '/'));
    return /"c":"?-(\d{1,19})\b/.exec(json)?.[1] ?? null;
  } catch {
    return null;
  }
}
