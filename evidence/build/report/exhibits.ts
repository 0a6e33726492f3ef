/** Which posts and captures are exhibits, under which number, and where each stands in the report. */
import type { ExhibitEntry } from '../../bundle/case.ts';
import type { CaptureEntry, Evidence, PartialCaptureEntry, PostEntry } from '../../bundle/evidence.ts';
import { type Html, html } from './html.ts';

/** What a post or a capture is called, and the anchor under which it stands. */
export interface Place {
  name: string;
  anchor: string;
}

/** Shown whole or in part. */
export type AnyCapture = CaptureEntry | PartialCaptureEntry;

/** In the order in which the report numbers them. */
export function allCaptures({ captures, partialCaptures = [] }: Evidence): AnyCapture[] {
  return [...captures, ...partialCaptures];
}

export function postsOf({ readings }: Pick<AnyCapture, 'readings'>): PostEntry[] {
  return readings.flatMap((reading) => reading.posts);
}

export function postsById(capture: AnyCapture): Map<string, PostEntry> {
  return new Map(postsOf(capture).map((post) => [post.id, post]));
}

/** In a case its numbers; without one each post is an exhibit, numbered from 1. */
export class Exhibits {
  readonly #posts = new Map<string, Place>();
  readonly #captures = new Map<string, Place>();

  constructor(evidence: Evidence) {
    const { case: of } = evidence;
    const captures = allCaptures(evidence);
    const byId = new Map(captures.map((capture) => [capture.id, capture]));
    for (const [c, { id }] of captures.entries())
      this.#captures.set(id, { name: `Capture ${c + 1}`, anchor: `capture-${c + 1}` });
    if (of === undefined) {
      for (const { id } of captures.flatMap(postsOf)) this.#add(id, exhibitPlace(this.#posts.size + 1));
      return;
    }
    for (const { number, post } of of.exhibits) if (post !== null) this.#add(post, exhibitPlace(number));
    for (const { number, capture, post } of of.exhibits)
      if (post === null) this.#addAll(byId.get(capture), exhibitPlace(number));
    for (const capture of captures) this.#addAll(capture, this.capture(capture.id));
  }

  #add(post: string, place: Place): void {
    if (!this.#posts.has(post)) this.#posts.set(post, place);
  }

  #addAll(capture: AnyCapture | undefined, { name, anchor }: Place): void {
    for (const [i, { id }] of (capture === undefined ? [] : postsOf(capture)).entries())
      this.#add(id, { name: `${name}, post ${i + 1}`, anchor: `${anchor}-post-${i + 1}` });
  }

  post(id: string): Place {
    return this.#posts.get(id) ?? { name: id, anchor: '' };
  }

  capture(id: string): Place {
    return this.#captures.get(id) ?? { name: id, anchor: '' };
  }

  /** To a post. */
  link(id: string): Html {
    return linkTo(this.post(id));
  }
}

export function exhibitPlace(number: ExhibitEntry['number']): Place {
  return { name: `Exhibit ${number}`, anchor: `exhibit-${number}` };
}

export function linkTo({ name, anchor }: Place): Html {
  return html`<a href="#${anchor}">${name}</a>`;
}
