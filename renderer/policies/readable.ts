/** The text of a clause with its printed lines put together; the exact text stays in the archive. */
export function readable(text: string): string {
  return text.replace(/ ?\n\s*\n(?=\s*[•\p{Ll}(])/gu, ' ').replace(/\n{3,}/g, '\n\n');
}
