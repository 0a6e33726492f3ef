/** What of a case goes into its bundle. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Case } from '../../contract/model/case.ts';
import { caseEventsOf, listExhibitRows } from '../../db/case.ts';
import type { PlannedCase } from '../../evidence/build/plan.ts';
import type { Archive } from '../archive.ts';
import type { PlanEvent } from '../compile-rules.ts';

/** The captures of the exhibits, in their order, each once. Errors: `nothing-to-do` for a case without exhibits. */
export function capturesOfCase(archive: Archive, { id, name }: Case): string[] {
  const captures = new Set(listExhibitRows(archive.db, id).map(({ captureId }) => captureId));
  if (captures.size === 0) {
    throw new HoldfastError(
      'nothing-to-do',
      `The case "${name}" has no exhibits. Add some: 'holdfast case add'.`,
    );
  }
  return [...captures];
}

/** `notes`: whether the notes on its exhibits leave. */
export function planCase(archive: Archive, caseId: string, notes: boolean, event: PlanEvent): PlannedCase {
  const { named, exhibits } = caseEventsOf(archive.db, caseId);
  return {
    named: named.kind === 'case.made' ? event(named.seq, 'case.made') : event(named.seq, 'case.changed'),
    exhibits: exhibits
      .filter(({ removedSeq }) => removedSeq === null)
      .map(({ eventSeq, labelSeq, noteSeq }) => {
        const added = event(eventSeq, 'exhibit.added');
        const labelled = labelSeq === null ? null : event(labelSeq, 'exhibit.labelled');
        if (!notes || noteSeq === null) return { added, labelled, noted: null };
        const noted = event(noteSeq, 'exhibit.noted');
        return { added, labelled, noted: noted.event.body.note === null ? null : noted };
      }),
    removed: exhibits.flatMap(({ removedSeq }) =>
      removedSeq === null ? [] : [event(removedSeq, 'exhibit.removed')],
    ),
  };
}
