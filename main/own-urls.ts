/** The addresses that this process itself answers. Everything else is the network, which the window has not got. */

export const windowScheme = 'holdfast';
export const windowOrigin = 'holdfast://app';
export const artifactScheme = 'holdfast-artifact';
export const replayScheme = 'holdfast-replay';
export const printScheme = 'holdfast-print';

/** Whether `url` lies in the window's own origin. Anything that is no URL is not ours. */
export function isWindowUrl(url: string | undefined): boolean {
  // `origin` is 'null' for schemes that URL does not know, so scheme and host are compared.
  const parsed = parseUrl(url);
  return parsed !== null && parsed.protocol === `${windowScheme}:` && parsed.host === 'app';
}

/** Whether a request may be made at all: only what this process itself answers. */
export function isOwnUrl(url: string): boolean {
  const scheme = parseUrl(url)?.protocol;
  return [windowScheme, artifactScheme, replayScheme, printScheme].some((own) => scheme === `${own}:`);
}

/** Null for what is no URL. (`URL.canParse` is newer than the oldest Electron that runs this.) */
export function parseUrl(url: string | undefined): URL | null {
  try {
    return url === undefined ? null : new URL(url);
  } catch {
    return null;
  }
}
