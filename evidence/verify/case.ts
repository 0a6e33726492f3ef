/** The case that evidence.json shows, found among the documents, and whether its exhibits are what they say. */
import { HoldfastError } from '../../contract/errors.ts';
import type { EventDocument } from '../../contract/events.ts';
import type { EventOf, FindEvent } from '../bundle/act.ts';
import type { CaseEntry, DisclosedCase } from '../bundle/case.ts';
import type { CaptureEntry } from '../bundle/evidence.ts';
import { paths } from '../bundle/paths.ts';

/** `kindOf`: of a document in the bundle. `captures`: those that the bundle shows. Errors: `bad-input` where a document is missing or of something else. */
export function gatherCase(
  entry: CaseEntry,
  captures: readonly Pick<CaptureEntry, 'id' | 'readings'>[],
  find: FindEvent,
  kindOf: (id: string) => EventDocument['kind'] | undefined,
): DisclosedCase {
  const named =
    kindOf(entry.event) === 'case.changed'
      ? find(entry.event, 'case.changed')
      : find(entry.event, 'case.made');
  const posts = new Map(
    captures.map(({ id, readings }) => [
      id,
      new Set(readings.flatMap((reading) => reading.posts.map((post) => post.id))),
    ]),
  );
  const numbers = new Set<number>();
  const ofCase = <E extends EventOf<'exhibit.added'> | EventOf<'exhibit.removed'>>(event: E): E => {
    const { case: of, number } = event.body;
    if (of !== named.body.case || numbers.has(number)) {
      throw new HoldfastError(
        'bad-input',
        `${paths.document(event.id)} is of another case, or of a number that was given to something else.`,
      );
    }
    numbers.add(number);
    return event;
  };
  const exhibits = entry.exhibits.map(({ event, labelled, note }) => {
    const added = ofCase(find(event, 'exhibit.added'));
    const { exhibit, capture, post } = added.body;
    const shown = posts.get(capture);
    if (shown === undefined || (post !== null && !shown.has(post))) {
      throw new HoldfastError(
        'bad-input',
        `The exhibit of ${paths.document(added.id)} is a post or a capture that the bundle does not hold.`,
      );
    }
    const relabelled = labelled === undefined ? null : find(labelled.event, 'exhibit.labelled');
    if (relabelled !== null && relabelled.body.exhibit !== exhibit)
      throw new HoldfastError('bad-input', `${paths.document(relabelled.id)} is a label of something else.`);
    const noted = note === undefined ? null : find(note.event, 'exhibit.noted');
    if (noted !== null && noted.body.exhibit !== exhibit)
      throw new HoldfastError('bad-input', `${paths.document(noted.id)} is a note on something else.`);
    return { added, labelled: relabelled, noted };
  });
  const removed = (entry.removed ?? []).map(({ event }) => ofCase(find(event, 'exhibit.removed')));
  return { named, exhibits, removed };
}
