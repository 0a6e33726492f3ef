/** Keys of clauses: `x/hateful-conduct-policy/what-is-in-violation-of-this-policy`. Once given, a key is never given again. */

/** Small letters and digits of any script, joined by hyphens; `fallback` where there are none. */
export function slug(words: string, fallback: string, most = 60): string {
  const made = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const short = [...made].slice(0, most).join('');
  const whole = short.length < made.length ? short.replace(/-[^-]*$/, '') : short;
  return whole.replace(/-+$/, '') || fallback;
}

/** The name of a platform as keys have it: 'X' is `x`. ASCII only. */
export function platformSlug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

/** The name of a page without the word for what it is, so that 'Hateful conduct policy' and 'Hateful conduct' are one. */
export function pageSlug(path: readonly string[], policy: string): string {
  const page = path[0] ?? policy;
  return slug(page.replace(/^(?:the|our)\s+/i, '').replace(/\s+policy$/i, ''), 'text');
}

/** A key that is not `taken` yet, and now is. */
export function newKey(
  clause: { platform: string; policy: string; path: readonly string[]; title: string },
  taken: Set<string>,
): string {
  const base = `${clause.platform}/${pageSlug(clause.path, clause.policy)}/${slug(clause.title, 'clause')}`;
  let key = base;
  for (let n = 2; taken.has(key); n++) key = `${base}-${n}`;
  taken.add(key);
  return key;
}
