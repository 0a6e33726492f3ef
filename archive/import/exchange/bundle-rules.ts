/**
 * The policies and versions of a bundle in this library. A version that is here already is used as it is; else it is
 * added with the parts that it was recorded with, and a source that names the bundle. What stands where in it is told by
 * place: keys are each archive's own.
 */
import type { EventBody } from '../../../contract/events.ts';
import type { PolicyPart } from '../../../contract/model/policy.ts';
import { insertPart } from '../../../db/blob.ts';
import { getClause, getClauseByKey } from '../../../db/clause.ts';
import {
  getVersion,
  keysOf,
  listPolicies,
  listVersions,
  type StoredPolicy,
  type StoredVersion,
} from '../../../db/policy.ts';
import { type EventOf, missing } from '../../../evidence/bundle/act.ts';
import type { ClauseEntry } from '../../../evidence/bundle/evidence.ts';
import { policyTextPath } from '../../../evidence/bundle/paths.ts';
import { RuleTexts } from '../../../evidence/bundle/rule-texts.ts';
import { fromHex } from '../../../evidence/digest/sha256.ts';
import { newId } from '../../../evidence/id.ts';
import { isCounted } from '../../../evidence/policy/counting.ts';
import { spanOf } from '../../../evidence/policy/in-force.ts';
import type { SplitPart } from '../../../evidence/policy/split.ts';
import type { VerifiedBundle } from '../../../evidence/verify/verify.ts';
import type { Archive } from '../../archive.ts';
import { readBlob } from '../../blobs.ts';
import { KeyKeeper } from '../../policies/key-keeper.ts';
import { loadVersion, loadVersions } from '../../policies/library.ts';
import { recordEvent } from '../../record.ts';
import type { Warning } from '../contents.ts';

type Version = EventOf<'version.added'>;
type Policy = EventOf<'policy.added'>;

/** A clause as a tag cites it. */
export type Dated = NonNullable<EventBody<'tag.set'>['dated']>;

export interface TakenFrom {
  archive: Archive;
  bundle: VerifiedBundle;
  /** Of the zip file, which is sealed. */
  blobId: number;
  signer: { name: string; fingerprint: string };
  verdict: 'trusted' | 'consistent';
  /** What its log is to what was known of it: 'other-key' where the archive was known by another. */
  log: EventBody<'bundle.imported'>['log'];
}

function documentsOf<K extends 'version.added' | 'policy.added' | 'clause.corrected'>(
  { log }: VerifiedBundle,
  kind: K,
): EventOf<K>[] {
  return [...log.documents.values()].filter((document): document is EventOf<K> => document.kind === kind);
}

/** What SQL would refuse: parts that are neither a heading nor a clause, or a key twice. Attacker-controlled. */
function isSound(parts: readonly PolicyPart[]): boolean {
  const keys = parts.flatMap(({ key }) => key ?? []);
  return (
    new Set(keys).size === keys.length &&
    parts.every(({ kind, key, words, level }) =>
      kind === 'clause'
        ? key !== undefined && words !== undefined && level === undefined
        : key === undefined && words === undefined && level !== undefined,
    )
  );
}

export class BundleRules {
  readonly #from: TakenFrom;
  readonly #warn: (warning: Warning) => void;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #versions: ReadonlyMap<string, Version>;
  /** Ids here, by the id there. */
  readonly #local = new Map<string, string>();
  readonly #places = new Map<string, ReadonlyMap<string, { key: string; part: number }>>();
  /** Versions that are here, but did not count until now. */
  readonly #vouched = new Set<string>();
  #texts: RuleTexts | null = null;
  #isTaken = false;

