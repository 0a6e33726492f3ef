/** The dated library as it is shown: what was recorded, with people's corrections over it. */
import { HoldfastError } from '../../contract/errors.ts';
import { findBytes } from '../../db/blob.ts';
import { listCorrections, type StoredCorrection } from '../../db/clause-note.ts';
import type { ReadableDb } from '../../db/handle.ts';
import {
  getVersion,
  listParts,
  listPolicies,
  listVersions,
  type StoredPart,
  type StoredPolicy,
  type StoredVersion,
} from '../../db/policy.ts';
import { fromHex } from '../../evidence/digest/sha256.ts';
import { platformSlug } from '../../evidence/policy/keys.ts';
import { pathsOf } from '../../evidence/policy/path.ts';
import type { Archive } from '../archive.ts';
import { readBlob } from '../blobs.ts';

export { type PlacedText, placedText } from '../../evidence/policy/placed.ts';

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

/** What makes versions of one policy readable: their order and the corrections. */
function reader(db: ReadableDb, policyId: string) {
  const versions = listVersions(db, policyId);
  const order = new Map(versions.map(({ id }, i) => [id, i]));
  const corrections = listCorrections(db, policyId);
  const read = (version: StoredVersion): LibraryVersion => {
    const place = order.get(version.id) ?? 0;
    const applying = corrections.filter(
      ({ version: from, seq }) => (order.get(from) ?? 0) <= place && version.seq < seq,
    );
    const parts = withPaths(listParts(db, version.seq)).map((part) => correct(part, applying, version.id));
    return { ...version, parts, clauses: parts.filter(isClause) };
  };
  return { versions, read };
}

/** The versions of a policy in the order in which they were seen, with their parts. */
export function loadVersions(db: ReadableDb, policyId: string): LibraryVersion[] {
  const { versions, read } = reader(db, policyId);
  return versions.map(read);
}

/** One version with its parts. Errors: `policy-version-not-found`. */
export function loadVersion(db: ReadableDb, id: string): LibraryVersion {
  const version = requireVersion(db, id);
  return reader(db, version.policyId).read(version);
}

/** The exact bytes of a version's text. Errors: `archive-damaged` where they are not there. */
export function versionBytes(db: ReadableDb, version: StoredVersion): Uint8Array {
  const stored = findBytes(db, fromHex(version.sha256));
  if (stored === null || stored.size !== version.size) {
    throw new HoldfastError(
      'archive-damaged',
      `The text of the policy version ${version.id} is not in the archive.`,
    );
  }
  return Buffer.concat([...readBlob({ db }, stored.blobId, stored.offset, stored.size)]);
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
