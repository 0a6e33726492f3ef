/**
 * From documents and posts to what evidence.json says of them. The builder writes what these functions give, the
 * verifier compares with it: nothing in evidence.json about a capture stands without a document behind it.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { EventDocument } from '../../contract/events.ts';
import type { Actor } from '../../contract/model/actor.ts';
import type {
  BundleEntry,
  CaptureEntry,
  CheckpointEntry,
  ClauseEntry,
  Evidence,
  EvidenceHead,
  ExistedNoLaterThan,
  LogEntry,
  PostEntry,
  ReadingEntry,
  SessionEntry,
  TagEntry,
} from './evidence.ts';
import { artifactPaths } from './paths.ts';
import type { Shown } from './post-file.ts';

export type EventOf<K extends EventDocument['kind']> = Extract<EventDocument, { kind: K }>;

export interface DisclosedReading {
  made: EventOf<'reading.made'>;
  posts: readonly {
    id: string;
    index: number;
    root: string;
    shown: Shown;
    tags: readonly EventOf<'tag.set'>[];
  }[];
}

export interface DisclosedCapture {
  sealed: EventOf<'capture.sealed'>;
  /** Size of the checkpoint that it is proven against, and what a timestamp over that says. */
  checkpoint: number;
  existedNoLaterThan: ExistedNoLaterThan | null;
  readings: readonly DisclosedReading[];
}

/** Everything that a bundle discloses, in the order in which it is shown. */
export interface Disclosure {
  logs: readonly EventOf<'log.started'>[];
  checkpoints: readonly CheckpointEntry[];
  sessions: readonly EventOf<'session.opened'>[];
  clauses: readonly EventOf<'clauses.added'>[];
  captures: readonly DisclosedCapture[];
  bundles: readonly EventOf<'bundle.compiled'>[];
}

/** The actor of a session: its opening says who it was, and whether a key proved it. */
export function actorOf(opened: EventOf<'session.opened'>): Actor {
  const { actor, proof } = opened.body;
  return { name: actor, basis: proof === null ? 'claimed' : 'proven', signer: proof?.signer ?? null };
}

/** evidence.json for what is disclosed. Errors: `archive-damaged` for a session or clause that is not disclosed. */
export function evidenceOf(head: EvidenceHead, disclosure: Disclosure): Evidence {
  const actors = actorsOf(disclosure);
  return {
    ...head,
    logs: disclosure.logs.map((started) => logEntry(actors, started)),
    checkpoints: [...disclosure.checkpoints],
    sessions: disclosure.sessions.map((opened) => sessionEntry(actors, opened)),
    clauses: clauseEntries(disclosure),
    captures: disclosure.captures.map((capture) => captureEntry(actors, capture)),
    bundles: disclosure.bundles.map((compiled) => bundleEntry(actors, compiled)),
  };
}

type Actors = ReadonlyMap<string, Actor>;

function actorsOf(disclosure: Disclosure): Actors {
  return new Map(disclosure.sessions.map((opened) => [opened.session, actorOf(opened)]));
}

function missing(what: string): HoldfastError {
  return new HoldfastError('archive-damaged', `Expected ${what} among what is disclosed; it is not there.`);
}

function actEntry(actors: Actors, event: EventDocument) {
  const actor = actors.get(event.session);
  if (actor === undefined) throw missing(`the opening of session ${event.session}`);
  return { event: event.id, session: event.session, time: event.time, actor };
}

function sessionEntry(actors: Actors, opened: EventOf<'session.opened'>): SessionEntry {
  return { ...actEntry(actors, opened), tool: opened.body.tool, system: opened.body.system };
}

/** The clauses that some tag names, in the order of their keys. */
function clauseEntries(disclosure: Disclosure): ClauseEntry[] {
  const known = new Map(
    disclosure.clauses.flatMap((added) =>
      added.body.clauses.map(
        (clause) => [clause.id, { ...clause, pack: added.body.pack, event: added.id }] as const,
      ),
    ),
  );
  const used = new Set(
    disclosure.captures.flatMap((capture) =>
      capture.readings.flatMap((reading) =>
        reading.posts.flatMap((post) => post.tags.flatMap((tag) => tag.body.clause ?? [])),
      ),
    ),
  );
  const entries = [...used].map((id) => {
    const entry = known.get(id);
    if (entry === undefined) throw missing(`clause ${id}`);
    return entry;
  });
  return entries.sort((a, b) => (`${a.key} ${a.id}` < `${b.key} ${b.id}` ? -1 : 1));
}

function captureEntry(actors: Actors, disclosed: DisclosedCapture): CaptureEntry {
  const { sealed, checkpoint, existedNoLaterThan, readings } = disclosed;
  const { capture, artifacts, ...facts } = sealed.body;
  const files = artifactPaths(capture, artifacts);
  return {
    ...actEntry(actors, sealed),
    ...facts,
    id: capture,
    checkpoint,
    existedNoLaterThan,
    artifacts: artifacts.map((artifact, i) => ({ ...artifact, path: files[i] ?? '' })),
    readings: readings.map((reading) => readingEntry(actors, reading)),
  };
}

function readingEntry(actors: Actors, { made, posts }: DisclosedReading): ReadingEntry {
  const { reading, reader, notes, root } = made.body;
  return {
    ...actEntry(actors, made),
    id: reading,
    reader,
    notes,
    postsRead: made.body.posts,
    root,
    posts: posts.map(({ id, index, root: postRoot, shown, tags }): PostEntry => {
      const common = { id, index, root: postRoot, tags: tags.map((tag) => tagEntry(actors, tag)) };
      return shown.whole
        ? { ...common, disclosed: 'whole', content: shown.content }
        : { ...common, disclosed: 'partial', parts: shown.parts };
    }),
  };
}

function tagEntry(actors: Actors, tag: EventOf<'tag.set'>): TagEntry {
  const { tag: id, clause, quote, because } = tag.body;
  return { ...actEntry(actors, tag), id, clause, quote, because };
}

function logEntry(actors: Actors, started: EventOf<'log.started'>): LogEntry {
  const { origin, vkey, cause } = started.body;
  return { ...actEntry(actors, started), origin, vkey, cause };
}

function bundleEntry(actors: Actors, compiled: EventOf<'bundle.compiled'>): BundleEntry {
  const { bundle: id, captures, sha256, size, tagManifest, signer } = compiled.body;
  return { ...actEntry(actors, compiled), id, captures, sha256, size, tagManifest, signer };
}
