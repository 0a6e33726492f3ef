/** That every disclosed line of the log stands under a checkpoint: all under the newest, captures under their own. */
import { HoldfastError } from '../../contract/errors.ts';
import { readInclusionFile } from '../bundle/inclusion-file.ts';
import { limits } from '../bundle/limits.ts';
import { captureOfLeaf } from '../bundle/partial-capture.ts';
import { paths } from '../bundle/paths.ts';
import { fromHex, type Sha256, toHex } from '../digest/sha256.ts';
import { verifyInclusion } from '../log/merkle.ts';
import { maxProofLength, parseTlogProof } from '../log/tlog-proof.ts';
import type { ParsingBudget } from './budget.ts';
import type { Checkpoints, OpenedCheckpoint } from './checkpoints.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

/** By capture id: the checkpoint that its proof leads to. */
export type ProvenCaptures = ReadonlyMap<string, OpenedCheckpoint>;

interface Sources {
  contents: Contents;
  findings: Findings;
  sha256: Sha256;
  log: LogExtract;
  checkpoints: Checkpoints;
  budget: ParsingBudget;
}

/** What does not hold fails the step 'inclusion'. */
export async function checkInclusion(sources: Sources): Promise<ProvenCaptures> {
  await checkAllUnderNewest(sources);
  return checkCaptures(sources);
}

async function checkAllUnderNewest(sources: Sources): Promise<void> {
  const { contents, findings, log, checkpoints, budget } = sources;
  const path = paths.inclusion;
  const bytes = await budget.bytes(contents, findings, 'inclusion', path, limits.parsedFile);
  if (bytes === null) return;
  const file = findings.attempt(
    'inclusion',
    'inclusion-unreadable',
    path,
    () => readInclusionFile(bytes),
    'unreadable',
  );
  const { newest } = checkpoints;
  if (file === null || newest === null) return;
  if (file.size !== newest.size) {
    findings.fail(
      'inclusion',
      'proof-of-other-size',
      `${path} is about a log of ${file.size} lines; the newest checkpoint has ${newest.size}.`,
    );
    return;
  }
  const proven = new Set<string>();
  for (const { event, seq, path: hashes } of file.leaves) {
    proven.add(event);
    const problem = leafProblem(sources, event, seq, hashes.map(fromHex), newest);
    if (problem !== null) findings.fail('inclusion', 'leaf-not-in-log', `${path}: ${problem}`);
  }
  for (const id of [...log.documents.keys(), ...log.alone.keys()]) {
    if (!proven.has(id))
      findings.fail(
        'inclusion',
        'leaf-without-proof',
        `${paths.leaf(id)} is shown, but ${path} does not show that it stands in the log.`,
      );
  }
  if (proven.size !== file.leaves.length)
    findings.fail('inclusion', 'proof-twice', `${path} proves a line twice.`);
}

/** Why the path does not show that the event's leaf stands there; null where it does. */
function leafProblem(
  { sha256, log }: Sources,
  event: string,
  index: number,
  path: readonly Uint8Array[],
  { size, root }: OpenedCheckpoint,
): string | null {
  const leaf = log.leafHashes.get(event);
  const seq = log.leaves.get(event)?.seq;
  if (leaf === undefined || seq === undefined)
    return `it proves the line of an event ${event} that the bundle does not show.`;
  if (seq !== index) return `${paths.leaf(event)} says place ${seq} in the log, its proof place ${index}.`;
  return verifyInclusion(sha256, { leaf, index, size, path, root })
    ? null
    : `${paths.leaf(event)} does not stand in the log of ${size} lines at place ${index}.`;
}

async function checkCaptures(sources: Sources): Promise<ProvenCaptures> {
  const { contents, findings, log, budget } = sources;
  const proven = new Map<string, OpenedCheckpoint>();
  const expected = new Set<string>();
  const byNote = new Map([...sources.checkpoints.bySize.values()].map((each) => [toHex(each.note), each]));
  for (const [event, capture] of sealedCaptures(log)) {
    const path = paths.proof(capture);
    if (expected.has(path))
      findings.fail('inclusion', 'capture-twice', `${path}: two lines seal this capture.`);
    expected.add(path);
    const bytes = await budget.bytes(contents, findings, 'inclusion', path, maxProofLength);
    if (bytes === null) continue;
    const checkpoint = findings.attempt('inclusion', 'proof-not-good', path, () =>
      proveCapture(sources, byNote, event, bytes),
    );
    if (checkpoint !== null) proven.set(capture, checkpoint);
  }
  // Of a document that cannot be read nobody knows which capture it sealed.
  for (const path of log.isWhole ? contents.paths() : []) {
    if (!path.startsWith('log/proofs/') || expected.has(path)) continue;
    findings.fail('inclusion', 'file-unexpected', `${path} is the proof of no capture in the bundle.`, [
      path,
      'unlisted',
    ]);
  }
  return proven;
}

/** Event and capture, of documents and of lines that stand alone. */
function sealedCaptures({ documents, alone }: LogExtract): [string, string][] {
  const whole = [...documents.values()].flatMap((document): [string, string][] =>
    document.kind === 'capture.sealed' ? [[document.id, document.body.capture]] : [],
  );
  return [...whole, ...[...alone].map(([id, leaf]): [string, string] => [id, captureOfLeaf(leaf) ?? ''])];
}

function proveCapture(
  sources: Sources,
  byNote: ReadonlyMap<string, OpenedCheckpoint>,
  event: string,
  bytes: Uint8Array,
): OpenedCheckpoint {
  const proof = parseTlogProof(bytes);
  // Nobody signs it: what stands there could be taken for part of the proof.
  if (proof.extra !== null)
    throw new HoldfastError('bad-input', 'It carries extra data, which nothing covers.');
  const checkpoint = byNote.get(toHex(proof.checkpoint));
  if (checkpoint === undefined) {
    throw new HoldfastError('bad-input', 'It leads to a checkpoint that is not one of log/checkpoints/.');
  }
  const problem = leafProblem(sources, event, proof.index, proof.path, checkpoint);
  if (problem !== null) throw new HoldfastError('bad-input', problem);
  return checkpoint;
}
