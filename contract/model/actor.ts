/** Who did an act: as declared, or as proven by a key that opened the session. */
import { z } from 'zod';
import { sha256Schema } from './common.ts';

export const actorSchema = z.object({
  /** As typed by the person, or the common name of the signer's certificate. */
  name: z.string().min(1).max(200),
  /** 'claimed': nobody checked the name. 'proven': a signature by `signer` opened the session. */
  basis: z.enum(['claimed', 'proven']),
  /** SHA-256 of the signer's certificate (DER), where proven. */
  signer: sha256Schema.nullable(),
});
export type Actor = z.infer<typeof actorSchema>;

/**
 * Whom two acts have in common: the key that was proven to be there, or, where nobody proved anything, the name. A
 * claimed name and a key are never the same person, whatever the certificate is called.
 */
export function personOf(actor: Pick<Actor, 'name' | 'signer'>): string {
  return actor.signer ?? `name:${actor.name}`;
}
