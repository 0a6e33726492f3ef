/** Which certificates a server showed. */
import { createHash } from 'node:crypto';
import { send } from './cdp/commands.ts';
import type { CdpSession } from './cdp-session.ts';

/** What the engine knows of a server's certificate; Electron tells it outside of the DevTools protocol. */
export interface CertificateSource {
  /** DER, the server's own first; empty where it is not known (yet). */
  chain(origin: string): Promise<readonly Uint8Array[]>;
  /** What was wrong with it, as the engine says, although the user went on; null: nothing. */
  error(origin: string): Promise<string | null>;
}

/**
 * What the DevTools protocol tells: the chain of the page's own server, once the page is there, and of no other.
 * @param accepted what was wrong with certificates that the user accepted for this recording; null: none was.
 */
export function protocolCertificates(session: CdpSession, accepted: string | null): CertificateSource {
  return {
    chain: async (origin) => {
      try {
        const { tableNames } = await send(session, 'Network.getCertificate', { origin });
        return tableNames.map((der) => Buffer.from(der, 'base64'));
      } catch {
        return [];
      }
    },
    error: () => Promise.resolve(accepted),
  };
}

/** Asks once for each server, as soon as there is an answer. */
export class Certificates {
  readonly #source: CertificateSource;
  readonly #chains = new Map<string, readonly Uint8Array[]>();

  constructor(source: CertificateSource) {
    this.#source = source;
  }

  async chain(origin: string): Promise<readonly Uint8Array[]> {
    const known = this.#chains.get(origin);
    if (known !== undefined) return known;
    const chain = await this.#source.chain(origin);
    if (chain.length > 0) this.#chains.set(origin, chain);
    return chain;
  }

  /** SHA-256 of each certificate (DER), hexadecimal. */
  async digests(origin: string): Promise<string[]> {
    const chain = await this.chain(origin);
    return chain.map((der) => createHash('sha256').update(der).digest('hex'));
  }

  error(origin: string): Promise<string | null> {
    return this.#source.error(origin);
  }
}

/** PEM (RFC 7468, section 5), the server's certificate first. */
export function pemOf(chain: readonly Uint8Array[]): string {
  return chain
    .map((der) => {
      const lines =
        Buffer.from(der)
          .toString('base64')
          .match(/.{1,64}/g) ?? [];
      return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
    })
    .join('');
}
