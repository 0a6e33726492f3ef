/** References in a style sheet, led to where they are answered from the recording. */

/** In: a reference as it stands. Out: what to put in its place; null: nothing to load. */
export type Lead = (reference: string) => string | null;

// Attacker-controlled and possibly huge: no part of the pattern can run over the beginning of the next match.
const reference =
  /url\(\s{0,64}(?:"([^"]*)"|'([^']*)'|([^()"'\s]*))\s{0,64}\)|(@import\s{1,64})(?:"([^"]*)"|'([^']*)')/gi;

/** Rewrites `url(…)` and the strings of `@import`; everything else stays. What is missed is blocked, not fetched. */
export function rewriteCss(css: string, lead: Lead): string {
  return css.replace(
    reference,
    (
      _whole,
      double?: string,
      single?: string,
      bare?: string,
      atImport?: string,
      text?: string,
      other?: string,
    ) => {
      const led = lead(unescaped(double ?? single ?? bare ?? text ?? other ?? '')) ?? 'data:,';
      return `${atImport ?? ''}url("${led.replaceAll('\\', '%5C').replaceAll('"', '%22').replaceAll('\n', '')}")`;
    },
  );
}

/** CSS Syntax, section 4.3.7, as far as it matters for addresses. */
function unescaped(text: string): string {
  return text.replace(/\\([0-9a-f]{1,6})\s?|\\(.)/gi, (_whole, hex?: string, character?: string) => {
    if (hex === undefined) return character ?? '';
    const code = Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
