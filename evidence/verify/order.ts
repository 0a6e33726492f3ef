/** What must have come before what: a leaf that stands earlier than its own cause was put there. */
import type { EventBody, EventDocument } from '../../contract/events.ts';
import { captureOfLeaf } from '../bundle/partial-capture.ts';
import { paths } from '../bundle/paths.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';
import type { DisclosedPosts } from './posts.ts';

/**
 * Session, clause, policy, version, capture, reading, tag, review, report, case, exhibit and bundle, in the order in which they can
 * have happened. Fails 'leaves'.
 */
export function checkOrder(findings: Findings, log: LogExtract, posts: DisclosedPosts): void {
  const causes = new Causes(log, posts);
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
  readonly #policies = new Map<string, string>();
  readonly #versions = new Map<string, string>();
  readonly #tags = new Map<string, string>();
  readonly #phrases = new Map<string, string>();
  readonly #cases = new Map<string, string>();
  readonly #exhibits = new Map<string, string>();
  readonly #posts: DisclosedPosts;

  constructor({ documents, alone }: LogExtract, posts: DisclosedPosts) {
    this.#posts = posts;
    for (const [id, leaf] of alone) this.#captures.set(captureOfLeaf(leaf) ?? '', id);
    for (const document of documents.values()) {
      if (document.kind === 'session.opened') this.#sessions.set(document.session, document.id);
      if (document.kind === 'capture.sealed') this.#captures.set(document.body.capture, document.id);
      if (document.kind === 'clauses.added') {
        for (const { id } of document.body.clauses) this.#clauses.set(id, document.id);
      }
      if (document.kind === 'policy.added') this.#policies.set(document.body.policy, document.id);
      if (document.kind === 'version.added') this.#versions.set(document.body.version, document.id);
      if (document.kind === 'tag.set') this.#tags.set(document.body.tag, document.id);
      if (document.kind === 'phrase.added') this.#phrases.set(document.body.phrase, document.id);
      if (document.kind === 'case.made') this.#cases.set(document.body.case, document.id);
      if (document.kind === 'exhibit.added') this.#exhibits.set(document.body.exhibit, document.id);
    }
  }

  of(document: EventDocument): string[] {
    const session = document.kind === 'session.opened' ? undefined : this.#sessions.get(document.session);
    return [session, ...this.#own(document)].filter((cause) => cause !== undefined);
  }

  #own(document: EventDocument): (string | undefined)[] {
    switch (document.kind) {
      case 'reading.made':
      case 'artifacts.committed':
        return [this.#captures.get(document.body.capture)];
      case 'tag.set':
        return this.#ofTag(document.body);
      case 'tag.reviewed':
        return [this.#tags.get(document.body.tag)];
      case 'version.added':
        return [this.#policies.get(document.body.policy)];
      case 'clause.corrected':
        return [this.#versions.get(document.body.version)];
      case 'statement.added':
        return document.body.capture === null ? [] : [this.#captures.get(document.body.capture)];
      case 'report.filed':
        return document.body.posts.map((post) => this.#posts.get(post)?.event);
      case 'bundle.compiled':
        return document.body.captures.map((capture) => this.#captures.get(capture));
      case 'exhibit.added': {
        const { case: of, capture, post } = document.body;
        return [this.#cases.get(of), this.#captures.get(capture), this.#posts.get(post ?? '')?.event];
      }
      case 'post.checked': {
        const { capture, post, read, comparedWith } = document.body;
        const posts = [post, read, comparedWith].map((id) => this.#posts.get(id ?? '')?.event);
        return [this.#captures.get(capture), ...posts];
      }
      case 'exhibit.labelled':
      case 'exhibit.noted':
        return [this.#exhibits.get(document.body.exhibit)];
      case 'exhibit.removed':
        return [this.#cases.get(document.body.case)];
      default:
        return [];
    }
  }

  #ofTag({ post, clause, dated, dates = [], phrase }: EventBody<'tag.set'>): (string | undefined)[] {
    const versions = dates.flatMap(({ version, restsOn }) => [...restsOn, version ?? '']);
    return [
      this.#posts.get(post)?.event,
      this.#clauses.get(clause ?? ''),
      this.#phrases.get(phrase ?? ''),
      ...[dated?.version ?? '', ...versions].map((version) => this.#versions.get(version)),
    ];
  }
}
