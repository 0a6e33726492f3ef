/** The palette: one key for a clause. */
import type { EventBody } from '../contract/events.ts';
import { type PaletteSlot, paletteSlotSchema } from '../contract/model/tag.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

/** Takes the place of what was arranged before; that stays in the log. */
export function replacePalette(
  db: WritableDb,
  { slots }: EventBody<'palette.arranged'>,
  eventSeq: number,
): void {
  prepared(db, 'DELETE FROM palette_slot').run();
  const insert = prepared(db, 'INSERT INTO palette_slot (slot, clause_key, event_seq) VALUES (?, ?, ?)');
  for (const { slot, clauseKey } of slots) insert.run(slot, clauseKey, eventSeq);
}

/** In the order of the keys: digits, then letters. */
export function listPalette(db: ReadableDb): PaletteSlot[] {
  return prepared(db, 'SELECT slot, clause_key AS clauseKey FROM palette_slot ORDER BY slot')
    .all()
    .map((row) => paletteSlotSchema.parse(row));
}
