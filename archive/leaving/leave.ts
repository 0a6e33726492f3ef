/** What leaves in a planned bundle: profile, search for leaks, questions. Nothing is written here. */
import type { EventBody } from '../../contract/events.ts';
import type { Leak, LeavingOrder, LeavingPreview, Question } from '../../contract/model/leaving.ts';
import type { Redaction } from '../../contract/model/redaction.ts';
import { personaOfCapture } from '../../db/persona.ts';
import { type BundlePlan, plannedCaptures, plannedPosts } from '../../evidence/build/plan.ts';
import { actorOf } from '../../evidence/bundle/act.ts';
import type { LeavingEntry } from '../../evidence/bundle/leaving.ts';
import type { HiddenWords } from '../../evidence/leak/hidden.ts';
import type { Archive } from '../archive.ts';
import { requireCapture } from '../posts.ts';
import { type Accepts, acceptedBy } from './accept.ts';
import { cutToExhibits } from './exhibits.ts';
import { applyProfile, type LeftOut, withSessions } from './profile.ts';
import { questionsOf } from './questions.ts';
import { applyRedactions } from './redact.ts';
import { listRedactions, requireRedaction } from './redactions.ts';
import { type ScanOptions, scanBundle } from './scan.ts';

/** What is to leave, before it is searched. */
export interface LeavingDrafted {
  plan: BundlePlan;
  /** Words that must stand nowhere in it. */
  hidden: HiddenWords | null;
  redactions: readonly Redaction[];
  order: LeavingOrder;
  accepts: Accepts;
  leftOut: readonly LeftOut[];
  questions: readonly Question[];
}

export interface Leaving extends Omit<LeavingDrafted, 'hidden' | 'accepts'> {
  /** What is to be written, and what it says of itself. */
  plan: BundlePlan;
  leaks: readonly Leak[];
}

/**
 * Errors: `bad-usage` for decisions about leaks that there are not, `redaction-not-found`, `redaction-impossible`,
 * `cancelled`, and those of `cutToExhibits`.
 */
export async function draftLeaving(
  archive: Archive,
  whole: BundlePlan,
  order: LeavingOrder,
  options: Pick<ScanOptions, 'signal'> = {},
): Promise<LeavingDrafted> {
  const forProfile = applyProfile(archive, whole, order);
  const redactions = redactionsFor(archive, whole, order);
  const redacted = applyRedactions(archive, forProfile.plan, redactions);
  const cut = order.wacz === 'whole' ? redacted.plan : await cutToExhibits(archive, redacted.plan, options);
  return {
    plan: withSessions(cut),
    hidden: redacted.hidden,
    redactions,
    order,
    accepts: acceptedBy(order.acceptLeaks),
    leftOut: [...forProfile.leftOut, ...redacted.leftOut].sort((a, b) => (a.class < b.class ? -1 : 1)),
    questions: openQuestions(archive, forProfile.plan, redactions),
  };
}

/** What leaves, with what was found in it. That leaks are open is no error here: `refuseLeaks` makes it one. */
export function withLeaks(
  { plan, hidden: _hidden, accepts, ...draft }: LeavingDrafted,
  found: readonly Leak[],
): Leaving {
  const leaks = found.map((leak) => ({ ...leak, accepted: accepts(leak) }));
  return { ...draft, plan: { ...plan, leaving: entryOf({ ...draft, leaks }) }, leaks };
}

/** What would leave. Errors: those of `draftLeaving` and `scanBundle`. */
export async function planLeaving(
  archive: Archive,
  whole: BundlePlan,
  order: LeavingOrder,
  options: ScanOptions = {},
): Promise<Leaving> {
  const draft = await draftLeaving(archive, whole, order, options);
  return withLeaks(draft, await scanBundle(archive, draft, options));
}

/** Errors: `redaction-not-found`. */
function redactionsFor(
  archive: Archive,
  { captures }: BundlePlan,
  { redactions }: LeavingOrder,
): Redaction[] {
  const ids = captures.map(({ sealed }) => sealed.event.body.capture);
  if (redactions !== 'all') return redactions.map((id) => requireRedaction(archive, id));
  return listRedactions(archive, ids).filter(({ lifted }) => !lifted);
}

