/**
 * The signed heads of the custody log: each by the key that the log's own beginning names, and each older one the
 * beginning of the newest.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { EventDocument } from '../../contract/events.ts';
import type { LogHead } from '../../contract/model/bundle.ts';
import { readConsistencyFile } from '../bundle/consistency-file.ts';
import { limits } from '../bundle/limits.ts';
import { paths } from '../bundle/paths.ts';
import { type Sha256, sameBytes, toHex } from '../digest/sha256.ts';
import { type Checkpoint, openCheckpoint } from '../log/checkpoint.ts';
import type { Ed25519 } from '../log/ed25519.ts';
import { verifyConsistency } from '../log/merkle.ts';
import { parseVerifierKey } from '../log/note.ts';
import type { ParsingBudget } from './budget.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

export interface OpenedCheckpoint extends Checkpoint {
  /** The bytes of log/checkpoints/<size>, which timestamps are over. */
  note: Uint8Array;
}

export interface Checkpoints {
  /** By size: those that a key of the log has signed. */
  bySize: ReadonlyMap<number, OpenedCheckpoint>;
  newest: OpenedCheckpoint | null;
}

interface Tools {
  sha256: Sha256;
  ed25519?: Ed25519 | undefined;
}

const checkpointFile = /^log\/checkpoints\/([1-9]\d{0,15})$/;

/** Reads all checkpoints, and that they belong together. What does not hold fails the step 'checkpoints'. */
export async function readCheckpoints(
  contents: Contents,
  findings: Findings,
  tools: Tools,
  log: LogExtract,
  budget: ParsingBudget,
): Promise<Checkpoints> {
  const keys = logKeys(findings, log);
  const opened: OpenedCheckpoint[] = [];
  const files = contents.paths().filter((each) => each.startsWith('log/checkpoints/'));
  if (files.length > limits.checkpoints) {
    findings.fail(
      'checkpoints',
      'too-many-checkpoints',
      `The bundle holds ${files.length} checkpoints, expected at most ${limits.checkpoints}.`,
    );
    return { bySize: new Map(), newest: null };
  }
  for (const path of files) {
    const size = Number(checkpointFile.exec(path)?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(size)) {
      findings.fail('checkpoints', 'file-unexpected', `${path} is no name of a checkpoint.`, [
        path,
        'unlisted',
      ]);
      continue;
    }
    const note = await budget.bytes(contents, findings, 'checkpoints', path, limits.smallFile);
    if (note === null) continue;
    const open = () => ({ ...openBySize(note, size, keys, tools.ed25519), note });
    const checkpoint = findings.attempt('checkpoints', 'checkpoint-not-good', path, open);
    if (checkpoint !== null) opened.push(checkpoint);
  }
  opened.sort((a, b) => a.size - b.size);
  const newest = opened[opened.length - 1] ?? null;
  if (files.length === 0) {
    findings.fail(
      'checkpoints',
      'no-heads',
      'The bundle shows no head of a custody log at all: it was made by an early Holdfast, from before the first release, which showed none, or they were taken out. Ask for it to be compiled again.',
    );
  } else if (newest === null) {
    findings.fail('checkpoints', 'no-checkpoint', 'The bundle holds no head of a custody log that holds.');
  }
  await checkAllConsistent(contents, findings, tools.sha256, { files, opened }, budget);
  return { bySize: new Map(opened.map((each) => [each.size, each])), newest };
}

/** The verifier key of each log, by its origin. */
function logKeys(findings: Findings, log: LogExtract): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const document of log.documents.values()) {
    if (document.kind !== 'log.started') continue;
    findings.attempt('checkpoints', 'log-key-not-good', paths.document(document.id), () => {
      checkKey(document);
      if (keys.has(document.body.origin)) {
        throw new HoldfastError('bad-input', 'It starts a log that another event starts, too.');
      }
      keys.set(document.body.origin, document.body.vkey);
    });
  }
  return keys;
}

function checkKey({ body }: Extract<EventDocument, { kind: 'log.started' }>): void {
  if (parseVerifierKey(body.vkey).name !== body.origin) {
    throw new HoldfastError('bad-input', `The key of the log ${body.origin} has another name.`);
  }
}

function openBySize(
  note: Uint8Array,
  size: number,
  keys: ReadonlyMap<string, string>,
  ed25519: Ed25519 | undefined,
): Checkpoint {
  // Attacker-controlled until the signature held: used to choose among keys that the log names, no more.
  const origin = new TextDecoder().decode(note.subarray(0, 600)).split('\n', 1)[0] ?? '';
  const key = keys.get(origin);
  if (key === undefined) {
    throw new HoldfastError('bad-input', 'It is of a log whose beginning is not in this bundle.');
  }
  const checkpoint = openCheckpoint(note, key, ed25519);
  if (checkpoint.size !== size) {
    throw new HoldfastError('bad-input', `It is of size ${checkpoint.size}, not of the size in its name.`);
  }
  return checkpoint;
}

/** By the names alone: that a checkpoint does not hold is said of itself, not of what leads to it. */
function consistencyFiles(sizes: readonly number[], newest: number): ReadonlySet<string> {
  return new Set(sizes.filter((size) => size !== newest).map((size) => paths.consistency(size, newest)));
}

async function checkAllConsistent(
  contents: Contents,
  findings: Findings,
  sha256: Sha256,
  { files, opened }: { files: readonly string[]; opened: readonly OpenedCheckpoint[] },
  budget: ParsingBudget,
): Promise<void> {
  const sizes = files.flatMap((path) => Number(checkpointFile.exec(path)?.[1] ?? 0) || []);
  const largest = Math.max(...sizes);
  const newest = opened.find(({ size }) => size === largest);
  for (const older of opened) {
    if (newest === undefined || older === newest) continue;
    const path = paths.consistency(older.size, newest.size);
    const bytes = await budget.bytes(contents, findings, 'checkpoints', path, limits.smallFile);
    if (bytes === null) continue;
    findings.attempt('checkpoints', 'consistency-broken', path, () =>
      checkConsistent(sha256, bytes, older, newest),
    );
  }
  const expected = consistencyFiles(sizes, largest);
  for (const path of contents.paths()) {
    if (!path.startsWith('log/consistency/') || expected.has(path)) continue;
    findings.fail(
      'checkpoints',
      'file-unexpected',
      `${path} leads from or to a checkpoint that is not in the bundle.`,
      [path, 'unlisted'],
    );
  }
}

function checkConsistent(
  sha256: Sha256,
  bytes: Uint8Array,
  older: OpenedCheckpoint,
  newest: OpenedCheckpoint,
): void {
  const { from, path, checkpoint } = readConsistencyFile(bytes);
  if (from !== older.size || !sameBytes(checkpoint, newest.note)) {
    throw new HoldfastError('bad-input', 'It is between other checkpoints than its name says.');
  }
  if (!verifyConsistency(sha256, { from: older, to: newest, path })) {
    throw new HoldfastError(
      'bad-input',
      `The log of ${newest.size} lines does not begin with the one of ${older.size}: lines were changed, or there are two logs.`,
    );
  }
}

/** A checkpoint as an answer says it. */
export function headOf({ origin, size, root }: Checkpoint): LogHead {
  return { origin, size, root: toHex(root) };
}
