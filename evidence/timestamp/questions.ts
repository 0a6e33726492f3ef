/**
 * Where to ask whether an authority's certificate was revoked: the addresses that the certificate itself names
 * (CRL distribution points, RFC 5280, section 4.2.1.13; OCSP, section 4.2.2.1). Nothing is asked here.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sameBytes } from '../digest/sha256.ts';
import { type Certificate, isSignedBy, readCertificate } from '../identity/certificate.ts';
import { type DerNode, latin1, readDer, tag } from '../identity/der.ts';
import { algorithm, encode, encoded, octets, sequence } from '../identity/der-encode.ts';
import { DerFields, oidOf, wholeBytesOf } from '../identity/der-fields.ts';
import { oids } from '../identity/oids.ts';
import { checkTimestampOf } from './check.ts';
import { peekTimestamp } from './peek.ts';
import { readResponse } from './token.ts';

export interface Question {
  url: string;
  /** An OCSP request to be posted; null: a revocation list, to be fetched. */
  body: Uint8Array | null;
}

const mostQuestions = 8;

/**
 * The questions about the certificate that signed a response, OCSP first. `named`: DER of authorities, or of those above
 * them, that the user named. Empty where the response is not sound, or not by one of those named where any are: whoever
 * answers in an authority's place must not choose whom this computer asks. Empty as well where the certificate names no
 * address, or its issuer is neither in the token nor among the named.
 */
export async function revocationQuestions(
  response: Uint8Array,
  named: readonly Uint8Array[],
  now: Date,
): Promise<Question[]> {
  if (!(await isByNamed(response, named, now))) return [];
  try {
    const parts = readResponse(response);
    const certificates = [...parts.certificates, ...named].map((der) => readCertificate(der));
    const signer = certificates.find(
      ({ issuer, serialNumber }) =>
        sameBytes(issuer, parts.issuer) && sameBytes(serialNumber, parts.serialNumber),
    );
    const issuer = signer === undefined ? null : await issuerOf(signer, certificates);
    if (signer === undefined || issuer === null) return [];
    const body = ocspRequest(signer, issuer);
    return [
      ...ocspAddresses(signer).map((url) => ({ url, body })),
      ...listAddresses(signer).map((url) => ({ url, body: null })),
    ].slice(0, mostQuestions);
  } catch {
    // Attacker-controlled: where nothing can be read there is nobody to ask.
    return [];
  }
}

async function isByNamed(response: Uint8Array, named: readonly Uint8Array[], now: Date): Promise<boolean> {
  const peek = peekTimestamp(response);
  if (peek.status === 'failed') return false;
  const { imprint } = peek;
  const input = { response, imprint, nonce: null, trusted: named, now, revocation: [] };
  const found = await checkTimestampOf(input);
  return found.status === 'ok' && (named.length === 0 || found.trust === 'trusted');
}

async function issuerOf(
  signer: Certificate,
  candidates: readonly Certificate[],
): Promise<Certificate | null> {
  for (const candidate of candidates) {
    if (await isSignedBy(signer, candidate)) return candidate;
  }
  return null;
}

/** Name [6] of the type GeneralName: an address. Only those that a web request can reach count. */
function addressOf(node: DerNode): string[] {
  if (node.tag !== tag.contextPrimitive(6)) return [];
  const text = latin1(node.content);
  return /^https?:\/\/[!-~]{1,2000}$/.test(text) ? [text] : [];
}

function extension(certificate: Certificate, id: string): readonly DerNode[] {
  const found = certificate.extensions.find((one) => one.id === id);
  return found === undefined ? [] : readDer(found.value).children;
}

function ocspAddresses(certificate: Certificate): string[] {
  return extension(certificate, oids.authorityInfoAccess).flatMap((access) => {
    const fields = new DerFields(access);
    const method = oidOf(fields.take(tag.oid));
    return method === oids.ocsp ? addressOf(fields.take()) : [];
  });
}

function listAddresses(certificate: Certificate): string[] {
  return extension(certificate, oids.cRLDistributionPoints).flatMap((point) => {
    const name = point.children.find((part) => part.tag === tag.context(0));
    const full = name?.children.find((part) => part.tag === tag.context(0));
    return full?.children.flatMap(addressOf) ?? [];
  });
}

/** OCSPRequest (RFC 6960, section 4.1.1) about one certificate, unsigned, without a nonce: the answer is to be kept. */
function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  const spki = new DerFields(readDer(issuer.key.spki));
  spki.take(tag.sequence);
  const key = wholeBytesOf(spki.take(tag.bitString));
  const id = sequence(
    // SHA-1, which only names the issuer here: responders know their issuers by it.
    algorithm(oids.sha1, 'null'),
    octets(sha1(issuer.subject)),
    octets(sha1(key)),
    encoded(certificate.serialNumber),
  );
  return encode(sequence(sequence(sequence(sequence(id)))));
}
