/**
 * Names of entries: ASCII letters, digits, '.', '_', '-', in segments parted by '/'. A segment starts with a letter,
 * a digit or '_' and does not end with '.', so that no system takes it for something else.
 */
const segment = '[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?';
const pattern = new RegExp(`^${segment}(?:/${segment})*$`);
export const maxNameLength = 255;

export function isEntryName(name: string): boolean {
  return name.length <= maxNameLength && pattern.test(name);
}

/** Two names that differ only in case are one file on many systems. */
export function foldName(name: string): string {
  return name.toLowerCase();
}
