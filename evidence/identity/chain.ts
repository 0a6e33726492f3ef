/** Certificates that come in any order, as the path from a signer upwards. */
import { sameBytes } from '../digest/sha256.ts';
import { type Certificate, isSelfIssued, isSignedBy } from './certificate.ts';

/** More embedded certificates than any real chain has would only cost signature checks. */
export const maxChainLength = 8;

export interface OrderedChain {
  /** Issuer of the signer first, each one's signature checked with the key of the next. */
  chain: Certificate[];
  /** Certificates that are not above the signer. */
  left: Certificate[];
  /** The topmost certificate signed itself. Where it did not, nothing here vouches for its bytes. */
  selfSigned: boolean;
}

/** Orders `others` above `signer`. Only names and signatures count here; who may issue is asked in trust. */
export async function orderChain(signer: Certificate, others: readonly Certificate[]): Promise<OrderedChain> {
  const left = [...others];
  const chain: Certificate[] = [];
  let top = signer;
  while (!isSelfIssued(top)) {
    const index = await indexOfIssuer(top, left);
    const [issuer] = index < 0 ? [] : left.splice(index, 1);
    if (issuer === undefined) break;
    chain.push(issuer);
    top = issuer;
  }
  return { chain, left, selfSigned: await isSignedBy(top, top) };
}

async function indexOfIssuer(certificate: Certificate, candidates: readonly Certificate[]): Promise<number> {
  for (const [index, candidate] of candidates.entries()) {
    if (await isSignedBy(certificate, candidate)) return index;
  }
  return -1;
}

export function isSameCertificate(a: Certificate, b: Certificate): boolean {
  return sameBytes(a.der, b.der);
}
