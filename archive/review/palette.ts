/** The palette: one key for a clause, as the user arranges it. */
import { HoldfastError } from '../../contract/errors.ts';
import { type PaletteSlot, paletteSchema } from '../../contract/model/tag.ts';
import { inTransaction } from '../../db/handle.ts';
import { listPalette } from '../../db/palette.ts';
import type { Archive } from '../archive.ts';
import { requireKey } from '../policies/notes.ts';
import { recordEvent } from '../record.ts';
import { clauseTitle } from './clause-title.ts';

/** In the order of the keys. */
export function getPalette(archive: Archive): (PaletteSlot & { title: string })[] {
  return listPalette(archive.db).map((slot) => ({ ...slot, title: clauseTitle(archive, slot.clauseKey) }));
}

/**
 * Arranges the whole palette; what was there before stays in the log. Nothing is recorded where nothing changes.
 * Errors: `clause-not-found`; `bad-input` for a key that is given twice or that no keyboard has.
 */
export function setPalette(archive: Archive, wanted: readonly PaletteSlot[]): void {
  const parsed = paletteSchema.safeParse(wanted);
  if (!parsed.success) {
    throw new HoldfastError(
      'bad-input',
      'A palette has at most 36 clauses, each on a key of its own: 0 to 9 or a to z.',
      { cause: parsed.error },
    );
  }
  for (const { clauseKey } of parsed.data) requireKey(archive, clauseKey);
  const slots = parsed.data.toSorted((a, b) => (a.slot < b.slot ? -1 : 1));
  if (JSON.stringify(slots) === JSON.stringify(listPalette(archive.db))) return;
  inTransaction(archive.db, () => recordEvent(archive, 'palette.arranged', { slots }));
}
