/**
 * Tags and reviews of a bundle in this archive. They keep their ids, so that nothing is taken twice however often
 * bundles go back and forth, and say in `origin` who did them where. Nothing here is overwritten: the same id with
 * another content is told of and not taken.
 */
import type { EventBody } from '../../../contract/events.ts';
import type { TagOrigin } from '../../../contract/model/tag.ts';
import { reviewEvent, tagEvent } from '../../../db/bundled.ts';
import { earlierPostsOf } from '../../../db/earlier-post.ts';
import { getWholeEvent } from '../../../db/event.ts';
import type { ReadableDb } from '../../../db/handle.ts';
import { getVersion } from '../../../db/policy.ts';
import { getSession } from '../../../db/session.ts';
import type { TagEntry } from '../../../evidence/bundle/evidence.ts';
import type { ReviewEntry } from '../../../evidence/bundle/rules.ts';
import { canonicalJson, type Json } from '../../../evidence/log/canonical.ts';
import { requirePost } from '../../posts.ts';
import { readEvent, recordEvent } from '../../record.ts';
import type { Warning } from '../contents.ts';
import type { PostMap } from './bundle-posts.ts';
import { BundleRules, type TakenFrom } from './bundle-rules.ts';
import type { ShownCapture } from './shown-capture.ts';

/** What was taken, and what was left. */
export interface TakenTags {
  tags: number;
  reviews: number;
  warnings: Warning[];
}

/** The posts here that those of the bundle are. */
interface TaggedPosts {
  posts: PostMap;
  /** Those that the bundle shows in part and that are here with what it withholds: words may stand elsewhere in them. */
  inPart: ReadonlySet<string>;
}

/** Inside the caller's transaction. */
export function takeTags(from: TakenFrom, captures: readonly ShownCapture[], posts: TaggedPosts): TakenTags {
  const taking = new Taking(from, posts);
  taking.vouchedTexts();
  for (const { readings } of captures)
    for (const reading of readings)
      for (const post of reading.posts) for (const tag of post.tags) taking.tag(post.id, tag);
  return taking.result();
}

class Taking {
  readonly #from: TakenFrom;
  readonly #posts: PostMap;
  readonly #inPart: ReadonlySet<string>;
  readonly #rules: BundleRules;
  readonly #warnings: Warning[] = [];
  readonly #left = { notHere: 0, behindGap: 0, tagsDiffer: 0, reviewsDiffer: 0, impossible: 0 };
  #tags = 0;
  #reviews = 0;

  constructor(from: TakenFrom, { posts, inPart }: TaggedPosts) {
    this.#from = from;
    this.#posts = posts;
    this.#inPart = inPart;
    this.#rules = new BundleRules(from, (warning) => this.#warnings.push(warning));
  }

