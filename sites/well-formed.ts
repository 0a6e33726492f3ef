/** Strings from pages may hold what JSON and SQLite cannot: halves of surrogate pairs, and NULs. */

const unheld = /[\p{Surrogate}\0]/gu;

/** The string with each lone surrogate and each NUL replaced by U+FFFD, and whether there were any. */
export function wellFormed(text: string): { text: string; lossy: boolean } {
  const held = text.replace(unheld, '\uFFFD');
  return { text: held, lossy: held !== text };
}

/** The same for short facts: trimmed, cut at `most` code units, null where nothing is left. */
export function shortText(text: string | null | undefined, most = 2000): string | null {
  const held = wellFormed((text ?? '').trim().slice(0, most)).text;
  return held === '' ? null : held;
}
