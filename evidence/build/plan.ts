/**
 * What a bundle is to hold, decided and complete: no clock, no database and no key is asked while it is rendered, so
 * the same plan gives the same bytes outside `sig/`.
 */
import type { EventDocument } from '../../contract/events.ts';
import type { Signer } from '../../contract/model/bundle.ts';
import type { PostContent } from '../../contract/model/post.ts';
import type { WithheldEntry } from '../../contract/model/redaction.ts';
import type { ArtifactProof } from '../bundle/artifact-file.ts';
import type { ExistedNoLaterThan } from '../bundle/evidence.ts';
import type { LeavingEntry } from '../bundle/leaving.ts';
import type { SaidOfCapture, ShownFile } from '../bundle/partial-capture.ts';

/** An event as the archive holds it: the exact bytes of document and leaf, and the 32 bytes of salt between them. */
export interface PlannedEvent<K extends EventDocument['kind']> {
  event: Extract<EventDocument, { kind: K }>;
  document: Uint8Array;
  leaf: Uint8Array;
  salt: Uint8Array;
}

/** An event of any kind. */
export type AnyPlannedEvent = { [K in EventDocument['kind']]: PlannedEvent<K> }[EventDocument['kind']];

export interface PlannedTag extends PlannedEvent<'tag.set'> {
  /** In the order of the log. */
  reviews: readonly PlannedEvent<'tag.reviewed'>[];
}

export interface PlannedPost {
  id: string;
  content: PostContent;
  /** 32 bytes. */
  salt: Uint8Array;
  tags: readonly PlannedTag[];
  /** Places of the parts that are withheld; only in a partial capture. */
  withheld?: ReadonlySet<number>;
}

export interface PlannedVersion extends PlannedEvent<'version.added'> {
  /** The exact bytes of its text. */
  text: Uint8Array;
}

/** What goes along with the tags; each list in the order of the log. */
export interface PlannedRules {
  /** The policies of the versions. */
  policies: readonly PlannedEvent<'policy.added'>[];
  /** Every version that a planned tag or correction names, and those that show what became of the clauses cited. */
  versions: readonly PlannedVersion[];
  corrections: readonly PlannedEvent<'clause.corrected'>[];
  links: readonly PlannedEvent<'clause.linked'>[];
  statements: readonly PlannedEvent<'statement.added'>[];
  phrases: readonly PlannedEvent<'phrase.added'>[];
  /** Reports all of whose posts are planned. */
  reports: readonly PlannedEvent<'report.filed'>[];
  /** How many reports of planned posts are left out, because they name other posts, too. */
  reportsLeftOut: number;
}

export const noRules: PlannedRules = {
  policies: [],
  versions: [],
  corrections: [],
  links: [],
  statements: [],
  phrases: [],
  reports: [],
  reportsLeftOut: 0,
};

export interface PlannedReading {
  made: PlannedEvent<'reading.made'>;
  /** All posts of the reading, in its order: the root needs every one. */
  posts: readonly PlannedPost[];
}

export interface PlannedCapture {
  sealed: PlannedEvent<'capture.sealed'>;
  /** What commits to its artifacts one by one, to be shown where only some of them are; null: nothing does. */
  committed: PlannedEvent<'artifacts.committed'> | null;
  /** Size of the checkpoint that it is shown against: the earliest stamped one that covers it, else the newest. */
  checkpoint: number;
  readings: readonly PlannedReading[];
}

/** A capture of which something is withheld: of the event that sealed it only the leaf goes along. */
export interface PlannedPartialCapture extends Pick<PlannedCapture, 'checkpoint' | 'readings'> {
  id: string;
  sealed: { id: string; leaf: Uint8Array };
  said: SaidOfCapture;
  /** What commits to its artifacts, and of each that goes along the proof; null: they are the signer's word. */
  committed: { event: PlannedEvent<'artifacts.committed'>; proofs: readonly ArtifactProof[] } | null;
  /** With `bytes` where it is no artifact of the archive and stands in memory. */
  files: readonly (Omit<ShownFile, 'path'> & { bytes?: Uint8Array })[];
  withheld: readonly WithheldEntry[];
}

/** A timestamp over a checkpoint, which was checked before the plan was made. */
export interface PlannedStamp {
  /** The TimeStampResp (RFC 3161), DER. */
  response: Uint8Array;
  /** What was checked to be in it. */
  existedNoLaterThan: ExistedNoLaterThan;
}

export interface PlannedCheckpoint {
  size: number;
  origin: string;
  /** 32 bytes. */
  root: Uint8Array;
  /** The signed note. */
  note: Uint8Array;
  /** The path from here to the newest checkpoint (RFC 6962, section 2.1.2); empty for that one. */
  consistency: readonly Uint8Array[];
  stamp: PlannedStamp | null;
}

/** The custody log as far as the bundle shows it. */
export interface PlannedLog {
  /** The beginnings of the archive's logs, oldest first. */
  started: readonly PlannedEvent<'log.started'>[];
  /** By size. The last is the newest, and covers every planned event. */
  checkpoints: readonly PlannedCheckpoint[];
  /** The audit path of a leaf in the tree of `size` leaves, nearest sibling first (RFC 6962, section 2.1.1). */
  inclusionPath(seq: number, size: number): Uint8Array[];
}

