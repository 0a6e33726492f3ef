/**
 * The files of captures that are shown in part: that each is one of those that the log commits to in the line right
 * behind the one that sealed its capture, and that of these none is passed over in silence.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { VerificationStep } from '../../contract/model/bundle.ts';
import type { EventOf } from '../bundle/act.ts';
import { type ArtifactProof, isCommitted, readArtifactFile } from '../bundle/artifact-file.ts';
import type { Evidence, PartialCaptureEntry } from '../bundle/evidence.ts';
import { limits } from '../bundle/limits.ts';
import { captureOfLeaf, isMade } from '../bundle/partial-capture.ts';
import { paths } from '../bundle/paths.ts';
import type { Sha256 } from '../digest/sha256.ts';
import type { ParsingBudget } from './budget.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { ProvenCaptures } from './inclusion.ts';
import type { LogExtract } from './log.ts';
import { isWaczType } from './wacz.ts';

/** By capture id: the line that commits to its artifacts, and those of them that are proven. */
export type ProvenFiles = ReadonlyMap<
  string,
  { committed: EventOf<'artifacts.committed'>; proven: readonly ArtifactProof[] }
>;

interface Sources {
  contents: Contents;
  findings: Findings;
  sha256: Sha256;
  log: LogExtract;
  /** Under which checkpoint each capture was shown to stand. */
  captures: ProvenCaptures;
  budget: ParsingBudget;
}

const artifactsFile = /^log\/artifacts\/([0-9a-f-]{36})\.json$/;

/** What the log proves of files. What does not hold fails the step 'artifacts'. */
export async function readPartialFiles(sources: Sources): Promise<ProvenFiles> {
  const { contents, findings, sha256, log, budget } = sources;
  const files = new Map<string, { committed: EventOf<'artifacts.committed'>; proven: ArtifactProof[] }>();
  for (const committed of commitments(log)) {
    const { capture } = committed.body;
    const misplaced = misplacement(sources, committed);
    if (misplaced !== null) {
      findings.fail('artifacts', 'commitment-misplaced', `${paths.leaf(committed.id)} ${misplaced}`);
      continue;
    }
    const path = paths.artifacts(capture);
    const bytes = await budget.bytes(contents, findings, 'artifacts', path, limits.parsedFile);
    const file =
      bytes === null
        ? null
        : findings.attempt(
            'artifacts',
            'proofs-unreadable',
            path,
            () => fileOf(readArtifactFile(bytes), committed),
            'unreadable',
          );
    const proven = (file?.artifacts ?? []).filter((proof) => {
      if (isCommitted(sha256, proof, committed.body)) return true;
      findings.fail(
        'artifacts',
        'artifact-not-proven',
        `${path}: artifact ${proof.index} is not the one that ${paths.document(committed.id)} commits to in this place: its description, salt or path differs.`,
      );
      return false;
    });
    files.set(capture, { committed, proven });
  }
  refuseOthers(sources, new Set(commitments(log).map(({ body }) => paths.artifacts(body.capture))));
  return files;
}

function commitments(log: LogExtract): EventOf<'artifacts.committed'>[] {
  return [...log.documents.values()].filter((document) => document.kind === 'artifacts.committed');
}

/**
 * Why a line is not the one commitment to its capture; null where it is. Where any other place would do, a second one
 * could be made for files that fit better.
 */
function misplacement(
  { log, captures }: Sources,
  { id, body }: EventOf<'artifacts.committed'>,
): string | null {
  const sealed = [...log.alone.values()].find((leaf) => captureOfLeaf(leaf) === body.capture);
  if (sealed === undefined) return `commits to artifacts of a capture that is not shown in part.`;
  const seq = log.leaves.get(id)?.seq;
  if (seq !== sealed.seq + 1) return `does not stand right behind ${paths.leaf(sealed.event)}.`;
  const under = captures.get(body.capture);
  // The capture's checkpoint says by when it was sealed; what it is made of must not be younger.
  return under !== undefined && seq >= under.size
    ? `is not under the checkpoint of its capture, of ${under.size} lines.`
    : null;
}

function fileOf(
  file: ReturnType<typeof readArtifactFile>,
  committed: EventOf<'artifacts.committed'>,
): ReturnType<typeof readArtifactFile> {
  if (file.capture === committed.body.capture && file.event === committed.id) return file;
  throw new HoldfastError('bad-input', 'It is about another capture, or another line of the log.');
}

/** Of a document that cannot be read nobody knows which capture it was about. */
function refuseOthers({ contents, findings, log }: Sources, expected: ReadonlySet<string>): void {
  for (const path of log.isWhole ? contents.paths() : []) {
    if (!artifactsFile.test(path) || expected.has(path)) continue;
    findings.fail('artifacts', 'file-unexpected', `${path} proves the files of no capture in the bundle.`, [
      path,
      'unlisted',
    ]);
  }
}

