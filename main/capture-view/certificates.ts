/** What servers showed as their certificates during one opening of the capture view, and which were let through. */
import type { Certificate } from 'electron';
import { parseUrl } from '../own-urls.ts';
import { certificateWords } from './failure-words.ts';

export interface ServerCertificate {
  /** PEM, the server's own first; only as far as the system gives the chain. */
  chain: string[];
  /** As Chromium names it, `net::ERR_CERT_…`; null where it is accepted. */
  error: string | null;
}

export class ServerCertificates {
  readonly #seen = new Map<string, ServerCertificate>();
  readonly #refused = new Map<string, { key: string; words: string }>();
  readonly #accepted = new Set<string>();

  /** Takes down what the verification of a server's certificate came to. `result`: 'OK' or Chromium's error. */
  note(host: string, certificate: Certificate, result: string): void {
    this.#seen.set(host, { chain: chainOf(certificate), error: /OK$/.test(result) ? null : result });
  }

  /** What the host showed last; null where it was not asked yet. */
  of(host: string): ServerCertificate | null {
    return this.#seen.get(host) ?? null;
  }

  /** Whether a certificate that Chromium refuses was accepted by hand; if not, it is kept for that decision. */
  trusts(url: string, error: string, certificate: Certificate): boolean {
    const host = hostOf(url);
    const key = `${host} ${certificate.fingerprint}`;
    if (this.#accepted.has(key)) return true;
    this.#refused.set(host, { key, words: certificateWords(host, error, certificate) });
    return false;
  }

  /** What is wrong with the certificate that was refused last for this address, in words; null where none was. */
  wrongWith(url: string): string | null {
    return this.#refused.get(hostOf(url))?.words ?? null;
  }

  /** Accepts what was refused for this address: this very certificate, for this host, in this opening only. */
  accept(url: string): boolean {
    const refused = this.#refused.get(hostOf(url));
    if (refused === undefined) return false;
    this.#accepted.add(refused.key);
    this.#refused.delete(hostOf(url));
    return true;
  }

  /** Whether the page at this address came with a certificate that was accepted by hand. */
  isException(url: string): boolean {
    const host = hostOf(url);
    return [...this.#accepted].some((key) => key.startsWith(`${host} `));
  }
}

function hostOf(url: string): string {
  return parseUrl(url)?.hostname ?? '';
}

/** The system links a self-signed certificate to itself, so a certificate that comes again ends the chain. */
function chainOf(certificate: Certificate): string[] {
  const chain: string[] = [];
  for (
    let one: Certificate | undefined = certificate;
    one !== undefined && !chain.includes(one.data);
    one = one.issuerCert
  ) {
    chain.push(one.data);
  }
  return chain;
}