  constructor(from: TakenFrom, warn: (warning: Warning) => void) {
    this.#from = from;
    this.#warn = warn;
    this.#policies = new Map(
      documentsOf(from.bundle, 'policy.added').map((each) => [each.body.policy, each]),
    );
    this.#versions = new Map(
      documentsOf(from.bundle, 'version.added').map((each) => [each.body.version, each]),
    );
    for (const [id, version] of this.#versions) {
      const known = this.#find(version);
      if (known === null) continue;
      this.#local.set(id, known.id);
      if (this.#isVouchedFor(version) && !isCounted(known)) this.#vouched.add(id);
    }
  }

  /** Whether the bundle's signer was checked, and says to have seen the text: not that it came there in another bundle. */
  #isVouchedFor({ body: { source } }: Version): boolean {
    return this.#from.verdict === 'trusted' && source.bundle === undefined;
  }

  /** The version here that is this one: by its id, or seen at the same time with the same text; rather one that counts. */
  #find(version: Version): StoredVersion | null {
    const { db } = this.#from.archive;
    const { body } = version;
    const about = this.#policies.get(body.policy);
    const names = about === undefined ? [] : [about.body.name, ...this.#namesApart(about, version)];
    const found = names.flatMap((name) => {
      const policy = this.#policyHere(about, name);
      return policy === null ? [] : listVersions(db, policy.id).filter((known) => isSame(known, body));
    });
    const own = getVersion(db, body.version);
    if (own !== null && isSame(own, body)) found.unshift(own);
    return found.find(isCounted) ?? found[0] ?? null;
  }

  /** How many versions are here and do not count yet, for which the bundle vouches. */
  get awaited(): number {
    return this.#vouched.size;
  }

  #policyHere(policy: Policy | undefined, name = policy?.body.name): StoredPolicy | null {
    if (policy === undefined || name === undefined) return null;
    const { platform, kind, jurisdiction } = policy.body;
    return (
      listPolicies(this.#from.archive.db, platform).find(
        (known) =>
          known.kind === kind &&
          known.jurisdiction === jurisdiction &&
          known.name.toLowerCase() === name.toLowerCase(),
      ) ?? null
    );
  }

  /** Adds the versions that are not here yet, once. Inside the caller's transaction. */
  take(): void {
    if (this.#isTaken) return;
    this.#isTaken = true;
    const byTime = [...this.#versions.values()].sort(
      (a, b) => spanOf(a.body.seen).from - spanOf(b.body.seen).from,
    );
    for (const version of byTime) {
      const { version: id } = version.body;
      if (!this.#local.has(id) || this.#vouched.has(id)) this.#add(version);
    }
  }

  /** The texts of the bundle with its corrections. */
  #there(): RuleTexts {
    const { bundle } = this.#from;
    const seq = (event: { id: string }) => bundle.log.leaves.get(event.id)?.seq ?? 0;
    this.#texts ??= new RuleTexts(
      [...this.#versions.values()].map((added) => ({ added, seq: seq(added), text: this.#bytes(added) })),
      documentsOf(bundle, 'clause.corrected')
        .map((corrected) => ({ corrected, seq: seq(corrected) }))
        .sort((a, b) => a.seq - b.seq),
    );
    return this.#texts;
  }

  #file({ body }: Version): { offset: number; size: number } {
    const policy = this.#policies.get(body.policy)?.body;
    const path = policyTextPath(policy?.platform ?? '', policy?.name ?? '', body.version);
    const file = this.#from.bundle.entries.get(path);
    if (file === undefined) throw missing(path);
    return { offset: file.contentOffset, size: file.size };
  }

  #bytes(version: Version): Uint8Array {
    const { offset, size } = this.#file(version);
    return Buffer.concat([...readBlob(this.#from.archive, this.#from.blobId, offset, size)]);
  }

  #add(version: Version): void {
    const { archive, bundle, blobId, signer } = this.#from;
    const about = this.#policies.get(version.body.policy);
    const asCorrected = this.#there()
      .parts(version.body.version)
      .map(({ part, key, role }) => withKey(part, key, role));
    if (about === undefined || !isSound(asCorrected) || !isPossible(about)) {
      this.#warn({
        code: 'policy-version-not-taken',
        message: `The policy version ${version.body.version} of the bundle is not put together as versions are; tags that cite it were not taken in.`,
      });
      return;
    }
    const policy = this.#policyFor(about, version);
    const parts = this.#keyed(policy, about, version, asCorrected);
    const { offset, size } = this.#file(version);
    const { sha256, title, seen, inForceFrom, cause, source, splitter } = version.body;
    insertPart(archive.db, fromHex(sha256), { blobId, offset, size, mediaType: 'text/markdown' });
    const id = getVersion(archive.db, version.body.version) === null ? version.body.version : newId();
    const { bundle: bundleId, archive: from } = bundle.evidence;
    const origin = `bundle ${bundleId} of the archive ${from}, signed by "${signer.name}"`;
    const verdict = this.#isVouchedFor(version) ? 'trusted' : 'consistent';
    recordEvent(archive, 'version.added', {
      ...{ version: id, policy: policy.id, sha256, size, title, seen, inForceFrom, cause, splitter, parts },
      source: {
        ...source,
        name: `${origin}: ${source.name}`.slice(0, 1000).toWellFormed(),
        capture: null,
        bundle: { bundle: bundleId, archive: from, signer, verdict },
      },
    });
    this.#local.set(version.body.version, id);
  }

  /** The archive that a version came from first. */
  #origin({ body }: Version): string {
    return body.source.bundle?.archive ?? this.#from.bundle.evidence.archive;
  }

  /**
   * Names of policies of their own, for texts that do not count here, and for those that say other than a known text of
   * the same time.
   */
  #namesApart({ body }: Policy, version: Version): string[] {
    const note = this.#isVouchedFor(version) ? 'archive' : 'signer not checked, archive';
    const base = body.name.replace(apart, '').slice(0, 130).toWellFormed();
    const name = `${base} (${note} ${this.#origin(version).slice(-12)}`;
    return [`${name})`, ...Array.from({ length: 8 }, (_, i) => `${name}, ${i + 2})`), `${name}, ${newId()})`];
  }

  /**
   * The policy here; one of its own where nobody checked who vouches for the text, so that it stands in the way of
   * nothing, and where another text is known as seen at that time: only one can be right, and both stay. Recorded where
   * there is none.
   */
  #policyFor(about: Policy, version: Version): StoredPolicy {
    const { archive } = this.#from;
    const { seen } = version.body;
    const isFreeOf = (policy: StoredPolicy | null) =>
      policy === null ||
      listVersions(archive.db, policy.id).every(
        (other) => other.seen.at !== seen.at || other.seen.precision !== seen.precision,
      );
    const names = [
      ...(this.#isVouchedFor(version) ? [about.body.name] : []),
      ...this.#namesApart(about, version),
    ];
    const name = names.find((each) => isFreeOf(this.#policyHere(about, each))) ?? about.body.name;
    const known = this.#policyHere(about, name);
    if (known !== null) return known;
    const { platform, kind, jurisdiction } = about.body;
    const isFree =
      name === about.body.name && listPolicies(archive.db, null).every(({ id }) => id !== about.body.policy);
    const policy = { id: isFree ? about.body.policy : newId(), platform, name, kind, jurisdiction };
    const { id, ...rest } = policy;
    recordEvent(archive, 'policy.added', { policy: id, ...rest });
    return policy;
  }

  /**
   * The parts with keys: those of the bundle where they name nothing else here, which is so for a policy that came from
   * there; else those of the clauses here that they are.
   */
  #keyed(policy: StoredPolicy, about: Policy, version: Version, parts: readonly PolicyPart[]): PolicyPart[] {
    const { archive } = this.#from;
    const versions = loadVersions(archive.db, policy.id);
    const own = new Set(versions.flatMap(({ clauses }) => clauses.map(({ key }) => key)));
    const taken = new Set(keysOf(archive.db, policy.platform));
    // What does not count takes no key either that a text of one's own would get.
    const isFromThere =
      this.#isVouchedFor(version) && (policy.id === about.body.policy || versions.length === 0);
    if (isFromThere && parts.every(({ key }) => key === undefined || own.has(key) || !taken.has(key)))
      return [...parts];
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#bytes(version));
    const split = this.#split(version.body.version);
    const mark = this.#isVouchedFor(version) ? null : `archive ${this.#origin(version).slice(-12)}`;
    return new KeyKeeper(archive.db, policy).keyed(text, split, version.body.seen, mark).parts;
  }

  /** The parts as recorded, in the form in which the splitter gives them. */
  #split(versionId: string): SplitPart[] {
    let start = 0;
    const texts = this.#there();
    return texts.parts(versionId).map(({ part, path, role, startByte }): SplitPart => {
      const bytes = texts.version(versionId).text.subarray(startByte, startByte + part.bytes);
      const words = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      const { kind, title, level = 0 } = part;
      const piece = { kind, level, start, end: start + words.length, text: words.trim(), title, path, role };
      start = piece.end;
      return piece;
    });
  }

  /** The id here of a version; null: it is not here. */
  version(id: string): string | null {
    return this.#local.get(id) ?? null;
  }

  /** The same words in the version here; null: it is not here, or was taken apart otherwise. */
  clause({ version, part }: { version: string; part: number }): Dated | null {
    const local = this.version(version);
    const there = local === null ? undefined : this.#there().parts(version)[part];
    if (local === null || there === undefined) return null;
    const here = this.#placesIn(local).get(`${there.startByte} ${there.part.bytes}`);
    return here === undefined ? null : { ...here, version: local };
  }

  /** The clauses of a version here by where they stand; kept, as thousands of tags may cite one text. */
  #placesIn(local: string): ReadonlyMap<string, { key: string; part: number }> {
    const known = this.#places.get(local);
    if (known !== undefined) return known;
    const places = new Map(
      loadVersion(this.#from.archive.db, local).clauses.map(
        ({ startByte, bytes, key, n }) => [`${startByte} ${bytes}`, { key, part: n }] as const,
      ),
    );
    this.#places.set(local, places);
    return places;
  }

  /** The key here of a clause that stands in this version there; as it is where it does not, or is of a pack. */
  key(key: string, version: string | null): string {
    if (version === null || this.version(version) === null) return key;
    const part = this.#there()
      .parts(version)
      .findIndex((each) => each.key === key);
    return this.clause({ version, part })?.key ?? key;
  }

  /** The id here of a clause of a pack, by its key; null: it is not here. */
  packClause(id: string): string | null {
    const entry = this.#from.bundle.evidence.clauses.find((clause) => clause.id === id);
    return entry === undefined ? null : (getClauseByKey(this.#from.archive.db, entry.key)?.id ?? null);
  }

  /** Adds the clauses of packs that are not here, under the names of their packs. Inside the caller's transaction. */
  takePackClauses(): void {
    const { archive, bundle } = this.#from;
    const packs = new Map<string, ClauseEntry[]>();
    const known = new Set<string>();
    for (const entry of bundle.evidence.clauses) {
      if (known.has(entry.key) || getClauseByKey(archive.db, entry.key) !== null) continue;
      known.add(entry.key);
      packs.set(entry.event, [...(packs.get(entry.event) ?? []), entry]);
    }
    for (const entries of packs.values()) {
      const [first] = entries;
      if (first === undefined) continue;
      recordEvent(archive, 'clauses.added', {
        pack: first.pack,
        clauses: entries.map(({ pack: _pack, event: _event, id, ...clause }) => ({
          ...clause,
          id: getClause(archive.db, id) === null ? id : newId(),
        })),
      });
    }
  }
}

/**
 * Of a bundle whose signer was checked: the versions that are here and did not count are added as such that do. Gives
 * back how many. Inside the caller's transaction.
 */
export function takeVouchedTexts(from: TakenFrom, warn: (warning: Warning) => void): number {
  const rules = new BundleRules(from, warn);
  if (rules.awaited > 0) rules.take();
  return rules.awaited;
}

/** What `#namesApart` adds to a name. */
const apart = / \((?:signer not checked, )?archive [0-9a-f]{12}(?:, [0-9a-f-]+)?\)$/;

function isSame(
  known: { sha256: string; seen: Version['body']['seen'] },
  { sha256, seen }: Version['body'],
): boolean {
  return known.sha256 === sha256 && known.seen.at === seen.at && known.seen.precision === seen.precision;
}

function isPossible({ body }: Policy): boolean {
  return (body.kind === 'norm') === (body.jurisdiction !== null);
}

/** As people there corrected it: the correction itself stays in the bundle. */
function withKey(part: PolicyPart, key: string | null, role: PolicyPart['role'] | null): PolicyPart {
  if (key === null) return part;
  const { role: _role, ...rest } = part;
  return {
    ...rest,
    key,
    ...(key === part.key ? {} : { match: 'corrected' }),
    ...(role === null || role === undefined ? {} : { role }),
  };
}
