/**
 * The text of a part of a page: the one place where markup becomes characters.
 *
 * The rule, close to what a browser shows (WHATWG HTML, 'innerText'; CSS Text, white space):
 * - A run of spaces, tabs and line ends becomes one space; in `<pre>`, and under an inline style that says
 *   `white-space: pre…` or `break-spaces`, it stays. All other white space (no-break spaces, joiners) stays.
 * - `<br>` is a line feed. A block begins and ends a line; a paragraph has an empty line around it. Cells of
 *   a table row are parted by a tab. Line feeds at both ends go, and so does white space that would collapse
 *   at the start or end of a line.
 * - A picture whose alternative text is nothing but emoji is those emoji: platforms draw them as pictures.
 *   Other pictures are not text.
 * - What is never shown is not text: script, style, template, metadata, `hidden`, inline `display: none`.
 * Style sheets are not consulted. Nothing else is changed: no Unicode normalisation.
 */
import { attribute, type HtmlElement, type HtmlNode, isElement } from '../html/parse.ts';

export interface DomText {
  text: string;
  /** The elements that hold the words, for asking after language and direction. */
  holders: Set<HtmlElement>;
  /** Nodes and characters that were looked at. */
  cost: number;
}

const unshown = new Set(
  'script style template head title meta link base noscript iframe object embed canvas svg math audio video select datalist option textarea input map area source track param rp dialog'.split(
    ' ',
  ),
);
const blocks = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search section summary table caption thead tbody tfoot tr ul'.split(
    ' ',
  ),
);
const emoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\p{Regional_Indicator}|[\u200d\ufe0f])+$/u;

/** Emoji that a picture stands for; null for every other picture. Digits are emoji components, not emoji. */
export function emojiOf(element: HtmlElement): string | null {
  const alt = element.tagName === 'img' ? attribute(element, 'alt') : null;
  if (alt === null || alt.length > 64 || !emoji.test(alt)) return null;
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(alt) ? alt : null;
}

function isHidden(element: HtmlElement): boolean {
  if (unshown.has(element.tagName)) return true;
  if (attribute(element, 'hidden') !== null) return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribute(element, 'style') ?? '');
}

function keepsSpaces(element: HtmlElement, inherited: boolean): boolean {
  if (element.tagName === 'pre') return true;
  const style = /(?:^|;)\s*white-space(?:-collapse)?\s*:\s*([a-z-]+)/i.exec(
    attribute(element, 'style') ?? '',
  );
  if (style === null) return inherited;
  return /^(?:pre|break-spaces|preserve)/i.test(style[1] ?? '');
}

/** Collects characters; line breaks that blocks ask for are owed until something follows. */
class Lines {
  readonly #parts: string[] = [];
  readonly holders = new Set<HtmlElement>();
  cost = 0;
  #owed = 0;
  /** What parts the last word from the next one, should one follow on the same line. */
  #between: '' | ' ' | '\t' = '';
  #lineEmpty = true;
  #started = false;

  ask(breaks: number): void {
    this.#owed = Math.max(this.#owed, breaks);
    this.#between = '';
  }

  cellEnds(): void {
    this.#between = '\t';
  }

  #settle(): void {
    if (this.#started && this.#owed > 0) {
      this.#parts.push('\n'.repeat(this.#owed));
      this.#lineEmpty = true;
    } else if (!this.#lineEmpty) {
      this.#parts.push(this.#between);
    }
    this.#owed = 0;
    this.#between = '';
    this.#started = true;
  }

  put(characters: string): void {
    if (characters === '') return;
    this.#settle();
    this.#parts.push(characters);
    this.#lineEmpty = characters.endsWith('\n');
  }

  lineFeed(): void {
    if (this.#started) {
      this.#between = '';
      this.put('\n');
    }
    this.#lineEmpty = true;
  }

  collapsed(value: string): void {
    const words = value.replace(/[ \t\n\f\r]+/g, ' ');
    const start = words.startsWith(' ') ? 1 : 0;
    const end = words.length > start && words.endsWith(' ') ? words.length - 1 : words.length;
    if (start === 1) this.#between ||= ' ';
    this.put(words.slice(start, end));
    if (end < words.length) this.#between ||= ' ';
  }

  get text(): string {
    const text = this.#parts.join('');
    let start = 0;
    let end = text.length;
    while (text[start] === '\n') start += 1;
    while (end > start && text[end - 1] === '\n') end -= 1;
    return text.slice(start, end);
  }
}

function visitElement(
  element: HtmlElement,
  lines: Lines,
  skip: (element: HtmlElement) => boolean,
  pre: boolean,
) {
  if (isHidden(element) || skip(element)) return;
  const { tagName } = element;
  if (tagName === 'br') return lines.lineFeed();
  if (tagName === 'img') return lines.put(emojiOf(element) ?? '');
  const breaks = tagName === 'p' ? 2 : blocks.has(tagName) ? 1 : 0;
  if (breaks > 0) lines.ask(breaks);
  const keeps = keepsSpaces(element, pre);
  for (const child of element.childNodes) visit(child, element, lines, skip, keeps);
  if (tagName === 'td' || tagName === 'th') lines.cellEnds();
  if (breaks > 0) lines.ask(breaks);
}

/** Recursive: `parseHtml` bounds how deep a page can be. */
function visit(
  node: HtmlNode,
  parent: HtmlElement,
  lines: Lines,
  skip: (element: HtmlElement) => boolean,
  pre: boolean,
): void {
  lines.cost += 1;
  if (isElement(node)) {
    visitElement(node, lines, skip, pre);
    return;
  }
  if (node.nodeName !== '#text' || !('value' in node)) return;
  lines.cost += node.value.length;
  if (pre) lines.put(node.value.replace(/\r\n?/g, '\n'));
  else lines.collapsed(node.value);
  if (/[^\s]/.test(node.value)) lines.holders.add(parent);
}

/**
 * The text below `root`, without the elements for which `skip` answers true. `isPre`: the platform's style sheet keeps
 * white space.
 */
export function domText(
  root: HtmlElement,
  skip: (element: HtmlElement) => boolean = () => false,
  isPre = false,
): DomText {
  const lines = new Lines();
  const pre = isPre || root.tagName === 'pre' || keepsSpaces(root, false);
  for (const child of root.childNodes) visit(child, root, lines, skip, pre);
  return { text: lines.text, holders: lines.holders, cost: lines.cost };
}
