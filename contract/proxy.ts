/** The proxy of a persona, as it is typed and as a browser is told. */

export interface ProxyAddress {
  scheme: 'http' | 'https' | 'socks5';
  /** As a URL has it: brackets around IPv6. */
  host: string;
  port: number;
}

const usualPorts = { http: 80, https: 443, socks5: 1080 } as const;

/** `scheme://host[:port]` and nothing more; null for what is none, one with a user name or a path among them. */
export function parseProxy(typed: string): ProxyAddress | null {
  const [, scheme, rest] = /^(http|https|socks5):\/\/([^/?#@\s]+)\/?$/i.exec(typed.trim()) ?? [];
  if (scheme === undefined || rest === undefined) return null;
  const name = scheme.toLowerCase();
  if (name !== 'http' && name !== 'https' && name !== 'socks5') return null;
  try {
    // As an http address: others are not taken apart in the same way everywhere.
    const url = new URL(`http://${rest}/`);
    const written = /:(\d+)$/.exec(rest)?.[1];
    const port = written === undefined ? usualPorts[name] : Number(written);
    return url.hostname === '' || port < 1 || port > 65_535
      ? null
      : { scheme: name, host: url.hostname, port };
  } catch {
    return null;
  }
}

/** As Chromium takes it: one proxy for everything, and no way around it. */
export function proxyRules({ scheme, host, port }: ProxyAddress): string {
  return `${scheme}://${host}:${port}`;
}

/** Chromium leaves this computer's own addresses out of every proxy, unless told so. */
export const proxyBypass = '<-loopback>';
