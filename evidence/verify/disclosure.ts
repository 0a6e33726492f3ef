/**
 * What evidence.json points to, found among documents and posts: the same tree, but made of what the log proves.
 */

import { HoldfastError } from '../../contract/errors.ts';
import type { EventDocument } from '../../contract/events.ts';
import type { PostContent } from '../../contract/model/post.ts';
import type { EventOf } from '../bundle/act.ts';
import type {
  CaptureEntry,
  Evidence,
  ExistedNoLaterThan,
  PartialCaptureEntry,
  PostEntry,
  ReadingEntry,
  TagEntry,
} from '../bundle/evidence.ts';
import type {
  DisclosedCapture,
  DisclosedPartialCapture,
  DisclosedReading,
  Disclosure,
} from '../bundle/facts.ts';
import { captureOfLeaf, isMade } from '../bundle/partial-capture.ts';
import { paths } from '../bundle/paths.ts';
import type { DisclosedPost } from '../bundle/post-file.ts';
import type { DisclosedRules, DisclosedTag } from '../bundle/rule-facts.ts';
import type { GoodTimestamp } from '../timestamp/finding.ts';
import { gatherCase } from './case.ts';
import { type Checkpoints, headOf } from './checkpoints.ts';
import { gatherChecks } from './checks.ts';
import type { ProvenCaptures } from './inclusion.ts';
import type { LogExtract } from './log.ts';
import type { ProvenFiles } from './partial-files.ts';
import type { DisclosedPosts } from './posts.ts';
import type { Stamp, Stamps } from './timestamps.ts';

/** Files of the log that evidence.json pointed to, once each. */
export interface Used {
  events: Set<string>;
  posts: Set<string>;
}

/** What the bundle proves, to be compared with what evidence.json says. */
export interface Proven {
  log: LogExtract;
  posts: DisclosedPosts;
  checkpoints: Checkpoints;
  /** By capture id, the checkpoint that its own proof leads to. */
  captures: ProvenCaptures;
  /** By capture id, those of its files that are proven; of captures that are shown in part. */
  partialFiles: ProvenFiles;
  stamps: Stamps;
  /** By id of the version, the exact text of each policy version that holds. */
  policyTexts: ReadonlyMap<string, Uint8Array>;
}

/** Errors: `bad-input` where evidence.json points to what is not there, or twice to the same. */
export function gather(evidence: Evidence, proven: Proven): { disclosure: Disclosure; used: Used } {
  const finder = new Finder(proven);
  const disclosure = {
    logs: evidence.logs.map(({ event }) => finder.event(event, 'log.started')),
    checkpoints: [...proven.checkpoints.bySize.values()].map(headOf),
    bundles: evidence.bundles.map(({ event }) => finder.event(event, 'bundle.compiled')),
    sessions: evidence.sessions.map(({ event }) => finder.event(event, 'session.opened')),
    // A pack stands once, though several of its clauses may be named.
    clauses: [...new Set(evidence.clauses.map(({ event }) => event))].map((event) =>
      finder.event(event, 'clauses.added'),
    ),
    captures: evidence.captures.map((capture) => finder.capture(capture)),
    partialCaptures: (evidence.partialCaptures ?? []).map((capture) => finder.partialCapture(capture)),
    rules: finder.rules(evidence),
    case:
      evidence.case === undefined
        ? null
        : gatherCase(
            evidence.case,
            [...evidence.captures, ...(evidence.partialCaptures ?? [])],
            finder.event.bind(finder),
            (id) => proven.log.documents.get(id)?.kind,
          ),
    checks: gatherChecks(evidence, finder.event.bind(finder), finder.inOrder.bind(finder)),
  };
  return { disclosure, used: finder.used };
}

class Finder {
  readonly #proven: Proven;
  readonly #stamps: ReadonlyMap<string, Stamp>;
  readonly used: Used = { events: new Set(), posts: new Set() };

  constructor(proven: Proven) {
    this.#proven = proven;
    this.#stamps = new Map(proven.stamps.all.map((stamp) => [stamp.path, stamp]));
  }

  event<K extends EventDocument['kind']>(id: string, kind: K): EventOf<K> {
    const document = this.#proven.log.documents.get(id);
    if (document === undefined || !isOfKind(document, kind) || this.used.events.has(id)) {
      throw new HoldfastError(
        'bad-input',
        `It names ${paths.document(id)} as '${kind}': that is missing, of another kind, or named twice.`,
      );
    }
    this.used.events.add(id);
    return document;
  }

