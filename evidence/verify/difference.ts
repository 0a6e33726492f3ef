/** Where two JSON values differ first. */
import type { Json } from '../log/canonical.ts';

/** The path of the first difference, as `captures[0].url`; null where there is none. '' means the values themselves. */
export function firstDifference(a: Json, b: Json, path = ''): string | null {
  if (isList(a) && isList(b)) {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const found = difference(a[i], b[i], `${path}[${i}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = difference(a[key], b[key], path === '' ? key : `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  return a === b ? null : path;
}

function difference(a: Json | undefined, b: Json | undefined, path: string): string | null {
  return a === undefined || b === undefined ? path : firstDifference(a, b, path);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
