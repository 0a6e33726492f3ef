/** What evidence.json says of the case whose exhibits a bundle holds, and how it follows from the documents. */
import { z } from 'zod';
import {
  caseNameSchema,
  exhibitLabelSchema,
  exhibitNoteSchema,
  exhibitNumberSchema,
  timeZoneSchema,
} from '../../contract/model/case.ts';
import { idSchema } from '../../contract/model/common.ts';
import { type Actors, act, actEntry, type EventOf } from './act.ts';

const exhibitEntrySchema = z.strictObject({
  ...act,
  id: idSchema,
  /** Given once in the case, and to nothing else. */
  number: exhibitNumberSchema,
  capture: idSchema,
  /** Null: the capture as a whole. */
  post: idSchema.nullable(),
  /** As it is now. */
  label: exhibitLabelSchema.nullable(),
  /** Only where it was changed: when, by whom, and what it was called when it was added. */
  labelled: z.exactOptional(z.strictObject({ ...act, before: exhibitLabelSchema.nullable() })),
  /** Only where the signer let it leave. */
  note: z.exactOptional(z.strictObject({ ...act, text: exhibitNoteSchema })),
});

export const caseEntrySchema = z.strictObject({
  /** What gave it its name and time zone: its making, or the last change. What it was called before stays behind. */
  ...act,
  id: idSchema,
  name: caseNameSchema,
  /** Also the time zone of the report. */
  timeZone: timeZoneSchema,
  /** In the order that the signer gave them. */
  exhibits: z.array(exhibitEntrySchema).min(1),
  /** Numbers that are empty because the exhibit was removed, with the reason that was given. */
  removed: z.exactOptional(
    z
      .array(z.strictObject({ ...act, exhibit: idSchema, number: exhibitNumberSchema, because: z.string() }))
      .min(1),
  ),
});

export type CaseEntry = z.infer<typeof caseEntrySchema>;
export type ExhibitEntry = z.infer<typeof exhibitEntrySchema>;

export interface DisclosedCase {
  named: EventOf<'case.made'> | EventOf<'case.changed'>;
  /** In the order of the case. */
  exhibits: readonly {
    added: EventOf<'exhibit.added'>;
    labelled: EventOf<'exhibit.labelled'> | null;
    noted: EventOf<'exhibit.noted'> | null;
  }[];
  /** By number. */
  removed: readonly EventOf<'exhibit.removed'>[];
}

export function caseEntry(actors: Actors, { named, exhibits, removed }: DisclosedCase): CaseEntry {
  const { case: id, name, timeZone } = named.body;
  return {
    ...actEntry(actors, named),
    id,
    name,
    timeZone,
    exhibits: exhibits.map(({ added, labelled, noted }) => {
      const { exhibit, case: _case, ...said } = added.body;
      const text = noted?.body.note ?? null;
      return {
        ...actEntry(actors, added),
        id: exhibit,
        ...said,
        ...(labelled === null
          ? {}
          : {
              label: labelled.body.label,
              labelled: { ...actEntry(actors, labelled), before: said.label },
            }),
        ...(noted === null || text === null ? {} : { note: { ...actEntry(actors, noted), text } }),
      };
    }),
    ...(removed.length === 0
      ? {}
      : {
          removed: removed.map((event) => {
            const { exhibit, number, because } = event.body;
            return { ...actEntry(actors, event), exhibit, number, because };
          }),
        }),
  };
}