  /** Texts that are here and did not count: now somebody who was checked says to have seen them. */
  vouchedTexts(): void {
    if (this.#rules.awaited > 0) this.#rules.take();
  }

  tag(postId: string, entry: TagEntry): void {
    const { archive } = this.#from;
    const known = tagEvent(archive.db, entry.id);
    const post = this.#posts.get(postId) ?? null;
    if (known === null && post === null) {
      this.#left.notHere += 1;
      return;
    }
    if (known === null && post !== null && this.#inPart.has(postId) && !this.#quotes(post, entry)) {
      this.#left.behindGap += 1;
      return;
    }
    if (known === null) {
      // Only for what is taken: a bundle without anything new leaves the library as it is.
      this.#rules.takePackClauses();
      this.#rules.take();
    }
    const body = post === null ? null : this.#bodyHere(post, entry);
    if (known !== null) {
      if (body !== null && this.#isSameTag(known, body, this.#origin(entry))) this.#takeReviews(entry);
      else this.#left.tagsDiffer += 1;
      return;
    }
    if (body === null) {
      this.#left.impossible += 1;
      return;
    }
    recordEvent(archive, 'tag.set', { ...body, origin: this.#origin(entry) });
    this.#tags += 1;
    this.#takeReviews(entry);
  }

  /** Whether the words that it quotes stand in the post here where it says. */
  #quotes(post: string, { quote, quotes = [] }: TagEntry): boolean {
    const text = [...requirePost(this.#from.archive, post).content.text];
    return (quote === null ? quotes : [quote, ...quotes]).every(
      ({ start, end, text: words }) => text.slice(start, end).join('') === words,
    );
  }

  /** Null: it cites what is not here, or is put together as no tag is. */
  #bodyHere(post: string, entry: TagEntry): EventBody<'tag.set'> | null {
    const { id, quote, because, quotes, finding, sure, account, batch, coding, phrase } = entry;
    const clause = entry.clause === null ? null : this.#rules.packClause(entry.clause);
    const dated = entry.dated === undefined ? null : this.#rules.clause(entry.dated);
    if ((entry.clause !== null && clause === null) || (entry.dated !== undefined && dated === null))
      return null;
    if (clause !== null && dated !== null) return null;
    if (clause === null && dated === null && (finding ?? 'breach') === 'breach') return null;
    const considered = entry.considered?.map(({ key, answer, because: reason, version }) => ({
      key: this.#rules.key(key, version),
      answer,
      because: reason,
    }));
    const dates = this.#datesHere(entry);
    if (dates === null) return null;
    return {
      tag: id,
      post,
      clause,
      quote,
      because,
      ...(quotes !== undefined && { quotes }),
      ...(dated !== null && { dated }),
      ...(finding !== undefined && { finding }),
      ...(sure !== undefined && { sure }),
      ...(account !== undefined && { account }),
      ...(considered !== undefined && { considered }),
      ...(dates !== undefined && { dates }),
      ...(batch !== undefined && { batch }),
      ...(coding !== undefined && { coding }),
      ...(phrase !== undefined && { phrase }),
    };
  }

  #datesHere({ dates }: TagEntry): EventBody<'tag.set'>['dates'] | null {
    const here: NonNullable<EventBody<'tag.set'>['dates']> = [];
    for (const answer of dates ?? []) {
      const version = answer.version === null ? null : this.#rules.version(answer.version);
      const restsOn = answer.restsOn.flatMap((id) => this.#rules.version(id) ?? []);
      if ((answer.version !== null && version === null) || restsOn.length < answer.restsOn.length)
        return null;
      here.push({ ...answer, version, restsOn });
    }
    return dates === undefined ? undefined : here;
  }

  /**
   * Who did it, as the bundle shows. What came to that archive from a third, it tells of in its own words: a proof that
   * nobody here has seen counts as none. Nor does one count that shows who opened a session where nobody vouches for
   * what was done in it: whoever has a bundle can copy the opening into a log of their own and add acts to it.
   */
  #origin({ origin, event, time, actor }: TagEntry | ReviewEntry): TagOrigin {
    if (origin !== undefined) return { ...origin, actor: claimed(origin.actor) };
    const { bundle, archive } = this.#from.bundle.evidence;
    const { verdict, log } = this.#from;
    const isVouchedFor = verdict === 'trusted' && log !== 'other-key';
    return { bundle, archive, event, time, actor: isVouchedFor ? actor : claimed(actor) };
  }

  #stored<K extends 'tag.set' | 'tag.reviewed'>(seq: number, kind: K): { body: EventBody<K>; by: Author } {
    const { archive } = this.#from;
    const stored = getWholeEvent(archive.db, seq);
    const event = stored === null ? null : readEvent(stored.document);
    if (event === null || event.kind !== kind)
      throw new Error(`event ${seq} is not the ${kind} that the tables say`);
    const body = event.body as EventBody<K>;
    const own = { archive: archive.info.archiveId, event: event.id, time: event.time };
    const name = getSession(archive.db, event.session)?.actor.name ?? '';
    return { body, by: authorOf(body.origin ?? { ...own, actor: { name } }) };
  }

  #isSameTag(seq: number, body: EventBody<'tag.set'>, origin: TagOrigin): boolean {
    const stored = this.#stored(seq, 'tag.set');
    const { db } = this.#from.archive;
    // It may have come while the post was here in part.
    const isOnExcerpt = earlierPostsOf(db, body.post).some(({ postId }) => postId === stored.body.post);
    const post = isOnExcerpt ? stored.body.post : body.post;
    return same(
      { ...portable(db, stored.body), ...stored.by },
      { ...portable(db, body), post, ...authorOf(origin) },
    );
  }

  #takeReviews({ id: tag, reviews = [] }: TagEntry): void {
    const { archive } = this.#from;
    for (const entry of reviews) {
      const origin = this.#origin(entry);
      const { id: review, act, because } = entry;
      const known = reviewEvent(archive.db, review);
      if (known === null) {
        recordEvent(archive, 'tag.reviewed', { review, tag, act, because, origin });
        this.#reviews += 1;
        continue;
      }
      const { body, by } = this.#stored(known, 'tag.reviewed');
      const here = { tag: body.tag, act: body.act, because: body.because, ...by };
      if (!same(here, { tag, act, because, ...authorOf(origin) })) this.#left.reviewsDiffer += 1;
    }
  }

