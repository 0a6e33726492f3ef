/** Why a page is not there, in words. Chromium's own names stay in the sentence: they are what an expert looks for. */
import type { Certificate } from 'electron';

const loading: Record<string, string> = {
  ERR_NAME_NOT_RESOLVED:
    'No server of this name was found. Check the spelling, and the connection to the internet',
  ERR_INTERNET_DISCONNECTED: 'This computer has no connection to the internet',
  ERR_CONNECTION_REFUSED: 'The server refused the connection',
  ERR_CONNECTION_RESET: 'The server broke the connection off',
  ERR_CONNECTION_CLOSED: 'The server closed the connection without an answer',
  ERR_CONNECTION_TIMED_OUT: 'The server did not answer in time',
  ERR_TIMED_OUT: 'The server did not answer in time',
  ERR_ADDRESS_UNREACHABLE: 'The server cannot be reached from this network',
  ERR_EMPTY_RESPONSE: 'The server answered with nothing',
  ERR_TOO_MANY_REDIRECTS: 'The server sends from one address to the next without end',
  ERR_SSL_PROTOCOL_ERROR: 'The server does not speak TLS as it should',
  ERR_SSL_VERSION_OR_CIPHER_MISMATCH: 'The server only speaks a TLS that is no longer safe',
  ERR_UNSAFE_PORT: 'This port is not used for pages',
  ERR_BLOCKED_BY_RESPONSE: 'The server forbids showing its answer here',
  ERR_BLOCKED_BY_CLIENT: 'The rules of the capture view refused it',
  ERR_PROXY_CONNECTION_FAILED: 'The proxy that this computer is set to use does not answer',
};

/** `error` as Chromium names it, such as `ERR_NAME_NOT_RESOLVED`; `host` as in the address. */
export function failureWords(host: string, error: string): string {
  const words = loading[error] ?? 'The page could not be loaded';
  return `${words} (${host}, ${error}).`;
}

/** What Electron says of a page's process that ended, such as 'crashed' or 'oom'. */
export function crashWords(reason: string): string {
  return `The process of the page ended (${reason}). What was received until then is kept. Load the page again.`;
}

const certificates: Record<string, string> = {
  ERR_CERT_AUTHORITY_INVALID: 'it is issued by nobody whom this computer trusts',
  ERR_CERT_COMMON_NAME_INVALID: 'it is for another name',
  ERR_CERT_DATE_INVALID: 'it has expired or is not valid yet, by the clock of this computer',
  ERR_CERT_REVOKED: 'its issuer has revoked it',
  ERR_CERT_WEAK_SIGNATURE_ALGORITHM: 'its signature is too weak',
  ERR_CERT_WEAK_KEY: 'its key is too weak',
  ERR_CERTIFICATE_TRANSPARENCY_REQUIRED: 'it stands in no public log',
};

/** One paragraph on a certificate that Chromium refuses: what is wrong, and what it says of itself. */
export function certificateWords(host: string, error: string, certificate: Certificate): string {
  const name = error.replace(/^net::/, '');
  const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
  return [
    `The server ${host} shows a certificate that is not accepted: ${certificates[name] ?? 'it is not valid'} (${name}).`,
    `It names ${certificate.subjectName || 'nobody'}, was issued by ${certificate.issuerName || 'nobody'},`,
    `and is valid from ${day(certificate.validStart)} to ${day(certificate.validExpiry)}.`,
    `SHA-256 fingerprint: ${fingerprintOf(certificate)}.`,
  ].join(' ');
}

/** Electron gives `sha256/` and base64; people compare hexadecimal. */
function fingerprintOf({ fingerprint }: Certificate): string {
  return Buffer.from(fingerprint.replace(/^sha256\//, ''), 'base64').toString('hex');
}