/**
 * That the files which evidence.json shows are the proven ones, byte for byte, and that with those that it says are
 * withheld they are all. Gives what the step 'artifacts' says; what does not hold fails it.
 */
export async function checkPartialFiles(
  contents: Contents,
  findings: Findings,
  evidence: Evidence | null,
  files: ProvenFiles,
): Promise<Omit<VerificationStep, 'step'>> {
  const shown = evidence?.partialCaptures ?? [];
  let inWordsOnly = 0;
  for (const capture of shown) {
    checkDerived(findings, capture);
    const known = files.get(capture.id);
    if (known === undefined) inWordsOnly += 1;
    else await checkCapture(contents, findings, capture, known);
  }
  const answer = said(shown.length, inWordsOnly);
  const derived = shown.flatMap((capture) => capture.files).some((file) => file.derived !== undefined);
  return derived ? { ...answer, message: `${answer.message} ${derivedWords}` } : answer;
}

const derivedWords =
  'Recordings that were cut down to what exhibits need are the statement of the signer: nothing in the bundle shows that their records stand in the recordings that stay behind.';

/** What is cut out of a recording stands in its place, and speaks of posts that are shown. */
function checkDerived(findings: Findings, { id, files, withheld, readings }: PartialCaptureEntry): void {
  const posts = new Set(readings.flatMap((reading) => reading.posts.map((post) => post.id)));
  for (const { path, role, mediaType, index, covered, derived } of files) {
    if (derived === undefined) continue;
    const { from, records, of } = derived;
    const named = [...derived.posts, ...derived.postsWithoutAnswer];
    const isFit =
      role === 'exhibits' &&
      isWaczType(mediaType) &&
      index === undefined &&
      covered === undefined &&
      records <= of &&
      new Set(named).size === named.length &&
      named.every((post) => posts.has(post)) &&
      withheld.some((entry) => entry.what === 'artifact' && entry.role === from);
    if (isFit) continue;
    findings.fail(
      'artifacts',
      'derived-unfit',
      `${path} is said to be cut out of a recording of capture ${id}: that is not withheld, or what is said of it does not fit together.`,
    );
  }
}

async function checkCapture(
  contents: Contents,
  findings: Findings,
  { id, files, withheld }: PartialCaptureEntry,
  { committed, proven }: { committed: EventOf<'artifacts.committed'>; proven: readonly ArtifactProof[] },
): Promise<void> {
  // What was covered or derived is a new file, and its original is among what is withheld.
  const own = files.filter((file) => !isMade(file));
  for (const { path, index, sha256 } of own) {
    const proof = proven.find((each) => each.index === index);
    if (proof === undefined || proof.artifact.sha256 !== sha256) {
      findings.fail(
        'artifacts',
        'artifact-without-proof',
        `${path} is shown as a file of the capture, but ${paths.artifacts(id)} does not prove it.`,
      );
    } else if (
      contents.size(path) !== proof.artifact.size ||
      (await contents.digest(path)) !== proof.artifact.sha256
    ) {
      findings.fail(
        'artifacts',
        'artifact-differs',
        `${path} is missing, or not the file that ${paths.document(committed.id)} commits to.`,
        [path, contents.has(path) ? 'changed' : 'missing'],
      );
    }
  }
  const hidden = withheld.filter(({ what }) => what === 'artifact').length;
  if (own.length + hidden === committed.body.artifacts) return;
  findings.fail(
    'artifacts',
    'artifacts-uncounted',
    `Of capture ${id} ${own.length} files are shown and ${hidden} are said to be withheld; ${paths.document(committed.id)} commits to ${committed.body.artifacts}.`,
  );
}

function said(captures: number, inWordsOnly: number): Omit<VerificationStep, 'step'> {
  if (captures === 0) {
    return {
      status: 'not-present',
      code: 'none-in-part',
      message: 'No capture is shown in part.',
    };
  }
  if (inWordsOnly === 0) {
    return {
      status: 'ok',
      code: 'ok',
      message: `Every file of ${captures === 1 ? 'the capture that is' : `the ${captures} captures that are`} shown in part is one that the custody log committed to when it was sealed, and how many are withheld is what it says. Of pictures that were covered afterwards, the signer says what they show.`,
    };
  }
  return {
    status: 'not-known',
    code: 'files-by-word',
    message: `${inWordsOnly === captures ? (captures === 1 ? 'The capture that is shown in part was' : `All ${captures} captures that are shown in part were`) : `Of ${captures} captures that are shown in part, ${inWordsOnly} ${inWordsOnly === 1 ? 'was' : 'were'}`} sealed before the custody log committed to files one by one: that the files shown are theirs is the signer's word.`,
  };
}
