/** HTML to a tree (WHATWG HTML, 13.2, by parse5), within bounds that no real page needs and hostile ones exceed. */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, type html, parse } from 'parse5';

export type HtmlDocument = DefaultTreeAdapterTypes.Document;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;

export type ParsedHtml = { document: HtmlDocument } | { refused: string };

/** Characters of a page that is still parsed: text over 32 MiB is kept, and not read. */
export const MAX_HTML_LENGTH = 32 * 1024 * 1024;
/** Chromium flattens at 512. */
const MAX_DEPTH = 2000;
/** Open formatting elements are opened again in each paragraph: a small page can ask for billions. */
const MAX_ELEMENTS = 2_000_000;
/** Children looked over for content that moves out of tables, where a hostile page makes the work quadratic. */
const MAX_MOVED = 200_000_000;

class OutOfBounds extends Error {}

/** parse5's own adapter, counting. The names are parse5's. */
function countingAdapter(): typeof defaultTreeAdapter {
  let depth = 0;
  let elements = 0;
  let moved = 0;
  const moving = (
    parent: DefaultTreeAdapterTypes.ParentNode,
    found: DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Node,
  ) => {
    // The last child is found at once; any other by looking through all of them.
    if (parent.childNodes.at(-1) !== found) moved += parent.childNodes.length;
    if (moved > MAX_MOVED) throw new OutOfBounds('moves too much content out of tables');
  };
  return {
    ...defaultTreeAdapter,
    createElement(tagName: string, namespaceURI: html.NS, attrs: DefaultTreeAdapterTypes.Element['attrs']) {
      elements += 1;
      if (elements > MAX_ELEMENTS) throw new OutOfBounds(`has more than ${MAX_ELEMENTS} elements`);
      return defaultTreeAdapter.createElement(tagName, namespaceURI, attrs);
    },
    insertBefore(parent, node, reference) {
      moving(parent, reference);
      defaultTreeAdapter.insertBefore(parent, node, reference);
    },
    insertTextBefore(parent, text, reference) {
      moving(parent, reference);
      defaultTreeAdapter.insertTextBefore(parent, text, reference);
    },
    detachNode(node) {
      if (node.parentNode) moving(node.parentNode, node);
      defaultTreeAdapter.detachNode(node);
    },
    onItemPush() {
      depth += 1;
      if (depth > MAX_DEPTH) throw new OutOfBounds(`nests its elements more than ${MAX_DEPTH} deep`);
    },
    onItemPop() {
      depth -= 1;
    },
  };
}

/**
 * Parses a page; scripting counts as off, so that what stands in `<noscript>` is read.
 *
 * @param text attacker-controlled
 * @returns the document, or why the page is not parsed, as the end of a sentence that begins 'The page'
 */
export function parseHtml(text: string): ParsedHtml {
  if (text.length > MAX_HTML_LENGTH) {
    return { refused: `has ${text.length} characters, more than the ${MAX_HTML_LENGTH} that are read` };
  }
  try {
    return { document: parse(text, { treeAdapter: countingAdapter(), scriptingEnabled: false }) };
  } catch (error) {
    if (error instanceof OutOfBounds) return { refused: error.message };
    throw error;
  }
}

/** The value of an attribute; null where the element has none of this name. */
export function attribute(element: HtmlElement, name: string): string | null {
  return element.attrs.find((attr) => attr.name === name)?.value ?? null;
}

/** The text that stands in the element itself, as of a script; that of its children is not in it. */
export function ownText({ childNodes }: Pick<HtmlElement, 'childNodes'>): string {
  return childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}

export function isElement(node: { nodeName: string }): node is HtmlElement {
  return 'tagName' in node;
}

/** All elements below `root` in tree order; what stands inside `<template>` is not part of a page. */
export function* elementsOf(root: HtmlDocument | HtmlElement): Generator<HtmlElement> {
  const open: HtmlNode[] = [...root.childNodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue;
    yield node;
    for (let i = node.childNodes.length - 1; i >= 0; i -= 1) {
      const child = node.childNodes[i];
      if (child) open.push(child);
    }
  }
}
