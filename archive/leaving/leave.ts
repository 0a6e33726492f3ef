/** What leaves in a planned bundle: profile, search for leaks, questions. Nothing is written here. */
import type { EventBody } from '../../contract/events.ts';
import type { Leak, LeavingOrder, LeavingPreview, Question } from '../../contract/model/leaving.ts';
import { personaOfCapture } from '../../db/persona.ts';
import type { BundlePlan } from '../../evidence/build/plan.ts';
import { actorOf } from '../../evidence/bundle/act.ts';
import type { LeavingEntry } from '../../evidence/bundle/leaving.ts';
import type { Archive } from '../archive.ts';
import { acceptLeaks } from './accept.ts';
import { applyProfile, type LeftOut } from './profile.ts';
import { questionsOf } from './questions.ts';
import { type ScanOptions, scanBundle } from './scan.ts';

export interface Leaving {
  /** What is to be written, and what it says of itself. */
  plan: BundlePlan;
  order: LeavingOrder;
  leftOut: readonly LeftOut[];
  leaks: readonly Leak[];
  questions: readonly Question[];
}

/**
 * What would leave. Errors: `bad-usage` for decisions about leaks that there are not, `cancelled`, and those of
 * rendering. That leaks are open is no error here: `refuseLeaks` makes it one.
 */
export async function planLeaving(
  archive: Archive,
  whole: BundlePlan,
  order: LeavingOrder,
  options: ScanOptions = {},
): Promise<Leaving> {
  const { plan, leftOut } = applyProfile(archive, whole, order);
  const questions = questionsOf(archive, plan);
  const leaks = acceptLeaks(await scanBundle(archive, plan, options), order.acceptLeaks);
  const leaving = entryOf({ order, leftOut, leaks, questions });
  return { plan: { ...plan, leaving }, order, leftOut, leaks, questions };
}

function counts<T extends string>(codes: readonly T[]): { code: T; count: number }[] {
  const byCode = new Map<T, number>();
  for (const code of codes) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  return [...byCode].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

function entryOf({ order, leftOut, leaks, questions }: Omit<Leaving, 'plan'>): LeavingEntry {
  return {
    profile: order.profile,
    leftOut: [...leftOut],
    leaks: counts(leaks.map(({ code }) => code)),
    questions: counts(questions.map(({ code }) => code)),
  };
}

/** The decisions, for the log. */
export function decisionsOf(
  bundle: string,
  { order, leftOut, leaks, questions }: Leaving,
): EventBody<'bundle.decided'> {
  return {
    bundle,
    profile: order.profile,
    include: [...order.include],
    leftOut: [...leftOut],
    leaks: leaks.map(({ code, key, fileCount }) => ({ code, key, files: fileCount })),
    questions: counts(questions.map(({ code }) => code)),
  };
}

function tally(names: readonly string[]): { what: string; count: number }[] {
  return counts(names).map(({ code, count }) => ({ what: code, count }));
}

function hostOf(url: string | null): string[] {
  const host = url === null ? undefined : URL.parse(url)?.host;
  return host === undefined || host === '' ? [] : [host];
}

/** Every person, persona, account, address and note that would leave. */
export function previewOf(
  archive: Archive,
  { plan, order, leftOut, leaks, questions }: Leaving,
): LeavingPreview {
  const posts = plan.captures.flatMap(({ readings }) => readings.flatMap((reading) => reading.posts));
  const tags = posts.flatMap((post) => post.tags);
  const { name, fingerprint } = plan.signer;
  const actors = [
    { name, basis: 'proven' as const, signer: fingerprint },
    ...plan.sessions.map(({ event }) => actorOf(event)),
  ];
  const personas = plan.captures.flatMap(
    ({ sealed }) => personaOfCapture(archive.db, sealed.event.body.capture)?.name ?? [],
  );
  return {
    profile: order.profile,
    captures: plan.captures.length,
    posts: posts.length,
    tags: tags.length,
    persons: [...new Map(actors.map((actor) => [JSON.stringify(actor), actor])).values()],
    personas: tally(personas).map(({ what, count }) => ({ name: what, captures: count })),
    accounts: tally(
      posts.flatMap(({ content: { author } }) =>
        author.handle !== null ? [`@${author.handle}`] : author.name !== null ? [author.name] : [],
      ),
    ),
    hosts: tally(
      plan.captures.flatMap(({ sealed: { event } }) =>
        hostOf(event.body.recording?.finalUrl ?? event.body.url),
      ),
    ),
    notes: [
      ...tags.map(({ event }) => ({ of: 'tag' as const, text: event.body.because })),
      ...tags.flatMap(({ reviews }) =>
        reviews.map(({ event }) => ({ of: 'review' as const, text: event.body.because })),
      ),
      ...plan.rules.reports.flatMap(({ event }) =>
        event.body.note === null ? [] : [{ of: 'report' as const, text: event.body.note }],
      ),
    ],
    leftOut: [...leftOut],
    leaks: [...leaks],
    questions: [...questions],
  };
}
