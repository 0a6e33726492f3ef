/** The turns of personas, booked in the archive that this process has open. */
import type { Archive } from '../archive/archive.ts';
import { takeTurn } from '../archive/personas/pace.ts';
import type { PaceDesk } from '../capture/persona/pace.ts';

/** Errors of its call: those of `takeTurn`. */
export function paceDesk(archive: Archive): PaceDesk {
  return { takeTurn: async (persona) => takeTurn(archive, persona) };
}
