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

/** The values that the script gives to `name`, as text that may be JSON; most scripts give one. */
export function jsonGivenTo(name: string, script: string): string[] {
  const found: string[] = [];
  const given = new RegExp(
    `(?:^|[^\\w$.])(?:window\\s*(?:\\.|\\[\\s*["']))?${name}(?:["']\\s*\\])?\\s*=\\s*(?=[{'"])`,
    'g',
  );
  for (let match = given.exec(script); match !== null && found.length < 4; match = given.exec(script)) {
    const from = given.lastIndex;
    if (script[from] === '{') {
      const end = endOfObject(script, from);
      if (end > 0) found.push(script.slice(from, end));
    } else {
      const quoted = /^(['"])((?:[^\\]|\\[\s\S])*?)\1/.exec(script.slice(from, from + 16 * 1024 * 1024));
      if (quoted?.[2] !== undefined) found.push(unescaped(quoted[2]));
    }
  }
  return found;
}
