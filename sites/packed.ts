/** All white space out: how a page breaks its lines is no difference between words. */
export function packed(text: string): string {
  return text.replace(/\s+/gu, '');
}
