/** Between the document's selection and offsets into one element's text. */
import type { Quote } from '../../contract/model/clause.ts';
import { codeUnitsBefore, standsIn } from './codePoints.ts';
import type { Span } from './keyboard.ts';

/** The part of the selection that lies in `root`, in UTF-16 code units; null where none does or it is empty. */
export function selectedWithin(root: Node, selection: Selection | null): Span | null {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(root);
  const clipped = range.cloneRange();
  if (clipped.compareBoundaryPoints(Range.START_TO_START, whole) < 0) {
    clipped.setStart(whole.startContainer, whole.startOffset);
  }
  if (clipped.compareBoundaryPoints(Range.END_TO_END, whole) > 0) {
    clipped.setEnd(whole.endContainer, whole.endOffset);
  }
  const before = whole.cloneRange();
  before.setEnd(clipped.startContainer, clipped.startOffset);
  // Range.toString() gives the text nodes' data unchanged, unlike Selection.toString(), which follows the layout.
  const start = before.toString().length;
  const end = start + clipped.toString().length;
  if (start === end) return null;
  const backward = selection.anchorNode === range.endContainer && selection.anchorOffset === range.endOffset;
  return backward ? { anchor: end, focus: start } : { anchor: start, focus: end };
}

/** Where the caret stands in `root`: a span without length; null where something is selected, or it stands elsewhere. */
export function caretWithin(root: Node, selection: Selection | null): Span | null {
  if (selection === null || selection.rangeCount === 0 || !selection.isCollapsed) return null;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  if (!root.contains(startContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(startContainer, startOffset);
  const at = before.toString().length;
  return { anchor: at, focus: at };
}

/** Selects `span` of an element that holds one text node. */
export function selectWithin(root: Node, span: Span): void {
  const text = root.firstChild;
  if (text === null) return;
  document.getSelection()?.setBaseAndExtent(text, span.anchor, text, span.focus);
}

/**
 * Paints quotes over an element that holds one text node, without touching the text
 * (CSS Custom Highlight API, level 1). A quote that does not stand in the text is not painted.
 */
export function paintQuotes(
  name: 'quote' | 'draft' | 'suggestion',
  root: Node,
  quotes: readonly Quote[],
): void {
  const node = root.firstChild;
  const ranges: Range[] = [];
  if (node instanceof Text) {
    for (const quote of quotes) {
      if (!standsIn(node.data, quote)) continue;
      const range = document.createRange();
      range.setStart(node, codeUnitsBefore(node.data, quote.start));
      range.setEnd(node, codeUnitsBefore(node.data, quote.end));
      ranges.push(range);
    }
  }
  const highlight = new Highlight(...ranges);
  // Where a draft lies over a saved quote, the draft is what the person is looking at.
  highlight.priority = { suggestion: 0, quote: 1, draft: 2 }[name];
  CSS.highlights.set(name, highlight);
}

export function clearPaint(): void {
  CSS.highlights.delete('quote');
  CSS.highlights.delete('draft');
  CSS.highlights.delete('suggestion');
}
