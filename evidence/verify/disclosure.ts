/**
 * What evidence.json points to, found among documents and posts: the same tree, but made of what the log proves.
 */

import { HoldfastError } from '../../contract/errors.ts';
import type { EventDocument } from '../../contract/events.ts';
import type {
  CaptureEntry,
  Evidence,
  ExistedNoLaterThan,
  PostEntry,
  ReadingEntry,
} from '../bundle/evidence.ts';
import type { DisclosedCapture, DisclosedReading, Disclosure, EventOf } from '../bundle/facts.ts';
import { paths } from '../bundle/paths.ts';
import type { DisclosedPost } from '../bundle/post-file.ts';
import type { GoodTimestamp } from '../timestamp/finding.ts';
import { type Checkpoints, headOf } from './checkpoints.ts';
import type { ProvenCaptures } from './inclusion.ts';
import type { LogExtract } from './log.ts';
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
  stamps: Stamps;
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
    const { capture } = sealed.body;
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
    return { sealed, checkpoint, existedNoLaterThan, readings };
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
    const tags = entry.tags.map((tag) => this.#tag(tag.event, post));
    return { id: entry.id, index: post.index, root: post.root, shown: post.shown, tags };
  }

  #tag(event: string, { post, shown }: DisclosedPost): EventOf<'tag.set'> {
    const tag = this.event(event, 'tag.set');
    if (tag.body.post !== post) {
      throw new HoldfastError(
        'bad-input',
        `It shows ${paths.document(event)} under a post that was not tagged so.`,
      );
    }
    const { quote } = tag.body;
    // Of a post of which words are withheld, the place cannot be checked.
    if (
      quote !== null &&
      shown.whole &&
      [...shown.content.text].slice(quote.start, quote.end).join('') !== quote.text
    ) {
      throw new HoldfastError(
        'bad-input',
        `${paths.document(event)} quotes words that do not stand in the post where it says.`,
      );
    }
    return tag;
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
