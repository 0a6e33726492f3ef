/** What must have come before what: a leaf that stands earlier than its own cause was put there. */
import type { EventDocument } from '../../contract/events.ts';
import { paths } from '../bundle/paths.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';
import type { DisclosedPosts } from './posts.ts';

/** Session, clause, capture, reading, tag and bundle, in the order in which they can have happened. Fails 'leaves'. */
export function checkOrder(findings: Findings, log: LogExtract, posts: DisclosedPosts): void {
  const causes = new Causes(log.documents.values(), posts);
  for (const document of log.documents.values()) {
    for (const cause of causes.of(document)) {
      const [before, after] = [log.leaves.get(cause)?.seq, log.leaves.get(document.id)?.seq];
      if (before === undefined || after === undefined || before < after) continue;
      findings.fail(
        'leaves',
        'order-impossible',
        `${paths.leaf(document.id)} stands in the log before ${paths.leaf(cause)}, on which it rests.`,
      );
    }
  }
}

/** Event ids of what an event rests on, as far as they are disclosed. */
class Causes {
  readonly #sessions = new Map<string, string>();
  readonly #captures = new Map<string, string>();
  readonly #clauses = new Map<string, string>();
  readonly #posts: DisclosedPosts;

  constructor(documents: Iterable<EventDocument>, posts: DisclosedPosts) {
    this.#posts = posts;
    for (const document of documents) {
      if (document.kind === 'session.opened') this.#sessions.set(document.session, document.id);
      if (document.kind === 'capture.sealed') this.#captures.set(document.body.capture, document.id);
      if (document.kind === 'clauses.added') {
        for (const { id } of document.body.clauses) this.#clauses.set(id, document.id);
      }
    }
  }

  of(document: EventDocument): string[] {
    const causes: (string | undefined)[] = [];
    if (document.kind !== 'session.opened') causes.push(this.#sessions.get(document.session));
    if (document.kind === 'reading.made') causes.push(this.#captures.get(document.body.capture));
    if (document.kind === 'tag.set') {
      if (document.body.clause !== null) causes.push(this.#clauses.get(document.body.clause));
      causes.push(this.#posts.get(document.body.post)?.event);
    }
    if (document.kind === 'bundle.compiled') {
      causes.push(...document.body.captures.map((capture) => this.#captures.get(capture)));
    }
    return causes.filter((cause) => cause !== undefined);
  }
}