/** What redactions answer is not asked. */
const answered: ReadonlySet<string> = new Set(['persona-visible', 'bystanders-uncovered']);

function openQuestions(archive: Archive, plan: BundlePlan, redactions: readonly Redaction[]): Question[] {
  const redacted = new Set(redactions.map(({ captureId }) => captureId));
  return questionsOf(archive, plan).filter(
    ({ code, captureId }) => !(answered.has(code) && redacted.has(captureId)),
  );
}

function counts<T extends string>(codes: readonly T[]): { code: T; count: number }[] {
  const byCode = new Map<T, number>();
  for (const code of codes) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  return [...byCode].map(([code, count]) => ({ code, count })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

function entryOf({ order, leftOut, leaks, questions }: Omit<Leaving, 'plan' | 'redactions'>): LeavingEntry {
  return {
    profile: order.profile,
    ...(order.wacz === 'exhibits' && { wacz: order.wacz }),
    leftOut: [...leftOut],
    leaks: counts(leaks.filter(({ ofOthers }) => !ofOthers).map(({ code }) => code)),
    ofOthers: counts(leaks.filter(({ ofOthers }) => ofOthers).map(({ code }) => code)),
    questions: counts(questions.map(({ code }) => code)),
  };
}

/** The decisions, for the log. */
export function decisionsOf(
  bundle: string,
  { order, redactions, leftOut, leaks, questions }: Leaving,
): EventBody<'bundle.decided'> {
  return {
    bundle,
    profile: order.profile,
    include: [...order.include],
    ...(order.wacz === 'exhibits' && { wacz: order.wacz }),
    redactions: redactions.map(({ id }) => id),
    leftOut: [...leftOut],
    leaks: leaks
      .filter(({ ofOthers }) => !ofOthers)
      .map(({ code, key, fileCount }) => ({ code, key, files: fileCount })),
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

const mostListed = 500;

/** Places of the author's name and handle among the parts of a post (docs/bundle-format.md). */
const [namePart, handlePart] = [4, 5];

/** Every person, persona, account, address and note that would leave. */
export function previewOf(
  archive: Archive,
  { plan, order, leftOut, leaks, questions }: Leaving,
): LeavingPreview {
  const posts = plannedPosts(plan);
  const tags = posts.flatMap((post) => post.tags);
  // Without a name: who will sign is not known yet.
  const { name, fingerprint } = plan.signer;
  const actors = [
    ...(name === '' ? [] : [{ name, basis: 'proven' as const, signer: fingerprint }]),
    ...plan.sessions.map(({ event }) => actorOf(event)),
  ];
  const ids = plannedCaptures(plan);
  const personas = ids.flatMap((id) => personaOfCapture(archive.db, id)?.name ?? []);
  return {
    profile: order.profile,
    captures: ids.length,
    posts: posts.length,
    tags: tags.length,
    persons: [...new Map(actors.map((actor) => [JSON.stringify(actor), actor])).values()],
    personas: tally(personas).map(({ what, count }) => ({ name: what, captures: count })),
    accounts: tally(
      posts.flatMap(({ content: { author }, withheld }) => {
        if (author.handle !== null && withheld?.has(handlePart) !== true) return [`@${author.handle}`];
        return author.name !== null && withheld?.has(namePart) !== true ? [author.name] : [];
      }),
    ),
    hosts: tally([
      ...plan.captures.flatMap(({ sealed: { event } }) =>
        hostOf(event.body.recording?.finalUrl ?? event.body.url),
      ),
      ...(plan.partialCaptures ?? []).flatMap(({ said }) => hostOf(said.url)),
    ]),
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
    cut: (plan.partialCaptures ?? []).flatMap(({ id: captureId, files }) =>
      files.flatMap(({ derived, size }) =>
        derived === undefined ? [] : [{ captureId, records: derived.records, of: derived.of, size }],
      ),
    ),
    listed: ids.slice(0, mostListed).map((captureId) => {
      const { sourceName, url } = requireCapture(archive, captureId);
      return { captureId, name: url ?? sourceName };
    }),
    leaks: [...leaks],
    questions: [...questions],
  };
}
