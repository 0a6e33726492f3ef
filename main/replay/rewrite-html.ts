/**
 * A page as rendered (the browser's own serialisation of it), made fit for showing without script: references led to
 * the recording, script and everything else that would load something by itself left out. The page is hostile: what
 * this misses is stopped by the policy that it is served under (replay-answer.ts), so a mistake here costs looks only.
 */
import { type Lead, rewriteCss } from './rewrite-css.ts';

/** Elements left out with everything in them; a `noscript` is what the person at the desk did not see. */
const leftOut = new Set(['script', 'noscript', 'object', 'embed', 'applet', 'noembed', 'noframes']);
/** Their content is text up to their end tag (HTML, section 13.1.2). */
const rawText = new Set(['style', 'textarea', 'title', 'xmp', 'iframe', 'plaintext', ...leftOut]);
const references = new Set(['src', 'poster', 'background', 'xlink:href']);
const linked = new Set(['link', 'image', 'use', 'feimage']);
const dropped = new Set(['integrity', 'crossorigin', 'nonce', 'ping', 'http-equiv', 'loading']);

const tag = /<(\/?)([a-z][^\s/>]*)/iy;
const attribute = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;

/** Documents in attributes of documents are shown up to here. */
const deepest = 5;

/** Where the references of a document lead: its own, and those of its frames to their documents. */
export interface Leads {
  resource: Lead;
  frame: Lead;
  /** Of documents that stand in a `srcdoc`; 0: in none. */
  depth: number;
}

/** The leads are given references as they stand, entities resolved. */
export function rewriteHtml(html: string, lead: Leads): string {
  const out: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) break;
    out.push(html.slice(at, open));
    at = rewriteMarkup(html, open, lead, out);
  }
  out.push(html.slice(at));
  return out.join('');
}

/** The address that a page names as the base of its references; null where it names none. */
export function baseOf(html: string): string | null {
  // The first few only: the word may stand in a script before it, and a hostile page may hold it a million times.
  const base = /<base(?=[\s/])/gi;
  for (let tries = 0; tries < 8 && base.exec(html) !== null; tries += 1) {
    const { attributes } = attributesOf(html, base.lastIndex);
    const [, href] = attributes.find(([name]) => name === 'href') ?? [];
    if (href !== undefined) return href;
  }
  return null;
}

/** Handles what begins with the `<` at `open`; answers where the rest begins. */
function rewriteMarkup(html: string, open: number, lead: Leads, out: string[]): number {
  if (html.startsWith('<!--', open)) {
    const end = html.indexOf('-->', open + 4);
    return end === -1 ? html.length : end + 3;
  }
  tag.lastIndex = open;
  const found = tag.exec(html);
  if (found === null) {
    out.push('<');
    return open + 1;
  }
  const [whole, slash = '', written = ''] = found;
  const name = written.toLowerCase();
  const { attributes, end } = attributesOf(html, open + whole.length);
  if (slash !== '') {
    if (!leftOut.has(name)) out.push(`</${name}>`);
    return end;
  }
  const keep = !leftOut.has(name) && isShown(name, attributes);
  if (keep) out.push(`<${name}${rewriteAttributes(name, attributes, lead)}>`);
  return rawText.has(name) ? rewriteText(html, name, end, keep ? lead : null, out) : end;
}

function attributesOf(html: string, from: number): { attributes: [string, string][]; end: number } {
  const attributes: [string, string][] = [];
  attribute.lastIndex = from;
  let end = from;
  for (let found = attribute.exec(html); found !== null; found = attribute.exec(html)) {
    const [, name = '', double, single, bare] = found;
    attributes.push([name.toLowerCase(), decoded(double ?? single ?? bare ?? '')]);
    end = attribute.lastIndex;
  }
  const close = html.indexOf('>', end);
  return { attributes, end: close === -1 ? html.length : close + 1 };
}

/** Of links only style sheets count; a base would lead references away, and a refresh the page itself. */
function isShown(name: string, attributes: readonly [string, string][]): boolean {
  const value = (wanted: string): string | undefined => attributes.find(([one]) => one === wanted)?.[1];
  if (name === 'base') return false;
  if (name === 'meta') return value('http-equiv') === undefined;
  return name !== 'link' || /(^|\s)stylesheet(\s|$)/i.test(value('rel') ?? '');
}

function rewriteAttributes(name: string, attributes: readonly [string, string][], lead: Leads): string {
  // The one that counts, where a frame has both.
  const hasDocument = name === 'iframe' && attributes.some(([attribute]) => attribute === 'srcdoc');
  return attributes
    .filter(([attribute]) => !(hasDocument && attribute === 'src'))
    .flatMap(([attribute, value]) => {
      const rewritten = rewriteAttribute(name, attribute, value, lead);
      return rewritten === null ? [] : [` ${attribute}="${encoded(rewritten)}"`];
    })
    .join('');
}

/** The new value; null: left out. */
function rewriteAttribute(element: string, name: string, value: string, leads: Leads): string | null {
  if (dropped.has(name) || name.startsWith('on')) return null;
  const lead = leads.resource;
  if (name === 'srcdoc') return element === 'iframe' ? innerDocument(value, leads) : null;
  if (element === 'iframe' && (name === 'sandbox' || name === 'allow' || name === 'csp')) return null;
  if (name === 'style') return rewriteCss(value, lead);
  if (name === 'srcset' || name === 'imagesrcset') return rewriteSources(value, lead);
  if ((element === 'iframe' || element === 'frame') && name === 'src') return leads.frame(value);
  return references.has(name) || (name === 'href' && linked.has(element)) ? lead(value) : value;
}

/** The frame inherits sandbox and policy of the document that holds it. */
function innerDocument(html: string, leads: Leads): string | null {
  return leads.depth >= deepest ? null : rewriteHtml(html, { ...leads, depth: leads.depth + 1 });
}

/** `srcset`: addresses, each with a width or a density (HTML, section 4.8.4.2.1). */
function rewriteSources(value: string, lead: Lead): string {
  return value
    .split(/,\s+|,(?=https?:)/)
    .flatMap((source) => {
      const [reference = '', ...sizes] = source.trim().split(/\s+/);
      const led = reference === '' ? null : lead(reference);
      return led === null ? [] : [[led.replaceAll(',', '%2C'), ...sizes].join(' ')];
    })
    .join(', ');
}

/** The text of an element up to its end tag, which is left to the caller's next round. `lead` null: left out. */
function rewriteText(html: string, name: string, from: number, leads: Leads | null, out: string[]): number {
  const end = endOf(html, name, from);
  const text = html.slice(from, end);
  if (leads !== null && name === 'style') out.push(rewriteCss(text, leads.resource));
  else if (leads !== null && name !== 'iframe') out.push(text);
  return end;
}

function endOf(html: string, name: string, from: number): number {
  if (name === 'plaintext') return html.length;
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  close.lastIndex = from;
  return close.exec(html)?.index ?? html.length;
}

const entities: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: '\u00a0' };

/** What the browser's serialisation escapes, and numbers (HTML, section 13.3). */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

function encoded(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
