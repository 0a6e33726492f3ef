/** A BCP 47 tag as far as its form goes; og:locale writes an underscore. Null for what cannot be one. */
export function languageTag(raw: string | null | undefined): string | null {
  const tag = (raw ?? '').trim().replaceAll('_', '-');
  return tag.length <= 35 && /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(tag) ? tag : null;
}
