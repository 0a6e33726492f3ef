/** What an archive did to a page that it replays, undone: its bar taken out, its addresses made the original ones. */
import { attribute, elementsOf, type HtmlDocument, type HtmlElement, type HtmlNode } from '../html/parse.ts';

/** Bars and what belongs to them, by their ids. */
const bars = new Set(['wm-ipp-base', 'wm-ipp', 'wm-ipp-print', 'donato', 'replay-header']);
const barsOfToday = new Set(['HEADER', 'FOOTER']);

const addressed = new Set(
  'href src poster action background cite data data-src srcset data-srcset style content'.split(' '),
);

function quotedForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

export interface Undoing {
  host: string;
  base: string;
}

/** Removes the archive's part of an address: at its beginning, and once. What an author wrote behind it stays. */
function undoer({ host, base }: Undoing): (value: string, name: string) => string {
  const time = '(?:\\d{14}|\\d{4}\\.\\d{2}\\.\\d{2}-\\d{6})(?:[a-z]{2}_)?';
  const places = base === '/' ? `\\/(?:o\\/\\w{4,8}|${time})` : `${quotedForPattern(base)}${time}`;
  const prefix = `(?:(?:https?:)?\\/\\/${quotedForPattern(host)})?${places}\\/(?=https?:|\\/\\/|mailto:)`;
  const atStart = new RegExp(`^\\s*${prefix}`, 'i');
  const inList = new RegExp(`(^|[\\s,("'])${prefix}`, 'gi');
  return (value, name) =>
    name === 'style' || name.endsWith('srcset') ? value.replace(inList, '$1') : value.replace(atStart, '');
}

/** In scripts the slashes of addresses may be escaped: at the beginning of a string. */
function scriptUndoer({ host, base }: Undoing): (text: string) => string {
  const slash = '\\\\?\\/';
  const path = base
    .split('/')
    .filter((part) => part !== '')
    .map((part) => `${quotedForPattern(part)}${slash}`)
    .join('');
  const pattern = new RegExp(
    `(["'])(?:https?:)?${slash}${slash}${quotedForPattern(host)}${slash}${path}\\d{14}(?:[a-z]{2}_)?${slash}(?=https?:)`,
    'gi',
  );
  return (text) => text.replace(pattern, '$1');
}

function isComment(node: HtmlNode, words: string): boolean {
  return node.nodeName === '#comment' && 'data' in node && node.data.includes(words);
}

/** What stands between the two comments that the Wayback Machine puts around its bar. */
function withoutInsert(nodes: readonly HtmlNode[]): HtmlNode[] {
  const from = nodes.findIndex((node) => isComment(node, 'BEGIN WAYBACK TOOLBAR INSERT'));
  const to = nodes.findIndex((node) => isComment(node, 'END WAYBACK TOOLBAR INSERT'));
  return from < 0 || to < from ? [...nodes] : [...nodes.slice(0, from), ...nodes.slice(to + 1)];
}

function isBar(node: HtmlNode, { base }: Undoing): boolean {
  const id = 'tagName' in node ? attribute(node, 'id') : null;
  return id !== null && (bars.has(id) || (base === '/' && barsOfToday.has(id)));
}

/** Changes the document. */
export function undoReplay(document: HtmlDocument, undoing: Undoing): void {
  const undo = undoer(undoing);
  const undoScript = scriptUndoer(undoing);
  const clean = (parent: { childNodes: HtmlNode[] }) => {
    if (parent.childNodes.some((node) => node.nodeName === '#comment' || isBar(node, undoing)))
      parent.childNodes = withoutInsert(parent.childNodes).filter((node) => !isBar(node, undoing));
  };
  clean(document);
  for (const element of elementsOf(document)) {
    clean(element);
    for (const each of element.attrs) if (addressed.has(each.name)) each.value = undo(each.value, each.name);
    if (element.tagName === 'script') undoIn(element, undoScript);
  }
}

function undoIn(script: HtmlElement, undo: (text: string) => string): void {
  for (const node of script.childNodes) if ('value' in node) node.value = undo(node.value);
}
