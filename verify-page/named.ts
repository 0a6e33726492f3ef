/** What a reader pasted to say whom they trust: fingerprints in any grouping, or certificates. */
import { HoldfastError } from '../contract/errors.ts';
import { fromPem } from '../evidence/identity/pem.ts';

export interface Named {
  /** DER. */
  certificates: readonly Uint8Array[];
  /** SHA-256 in hexadecimal, lower case. */
  fingerprints: readonly string[];
}

const block = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;
const digits = 64;

/** Nothing for empty text. Errors: `bad-input`, with what to do. */
export function parseNamed(text: string): Named {
  const blocks = [...text.matchAll(block)].map(([, body = '']) => body.replaceAll(/\s/g, ''));
  if (blocks.length > 0) return { certificates: blocks.flatMap(certificate), fingerprints: [] };
  if (text.includes('-----')) throw notUnderstood('This is no whole certificate (PEM).');
  return { certificates: [], fingerprints: fingerprints(text) };
}

/** Text around the blocks, and their line lengths, do not count: what is trusted is the certificate's bytes. */
function certificate(base64: string): Uint8Array[] {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return fromPem(['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----\n'].join('\n'));
}

/** A line of a fingerprint that is to be read out: number, four digits, and how they are said. */
const spokenLine = /^\s*\d{1,2}\s+([0-9a-f]{4})((?:\s+[a-z]{3,7}){4})?\s*$/i;

function fingerprints(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const spoken = lines.map((line) => spokenLine.exec(line)?.[1]);
  const bare = spoken.every((group) => group !== undefined) ? spoken.join('') : withoutGrouping(text);
  if (bare === '') return [];
  if (!/^[0-9a-f]+$/i.test(bare))
    throw notUnderstood('A fingerprint has only the digits 0 to 9 and the letters A to F.');
  if (bare.length === 40) throw notUnderstood('This is a SHA-1, which can be forged; ask for the SHA-256.');
  if (bare.length % digits !== 0)
    throw notUnderstood(
      `A SHA-256 has ${digits} digits, and this has ${bare.length}: some are missing or too many.`,
    );
  return bare.toLowerCase().match(/.{64}/g) ?? [];
}

/** What programs write around the digits, and between them. */
function withoutGrouping(text: string): string {
  return text
    .replaceAll(/sha-?256|fingerprint/gi, '')
    .replaceAll(/[\s:=.,;·\-\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function notUnderstood(message: string): HoldfastError {
  return new HoldfastError('bad-input', message);
}
