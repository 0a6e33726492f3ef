/** The dated library as it is shown: what was recorded, with people's corrections over it. */
import { HoldfastError } from '../../contract/errors.ts';
import { findBytes } from '../../db/blob.ts';
import { listCorrections, type StoredCorrection } from '../../db/clause-note.ts';
import type { ReadableDb } from '../../db/handle.ts';
import {
  getVersion,
  listParts,
  listPartsByKey,
  listPolicies,
  listVersions,
  policyOfKey,
  type StoredPart,
  type StoredPolicy,
  type StoredVersion,
} from '../../db/policy.ts';
import { fromHex } from '../../evidence/digest/sha256.ts';
import { platformSlug } from '../../evidence/policy/keys.ts';
import { pathsOf } from '../../evidence/policy/path.ts';
import { placedText } from '../../evidence/policy/placed.ts';
import type { Archive } from '../archive.ts';
import { readBlob } from '../blobs.ts';
import { remembering } from './remembering.ts';

export interface LibraryPart extends StoredPart {
  /** Headings over it, outermost first. */
  path: readonly string[];
  roleBasis: 'proposed' | 'confirmed';
  /** Of reworded clauses: a person said that it is the same clause. */
  isConfirmed: boolean;
}
/** A part that is a clause: it has a key. */
export type LibraryClause = LibraryPart & { key: string; words: string };

export interface LibraryVersion extends StoredVersion {
  parts: readonly LibraryPart[];
  clauses: readonly LibraryClause[];
}

function withPaths(parts: readonly StoredPart[]): LibraryPart[] {
  const paths = pathsOf(parts);
  return parts.map((part, i) => ({
    ...part,
    path: paths[i] ?? [],
    roleBasis: 'proposed',
    isConfirmed: false,
  }));
}

function correct(part: LibraryPart, corrections: readonly StoredCorrection[], version: string): LibraryPart {
  let corrected = part;
  for (const { key, change, version: from } of corrections) {
    if (corrected.key !== key) continue;
    if (change.kind === 'key') corrected = { ...corrected, key: change.key, match: 'corrected' };
    else if (change.kind === 'role') corrected = { ...corrected, role: change.role, roleBasis: 'confirmed' };
    else if (from === version) corrected = { ...corrected, isConfirmed: true };
  }
  return corrected;
}

const isClause = (part: LibraryPart): part is LibraryClause => part.key !== null && part.words !== null;

/** The versions of a policy in the order in which they were seen. */
export const versionsOf: (db: ReadableDb, policyId: string) => readonly StoredVersion[] =
  remembering(listVersions);
const correctionsOf = remembering(listCorrections);
const placeOf = remembering(
  (db, policyId): ReadonlyMap<string, number> =>
    new Map(versionsOf(db, policyId).map(({ id }, i) => [id, i])),
);

/** The corrections that count for a version: made after it was recorded, from it or one before it on. */
function correctionsFor(db: ReadableDb, version: StoredVersion): StoredCorrection[] {
  const places = placeOf(db, version.policyId);
  const place = places.get(version.id) ?? 0;
  return correctionsOf(db, version.policyId).filter(
    ({ version: from, seq }) => (places.get(from) ?? 0) <= place && version.seq < seq,
  );
}

/** One version with its parts. Errors: `policy-version-not-found`. */
export const loadVersion: (db: ReadableDb, id: string) => LibraryVersion = remembering((db, id) => {
  const version = requireVersion(db, id);
  const corrections = correctionsFor(db, version);
  const parts = withPaths(listParts(db, version.seq)).map((part) => correct(part, corrections, id));
  return { ...version, parts, clauses: parts.filter(isClause) };
});

/** The versions of a policy in the order in which they were seen, with their parts. */
export function loadVersions(db: ReadableDb, policyId: string): LibraryVersion[] {
  return versionsOf(db, policyId).map(({ id }) => loadVersion(db, id));
}