  capture(entry: CaptureEntry): DisclosedCapture {
    const sealed = this.event(entry.event, 'capture.sealed');
    return { sealed, ...this.#standing(entry, sealed.body.capture) };
  }

  /**
   * What it says of the capture beside its line, its readings and the files that are proven is the signer's word, and
   * stays as it stands.
   */
  partialCapture({ said, files, withheld, ...entry }: PartialCaptureEntry): DisclosedPartialCapture {
    const leaf = this.#proven.log.alone.get(entry.event);
    const id = leaf === undefined ? null : captureOfLeaf(leaf);
    if (leaf === undefined || id === null || this.used.events.has(entry.event)) {
      throw new HoldfastError(
        'bad-input',
        `It shows the line ${paths.leaf(entry.event)}, which is missing, has a document, or is named twice.`,
      );
    }
    this.used.events.add(entry.event);
    return {
      ...{ id, event: leaf.event, time: leaf.time, said, withheld },
      ...this.#files(entry.committed?.event ?? null, id, files),
      ...this.#standing(entry, id),
    };
  }

  /** Where the log commits to its artifacts, the files are those that are proven, and beside them only what was made for the bundle. */
  #files(
    event: string | null,
    capture: string,
    files: PartialCaptureEntry['files'],
  ): Pick<DisclosedPartialCapture, 'committed' | 'files'> {
    if (event === null) return { committed: null, files: files.map(({ index: _index, ...file }) => file) };
    const committed = this.event(event, 'artifacts.committed');
    const proven = this.#proven.partialFiles.get(capture);
    if (proven?.committed.id !== event) {
      throw new HoldfastError(
        'bad-input',
        `It shows ${paths.document(event)} under a capture whose artifacts it does not commit to.`,
      );
    }
    return {
      committed,
      files: [
        ...proven.proven.map(({ artifact, index }) => ({ ...artifact, path: '', index })),
        ...files.filter(isMade).map(({ index: _index, ...file }) => file),
      ],
    };
  }

