/** Personas, under which of them captures were made, and the session that is kept of each. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import {
  type Persona,
  type PersonaUse,
  personaColourSchema,
  personaPaceSchema,
  personaUseSchema,
} from '../contract/model/persona.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

function paceText(pace: Persona['pace']): string | null {
  return pace === null ? null : JSON.stringify(pace);
}

export function insertPersona(
  db: WritableDb,
  { languages, pace, ...body }: EventBody<'persona.added'>,
  eventSeq: number,
): void {
  prepared(
    db,
    `INSERT INTO persona (id, name, colour, languages, time_zone, user_agent, proxy, pace, event_seq, changed_seq)
     VALUES (@persona, @name, @colour, @languages, @timeZone, @userAgent, @proxy, @pace, @eventSeq, @eventSeq)`,
  ).run({ ...body, languages: JSON.stringify(languages), pace: paceText(pace), eventSeq });
}

export function updatePersona(
  db: WritableDb,
  { languages, pace, ...body }: EventBody<'persona.changed'>,
  eventSeq: number,
): void {
  prepared(
    db,
    `UPDATE persona SET name = @name, colour = @colour, languages = @languages, time_zone = @timeZone,
       user_agent = @userAgent, proxy = @proxy, pace = @pace, changed_seq = @eventSeq
     WHERE id = @persona`,
  ).run({ ...body, languages: JSON.stringify(languages), pace: paceText(pace), eventSeq });
}

export function retirePersonaRow(
  db: WritableDb,
  { persona }: EventBody<'persona.retired'>,
  eventSeq: number,
): void {
  prepared(db, 'UPDATE persona SET retired_seq = ? WHERE id = ?').run(eventSeq, persona);
}

export function insertPersonaUse(db: WritableDb, body: EventBody<'persona.used'>, eventSeq: number): void {
  prepared(
    db,
    'INSERT INTO persona_use (capture_id, persona_id, name, event_seq) VALUES (@capture, @persona, @name, @eventSeq)',
  ).run({ ...body, eventSeq });
}

const personaRow = z.object({
  id: z.string(),
  name: z.string(),
  colour: personaColourSchema,
  languages: z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json))),
  timeZone: z.string().nullable(),
  userAgent: z.string().nullable(),
  proxy: z.string().nullable(),
  pace: z
    .string()
    .nullable()
    .transform((json) => (json === null ? null : personaPaceSchema.parse(JSON.parse(json)))),
  retired: z.number().transform((retired) => retired === 1),
  sessionKeptAt: z.string().nullable(),
  captures: z.number(),
});

const select = `SELECT p.id, p.name, p.colour, p.languages, p.time_zone AS timeZone, p.user_agent AS userAgent, p.proxy, p.pace,
    p.retired_seq IS NOT NULL AS retired, s.kept_at AS sessionKeptAt,
    (SELECT count(*) FROM persona_use AS u WHERE u.persona_id = p.id) AS captures
  FROM persona AS p LEFT JOIN persona_session AS s ON s.persona_id = p.id`;

/** Retired ones last, else in the order in which they were made. */
export function listPersonaRows(db: ReadableDb): Persona[] {
  return prepared(db, `${select} ORDER BY retired, p.event_seq`)
    .all()
    .map((row) => personaRow.parse(row));
}

/** By id; null where there is none. */
export function getPersona(db: ReadableDb, id: string): Persona | null {
  const row = prepared(db, `${select} WHERE p.id = ?`).get(id);
  return row === undefined ? null : personaRow.parse(row);
}

/** Null: it was made under none, or does not come from here. */
export function personaOfCapture(db: ReadableDb, captureId: string): PersonaUse | null {
  const row = prepared(db, 'SELECT persona_id AS id, name FROM persona_use WHERE capture_id = ?').get(
    captureId,
  );
  return row === undefined ? null : personaUseSchema.parse(row);
}

export function putPersonaSession(
  db: WritableDb,
  personaId: string,
  keptAt: string,
  state: Uint8Array,
  version: number,
): void {
  prepared(
    db,
    `INSERT INTO persona_session (persona_id, kept_at, state, version) VALUES (?, ?, ?, ?)
     ON CONFLICT (persona_id) DO UPDATE
     SET kept_at = excluded.kept_at, state = excluded.state, version = excluded.version`,
  ).run(personaId, keptAt, state, version);
}

/** Whether there was one. */
export function deletePersonaSession(db: WritableDb, personaId: string): boolean {
  return prepared(db, 'DELETE FROM persona_session WHERE persona_id = ?').run(personaId).changes > 0;
}

const sessionRow = z.object({ state: z.instanceof(Uint8Array), version: z.number().int() });

/** The bytes as kept, and the event that kept them; null: none. */
export function getPersonaSession(db: ReadableDb, personaId: string): z.infer<typeof sessionRow> | null {
  const row = prepared(db, 'SELECT state, version FROM persona_session WHERE persona_id = ?').get(personaId);
  return row === undefined ? null : sessionRow.parse(row);
}

/** When pages were asked for, or are to be, after this instant; in order. */
export function listTurns(db: ReadableDb, personaId: string, after: string): string[] {
  return prepared(db, 'SELECT at FROM persona_turn WHERE persona_id = ? AND at > ? ORDER BY at')
    .pluck()
    .all(personaId, after)
    .map((at) => z.string().parse(at));
}

/** Notes one, and forgets all that are not after `before`. */
export function putTurn(db: WritableDb, personaId: string, at: string, before: string): void {
  prepared(db, 'DELETE FROM persona_turn WHERE at <= ?').run(before);
  prepared(db, 'INSERT INTO persona_turn (persona_id, at) VALUES (?, ?)').run(personaId, at);
}

/** Every name that a persona has, or had when a capture was made under it. */
export function personaNames(db: ReadableDb): string[] {
  return prepared(db, 'SELECT name FROM persona UNION SELECT name FROM persona_use')
    .pluck()
    .all()
    .map((name) => z.string().parse(name));
}

/** The bytes of all kept sessions. */
export function personaSessions(db: ReadableDb): Uint8Array[] {
  return prepared(db, 'SELECT state FROM persona_session')
    .pluck()
    .all()
    .map((state) => z.instanceof(Uint8Array).parse(state));
}