/** How a clause stands in each version that has it. */
export interface ClauseLife {
  policy: StoredPolicy;
  /** All of the policy, in the order in which they were seen. */
  versions: readonly StoredVersion[];
  /** By the id of the version. */
  stands: ReadonlyMap<string, StandingClause>;
}
export type StandingClause = Omit<LibraryClause, 'path'>;

/** Keys whose clauses may be this one now: its own, and those that a correction led to it. */
function recordedKeys(corrections: readonly StoredCorrection[], key: string): Set<string> {
  const keys = new Set([key]);
  for (const { change, key: from } of [...corrections].reverse())
    if (change.kind === 'key' && keys.has(change.key)) keys.add(from);
  return keys;
}

/**
 * Where a clause stands, found by its key alone: without reading the parts of all versions.
 * Null: no version has a clause with this key.
 */
export const lifeOf: (db: ReadableDb, key: string) => ClauseLife | null = remembering((db, key) => {
  const policyId = policyOfKey(db, key);
  const policy = listPolicies(db, null).find(({ id }) => id === policyId);
  if (policy === undefined) return null;
  const versions = versionsOf(db, policy.id);
  const found = new Map<string, StandingClause>();
  for (const recorded of recordedKeys(correctionsOf(db, policy.id), key)) {
    for (const [seq, part] of listPartsByKey(db, recorded)) {
      const version = versions.find((candidate) => candidate.seq === seq);
      if (version === undefined) continue;
      const bare: LibraryPart = { ...part, path: [], roleBasis: 'proposed', isConfirmed: false };
      const corrected = correct(bare, correctionsFor(db, version), version.id);
      if (corrected.key === key && isClause(corrected)) found.set(version.id, corrected);
    }
  }
  const inOrder = versions.flatMap(({ id }): [string, StandingClause][] => {
    const part = found.get(id);
    return part === undefined ? [] : [[id, part]];
  });
  return inOrder.length === 0 ? null : { policy, versions, stands: new Map(inOrder) };
});

/** The exact bytes of a version's text. Errors: `archive-damaged` where they are not there. */
export function versionBytes(db: ReadableDb, version: StoredVersion): Uint8Array {
  return bytesAt(db, version, 0, version.size);
}

/** The words of one part, without the white space around it. Errors: `archive-damaged`. */
export function partText(db: ReadableDb, version: StoredVersion, part: StoredPart): string {
  return placedText(bytesAt(db, version, part.startByte, part.bytes), { ...part, startByte: 0 }).text;
}

function bytesAt(db: ReadableDb, version: StoredVersion, start: number, size: number): Uint8Array {
  const stored = findBytes(db, fromHex(version.sha256));
  if (stored === null || stored.size !== version.size) {
    throw new HoldfastError(
      'archive-damaged',
      `The text of the policy version ${version.id} is not in the archive.`,
    );
  }
  return Buffer.concat([...readBlob({ db }, stored.blobId, stored.offset + start, size)]);
}

/** Errors: `policy-version-not-found`. */
export function requireVersion(db: ReadableDb, id: string): StoredVersion {
  const version = getVersion(db, id);
  if (version === null) {
    throw new HoldfastError(
      'policy-version-not-found',
      `There is no policy version ${id} in this archive. 'holdfast policy versions' lists them.`,
    );
  }
  return version;
}

/** The policies of a platform, as it is named by people or in keys; of all where null. Errors: `policy-not-found`. */
export function requirePolicies(
  archive: Archive,
  platform: string | null,
  name: string | null,
): StoredPolicy[] {
  const slug = platform === null ? null : platformSlug(platform);
  const found = listPolicies(archive.db, slug).filter(
    (policy) => name === null || policy.id === name || policy.name.toLowerCase() === name.toLowerCase(),
  );
  if (found.length === 0) {
    const what = name === null ? 'a policy' : `the policy '${name}'`;
    throw new HoldfastError(
      'policy-not-found',
      `The library does not have ${what}${platform === null ? '' : ` of '${platform}'`}. 'holdfast policy list' shows what it has.`,
    );
  }
  return found;
}
