/**
 * What goes into a bundle along with its tags: the versions that they cite and those that show what became of the
 * clauses, what people noted of them, reviews, phrases and reports. Why each: docs/decisions/rules-in-bundles.md.
 */
import type { EventBody, EventKind } from '../contract/events.ts';
import {
  linkEvents,
  phraseEvents,
  policyEvent,
  reportEvents,
  reviewEvents,
  statementEvents,
} from '../db/bundled.ts';
import { getClause, getClauseByKey } from '../db/clause.ts';
import { listCorrections, type StoredCorrection } from '../db/clause-note.ts';
import { getWholeEvent } from '../db/event.ts';
import { policyOfKey } from '../db/policy.ts';
import type { PlannedEvent, PlannedRules } from '../evidence/build/plan.ts';
import { limits } from '../evidence/bundle/limits.ts';
import { keysOfTags } from '../evidence/bundle/rule-facts.ts';
import { isCounted } from '../evidence/policy/counting.ts';
import type { Archive } from './archive.ts';
import { type LibraryVersion, loadVersions, requireVersion, versionBytes } from './policies/library.ts';
import { readEvent } from './record.ts';

/** Reads an event of the log into a plan. */
export type PlanEvent = <K extends EventKind>(seq: number, kind: K) => PlannedEvent<K>;

/** The reviews of these tags, by the id of the tag, in the order of the log. */
export function plannedReviews(
  archive: Archive,
  tags: readonly string[],
  event: PlanEvent,
): Map<string, PlannedEvent<'tag.reviewed'>[]> {
  const byTag = new Map<string, PlannedEvent<'tag.reviewed'>[]>();
  for (const seq of reviewEvents(archive.db, tags)) {
    const review = event(seq, 'tag.reviewed');
    const { tag } = review.event.body;
    byTag.set(tag, [...(byTag.get(tag) ?? []), review]);
  }
  return byTag;
}

/** The versions that are to be shown, by policy. */
class VersionChoice {
  readonly #archive: Archive;
  readonly #loaded = new Map<string, LibraryVersion[]>();
  readonly ids = new Set<string>();
  readonly policies = new Set<string>();

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  add(versionId: string): void {
    this.ids.add(versionId);
    this.policies.add(requireVersion(this.#archive.db, versionId).policyId);
  }

  #versions(policyId: string): LibraryVersion[] {
    const known = this.#loaded.get(policyId) ?? loadVersions(this.#archive.db, policyId);
    this.#loaded.set(policyId, known);
    return known;
  }

  /**
   * What shows when the clause came (the first version that has it, and the one before that) and what became of it (the
   * first later one with other words or without it, and the newest, where there is such). Gives back the key that it
   * has now.
   */
  addHistory({ version: cited, part }: { version: string; part: number }): string | null {
    const versions = this.#versions(requireVersion(this.#archive.db, cited).policyId).filter(
      (version) => version.id === cited || isCounted(version),
    );
    const at = versions.findIndex(({ id }) => id === cited);
    const key = versions[at]?.parts[part]?.key ?? null;
    if (key === null) return null;
    const words = versions.map(({ clauses }) => clauses.find((clause) => clause.key === key)?.words ?? null);
    const first = words.findIndex((each) => each !== null);
    const changed = words.findIndex((each, i) => i > at && each !== words[at]);
    const shown = [first - 1, first, ...(changed < 0 ? [] : [changed, versions.length - 1])];
    for (const i of shown) this.add(versions[i]?.id ?? cited);
    return key;
  }

