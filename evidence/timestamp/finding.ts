/** What a check of a timestamp says: since when something existed at the latest, and by whose word, or why not. */

export const timestampCodes = [
  'timestamp-too-large',
  'timestamp-not-der',
  'timestamp-not-granted',
  'timestamp-not-cms',
  'timestamp-content-type-differs',
  'timestamp-signer-count',
  'timestamp-no-certificates',
  'timestamp-certificate-unreadable',
  'timestamp-certificate-missing',
  'timestamp-certificates-unrelated',
  'timestamp-revocation-embedded',
  'timestamp-unsigned-attribute',
  'timestamp-attribute-missing',
  'timestamp-attribute-repeated',
  'timestamp-attribute-unreadable',
  'timestamp-algorithm-refused',
  'timestamp-info-unreadable',
  'timestamp-digest-differs',
  'timestamp-value-differs',
  'timestamp-certificate-differs',
  'timestamp-imprint-algorithm',
  'timestamp-imprint-differs',
  'timestamp-nonce-differs',
  'timestamp-key-usage-missing',
  'timestamp-key-usage-not-critical',
  'timestamp-key-usage-not-alone',
  'timestamp-authority-refused',
  'timestamp-authority-outside-validity',
  'timestamp-chain-broken',
  'timestamp-in-future',
] as const;
export type TimestampCode = (typeof timestampCodes)[number];

export type RevocationState = 'good' | 'revoked' | 'not-known';

export interface RevocationFinding {
  state: RevocationState;
  /** A sentence for a lawyer. */
  message: string;
  /** What the answer was; null where there was no usable one. */
  source: 'crl' | 'ocsp' | null;
  /** When it was made; null likewise. */
  answeredAt: Date | null;
  /** Of a revoked certificate. */
  revokedAt: Date | null;
  /** As RFC 5280, section 5.3.1, names it: 'keyCompromise'; null: none was given. */
  reason: string | null;
  /** Those answers, of the ones given, that are readable, and whose signature by an issuer of the certificate holds. */
  held: readonly Uint8Array[];
}

/** The same for a certificate and those above it: one that was revoked revokes what it issued. */
export interface PathRevocation extends RevocationFinding {
  /** Which certificate the finding is about: "the signer's certificate". */
  who: string;
  /** Certificates above it that others could have revoked, and of how many of them nothing is known. */
  above: { asked: number; open: number };
}

/** What one answer, whose signature holds, says of the certificate. */
export interface RevocationAnswer {
  source: 'crl' | 'ocsp';
  thisUpdate: Date;
  nextUpdate: Date | null;
  status: 'good' | 'unknown' | { revokedAt: Date; reason: string | null };
}

export interface GoodTimestamp {
  status: 'ok';
  /** Parts of a millisecond are counted up: never earlier than what was signed. */
  genTime: Date;
  /** How far the authority's clock may be off, in microseconds; null: it does not say. */
  accuracy: number | null;
  authority: {
    /** As its certificate says; what it is worth, `trust` says. */
    name: string;
    /** SHA-256 of its certificate, in hexadecimal. */
    fingerprint: string;
    notBefore: Date;
    /** After it, the token rests on revocation answers kept and on newer stamps: time to renew. */
    notAfter: Date;
  };
  /** Object identifier of the authority's rules. */
  policy: string;
  /** Of the token, in hexadecimal. */
  serial: string;
  /** Of the stamped bytes, as it stands in the token, in hexadecimal. */
  imprint: { algorithm: 'SHA-256' | 'SHA-384' | 'SHA-512'; value: string };
  /** In hexadecimal, without leading zeros; null: the token has none. */
  nonce: string | null;
  /**
   * DER: the authority's own certificate first, then each one's issuer, as far as they came along. Where
   * the last did not sign itself, its name and key are right, and for the rest of it nobody here vouches.
   */
  certificates: readonly Uint8Array[];
  /** Whether the authority is one that the user named, or issued below one of them. */
  trust: 'trusted' | 'not-known';
  trustMessage: string;
  revocation: RevocationState;
  revocationFinding: PathRevocation;
  /** The certificate says that it is one of a qualified authority (eIDAS), and it is trusted. */
  qualified: boolean;
}

export type TimestampFinding = GoodTimestamp | { status: 'failed'; code: TimestampCode; message: string };

/** How the reading functions leave; `checkTimestamp` turns it into a finding. */
export class TimestampRefusal extends Error {
  readonly code: TimestampCode;

  constructor(code: TimestampCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TimestampRefusal';
    this.code = code;
  }
}

/** Runs a reader of attacker-controlled bytes: whatever it stumbles over becomes a refusal with this code. */
export function refusing<T>(code: TimestampCode, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TimestampRefusal) throw cause;
    throw new TimestampRefusal(code, `${what}: ${cause instanceof Error ? cause.message : cause}.`, cause);
  }
}
