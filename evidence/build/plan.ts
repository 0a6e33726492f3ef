/**
 * What a bundle is to hold, decided and complete: no clock, no database and no key is asked while it is rendered, so
 * the same plan gives the same bytes outside `sig/`.
 */
import type { EventDocument } from '../../contract/events.ts';
import type { Signer } from '../../contract/model/bundle.ts';
import type { PostContent } from '../../contract/model/post.ts';

/** An event as the archive holds it: the exact bytes of document and leaf, and the 32 bytes of salt between them. */
export interface PlannedEvent<K extends EventDocument['kind']> {
  event: Extract<EventDocument, { kind: K }>;
  document: Uint8Array;
  leaf: Uint8Array;
  salt: Uint8Array;
}

/** An event of any kind. */
export type AnyPlannedEvent = { [K in EventDocument['kind']]: PlannedEvent<K> }[EventDocument['kind']];

export interface PlannedPost {
  id: string;
  content: PostContent;
  /** 32 bytes. */
  salt: Uint8Array;
  tags: readonly PlannedEvent<'tag.set'>[];
}

export interface PlannedReading {
  made: PlannedEvent<'reading.made'>;
  /** All posts of the reading, in its order: the root needs every one. */
  posts: readonly PlannedPost[];
}

export interface PlannedCapture {
  sealed: PlannedEvent<'capture.sealed'>;
  readings: readonly PlannedReading[];
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
  timeZone: 'UTC';
  locale: 'en';
  /** The openings of all sessions in which something planned was done. */
  sessions: readonly PlannedEvent<'session.opened'>[];
  /** The events that added the clauses that tags name. */
  clauses: readonly PlannedEvent<'clauses.added'>[];
  /** In the order in which they are shown. */
  captures: readonly PlannedCapture[];
  /** The bytes of an artifact of these captures, by SHA-256. Called once for each file of the bundle. */
  openArtifact(sha256: string): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Every event of the plan. */
export function plannedEvents(plan: BundlePlan): AnyPlannedEvent[] {
  return [
    ...plan.sessions,
    ...plan.clauses,
    ...plan.captures.flatMap((capture) => [
      capture.sealed,
      ...capture.readings.flatMap((reading) => [reading.made, ...reading.posts.flatMap((post) => post.tags)]),
    ]),
  ];
}
