/** Acts in evidence.json: who did it and when, and the event that says so. */

import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import type { EventDocument } from '../../contract/events.ts';
import { type Actor, actorSchema } from '../../contract/model/actor.ts';
import { idSchema, instantSchema } from '../../contract/model/common.ts';

export type EventOf<K extends EventDocument['kind']> = Extract<EventDocument, { kind: K }>;

/** The document of an event of that kind, by its id. */
export type FindEvent = <K extends EventDocument['kind']>(id: string, kind: K) => EventOf<K>;

/** Members of every entry that an event stands behind (log/documents, log/leaves, log/salts). */
export const act = {
  event: idSchema,
  session: idSchema,
  time: instantSchema,
  actor: z.strictObject(actorSchema.shape),
};

/** By session. */
export type Actors = ReadonlyMap<string, Actor>;

/** The actor of a session: its opening says who it was, and whether a key proved it. */
export function actorOf(opened: EventOf<'session.opened'>): Actor {
  const { actor, proof } = opened.body;
  return { name: actor, basis: proof === null ? 'claimed' : 'proven', signer: proof?.signer ?? null };
}

export function actorsOf(sessions: readonly EventOf<'session.opened'>[]): Actors {
  return new Map(sessions.map((opened) => [opened.session, actorOf(opened)]));
}

/** Errors: `archive-damaged` for a session that is not disclosed. */
export function actEntry(actors: Actors, event: EventDocument) {
  const actor = actors.get(event.session);
  if (actor === undefined) throw missing(`the opening of session ${event.session}`);
  return { event: event.id, session: event.session, time: event.time, actor };
}

export function missing(what: string): HoldfastError {
  return new HoldfastError('archive-damaged', `Expected ${what} among what is disclosed; it is not there.`);
}
