/**
 * From documents and posts to what evidence.json says of them. The builder writes what these functions give, the
 * verifier compares with it: nothing in evidence.json about a capture stands without a document behind it.
 */
import { type Actors, actEntry, actorsOf, type EventOf, missing } from './act.ts';
import { caseEntry, type DisclosedCase } from './case.ts';
import { checkEntry } from './checks.ts';
import type {
  BundleEntry,
  CaptureEntry,
  CheckpointEntry,
  ClauseEntry,
  Evidence,
  EvidenceHead,
  ExistedNoLaterThan,
  LogEntry,
  PartialCaptureEntry,
  PostEntry,
  ReadingEntry,
  SessionEntry,
} from './evidence.ts';
import { artifactPaths } from './paths.ts';
import type { Shown } from './post-file.ts';
import { type DisclosedRules, type DisclosedTag, keysOfTags, RuleFacts } from './rule-facts.ts';

export interface DisclosedReading {
  made: EventOf<'reading.made'>;
  posts: readonly {
    id: string;
    index: number;
    root: string;
    shown: Shown;
    tags: readonly DisclosedTag[];
  }[];
}

export interface DisclosedCapture {
  sealed: EventOf<'capture.sealed'>;
  /** Size of the checkpoint that it is proven against, and what a timestamp over that says. */
  checkpoint: number;
  existedNoLaterThan: ExistedNoLaterThan | null;
  readings: readonly DisclosedReading[];
}

/** A capture of which something is withheld: only its leaf is shown. */
export interface DisclosedPartialCapture
  extends Pick<PartialCaptureEntry, 'id' | 'event' | 'time' | 'said' | 'files' | 'withheld'> {
  /** What commits to its artifacts one by one; null: it was sealed before there was such a line. */
  committed: EventOf<'artifacts.committed'> | null;
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
  partialCaptures: readonly DisclosedPartialCapture[];
  bundles: readonly EventOf<'bundle.compiled'>[];
  rules: DisclosedRules;
  case: DisclosedCase | null;
  /** In the order of the log. */
  checks: readonly EventOf<'post.checked'>[];
}

/** evidence.json for what is disclosed. Errors: `archive-damaged`, `bad-input` for what does not fit together. */
export function evidenceOf(head: EvidenceHead, disclosure: Disclosure): Evidence {
  const actors = actorsOf(disclosure.sessions);
  const tags = [...disclosure.captures, ...disclosure.partialCaptures].flatMap((capture) =>
    capture.readings.flatMap((reading) => reading.posts.flatMap((post) => post.tags.map(({ set }) => set))),
  );
  const rules = new RuleFacts(actors, disclosure.rules, disclosure.clauses);
  return {
    ...head,
    logs: disclosure.logs.map((started) => logEntry(actors, started)),
    checkpoints: [...disclosure.checkpoints],
    sessions: disclosure.sessions.map((opened) => sessionEntry(actors, opened)),
    clauses: clauseEntries(disclosure, tags),
    captures: disclosure.captures.map((capture) => captureEntry(actors, rules, capture)),
    bundles: disclosure.bundles.map((compiled) => bundleEntry(actors, compiled)),
    ...rules.members(tags),
    ...(disclosure.partialCaptures.length > 0 && {
      partialCaptures: disclosure.partialCaptures.map((capture) => partialEntry(actors, rules, capture)),
    }),
    ...(disclosure.case === null ? {} : { case: caseEntry(actors, disclosure.case) }),
    ...(disclosure.checks.length === 0
      ? {}
      : { checks: disclosure.checks.map((checked) => checkEntry(actors, checked)) }),
  };
}

function sessionEntry(actors: Actors, opened: EventOf<'session.opened'>): SessionEntry {
  return { ...actEntry(actors, opened), tool: opened.body.tool, system: opened.body.system };
}

/** The clauses of packs that some tag names or considers, in the order of their keys. */
function clauseEntries(disclosure: Disclosure, tags: readonly EventOf<'tag.set'>[]): ClauseEntry[] {
  const keys = keysOfTags(tags);
  const known = new Map(
    disclosure.clauses.flatMap((added) =>
      added.body.clauses.map(
        (clause) => [clause.id, { ...clause, pack: added.body.pack, event: added.id }] as const,
      ),
    ),
  );
  const named = tags.flatMap((tag) => tag.body.clause ?? []);
  const considered = [...known.values()].flatMap(({ id, key }) => (keys.has(key) ? [id] : []));
  const entries = [...new Set([...named, ...considered])].map((id) => {
    const entry = known.get(id);
    if (entry === undefined) throw missing(`clause ${id}`);
    return entry;
  });
  return entries.sort((a, b) => (`${a.key} ${a.id}` < `${b.key} ${b.id}` ? -1 : 1));
}

function captureEntry(actors: Actors, rules: RuleFacts, disclosed: DisclosedCapture): CaptureEntry {
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
    readings: readings.map((reading) => readingEntry(actors, rules, reading)),
  };
}

function partialEntry(
  actors: Actors,
  rules: RuleFacts,
  { readings, files, committed, ...facts }: DisclosedPartialCapture,
): PartialCaptureEntry {
  const places = artifactPaths(facts.id, files);
  return {
    ...facts,
    ...(committed !== null && { committed: committedEntry(actors, committed) }),
    files: files.map((file, i) => ({ ...file, path: places[i] ?? '' })),
    readings: readings.map((reading) => readingEntry(actors, rules, reading)),
  };
}

function committedEntry(actors: Actors, event: EventOf<'artifacts.committed'>) {
  const { artifacts, root } = event.body;
  return { ...actEntry(actors, event), artifacts, root };
}

function readingEntry(actors: Actors, rules: RuleFacts, { made, posts }: DisclosedReading): ReadingEntry {
  const { reading, reader, notes, root, again } = made.body;
  return {
    ...actEntry(actors, made),
    id: reading,
    reader,
    notes,
    postsRead: made.body.posts,
    root,
    ...(again === undefined ? {} : { again }),
    posts: posts.map(({ id, index, root: postRoot, shown, tags }): PostEntry => {
      const common = { id, index, root: postRoot, tags: tags.map((tag) => rules.tag(tag)) };
      return shown.whole
        ? { ...common, disclosed: 'whole', content: shown.content }
        : { ...common, disclosed: 'partial', parts: shown.parts };
    }),
  };
}

function logEntry(actors: Actors, started: EventOf<'log.started'>): LogEntry {
  const { origin, vkey, cause } = started.body;
  return { ...actEntry(actors, started), origin, vkey, cause };
}

function bundleEntry(actors: Actors, compiled: EventOf<'bundle.compiled'>): BundleEntry {
  const { bundle: id, captures, sha256, size, tagManifest, signer } = compiled.body;
  return { ...actEntry(actors, compiled), id, captures, sha256, size, tagManifest, signer };
}