  /** A version that has this exception: the cited one, else the last before it, else the first. */
  addException(key: string, cited: string | null): void {
    const policyId = policyOfKey(this.#archive.db, key);
    if (policyId === null) return;
    const at = cited === null ? null : requireVersion(this.#archive.db, cited);
    const having = this.#versions(policyId).filter(({ clauses }) =>
      clauses.some((clause) => clause.key === key),
    );
    const before = having.filter(({ seen }) => at === null || seen.at <= at.seen.at);
    const best = having.find(({ id }) => id === cited) ?? before.at(-1) ?? having[0];
    if (best !== undefined) this.add(best.id);
  }
}

/** The corrections by which a clause came to one of these keys, or that were made to it under one. */
function correctionsOf(
  all: readonly StoredCorrection[],
  cited: ReadonlySet<string>,
): readonly StoredCorrection[] {
  const keys = new Set(cited);
  for (const { key, change } of [...all].reverse()) {
    if (change.kind === 'key' && keys.has(change.key)) keys.add(key);
  }
  return all.filter(({ key }) => keys.has(key));
}

/** The clauses of packs that tags name or consider: the events that added them are to be planned. */
export function packClausesOf(archive: Archive, tags: readonly EventBody<'tag.set'>[]): string[] {
  return tags.flatMap(({ clause, considered = [] }) => [
    ...(clause === null ? [] : [clause]),
    ...considered.flatMap(({ key }) => getClauseByKey(archive.db, key)?.id ?? []),
  ]);
}

/** Errors: `archive-damaged`, `policy-version-not-found` where a tag cites what is not there. */
export function planRules(
  archive: Archive,
  planned: { tags: readonly PlannedEvent<'tag.set'>[]; posts: ReadonlySet<string> },
  event: PlanEvent,
): PlannedRules {
  const { db } = archive;
  const tags = planned.tags.map((tag) => tag.event);
  const choice = new VersionChoice(archive);
  const keys = keysOfTags(tags);
  for (const { body } of tags) addVersions(choice, keys, body);
  for (const { body } of tags) {
    const clause = body.clause === null ? null : getClause(db, body.clause);
    if (clause !== null) keys.add(clause.key);
  }
  const corrections = [...choice.policies].flatMap((policy) =>
    correctionsOf(listCorrections(db, policy), keys),
  );
  for (const { version } of corrections) choice.add(version);
  const phrases = tags.flatMap(({ body }) => body.phrase ?? []);
  const reports = reportEvents(db, [...planned.posts]);
  const shown = reports.filter((seq) => isShown(archive, seq, planned.posts));
  return {
    policies: sorted([...choice.policies].map((id) => policyEvent(db, id))).map((seq) =>
      event(seq, 'policy.added'),
    ),
    versions: [...choice.ids]
      .map((id) => requireVersion(db, id))
      .sort((a, b) => a.seq - b.seq)
      .map((version) => ({ ...event(version.seq, 'version.added'), text: versionBytes(db, version) })),
    corrections: sorted(corrections.map(({ seq }) => seq)).map((seq) => event(seq, 'clause.corrected')),
    links: linkEvents(db, [...keys]).map((seq) => event(seq, 'clause.linked')),
    statements: statementEvents(db, [...keys]).map((seq) => event(seq, 'statement.added')),
    phrases: phraseEvents(db, phrases).map((seq) => event(seq, 'phrase.added')),
    reports: shown.map((seq) => event(seq, 'report.filed')),
    reportsLeftOut: reports.length - shown.length,
  };
}

/** A report that names other posts, too, would tell of those. One whose line is too long no check could read. */
function isShown(archive: Archive, seq: number, posts: ReadonlySet<string>): boolean {
  const stored = getWholeEvent(archive.db, seq);
  const event = stored === null ? null : readEvent(stored.document);
  return (
    event?.kind === 'report.filed' &&
    event.body.posts.every((post) => posts.has(post)) &&
    (stored?.leaf.length ?? 0) <= limits.smallFile
  );
}

function sorted(places: readonly number[]): number[] {
  return [...new Set(places)].sort((a, b) => a - b);
}

function addVersions(
  choice: VersionChoice,
  keys: Set<string>,
  { dated, dates = [], considered = [] }: EventBody<'tag.set'>,
): void {
  for (const { version, restsOn } of dates) {
    for (const id of [...restsOn, ...(version === null ? [] : [version])]) choice.add(id);
  }
  for (const { key } of considered) choice.addException(key, dated?.version ?? null);
  if (dated === undefined) return;
  choice.add(dated.version);
  const key = choice.addHistory(dated);
  if (key !== null) keys.add(key);
}
