/** JSON that a page's script holds: `var name = {…};` */

/** Where the object that begins at `from` ends; -1 where it does not. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  let isString = false;
  for (let i = from; i < text.length; i += 1) {
    const sign = text.charCodeAt(i);
    if (isString) {
      if (sign === 0x5c) i += 1;
      else if (sign === 0x22) isString = false;
    } else if (sign === 0x22) isString = true;
    else if (sign === 0x7b) depth += 1;
    else if (sign === 0x7d) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

/** A string with the escapes of a script, as pages for telephones hold the same JSON. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_all, two?: string, four?: string, one?: string) => {
      const code = two ?? four;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return one === 'n' ? '\n' : (one ?? '');
    },
  );
}

/** Behind the quotation mark that ends the string at `from`; 0: it does not end. */
function endOfString(script: string, from: number): number {
  for (let at = from + 1; at < script.length; at += 1) {
    if (script[at] === '\\') at += 1;
    else if (script[at] === script[from]) return at + 1;
  }
  return 0;
}

/** The values that the script gives to `name`, as text that may be JSON; most scripts give one. */
export function jsonGivenTo(name: string, script: string): string[] {
  const found: string[] = [];
  const given = new RegExp(
    `(?:^|[^\\w$.])(?:window\\s*(?:\\.|\\[\\s*["']))?${name}(?:["']\\s*\\])?\\s*=\\s*(?=[{'"])`,
    'g',
  );
  for (let match = given.exec(script); match !== null && found.length < 4; match = given.exec(script)) {
    const from = given.lastIndex;
    const isObject = script[from] === '{';
    const end = isObject ? endOfObject(script, from) : endOfString(script, from);
    // What does not end here ends nowhere: another look from further on would go to the end again.
    if (end <= 0) break;
    found.push(isObject ? script.slice(from, end) : unescaped(script.slice(from + 1, end - 1)));
    given.lastIndex = end;
  }
  return found;
}
