import type { Persona } from '../../contract/model/persona.ts';

/** The strong shade of a persona's colour: as a ground it carries white words, as a line it is seen on any ground. */
export function strong(colour: Persona['colour']): string {
  return `var(--mantine-color-${colour}-9)`;
}
