/** Bodies that the page sends, without passwords, tokens and the rest of a sign-in. */
import type { Withheld } from '../../contract/model/recording.ts';
import { distinct, type KnownSecrets } from './known.ts';
import { canBeSearched, isPasswordField, isSecretParameter, isSignInPath, isUserField } from './names.ts';
import { parsedUrl } from './url.ts';

/** A value inside a body: bytes `start` to `end`, and what it says. */
interface Field {
  name: string;
  value: string;
  start: number;
  end: number;
}

/**
 * Replaces the values of secret fields (form, multipart, JSON) by markers; of a sign-in, every value. Then every
 * known secret, by a marker of the same length.
 * @param bytes what of the body is recorded; cut short it is still read as far as it goes.
 */
export function hideInRequestBody(
  bytes: Uint8Array,
  contentType: string,
  url: string,
  secrets: KnownSecrets,
): { bytes: Uint8Array; withheld: Withheld[] } {
  // One character a byte, so that offsets are those of the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const fields = fieldsOf(text, contentType);
  const signIn = isSignIn(fields, url);
  const withheld: Withheld[] = [];
  let at = 0;
  let hidden = '';
  for (const { name, value, start, end } of fields) {
    if (value === '' || !(signIn || isSecretParameter(name))) continue;
    withheld.push(secrets.withhold(value, 'request-body', name));
    if (isPasswordField(name) || (isSecretParameter(name) && canBeSearched(value, true))) {
      secrets.search(value, name);
    }
    hidden += text.slice(at, start) + secrets.marker(value);
    at = end;
  }
  hidden += text.slice(at);
  const withholder = secrets.withholder();
  const replaced = withholder.replace(Buffer.from(hidden, 'latin1'));
  for (const found of withholder.found.keys()) {
    withheld.push(secrets.withhold(found.secret, 'request-body', found.name));
  }
  return { bytes: replaced, withheld: distinct(withheld) };
}

function isSignIn(fields: readonly Field[], url: string): boolean {
  if (fields.some(({ name }) => isPasswordField(name))) return true;
  // Many sites ask for the name first and for the password on the next page.
  const path = parsedUrl(url)?.pathname ?? '';
  return isSignInPath(path) && fields.some(({ name }) => isUserField(name));
}

function fieldsOf(text: string, contentType: string): Field[] {
  const type = contentType.toLowerCase();
  const boundary = /boundary="?([^";]+)/i.exec(contentType)?.[1];
  if (type.startsWith('multipart/') && boundary !== undefined) return multipartFields(text, boundary);
  if (type.includes('json') || /^\s*[[{]/.test(text)) return jsonFields(text);
  return formFields(text);
}

function formFields(text: string): Field[] {
  return [...text.matchAll(/(?:^|&)([^=&]{1,200})=([^&]*)/g)].map((match) => {
    const [all, name = '', value = ''] = match;
    const end = match.index + all.length;
    return { name: fromForm(name), value: fromForm(value), start: end - value.length, end };
  });
}

function fromForm(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return utf8(spaced);
  }
}

function multipartFields(text: string, boundary: string): Field[] {
  const fields: Field[] = [];
  const mark = `--${boundary}`;
  for (let at = text.indexOf(mark); at >= 0; ) {
    const next = text.indexOf(mark, at + mark.length);
    const end = next < 0 ? text.length : next;
    const body = text.indexOf('\r\n\r\n', at);
    if (body >= 0 && body < end) {
      const head = text.slice(at, body);
      const name = /\bname="([^"]*)"/i.exec(head)?.[1] ?? '';
      const start = body + 4;
      const stop = Math.max(start, text.startsWith('\r\n', end - 2) ? end - 2 : end);
      // A file is no field of a sign-in.
      if (!/\bfilename\*?=/i.test(head)) {
        fields.push({ name: utf8(name), value: utf8(text.slice(start, stop)), start, end: stop });
      }
    }
    at = next;
  }
  return fields;
}

/** Strings and numbers of JSON, however deep, each under the last name before it; read token by token. */
function jsonFields(text: string): Field[] {
  const tokens = [...text.matchAll(/"([^"\\]*(?:\\.[^"\\]*)*)"|-?\d[\d.eE+-]*|[:,{}[\]]/g)];
  const fields: Field[] = [];
  let name = '';
  for (const [n, match] of tokens.entries()) {
    const [token, inner] = match;
    if (!/^["\d-]/.test(token)) continue;
    if (tokens[n + 1]?.[0] === ':') {
      name = fromJson(token);
      continue;
    }
    const quote = inner === undefined ? 0 : 1;
    const start = match.index + quote;
    fields.push({ name, value: fromJson(token), start, end: start + token.length - 2 * quote });
  }
  return fields;
}

function fromJson(token: string): string {
  try {
    return String(JSON.parse(utf8(token)));
  } catch {
    return utf8(token).replace(/^"|"$/g, '');
  }
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
