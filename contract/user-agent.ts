/**
 * Which browser a user agent says it is. Pages also ask for the same in another form (client hints,
 * https://wicg.github.io/ua-client-hints/), so a persona may only claim what both can be made to say: a Chromium.
 */

export interface ClaimedBrowser {
  brand: 'Google Chrome' | 'Microsoft Edge' | 'Opera';
  /** Of the Chromium inside. */
  major: string;
  /** Of the brand, where the user agent says it apart: Edge, Opera. */
  brandMajor: string;
  platform: 'Windows' | 'macOS' | 'Linux' | 'Android' | 'Chrome OS';
  mobile: boolean;
  /** Of an Android device; empty otherwise. */
  model: string;
}

const platforms: readonly [RegExp, ClaimedBrowser['platform']][] = [
  [/Windows NT/, 'Windows'],
  [/Android/, 'Android'],
  [/CrOS/, 'Chrome OS'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/**
 * Null: not a browser with the engine of Chromium, or none at all. What begins `Mozilla/5.0 (…) AppleWebKit/537.36` and
 * names a Chrome is one; the brand is what comes after. Printable ASCII alone, as in a header.
 */
export function claimedBrowser(userAgent: string): ClaimedBrowser | null {
  if (!/^[\x20-\x7e]+$/.test(userAgent)) return null;
  const parts = /^Mozilla\/5\.0 \(([^)]+)\) AppleWebKit\/537\.36 .*\bChrome\/(\d{2,4})\.[\d.]+/.exec(
    userAgent,
  );
  const [, system = '', major = ''] = parts ?? [];
  const platform = platforms.find(([pattern]) => pattern.test(system))?.[1];
  if (parts === null || platform === undefined) return null;
  const edge = /\bEdg[A-Z]?\/(\d+)/i.exec(userAgent)?.[1];
  const opera = /\bOPR\/(\d+)/.exec(userAgent)?.[1];
  return {
    brand: edge ? 'Microsoft Edge' : opera ? 'Opera' : 'Google Chrome',
    major,
    brandMajor: edge ?? opera ?? major,
    platform,
    mobile: /\bMobile\b/.test(userAgent),
    model: platform === 'Android' ? (/Android [\d.]+; ([^;)]+)/.exec(userAgent)?.[1] ?? '') : '',
  };
}
