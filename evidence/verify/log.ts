/** The disclosed part of the custody log: each leaf with the document and the salt that it commits to. */

import { HoldfastError } from '../../contract/errors.ts';
import { type EventDocument, eventSchema, subjectsOf } from '../../contract/events.ts';
import { limits } from '../bundle/limits.ts';
import { captureOfLeaf } from '../bundle/partial-capture.ts';
import { paths } from '../bundle/paths.ts';
import { parseStrict } from '../bundle/strict.ts';
import { fromHex, type Sha256, toHex } from '../digest/sha256.ts';
import { commitment, type Leaf, parseLeaf } from '../log/leaf.ts';
import { leafHash } from '../log/merkle.ts';
import type { ParsingBudget } from './budget.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';

export interface LogExtract {
  /** By event id. */
  documents: ReadonlyMap<string, EventDocument>;
  /** By event id; only leaves that fit their document. */
  leaves: ReadonlyMap<string, Leaf>;
  /** By event id: what stands in the tree for them (RFC 6962, section 2.1). */
  leafHashes: ReadonlyMap<string, Uint8Array>;
  /** By event id: leaves of captures of which something is withheld, shown without document and salt. */
  alone: ReadonlyMap<string, Leaf>;
  /** Every document could be read. */
  isWhole: boolean;
}

const eventFile = /^log\/(?:documents|leaves|salts)\/([0-9a-f-]{36})\.(?:json|txt)$/;

/** Reads all disclosed events. What does not fit together fails the step 'leaves'. */
export async function readLog(
  contents: Contents,
  findings: Findings,
  sha256: Sha256,
  budget: ParsingBudget,
): Promise<LogExtract> {
  const ids = new Set(contents.paths().flatMap((path) => eventFile.exec(path)?.[1] ?? []));
  const documents = new Map<string, EventDocument>();
  const leaves = new Map<string, Leaf>();
  const leafHashes = new Map<string, Uint8Array>();
  if (ids.size === 0) findings.fail('leaves', 'no-leaves', 'The bundle holds no part of a custody log.');
  const alone = new Map<string, Leaf>();
  for (const id of ids) {
    if (!contents.has(paths.document(id)) && !contents.has(paths.salt(id)) && contents.has(paths.leaf(id))) {
      const bytes = await budget.bytes(contents, findings, 'leaves', paths.leaf(id), limits.smallFile);
      const leaf =
        bytes === null
          ? null
          : findings.attempt('leaves', 'leaf-unreadable', paths.leaf(id), () => leafAlone(bytes, id));
      if (bytes === null || leaf === null) continue;
      alone.set(id, leaf);
      leaves.set(id, leaf);
      leafHashes.set(id, leafHash(sha256, bytes));
      continue;
    }
    const files = await readEvent(contents, findings, budget, id);
    if (files === null) continue;
    const readDocument = () => parseStrict(eventSchema, files.document);
    const document = findings.attempt(
      'leaves',
      'document-unreadable',
      paths.document(id),
      readDocument,
      'unreadable',
    );
    if (document !== null) documents.set(id, document);
    const leaf = findings.attempt(
      'leaves',
      'leaf-unreadable',
      paths.leaf(id),
      () => parseLeaf(files.leaf),
      'unreadable',
    );
    const salt = findings.attempt(
      'leaves',
      'salt-unreadable',
      paths.salt(id),
      () => parseSalt(files.salt),
      'unreadable',
    );
    if (document === null || leaf === null || salt === null) continue;
    if (toHex(commitment(sha256, salt, files.document)) !== leaf.commitment) {
      findings.fail(
        'leaves',
        'commitment-differs',
        `${paths.leaf(id)} commits to another document than ${paths.document(id)}, or with another salt.`,
      );
    } else if (agrees(findings, id, document, leaf)) {
      leaves.set(id, leaf);
      leafHashes.set(id, leafHash(sha256, files.leaf));
    }
  }
  checkPositions(findings, leaves);
  return { documents, leaves, leafHashes, alone, isWhole: documents.size + alone.size === ids.size };
}

/** Only the line that seals a capture may stand without its document: of every other act a bundle says what it was. */
function leafAlone(bytes: Uint8Array, id: string): Leaf {
  const leaf = parseLeaf(bytes);
  if (leaf.event === id && captureOfLeaf(leaf) !== null) return leaf;
  throw new HoldfastError('bad-input', 'It stands without its document, and is not the line of a capture.');
}

async function readEvent(contents: Contents, findings: Findings, budget: ParsingBudget, id: string) {
  const read = (path: string, limit: number) => budget.bytes(contents, findings, 'leaves', path, limit);
  const document = await read(paths.document(id), limits.parsedFile);
  const leaf = await read(paths.leaf(id), limits.smallFile);
  const salt = await read(paths.salt(id), limits.smallFile);
  return document === null || leaf === null || salt === null ? null : { document, leaf, salt };
}

/** 64 lower-case hexadecimal digits and a line feed. */
function parseSalt(bytes: Uint8Array): Uint8Array {
  const [, digits] = /^([0-9a-f]{64})\n$/.exec(new TextDecoder().decode(bytes)) ?? [];
  if (digits === undefined)
    throw new HoldfastError('bad-input', 'Expected 32 bytes in hexadecimal on one line.');
  return fromHex(digits);
}

/** What a leaf says in clear must be what its document says. */
function agrees(findings: Findings, id: string, document: EventDocument, leaf: Leaf): boolean {
  const members: readonly (readonly [string, boolean])[] = [
    ['event', leaf.event === document.id && document.id === id],
    ['kind', leaf.kind === document.kind],
    ['time', leaf.time === document.time],
    ['subjects', leaf.subjects.join() === subjectsOf(document).join()],
  ];
  const differing = members.filter(([, same]) => !same).map(([name]) => name);
  if (differing.length === 0) return true;
  findings.fail(
    'leaves',
    'leaf-contradicts',
    `${paths.leaf(id)} says otherwise than ${paths.document(id)} in: ${differing.join(', ')}.`,
  );
  return false;
}

function checkPositions(findings: Findings, leaves: ReadonlyMap<string, Leaf>): void {
  const taken = new Map<number, string>();
  for (const [id, { seq }] of leaves) {
    const other = taken.get(seq);
    if (other !== undefined) {
      findings.fail(
        'leaves',
        'position-taken',
        `${paths.leaf(id)} and ${paths.leaf(other)} claim the same position ${seq} in the log.`,
      );
    }
    taken.set(seq, id);
  }
}
