/**
 * Recordings cut down to what the exhibits need. The whole one stays behind as a file that is withheld does: its capture
 * is shown in part, by its line in the log, and of its files the others are proven. Beside them stands what was cut out,
 * the statement of whoever signs: docs/decisions/leaving.md.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Artifact } from '../../contract/model/capture.ts';
import type { SourceOfText } from '../../contract/model/post.ts';
import type { WithheldEntry } from '../../contract/model/redaction.ts';
import { listAnswers, type StoredAnswer } from '../../db/exchange.ts';
import type {
  BundlePlan,
  PlannedCapture,
  PlannedPartialCapture,
  PlannedPost,
} from '../../evidence/build/plan.ts';
import { proveArtifacts } from '../../evidence/bundle/artifact-file.ts';
import { derivedStatement } from '../../evidence/bundle/partial-capture.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { type ByteSource, copied } from '../../evidence/source/byte-source.ts';
import { type DerivedWacz, deriveWacz } from '../../evidence/wacz/derive.ts';
import type { Archive } from '../archive.ts';
import { findArtifact } from '../blobs.ts';
import { storedSource } from '../import/wacz.ts';

/** Printed in the bundle beside what is withheld. */
const because = 'Only what the exhibits need of the recording goes along.';

/** Of captures with redactions nothing is cut out: what was left out of it would tell of the words that are hidden. */
const becauseRedacted =
  'Of recordings only what exhibits need goes along, and of a capture with redactions nothing.';

/**
 * The plan with every recording that was made by Holdfast cut down. Files that others collected stay what they are.
 * Errors: `archive-damaged`, `warc-damaged`, `cancelled`; ZipError.
 */
export async function cutToExhibits(
  archive: Archive,
  plan: BundlePlan,
  { signal }: { signal?: AbortSignal } = {},
): Promise<BundlePlan> {
  const captures: PlannedCapture[] = [];
  const cut: PlannedPartialCapture[] = [];
  const derived = new Map<string, DerivedWacz>();
  for (const capture of plan.captures) {
    const wacz = capture.sealed.event.body.artifacts.find(isRecording);
    if (wacz === undefined) {
      captures.push(capture);
      continue;
    }
    const posts = exhibited(plan, capture);
    const made = await deriveWacz({
      source: cancellable(storedSource(archive, findArtifact(archive, wacz.sha256)), signal),
      ...{ id: plan.id, created: plan.createdAt, software: `${plan.tool.name} ${plan.tool.version}` },
      needed: {
        answers: posts.flatMap(answerOf),
        media: posts.flatMap(({ content }) => content.media),
        askedByScripts: listAnswers(archive.db, capture.sealed.event.body.capture).filter(isAsked),
      },
      text: posts.map(({ content }) => content.text).join('\n\n'),
    });
    derived.set(made.sha256, made);
    cut.push(inPart(capture, made, posts));
  }
  const partialCaptures = [...(plan.partialCaptures ?? []).map(withoutRecording), ...cut];
  return {
    ...plan,
    captures,
    ...(partialCaptures.length > 0 && { partialCaptures }),
    openArtifact: (sha256) => {
      const made = derived.get(sha256);
      // The search keeps pieces for a while.
      return made === undefined ? plan.openArtifact(sha256) : copied(made.bytes());
    },
  };
}

/** Of a recording with films much is read before the first byte is searched. */
function cancellable(source: ByteSource, signal: AbortSignal | undefined): ByteSource {
  return {
    size: source.size,
    read: (offset, length) => {
      if (signal?.aborted) throw new HoldfastError('cancelled', 'Cancelled; no bundle was written.');
      return source.read(offset, length);
    },
  };
}

function isRecording({ role }: Pick<Artifact, 'role'>): boolean {
  return role === 'wacz';
}

/** None is known of a recording that came in a bundle: there the headers of the requests have to do. */
function isAsked({ resourceType }: StoredAnswer): boolean {
  return resourceType === 'fetch' || resourceType === 'xhr';
}

/**
 * Of a case the posts that are exhibits, and all of a capture that is one as a whole; without a case those that are
 * tagged, and all of a capture of which none is.
 */
function exhibited({ case: of }: BundlePlan, { sealed, readings }: PlannedCapture): readonly PlannedPost[] {
  const posts = readings.flatMap((reading) => reading.posts);
  if (of === null) {
    const tagged = posts.filter(({ tags }) => tags.length > 0);
    return tagged.length > 0 ? tagged : posts;
  }
  const { capture } = sealed.event.body;
  const named = of.exhibits.flatMap(({ added: { event } }) =>
    event.body.capture === capture ? [event.body.post] : [],
  );
  return named.includes(null) ? posts : posts.filter(({ id }) => named.includes(id));
}

function answerOf({ content }: PlannedPost): { n: number; url: string }[] {
  const source: SourceOfText | undefined = content.sourceOfText;
  return source?.found === 'network' ? [{ n: source.exchange, url: source.url }] : [];
}

function inPart(
  { sealed, committed, checkpoint, readings }: PlannedCapture,
  made: DerivedWacz,
  posts: readonly PlannedPost[],
): PlannedPartialCapture {
  const { capture, method, receivedAt, url, artifacts } = sealed.event.body;
  const going = artifacts.flatMap(({ name: _name, ...file }, index) =>
    isRecording(file) ? [] : [{ file, index }],
  );
  const indexes = going.map(({ index }) => index);
  const { size, sha256, records, of } = made;
  const isAnswered = (post: PlannedPost) => answerOf(post).some(({ n }) => made.answers.has(n));
  return {
    id: capture,
    sealed: { id: sealed.event.id, leaf: sealed.leaf },
    checkpoint,
    said: { method, receivedAt, url },
    committed: committed && {
      event: committed,
      proofs: proveArtifacts(nodeSha256, sealed.salt, artifacts, indexes),
    },
    files: [
      ...going.map(({ file, index }) => (committed === null ? file : { ...file, index })),
      {
        ...{ role: 'exhibits', mediaType: 'application/wacz+zip', sha256, size },
        derived: {
          ...{ from: 'wacz', rule: 'exhibits/1', records, of, statement: derivedStatement },
          posts: posts.filter(isAnswered).map(({ id }) => id),
          postsWithoutAnswer: posts.filter((post) => !isAnswered(post)).map(({ id }) => id),
        },
      },
    ],
    withheld: artifacts.filter(isRecording).map(({ role }) => withheldFile(role, because)),
    readings,
  };
}

function withheldFile(role: Artifact['role'], reason: string): WithheldEntry {
  return { what: 'artifact', role, because: reason };
}

/** A capture that is shown in part for another reason goes along without its recording. */
function withoutRecording(capture: PlannedPartialCapture): PlannedPartialCapture {
  const own = capture.files.filter(isRecording);
  if (own.length === 0) return capture;
  const gone = new Set(own.flatMap(({ index }) => index ?? []));
  return {
    ...capture,
    committed: capture.committed && {
      ...capture.committed,
      proofs: capture.committed.proofs.filter(({ index }) => !gone.has(index)),
    },
    files: capture.files.filter((file) => !isRecording(file)),
    withheld: [...capture.withheld, ...own.map(({ role }) => withheldFile(role, becauseRedacted))],
  };
}
