/**
 * Secrets that a page itself carries: tokens in JSON and scripts, anti-forgery values in meta elements and hidden
 * inputs, filled-in sign-in forms. Attacker-controlled text: every search is linear.
 */
import { canBeSearched, isAntiForgery } from './names.ts';

/** A secret at bytes `start` to `end` of the text that was looked through. */
export interface Discovered {
  name: string;
  value: string;
  start: number;
  end: number;
  /** Whether it can be looked for elsewhere without covering ordinary words. */
  searched: boolean;
}

const longestTag = 4096;

/** Whether a body of this media type is text in which secrets are looked for by their surroundings. */
export function isSearchableText(mediaType: string): boolean {
  return /html|json|javascript|ecmascript|xml|text\/plain|urlencoded/.test(mediaType);
}

/** @param text one character a byte (latin1), so that offsets are those of the bytes. */
export function discover(text: string): Discovered[] {
  const all = [...jsonTokens(text), ...bearerTokens(text), ...elements(text)];
  all.sort((a, b) => a.start - b.start);
  // Two rules can name the same place.
  return all.filter((one, n) => n === 0 || one.start >= (all[n - 1]?.end ?? 0));
}

const tokenMember =
  /\\?"(access_?token|refresh_?token|id_?token|auth_?token|session_?token|oauth_?token|csrf_?token|xsrf_?token|authenticity_token|fb_dtsg)\\?"\s{0,8}:\s{0,8}\\?"([^"\\]{8,4096})/gi;

function jsonTokens(text: string): Discovered[] {
  return [...text.matchAll(tokenMember)].flatMap((match) => {
    const [all, name = '', value = ''] = match;
    const end = match.index + all.length;
    return canBeSearched(value, true)
      ? [{ name, value, start: end - value.length, end, searched: true }]
      : [];
  });
}

function bearerTokens(text: string): Discovered[] {
  return [...text.matchAll(/\bBearer[ +]([\w.~+/%-]{8,4096}=*)/gi)].flatMap((match) => {
    const [all, value = ''] = match;
    const end = match.index + all.length;
    // 'Bearer authentication' is prose.
    if (!canBeSearched(value, true) || (!/\d/.test(value) && value.length < 20)) return [];
    return [{ name: 'Bearer', value, start: end - value.length, end, searched: true }];
  });
}

interface Tag {
  element: string;
  closing: boolean;
  start: number;
  text: string;
}

function elements(text: string): Discovered[] {
  const found: Discovered[] = [];
  let form: Tag[] | null = null;
  for (const tag of tagsOf(text)) {
    if (tag.element === 'form') {
      if (form !== null) found.push(...signIn(form));
      form = tag.closing ? null : [];
    } else if (tag.element === 'meta') {
      const name = attribute(tag, 'name') ?? attribute(tag, 'property');
      if (name !== null && isAntiForgery(name.value)) found.push(...secretIn(tag, 'content', name.value));
    } else if (isPassword(tag)) {
      found.push(...secretIn(tag, 'value', 'password'));
      form?.push(tag);
    } else {
      const name = attribute(tag, 'name')?.value ?? '';
      if (isAntiForgery(name)) found.push(...secretIn(tag, 'value', name));
      else form?.push(tag);
    }
  }
  return form === null ? found : [...found, ...signIn(form)];
}

/** What stands in the other fields of a form that asks for a password: who signs in. */
function signIn(inputs: readonly Tag[]): Discovered[] {
  if (!inputs.some(isPassword)) return [];
  return inputs.flatMap((input) => {
    const type = attribute(input, 'type')?.value.toLowerCase() ?? 'text';
    if (!['text', 'email', 'tel'].includes(type)) return [];
    const name = attribute(input, 'name')?.value ?? type;
    return secretIn(input, 'value', name).map((one) => ({ ...one, searched: false }));
  });
}

function isPassword(tag: Tag): boolean {
  return attribute(tag, 'type')?.value.toLowerCase() === 'password';
}

function secretIn(tag: Tag, attributeName: string, name: string): Discovered[] {
  const found = attribute(tag, attributeName);
  if (found === null || found.value === '') return [];
  const start = tag.start + found.at;
  const { value } = found;
  return [{ name, value, start, end: start + value.length, searched: canBeSearched(value, true) }];
}

/** Start tags of inputs and meta elements, start and end tags of forms; tags over 4,096 characters are left out. */
function* tagsOf(text: string): Generator<Tag> {
  let close = -1;
  for (const match of text.matchAll(/<(\/?)(form|input|meta)\b/gi)) {
    const start = match.index;
    if (close < start) close = text.indexOf('>', start);
    if (close < 0) return;
    if (close - start > longestTag) continue;
    const [, slash = '', element = ''] = match;
    yield { element: element.toLowerCase(), closing: slash !== '', start, text: text.slice(start, close) };
  }
}

function attribute(tag: Tag, name: string): { value: string; at: number } | null {
  // JSON and scripts hold HTML with escaped quotes.
  const pattern = new RegExp(
    `[\\s"'/]${name}\\s{0,8}=\\s{0,8}(?:\\\\?"([^"\\\\]*)|'([^']*)|([^\\s"'>\\\\]+))`,
    'i',
  );
  const match = pattern.exec(tag.text);
  if (match === null) return null;
  const value = match[1] ?? match[2] ?? match[3] ?? '';
  return { value, at: match.index + match[0].length - value.length };
}
