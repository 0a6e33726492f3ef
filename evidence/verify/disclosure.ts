/**
 * What evidence.json points to, found among documents and posts: the same tree, but made of what the log proves.
 */

import { HoldfastError } from '../../contract/errors.ts';
import type { EventDocument } from '../../contract/events.ts';
import type { CaptureEntry, Evidence, PostEntry, ReadingEntry } from '../bundle/evidence.ts';
import type { DisclosedCapture, DisclosedReading, Disclosure, EventOf } from '../bundle/facts.ts';
import { paths } from '../bundle/paths.ts';
import type { DisclosedPost } from '../bundle/post-file.ts';
import type { LogExtract } from './log.ts';
import type { DisclosedPosts } from './posts.ts';

/** Files of the log that evidence.json pointed to, once each. */
export interface Used {
  events: Set<string>;
  posts: Set<string>;
}

/** Errors: `bad-input` where evidence.json points to what is not there, or twice to the same. */
export function gather(
  evidence: Evidence,
  log: LogExtract,
  posts: DisclosedPosts,
): { disclosure: Disclosure; used: Used } {
  const finder = new Finder(log, posts);
  const disclosure = {
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
  readonly #log: LogExtract;
  readonly #posts: DisclosedPosts;
  readonly used: Used = { events: new Set(), posts: new Set() };

  constructor(log: LogExtract, posts: DisclosedPosts) {
    this.#log = log;
    this.#posts = posts;
  }

  event<K extends EventDocument['kind']>(id: string, kind: K): EventOf<K> {
    const document = this.#log.documents.get(id);
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
    return { sealed, readings: entry.readings.map((reading) => this.#reading(reading, sealed.body.capture)) };
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
    const post = this.#posts.get(entry.id);
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

function isOfKind<K extends EventDocument['kind']>(document: EventDocument, kind: K): document is EventOf<K> {
  return document.kind === kind;
}