/** What a timestamp needs beside itself: certificates of authorities, answers about their revocation. */
export interface PlannedExtra {
  /** One of the names that may stand in `sig/`. */
  path: string;
  bytes: Uint8Array;
}

/** The case whose exhibits are planned. */
export interface PlannedCase {
  /** What gave it its name and time zone last. */
  named: PlannedEvent<'case.made'> | PlannedEvent<'case.changed'>;
  /**
   * In their order; each names a planned capture. `labelled`: what gave it another label than it was added with; `noted`:
   * its note, where that is to leave.
   */
  exhibits: readonly {
    added: PlannedEvent<'exhibit.added'>;
    labelled: PlannedEvent<'exhibit.labelled'> | null;
    noted: PlannedEvent<'exhibit.noted'> | null;
  }[];
  /** By number. */
  removed: readonly PlannedEvent<'exhibit.removed'>[];
}

export interface BundlePlan {
  id: string;
  /** UTC with milliseconds; also the time of every entry of the zip file. */
  createdAt: string;
  tool: { name: string; version: string };
  archiveId: string;
  signer: Signer;
  /** Whether `sig/chain.pem` will stand beside the signer's certificate: VERIFY.txt says how to use it. */
  hasChain: boolean;
  /** Whether the signer's certificate names purposes without e-mail: openssl must be told to take it for any. */
  anyPurpose: boolean;
  /** In which the report gives times, beside UTC: that of the case, without one `UTC`. */
  timeZone: string;
  locale: 'en';
  /** The openings of all sessions in which something planned was done. */
  sessions: readonly PlannedEvent<'session.opened'>[];
  /** The events that added the clauses that tags name. */
  clauses: readonly PlannedEvent<'clauses.added'>[];
  rules: PlannedRules;
  case: PlannedCase | null;
  /** Whether planned posts were still there later, in the order of the log. */
  checks: readonly PlannedEvent<'post.checked'>[];
  /** In the order in which they are shown. */
  captures: readonly PlannedCapture[];
  /** Those of which something is withheld; none of them stands under `captures`. */
  partialCaptures?: readonly PlannedPartialCapture[];
  /** Earlier bundles with some of these captures, oldest first. */
  bundles: readonly PlannedEvent<'bundle.compiled'>[];
  log: PlannedLog;
  /** Stands in `sig/` beside the timestamps. */
  extras: readonly PlannedExtra[];
  /** What was decided about what leaves. */
  leaving?: LeavingEntry;
  /**
   * The report as it was printed, an artifact of the archive. 'later': the report is to be printed; null: it could not
   * be, and the report says so.
   */
  printed: { sha256: string; size: number } | 'later' | null;
  /** The bytes of verify.html: the page of this version, with which anyone checks the bundle in a browser. */
  page: Uint8Array;
  /**
   * The bytes of an artifact of these captures, or of what was derived of one, by SHA-256, in pieces that stay as they are.
   * Called once for each file of the bundle.
   */
  openArtifact(sha256: string): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Every event of the plan. */
export function plannedEvents(plan: BundlePlan): AnyPlannedEvent[] {
  return [
    ...plan.log.started,
    ...plan.sessions,
    ...plan.clauses,
    ...plan.bundles,
    ...plan.captures.flatMap((capture) => [capture.sealed, ...ofReadings(capture.readings)]),
    ...(plan.partialCaptures ?? []).flatMap(({ committed, readings }) => [
      ...(committed === null ? [] : [committed.event]),
      ...ofReadings(readings),
    ]),
    ...plan.rules.policies,
    ...plan.rules.versions,
    ...plan.rules.corrections,
    ...plan.rules.links,
    ...plan.rules.statements,
    ...plan.rules.phrases,
    ...plan.rules.reports,
    ...plan.checks,
    ...(plan.case === null
      ? []
      : [
          plan.case.named,
          ...plan.case.exhibits.flatMap(({ added, labelled, noted }) => [
            added,
            ...(labelled === null ? [] : [labelled]),
            ...(noted === null ? [] : [noted]),
          ]),
          ...plan.case.removed,
        ]),
  ];
}

function ofReadings(readings: readonly PlannedReading[]): AnyPlannedEvent[] {
  return readings.flatMap((reading) => [
    reading.made,
    ...reading.posts.flatMap(({ tags }) => tags.flatMap((tag) => [tag, ...tag.reviews])),
  ]);
}

/** Every post of the plan. */
export function plannedPosts({ captures, partialCaptures = [] }: BundlePlan): PlannedPost[] {
  return [...captures, ...partialCaptures].flatMap(({ readings }) =>
    readings.flatMap((reading) => reading.posts),
  );
}

/** Ids of all captures of the plan. */
export function plannedCaptures({ captures, partialCaptures = [] }: BundlePlan): string[] {
  return [...captures.map(({ sealed }) => sealed.event.body.capture), ...partialCaptures.map(({ id }) => id)];
}
