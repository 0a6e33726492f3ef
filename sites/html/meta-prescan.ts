/** 'Prescan a byte stream to determine its encoding' (WHATWG HTML, 13.2.3.2), over the first bytes of a page. */

interface Attribute {
  name: string;
  value: string;
}

const isSpace = (letter: string | undefined) =>
  letter === ' ' || letter === '\t' || letter === '\n' || letter === '\f' || letter === '\r';

/** A cursor over the bytes, seen as one character each: all that counts here is ASCII. */
class Cursor {
  readonly text: string;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }

  peek(): string | undefined {
    return this.text[this.at];
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(pattern: RegExp): boolean {
    return pattern.test(this.text.slice(this.at, this.at + 16));
  }

  skipTo(mark: string): void {
    const found = this.text.indexOf(mark, this.at);
    this.at = found < 0 ? this.text.length : found + mark.length;
  }

  skipSpaces(): void {
    while (isSpace(this.peek())) this.at += 1;
  }
}

function quotedValue(cursor: Cursor, quote: string): string {
  const start = cursor.at + 1;
  cursor.at = start;
  cursor.skipTo(quote);
  return cursor.text.slice(start, Math.max(start, cursor.at - 1));
}

/** 'Get an attribute'; null where the tag ends. */
function nextAttribute(cursor: Cursor): Attribute | null {
  while (isSpace(cursor.peek()) || cursor.peek() === '/') cursor.at += 1;
  if (cursor.ended || cursor.peek() === '>') return null;
  const nameStart = cursor.at;
  cursor.at += 1;
  while (!cursor.ended && !isSpace(cursor.peek()) && !/[=/>]/.test(cursor.peek() ?? '')) cursor.at += 1;
  const name = cursor.text.slice(nameStart, cursor.at).toLowerCase();
  cursor.skipSpaces();
  if (cursor.peek() !== '=') return { name, value: '' };
  cursor.at += 1;
  cursor.skipSpaces();
  const quote = cursor.peek();
  if (quote === '"' || quote === "'") return { name, value: quotedValue(cursor, quote).toLowerCase() };
  const valueStart = cursor.at;
  while (!cursor.ended && !isSpace(cursor.peek()) && cursor.peek() !== '>') cursor.at += 1;
  return { name, value: cursor.text.slice(valueStart, cursor.at).toLowerCase() };
}

/** 'Extract a character encoding from a meta element'. */
function charsetInContent(content: string): string | null {
  const match = /charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/.exec(content);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}

function metaLabel(cursor: Cursor): string | null {
  const attributes = new Map<string, string>();
  for (let found = nextAttribute(cursor); found !== null; found = nextAttribute(cursor)) {
    if (!attributes.has(found.name)) attributes.set(found.name, found.value);
  }
  const charset = attributes.get('charset');
  if (charset !== undefined) return charset;
  if (attributes.get('http-equiv') !== 'content-type') return null;
  return charsetInContent(attributes.get('content') ?? '');
}

/** The encoding label that a meta element within `bytes` names; null where none does. */
export function metaEncoding(bytes: Uint8Array): string | null {
  const cursor = new Cursor(bytes);
  while (!cursor.ended) {
    if (cursor.startsWith(/^<!--/)) {
      // '<!-->' is a whole comment: its dashes may be shared.
      cursor.at += 2;
      cursor.skipTo('-->');
    } else if (cursor.startsWith(/^<meta[\s/]/i)) {
      cursor.at += 5;
      const label = metaLabel(cursor);
      if (label !== null && label !== '') return label;
    } else if (cursor.startsWith(/^<\/?[a-z]/i)) {
      while (!cursor.ended && !isSpace(cursor.peek()) && cursor.peek() !== '>') cursor.at += 1;
      while (nextAttribute(cursor) !== null);
    } else if (cursor.startsWith(/^<[!/?]/)) {
      cursor.skipTo('>');
    } else {
      cursor.at += 1;
    }
  }
  return null;
}
