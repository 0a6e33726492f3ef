/**
 * The session of a persona between two uses: sealed in the encrypted archive, replaced by the next one, deleted when
 * asked. No event holds anything of it.
 */
import { HoldfastError } from '../../contract/errors.ts';
import {
  emptySession,
  mostSessionBytes,
  type Persona,
  type SessionState,
  sessionStateSchema,
} from '../../contract/model/persona.ts';
import { inTransaction } from '../../db/handle.ts';
import { deletePersonaSession, getPersonaSession, putPersonaSession } from '../../db/persona.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { requireActive } from './personas.ts';

/** `version`: the event that kept it; null: none is kept. */
export interface OpenedSession {
  persona: Persona;
  state: SessionState;
  version: number | null;
}

/** What is kept of its session; empty where nothing is. Errors: `persona-not-found`, `persona-retired`, `archive-damaged`. */
export function openSession(archive: Archive, named: string): OpenedSession {
  const persona = requireActive(archive, named);
  const kept = getPersonaSession(archive.db, persona.id);
  if (kept === null) return { persona, state: emptySession, version: null };
  try {
    return { persona, state: parseState(kept.state), version: kept.version };
  } catch (cause) {
    throw new HoldfastError(
      'archive-damaged',
      `What is kept of the session of "${persona.name}" cannot be read. Clear it; the person signs in again.`,
      { cause },
    );
  }
}

/** Errors: a ZodError or SyntaxError for what is no session. */
function parseState(bytes: Uint8Array): SessionState {
  return sessionStateSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}

/**
 * Puts this in the place of what was kept. `bytes`: a session as JSON, from the browser: attacker-controlled. `version`:
 * of the session that it began with. 'newer': another was kept or cleared since, and nothing was changed; 'not-kept':
 * the archive is not encrypted.
 * Errors: `persona-not-found`, `persona-retired`, `file-too-large`, `bad-input`.
 */
export function keepSession(
  archive: Archive,
  personaId: string,
  bytes: Uint8Array,
  version: number | null,
): 'kept' | 'newer' | 'not-kept' {
  const { id } = requireActive(archive, personaId);
  // In clear on the disk it would be whoever reads it that is signed in.
  if (archive.key === null) return 'not-kept';
  if (bytes.length > mostSessionBytes) {
    throw new HoldfastError(
      'file-too-large',
      `The session is larger than ${mostSessionBytes / 1024 / 1024} MiB and was not kept. What was kept before stays.`,
    );
  }
  try {
    parseState(bytes);
  } catch (cause) {
    throw new HoldfastError('bad-input', 'Expected the session of a persona, found something else.', {
      cause,
    });
  }
  return inTransaction(archive.db, () => {
    if ((getPersonaSession(archive.db, id)?.version ?? null) !== version) return 'newer';
    const { seq } = recordEvent(archive, 'persona.session', { persona: id, act: 'kept' });
    putPersonaSession(archive.db, id, archive.clock().toISOString(), bytes, seq);
    return 'kept';
  });
}

/** Deletes what is kept; the person has to sign in again. Errors: `persona-not-found`, `nothing-to-do`. */
export function clearSession(archive: Archive, named: string): Persona {
  const persona = requireActive(archive, named);
  inTransaction(archive.db, () => {
    if (!deletePersonaSession(archive.db, persona.id))
      throw new HoldfastError('nothing-to-do', `No session of "${persona.name}" is kept.`);
    recordEvent(archive, 'persona.session', { persona: persona.id, act: 'cleared' });
  });
  return requireActive(archive, persona.id);
}
