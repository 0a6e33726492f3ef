import type { Actor } from '../../contract/model/actor.ts';

/** `Dana Meyer (claimed)`: a typed name is never shown as more than a claim. */
export function actorWords(actor: Actor): string {
  return actor.basis === 'proven'
    ? `${actor.name} (proven by certificate)`
    : `${actor.name} (claimed, not proven)`;
}
