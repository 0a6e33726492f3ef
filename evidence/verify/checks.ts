/** The checks that evidence.json shows, found among the documents, and whether each may say what it says. */
import { HoldfastError } from '../../contract/errors.ts';
import type { PostCheck } from '../../contract/model/watch.ts';
import type { EventOf, FindEvent } from '../bundle/act.ts';
import { ChecksOf, mayConfirm } from '../bundle/checks.ts';
import type { Evidence } from '../bundle/evidence.ts';
import { paths } from '../bundle/paths.ts';

function refused(check: EventOf<'post.checked'>, what: string): HoldfastError {
  return new HoldfastError('bad-input', `${paths.document(check.id)} ${what}`);
}

/**
 * `inOrder` sorts by their places in the log. Errors: `bad-input` for a check of a post that the bundle does not hold, two
 * of one capture, or one that says 'gone' without another before it that did not reach the post either.
 */
export function gatherChecks(
  { checks = [], captures, partialCaptures = [] }: Evidence,
  find: FindEvent,
  inOrder: (checks: EventOf<'post.checked'>[]) => EventOf<'post.checked'>[],
): EventOf<'post.checked'>[] {
  const posts = [...captures, ...partialCaptures].flatMap(({ readings }) =>
    readings.flatMap((reading) => reading.posts),
  );
  const of = new ChecksOf(
    posts.map((post) => ({ id: post.id, content: post.disclosed === 'whole' ? post.content : null })),
  );
  const found = inOrder(checks.map(({ event }) => find(event, 'post.checked')));
  const captured = new Set<string>();
  const before: PostCheck[] = [];
  for (const check of found) {
    const { body } = check;
    if (!of.has(body)) throw refused(check, 'is a check of a post that the bundle does not hold.');
    if (captured.has(body.capture)) throw refused(check, 'is of a capture that another check made.');
    captured.add(body.capture);
    if (!mayConfirm(body, before))
      throw refused(
        check,
        'says that an earlier check did not reach the post either; the bundle shows no such check, or one between that saw it.',
      );
    before.push(body);
  }
  return found;
}
