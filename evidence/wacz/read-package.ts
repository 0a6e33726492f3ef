/** Reading datapackage.json and datapackage-digest.json of a WACZ of others (WACZ 1.1.1, wacz-auth 0.1.0). */
import { z } from 'zod';

const resourceSchema = z.object({
  name: z.string().optional(),
  path: z.string(),
  hash: z.string(),
  bytes: z.number().int().nonnegative().optional(),
});
export type WaczResource = z.infer<typeof resourceSchema>;

/** What others add is theirs; what is read here must have these types. */
const packageSchema = z.object({
  profile: z.string().optional(),
  wacz_version: z.string().optional(),
  title: z.string().nullish(),
  software: z.string().nullish(),
  created: z.string().nullish(),
  mainPageUrl: z.string().nullish(),
  mainPageDate: z.string().nullish(),
  resources: z.array(resourceSchema),
});
export type WaczPackage = z.infer<typeof packageSchema>;

/** Both forms of wacz-auth 0.1.0 in one: which of them it is, its members say. */
const signedDataSchema = z.object({
  hash: z.string(),
  signature: z.string(),
  created: z.string(),
  software: z.string().nullish(),
  version: z.string().nullish(),
  publicKey: z.string().nullish(),
  domain: z.string().nullish(),
  domainCert: z.string().nullish(),
  timeSignature: z.string().nullish(),
  timestampCert: z.string().nullish(),
  crossSignedCert: z.string().nullish(),
});
export type WaczSignedData = z.infer<typeof signedDataSchema>;

const digestSchema = z.object({ path: z.string(), hash: z.string(), signedData: z.unknown().optional() });
export interface WaczDigest {
  path: string;
  hash: string;
  /** 'unreadable': there is one, in no form that the specification knows. */
  signedData: WaczSignedData | 'unreadable' | null;
}

/** Bytes of the two files that are read: names and hashes of some 200,000 resources. */
export const maxPackageBytes = 64 * 1024 * 1024;
export const maxDigestBytes = 4 * 1024 * 1024;

/** Attacker-controlled. Null for anything that is no data package. */
export function parsePackage(bytes: Uint8Array): WaczPackage | null {
  const parsed = packageSchema.safeParse(json(bytes));
  return parsed.success ? parsed.data : null;
}

/** Attacker-controlled. Null for anything that is no digest file. */
export function parsePackageDigest(bytes: Uint8Array): WaczDigest | null {
  const parsed = digestSchema.safeParse(json(bytes));
  if (!parsed.success) return null;
  const { path, hash, signedData } = parsed.data;
  if (signedData === undefined || signedData === null) return { path, hash, signedData: null };
  const signed = signedDataSchema.safeParse(signedData);
  return { path, hash, signedData: signed.success ? signed.data : 'unreadable' };
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The hexadecimal digits of 'sha256:…'; null for other algorithms and forms. */
export function sha256Label(hash: string): string | null {
  return /^sha-?256:([0-9a-f]{64})$/i.exec(hash)?.[1]?.toLowerCase() ?? null;
}
