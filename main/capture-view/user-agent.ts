/** What the capture view says it is: the Chromium inside, without the names of Electron and of this program. */

/**
 * In: Electron's own user agent and Chromium's version. Out: the same as Chromium itself says it since its version
 * 110 (the minor numbers are zeros there), which is also what `navigator.userAgentData` says beside it.
 */
export function plainUserAgent(own: string, chromium: string): string {
  const [platform = 'X11; Linux x86_64'] = /\(([^)]+)\)/.exec(own)?.slice(1) ?? [];
  const major = /^\d+/.exec(chromium)?.[0] ?? '0';
  return `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}
