/** Addresses that a person types, and which of them the capture view goes to: the web, and nothing else. */
import { HoldfastError } from '../../contract/errors.ts';
import { parseUrl } from '../own-urls.ts';

/** Whether a page may stand at `url`: http or https, with a host. */
export function isWebUrl(url: string): boolean {
  const parsed = parseUrl(url);
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:');
}

/**
 * The address to load for what was typed; without a scheme it is https.
 * Throws `bad-input` for what is no web address, and for one that carries a user name or a password, which would
 * stand in the record.
 */
export function parseAddress(typed: string): string {
  const address = typed.trim();
  if (/\s/.test(address) || address === '') {
    throw refused(
      'Expected an address, found words. Nothing is searched for here: type or paste an address.',
    );
  }
  // 'localhost:8080' is a host and its port, 'javascript:…' a scheme.
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(address)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw refused(`Expected an address of the web (https or http), found one that begins with ${scheme}:.`);
  }
  const url = parseUrl(scheme === undefined ? `https://${address}` : address);
  if (url === null || url.hostname === '') {
    throw refused('Expected an address such as https://example.org/post, found something that is none.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(
      'The address carries a user name or a password, which would stand in the record. Leave it out.',
    );
  }
  return url.href;
}

function refused(message: string): HoldfastError {
  return new HoldfastError('bad-input', message);
}
