/** The archive host's answers about personas. Their sessions go to main alone, never to the window. */
import { HoldfastError } from '../../contract/errors.ts';
import { mostSessionBytes } from '../../contract/model/persona.ts';
import type { Archive } from '../archive.ts';
import type { HostHandlers } from '../host/serve.ts';
import { takeTurn } from './pace.ts';
import { addPersona, changePersona, listPersonas, retirePersona } from './personas.ts';
import { clearSession, keepSession, openSession } from './session.ts';
import { addTrailPage, purgeTrail, readTrail } from './trail.ts';

type PersonaChannel = Extract<
  keyof HostHandlers,
  `personas.${string}` | `personaSession.${string}` | `personaTurn.${string}` | `trail.${string}`
>;

/** Gathers what comes, at most so much as a session may have. */
async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytes) {
    size += part.length;
    if (size > mostSessionBytes)
      throw new HoldfastError(
        'file-too-large',
        'The session is too large to be kept. What was kept before stays.',
      );
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. */
export function personaHandlers(
  open: () => Archive,
  writable: () => Archive,
): Pick<HostHandlers, PersonaChannel> {
  return {
    'personas.list': async () => ({ personas: listPersonas(open()) }),
    'personas.add': async (facts) => addPersona(writable(), facts),
    'personas.change': async ({ personaId, changes }) => changePersona(writable(), personaId, changes),
    'personas.retire': async ({ personaId }) => retirePersona(writable(), personaId),
    'personas.clearSession': async ({ personaId }) => clearSession(writable(), personaId),
    'personaSession.open': async ({ persona }, { bytesOut }) => {
      const opened = openSession(open(), persona);
      await bytesOut(Buffer.from(JSON.stringify(opened.state)));
      return { persona: opened.persona, version: opened.version };
    },
    'personaSession.keep': async ({ personaId, version }, { bytesIn }) => ({
      outcome: keepSession(writable(), personaId, await gathered(bytesIn()), version),
    }),
    'trail.add': async (page) => ({ kept: addTrailPage(writable(), page) }),
    'trail.list': async ({ persona, offset, limit }) => readTrail(open(), persona, offset, limit),
    'trail.purge': async (order) => ({ purged: purgeTrail(writable(), order) }),
    'personaTurn.take': async ({ persona, byHand }) => takeTurn(writable(), persona, byHand),
  };
}