  result(): TakenTags {
    const { notHere, behindGap, tagsDiffer, reviewsDiffer, impossible } = this.#left;
    const told: readonly (readonly [n: number, code: string, what: string])[] = [
      [
        notHere,
        'tag-post-not-here',
        'tags stand on posts that are not here, or not with the same words; they stay in the bundle',
      ],
      [
        behindGap,
        'tag-behind-gap',
        'tags quote words of a post that is here whole and was shown there in part; where they stand here is not known, and the tags stay in the bundle',
      ],
      [
        tagsDiffer,
        'tag-differs',
        'tags are here under the same id with another content; those of the bundle were not taken in',
      ],
      [
        reviewsDiffer,
        'review-differs',
        'reviews are here under the same id with another content; those of the bundle were not taken in',
      ],
      [
        impossible,
        'tag-not-taken',
        'tags cite a clause that is not here in the same words, or are put together as no tag is; they stay in the bundle',
      ],
    ];
    const counted = told
      .filter(([n]) => n > 0)
      .map(([n, code, what]) => ({ code, message: `${n} ${what}.` }));
    return { tags: this.#tags, reviews: this.#reviews, warnings: [...this.#warnings, ...counted] };
  }
}

function claimed({ name }: { name: string }): TagOrigin['actor'] {
  return { name, basis: 'claimed', signer: null };
}

interface Author {
  archive: string;
  event: string;
  time: string;
  name: string;
}

/** Whose act it is: told by archive and event, not by the bundle that it came in. */
function authorOf({
  archive,
  event,
  time,
  actor,
}: Omit<TagOrigin, 'bundle' | 'actor'> & { actor: { name: string } }): Author {
  return { archive, event, time, name: actor.name };
}

/**
 * What must be the same in every archive: the clause by its place, since keys are each archive's own; a version by its
 * text and when it was seen, since it may be here twice, once from somebody whom nobody checked.
 */
function portable(
  db: ReadableDb,
  { dated, dates, considered, origin: _origin, ...body }: EventBody<'tag.set'>,
): { [key: string]: Json } {
  const text = (id: string): string => {
    const version = getVersion(db, id);
    return version === null ? id : `${version.sha256} ${version.seen.at} ${version.seen.precision}`;
  };
  return {
    ...body,
    ...(dated !== undefined && { dated: { version: text(dated.version), part: dated.part } }),
    ...(dates !== undefined && {
      dates: dates.map(({ version, restsOn, ...answer }) => ({
        ...answer,
        version: version === null ? null : text(version),
        restsOn: restsOn.map(text),
      })),
    }),
    ...(considered !== undefined && {
      considered: considered.map(({ answer, because }) => ({ answer, because })),
    }),
  };
}

function same(a: Json, b: Json): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
