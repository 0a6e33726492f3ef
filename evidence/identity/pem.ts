/**
 * Certificates as PEM (RFC 7468). openssl skips text around the blocks and forgives spacing; here a file is
 * exactly its blocks in one form, so that no other name or comment can ride along.
 */
import { HoldfastError } from '../../contract/errors.ts';
import { readCertificate } from './certificate.ts';

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';
/** Characters; a chain of a dozen large certificates has some 50,000. */
const maxLength = 1_000_000;

/** One certificate, or several one after the other, from DER to PEM with lines of 64 characters. */
export function toPem(...certificates: readonly Uint8Array[]): string {
  return certificates.map(toBlock).join('');
}

function toBlock(der: Uint8Array): string {
  let binary = '';
  for (const byte of der) binary += String.fromCharCode(byte);
  const lines = btoa(binary).match(/.{1,64}/g) ?? [];
  return `${[begin, ...lines, end].join('\n')}\n`;
}

/**
 * The DER of each certificate in the text, in order; at least one. Line ends may be LF or CR LF, the last one
 * may be missing. Throws `bad-input` for anything else: text around or between the blocks, other line lengths,
 * base64 in another form, what is no certificate in strict DER.
 */
export function fromPem(text: string): Uint8Array[] {
  if (text.length > maxLength) throw notPem(`it has ${text.length} characters, more than ${maxLength}`);
  const unixText = text.replaceAll('\r\n', '\n');
  const whole = unixText.endsWith('\n') ? unixText : `${unixText}\n`;
  const blocks = [
    ...whole.matchAll(/-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n/g),
  ];
  const certificates = blocks.map(([, body = '']) => decode(body));
  // Only what comes out the same when written again was in the one allowed form, with nothing around it.
  if (certificates.length === 0 || toPem(...certificates) !== whole) {
    throw notPem('it has other text, other blocks or another form');
  }
  for (const certificate of certificates) checkCertificate(certificate);
  return certificates;
}

function decode(body: string): Uint8Array {
  try {
    return Uint8Array.from(atob(body.replaceAll('\n', '')), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw notPem('it is not valid base64', cause);
  }
}

function checkCertificate(der: Uint8Array): void {
  try {
    readCertificate(der);
  } catch (cause) {
    throw notPem(
      `a block is not an X.509 certificate: ${cause instanceof Error ? cause.message : cause}`,
      cause,
    );
  }
}

function notPem(found: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'bad-input',
    `Expected certificates in PEM form and nothing else, but ${found}. 'openssl x509 -in FILE -out CLEAN.pem' writes one certificate cleanly.`,
    { cause },
  );
}