  #standing(
    entry: Pick<CaptureEntry, 'existedNoLaterThan' | 'readings'>,
    capture: string,
  ): Pick<DisclosedCapture, 'checkpoint' | 'existedNoLaterThan' | 'readings'> {
    const readings = entry.readings.map((reading) => this.#reading(reading, capture));
    const checkpoint = this.#proven.captures.get(capture)?.size;
    if (checkpoint === undefined) {
      throw new HoldfastError(
        'bad-input',
        `It shows the capture of ${paths.proof(capture)}, which proves nothing.`,
      );
    }
    // What it does not claim it need not: a timestamp may have arrived after it was written.
    const existedNoLaterThan = entry.existedNoLaterThan === null ? null : this.#stamped(checkpoint);
    return { checkpoint, existedNoLaterThan, readings };
  }

  #stamped(checkpoint: number): ExistedNoLaterThan | null {
    const stamp = this.#stamps.get(paths.checkpointStamp(checkpoint));
    return stamp === undefined ? null : saidBy(stamp.found);
  }

  #reading(entry: ReadingEntry, capture: string): DisclosedReading {
    const made = this.event(entry.event, 'reading.made');
    if (made.body.capture !== capture) {
      throw new HoldfastError(
        'bad-input',
        `It shows ${paths.document(made.id)} under a capture that it is not of.`,
      );
    }
    return { made, posts: entry.posts.map((post) => this.#post(post, made.id)) };
  }

  #post(entry: PostEntry, event: string): DisclosedReading['posts'][number] {
    const post = this.#proven.posts.get(entry.id);
    if (post === undefined || post.event !== event || this.used.posts.has(entry.id)) {
      throw new HoldfastError(
        'bad-input',
        `It shows the post of ${paths.post(entry.id)}, which is missing, of another reading, or shown twice.`,
      );
    }
    this.used.posts.add(entry.id);
    const tags = entry.tags.map((tag) => this.#tag(tag, post));
    return { id: entry.id, index: post.index, root: post.root, shown: post.shown, tags };
  }

  #tag(entry: TagEntry, { post, shown }: DisclosedPost): DisclosedTag {
    const set = this.event(entry.event, 'tag.set');
    if (set.body.post !== post) {
      throw new HoldfastError(
        'bad-input',
        `It shows ${paths.document(set.id)} under a post that was not tagged so.`,
      );
    }
    // Of a post of which words are withheld, the place cannot be checked.
    if (shown.whole) checkAgainstPost(set, shown.content);
    const reviews = this.inOrder(
      (entry.reviews ?? []).map(({ event }) => {
        const review = this.event(event, 'tag.reviewed');
        if (review.body.tag === set.body.tag) return review;
        throw new HoldfastError(
          'bad-input',
          `It shows ${paths.document(event)} under a tag that it does not review.`,
        );
      }),
    );
    return { set, reviews };
  }

  /** After the captures: a report is shown only where all its posts are. */
  rules(evidence: Evidence): DisclosedRules {
    const { policies = [], corrections = [], links = [], statements = [], phrases = [] } = evidence;
    const versions = policies.flatMap((policy) => policy.versions);
    return {
      policies: policies.map(({ event }) => this.event(event, 'policy.added')),
      versions: versions.map(({ event }) => this.#version(event)),
      corrections: this.inOrder(corrections.map(({ event }) => this.event(event, 'clause.corrected'))).map(
        (corrected) => ({ corrected, seq: this.#seq(corrected) }),
      ),
      links: this.inOrder(links.map(({ event }) => this.event(event, 'clause.linked'))),
      statements: this.inOrder(statements.map(({ event }) => this.event(event, 'statement.added'))),
      phrases: this.inOrder(phrases.map(({ event }) => this.event(event, 'phrase.added'))),
      reports: this.inOrder((evidence.reports ?? []).map(({ event }) => this.#report(event))),
    };
  }

  #version(event: string): DisclosedRules['versions'][number] {
    const added = this.event(event, 'version.added');
    const text = this.#proven.policyTexts.get(added.body.version);
    if (text === undefined) {
      throw new HoldfastError(
        'bad-input',
        `It shows the policy version of ${paths.document(event)}, whose text is missing or another.`,
      );
    }
    return { added, seq: this.#seq(added), text };
  }

  #report(event: string): EventOf<'report.filed'> {
    const filed = this.event(event, 'report.filed');
    if (filed.body.posts.every((post) => this.used.posts.has(post))) return filed;
    throw new HoldfastError('bad-input', `${paths.document(event)} names posts that are not in this bundle.`);
  }

  /** Its place in the log; first where its leaf does not fit, which was said before. */
  #seq({ id }: EventDocument): number {
    return this.#proven.log.leaves.get(id)?.seq ?? 0;
  }

  /** By their places in the log. */
  inOrder<E extends EventDocument>(events: readonly E[]): E[] {
    return [...events].sort((a, b) => this.#seq(a) - this.#seq(b));
  }
}

/** Quotes must stand where they say, one after the other; an account tagged as a whole is the one that wrote the post. */
function checkAgainstPost({ id, body }: EventOf<'tag.set'>, content: PostContent): void {
  const { quote, quotes = [], account } = body;
  const text = [...content.text];
  let end = 0;
  for (const each of quote === null ? quotes : [quote, ...quotes]) {
    if (text.slice(each.start, each.end).join('') !== each.text) {
      throw new HoldfastError(
        'bad-input',
        `${paths.document(id)} quotes words that do not stand in the post where it says.`,
      );
    }
    if (quotes.length > 0 && each.start < end) {
      throw new HoldfastError(
        'bad-input',
        `${paths.document(id)} quotes words twice, or not in their order.`,
      );
    }
    end = each.end;
  }
  if (account === undefined) return;
  const { platform, author } = content;
  if (
    account.platform !== platform ||
    account.platformId !== author.platformId ||
    account.handle !== author.handle
  ) {
    throw new HoldfastError(
      'bad-input',
      `${paths.document(id)} is about another account than the one that the post names as its author.`,
    );
  }
}

/** What a timestamp says, as evidence.json says it. */
function saidBy({ genTime, accuracy, authority }: GoodTimestamp): ExistedNoLaterThan {
  const { name, fingerprint } = authority;
  return { time: genTime.toISOString(), accuracy, authority: name, certificate: fingerprint };
}

function isOfKind<K extends EventDocument['kind']>(document: EventDocument, kind: K): document is EventOf<K> {
  return document.kind === kind;
}
