/** What a check of a detached signature says: who signed and when by their own word, or why not. */
import type { Signer } from '../../contract/model/bundle.ts';

export const signatureCodes = [
  'signature-too-large',
  'signature-not-der',
  'signature-not-cms',
  'signature-not-detached',
  'signature-signer-count',
  'signature-unsigned-attributes',
  'signature-revocation-embedded',
  'signature-algorithm-refused',
  'signature-certificate-missing',
  'signature-certificate-unreadable',
  'signature-certificate-refused',
  'signature-certificate-differs',
  'signature-chain-broken',
  'signature-attribute-missing',
  'signature-attribute-repeated',
  'signature-attribute-unknown',
  'signature-attribute-unreadable',
  'signature-content-type-differs',
  'signature-digest-differs',
  'signature-value-differs',
  'signature-outside-validity',
  'signature-not-canonical',
] as const;
export type SignatureCode = (typeof signatureCodes)[number];

export interface GoodSignature {
  ok: true;
  /** DER. */
  signerCertificate: Uint8Array;
  /** DER of the embedded authorities, the signer's issuer first. Embedded is not trusted: see `isTrusted`. */
  chain: readonly Uint8Array[];
  /** The signer's own claim, in whole seconds. */
  signingTime: Date;
  signer: Signer;
}

export type SignatureCheck = GoodSignature | { ok: false; code: SignatureCode; message: string };

/** How the reading functions leave; `verifyDetached` turns it into a result. */
export class SignatureRefusal extends Error {
  readonly code: SignatureCode;

  constructor(code: SignatureCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SignatureRefusal';
    this.code = code;
  }
}

/** Runs a reader of attacker-controlled bytes: whatever it stumbles over becomes a refusal with this code. */
export function refusing<T>(code: SignatureCode, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof SignatureRefusal) throw cause;
    throw new SignatureRefusal(code, `${what}: ${cause instanceof Error ? cause.message : cause}.`, cause);
  }
}
