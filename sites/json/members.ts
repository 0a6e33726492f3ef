/** Asking a JSON value for its members without trusting its shape. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at the end of a path of names; undefined where one of them is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | null {
  const found = at(value, ...path);
  return isObject(found) ? found : null;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function stringAt(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : null;
}

/** True only where the source says true. */
export function isTrueAt(value: unknown, ...path: readonly string[]): boolean {
  return at(value, ...path) === true;
}

/** An id in digits. A number beyond 2^53 has lost digits already: it names nothing. */
export function digitsAt(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path);
  if (typeof found === 'number') return Number.isSafeInteger(found) && found >= 0 ? String(found) : null;
  return typeof found === 'string' && /^\d{1,25}$/.test(found) ? found : null;
}

/** A count, also where it is written as a string; null for what cannot be one. */
export function countAt(value: unknown, ...path: readonly string[]): number | null {
  const digits = digitsAt(value, ...path);
  const count = digits === null ? Number.NaN : Number(digits);
  return Number.isSafeInteger(count) ? count : null;
}
