/** What stays behind by the profile of a bundle: from a plan to a smaller plan that holds together. */
import type { EventBody } from '../../contract/events.ts';
import { type LeavingClass, type LeavingOrder, stayBehind } from '../../contract/model/leaving.ts';
import { hasUnjudged } from '../../db/coding.ts';
import {
  type BundlePlan,
  type PlannedPost,
  type PlannedTag,
  plannedEvents,
} from '../../evidence/build/plan.ts';
import { keysOfTags } from '../../evidence/bundle/rule-facts.ts';
import type { Archive } from '../archive.ts';

export interface LeftOut {
  class: LeavingClass;
  count: number;
}

/** How many records of each class stay behind. */
class Tally {
  readonly #counts = new Map<LeavingClass, number>();

  add(what: LeavingClass, count: number): void {
    if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }

  /** In the order of their names. */
  get entries(): LeftOut[] {
    return [...this.#counts]
      .map(([name, count]) => ({ class: name, count }))
      .sort((a, b) => (a.class < b.class ? -1 : 1));
  }
}

function isWithdrawn({ reviews }: PlannedTag): boolean {
  return reviews.some(({ event }) => event.body.act === 'withdraw');
}

/** The plan with the tags that `keep` lets through, and without clauses and phrases that nothing left in it needs. */
export function withTags(
  plan: BundlePlan,
  keep: (tag: PlannedTag, post: PlannedPost) => PlannedTag | null,
): BundlePlan {
  const captures = plan.captures.map((capture) => ({
    ...capture,
    readings: capture.readings.map((reading) => ({
      ...reading,
      posts: reading.posts.map((post) => ({
        ...post,
        tags: post.tags.flatMap((tag) => keep(tag, post) ?? []),
      })),
    })),
  }));
  const bodies = captures.flatMap((capture) =>
    capture.readings.flatMap(({ posts }) => posts.flatMap(({ tags }) => tags.map(({ event }) => event))),
  );
  const named = new Set(bodies.flatMap(({ body }) => body.clause ?? []));
  const keys = keysOfTags(bodies);
  const clauses = plan.clauses.filter(({ event }) =>
    event.body.clauses.some(({ id, key }) => named.has(id) || keys.has(key)),
  );
  const used = new Set(bodies.flatMap(({ body }) => body.phrase ?? []));
  const phrases = plan.rules.phrases.filter(({ event }) => used.has(event.body.phrase));
  return { ...plan, captures, clauses, rules: { ...plan.rules, phrases } };
}

/** Without the openings of sessions in which nothing was done that the plan shows: they name people. To be asked last. */
export function withSessions(plan: BundlePlan): BundlePlan {
  const used = new Set(plannedEvents({ ...plan, sessions: [] }).map(({ event }) => event.session));
  return { ...plan, sessions: plan.sessions.filter(({ event }) => used.has(event.session)) };
}

/** Gives the plan as the profile has it, and counts what stays. */
export function applyProfile(
  archive: Archive,
  whole: BundlePlan,
  { profile, include }: LeavingOrder,
): { plan: BundlePlan; leftOut: LeftOut[] } {
  const ticked = new Set(include);
  const stays = new Set(stayBehind[profile].filter((one) => !ticked.has(one)));
  const tally = new Tally();
  const unfinished = new Map<string, boolean>();
  const isUnfinished = ({ coding }: EventBody<'tag.set'>): boolean => {
    if (coding === undefined) return false;
    const known = unfinished.get(coding) ?? hasUnjudged(archive.db, coding);
    unfinished.set(coding, known);
    return known;
  };
  const tagged = withTags(whole, (tag) => {
    if (stays.has('unfinished-samples') && isUnfinished(tag.event.body)) {
      tally.add('unfinished-samples', 1);
      return null;
    }
    if (stays.has('withdrawn-tags') && isWithdrawn(tag)) {
      tally.add('withdrawn-tags', 1);
      return null;
    }
    if (!stays.has('reviews')) return tag;
    // That a tag was withdrawn belongs to the tag: without it the tag would say more than its people do.
    const reviews = tag.reviews.filter(({ event }) => event.body.act === 'withdraw');
    tally.add('reviews', tag.reviews.length - reviews.length);
    return { ...tag, reviews };
  });
  const { rules } = tagged;
  const reports = rules.reports.filter(({ event }) => {
    const kind = event.body.note === null ? 'reports' : 'reports-with-notes';
    if (stays.has(kind)) tally.add(kind, 1);
    return !stays.has(kind);
  });
  if (stays.has('phrases')) tally.add('phrases', rules.phrases.length);
  const phrases = stays.has('phrases') ? [] : rules.phrases;
  if (stays.has('earlier-bundles')) tally.add('earlier-bundles', tagged.bundles.length);
  const bundles = stays.has('earlier-bundles') ? [] : tagged.bundles;
  return { plan: { ...tagged, bundles, rules: { ...rules, reports, phrases } }, leftOut: tally.entries };
}
