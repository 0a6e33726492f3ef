/**
 * Canonical JSON (RFC 8785), and nothing that it cannot say exactly.
 *
 * `undefined`, functions, NaN, infinities, negative zero, integers beyond 2^53 - 1, lone surrogates and objects
 * that are not plain are refused: what is hashed must be what was meant.
 */
import { HoldfastError } from '../../contract/errors.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Nesting beyond this is refused: documents of ours are shallow, those of an attacker need not be. */
const maxDepth = 64;

function refuse(what: string, path: string): never {
  throw new HoldfastError(
    'bad-input',
    `Cannot be written as canonical JSON: ${what} at ${path || 'the root'}.`,
  );
}

function text(value: string, path: string): string {
  if (!value.isWellFormed()) refuse('a lone surrogate', path);
  return JSON.stringify(value);
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > maxDepth) refuse(`nesting deeper than ${maxDepth}`, path);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value, path);
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Object.is(value, -0)) refuse(`the number ${value}`, path);
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) refuse(`the unsafe integer ${value}`, path);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, i) => write(item, `${path}[${i}]`, depth + 1)).join(',')}]`;
  }
  if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) refuse('an object that is not plain', path);
    // RFC 8785, section 3.2.3: properties sorted by UTF-16 code units, which is what `sort` without a function does.
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, item]) => `${text(key, path)}:${write(item, `${path}.${key}`, depth + 1)}`).join(',')}}`;
  }
  return refuse(`a value of type ${typeof value}`, path);
}

/** The canonical form of `value` as a string. Errors: `bad-input`. */
export function canonicalJson(value: Json): string {
  return write(value, '', 0);
}

/** The canonical form of `value` as UTF-8 bytes. Errors: `bad-input`. */
export function canonicalBytes(value: Json): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/**
 * Reads bytes that must be canonical JSON: valid UTF-8 without a byte-order mark, and exactly what
 * `canonicalBytes` would write for the value read. That refuses duplicate keys, white space and other spellings.
 * The bytes are attacker-controlled. Errors: `bad-input`.
 */
export function parseCanonical(bytes: Uint8Array): unknown {
  let source: string;
  let value: unknown;
  try {
    source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(source);
  } catch (cause) {
    throw new HoldfastError('bad-input', 'Expected canonical JSON (RFC 8785); this is not JSON in UTF-8.', {
      cause,
    });
  }
  if (write(value, '', 0) !== source) {
    throw new HoldfastError(
      'bad-input',
      'Expected canonical JSON (RFC 8785); this JSON is written another way.',
    );
  }
  return value;
}
