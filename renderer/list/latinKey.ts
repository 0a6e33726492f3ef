/** What `latinKey` needs of a keyboard event. */
interface Pressed {
  key: string;
  code: string;
}

/**
 * The letter that a shortcut means, in lower case: as typed on a Latin keyboard, and by the place of the key where
 * another script is set, so that `j` also moves while somebody writes Persian. Other keys come back as they are.
 */
export function latinKey({ key, code }: Pressed): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return place !== undefined && /^\p{L}+$/u.test(key) && !/^\p{Script=Latin}/u.test(key)
    ? place.toLowerCase()
    : key;
}
