/** Taking versions of a policy into the library. What is there already is left alone; what cannot be read is told of. */
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import type { Warning } from '../../contract/model/common.ts';
import type { PolicyImport, PolicyKind, Seen, VersionSource } from '../../contract/model/policy.ts';
import { addChunk, chunkSize, sealBlob, stageBlob } from '../../db/blob.ts';
import { inTransaction } from '../../db/handle.ts';
import { listPolicies, listVersions, type StoredPolicy } from '../../db/policy.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import { policyText } from '../../evidence/policy/check-text.ts';
import { spanOf } from '../../evidence/policy/in-force.ts';
import { platformSlug } from '../../evidence/policy/keys.ts';
import { splitPolicy, splitterVersion } from '../../evidence/policy/split.ts';
import type { Archive } from '../archive.ts';
import { recordEvent } from '../record.ts';
import { type KeyedParts, KeyKeeper } from './key-keeper.ts';
import type { PolicySource } from './source.ts';
import { policySources } from './sources.ts';

export interface PolicyAbout {
  /** As people write it: 'X'. */
  platform: string;
  policy: string;
  kind?: PolicyKind;
  /** Of norms only. */
  jurisdiction?: string | null;
  address?: string | null;
  licence?: string | null;
  attribution?: string | null;
}

export interface PolicyImportOrder extends PolicyAbout {
  path: string;
  /** For one file whose name has no date. */
  seen?: Seen | null;
  /** For one file: from when its text is known to be in force. */
  inForceFrom?: string | null;
}

interface ImportOptions {
  signal?: AbortSignal;
  progress?: (progress: { step: string; done: number; total: number; unit: 'items' }) => void;
}

/** A text that may become a version. */
interface Candidate {
  source: PolicySource;
  seen: Seen;
}

/** The policy that this is about, which is made where there is none. Errors: `bad-input`. */
export function findPolicy(archive: Archive, about: PolicyAbout): { policy: StoredPolicy; isNew: boolean } {
  const platform = platformSlug(about.platform);
  const name = about.policy.trim().toWellFormed();
  if (platform === '')
    throw new HoldfastError('bad-input', 'Name the platform in Latin letters or digits, such as X.');
  if (name === '' || name.length > 200)
    throw new HoldfastError('bad-input', 'Name the policy: 1 to 200 characters.');
  const kind = about.kind ?? 'rules';
  const jurisdiction = about.jurisdiction?.trim().toWellFormed() || null;
  if ((kind === 'norm') !== (jurisdiction !== null)) {
    throw new HoldfastError(
      'bad-input',
      'A law or designation needs its jurisdiction, and a rule of a platform has none.',
    );
  }
  const known = listPolicies(archive.db, platform).find(
    (policy) => policy.kind === kind && policy.name.toLowerCase() === name.toLowerCase(),
  );
  if (known !== undefined) return { policy: known, isNew: false };
  return { policy: { id: newId(), platform, name, kind, jurisdiction }, isNew: true };
}

const timeOf = ({ at, precision }: Seen): string => `${at} ${precision}`;

/** One text into one version. Inside no transaction: it opens its own. */
class VersionWriter {
  readonly report: PolicyImport;
  readonly #archive: Archive;
  readonly #about: PolicyAbout;
  readonly #policy: StoredPolicy;
  #isNew: boolean;
  readonly #keeper: KeyKeeper;
  /** What was seen when: SHA-256 by the time of the sighting. */
  readonly #seen: Map<string, string>;

  constructor(archive: Archive, about: PolicyAbout) {
    const { policy, isNew } = findPolicy(archive, about);
    this.#archive = archive;
    this.#about = about;
    this.#policy = policy;
    this.#isNew = isNew;
    this.#keeper = new KeyKeeper(archive.db, policy);
    this.#seen = new Map(
      listVersions(archive.db, policy.id).map(({ seen, sha256 }) => [timeOf(seen), sha256]),
    );
    const none = { versions: 0, known: 0, clauses: 0, newKeys: 0, unmatched: 0, toConfirm: 0, bytes: 0 };
    this.report = { policy: policy.id, ...none, warnings: [] };
  }

  /** Errors: of the text, of its date. */
  add(
    bytes: Uint8Array,
    { source, seen }: Candidate,
    more: { inForceFrom?: string | null; capture?: string | null } = {},
  ): void {
    const text = policyText(bytes, source.name);
    const sha256 = nodeSha256.of(bytes);
    const there = this.#seen.get(timeOf(seen));
    if (there === toHex(sha256)) {
      this.report.known += 1;
      return;
    }
    if (there !== undefined) {
      throw new HoldfastError(
        'policy-date-twice',
        `${source.name}: another text is already there as seen ${seen.at.slice(0, 19)}. Only one can be right; this one was left out.`,
      );
    }
    const keyed = this.#keeper.keyed(text, splitPolicy(text), seen);
    this.#record(bytes, sha256, seen, keyed, {
      cause: source.cause,
      inForceFrom: more.inForceFrom ?? null,
      source: {
        name: source.name.toWellFormed().slice(0, 1000),
        address: this.#about.address ?? null,
        licence: this.#about.licence ?? null,
        attribution: this.#about.attribution ?? null,
        capture: more.capture ?? null,
      },
    });
    this.#seen.set(timeOf(seen), toHex(sha256));
    this.#count(bytes.length, keyed);
  }

  #record(
    bytes: Uint8Array,
    sha256: Uint8Array,
    seen: Seen,
    { parts, title }: KeyedParts,
    more: { cause: PolicySource['cause']; inForceFrom: string | null; source: VersionSource },
  ): void {
    const archive = this.#archive;
    inTransaction(archive.db, () => {
      const blob = stageBlob(archive.db, archive.holder);
      for (let n = 0; n * chunkSize < bytes.length; n++) {
        addChunk(archive.db, blob, n, bytes.subarray(n * chunkSize, (n + 1) * chunkSize));
      }
      sealBlob(archive.db, blob, { sha256, size: bytes.length, mediaType: 'text/markdown' });
      if (this.#isNew) {
        const { id: policy, ...rest } = this.#policy;
        recordEvent(archive, 'policy.added', { policy, ...rest });
      }
      recordEvent(archive, 'version.added', {
        version: newId(),
        policy: this.#policy.id,
        sha256: toHex(sha256),
        size: bytes.length,
        title,
        seen,
        splitter: splitterVersion,
        parts,
        ...more,
      });
    });
    this.#isNew = false;
  }

  #count(bytes: number, { parts, isFirst, toConfirm }: KeyedParts): void {
    const { report } = this;
    const added = parts.filter(({ match }) => match === 'new').length;
    report.versions += 1;
    report.bytes += bytes;
    report.clauses += parts.filter(({ kind }) => kind === 'clause').length;
    report.newKeys += added;
    if (!isFirst) report.unmatched += added;
    report.toConfirm += toConfirm;
  }
}

/** Those that have a date, oldest first. The rest, and those from the future, are told of. */
function datedOf(
  sources: readonly PolicySource[],
  now: Date,
  warn: (source: PolicySource, error: unknown) => void,
): Candidate[] {
  const dated: Candidate[] = [];
  for (const source of sources) {
    const { seen } = source;
    if (seen === null) {
      warn(
        source,
        new HoldfastError(
          'policy-undated',
          `${source.name} does not say when its text was seen: expected a name such as 20201203_… or 2026-06-29T131310, or --seen-on.`,
        ),
      );
    } else if (spanOf(seen).from > now.getTime()) {
      warn(
        source,
        new HoldfastError(
          'policy-dated-in-future',
          `${source.name} is dated ${seen.at.slice(0, 10)}, which has not come yet by this computer's clock.`,
        ),
      );
    } else dated.push({ source, seen });
  }
  return dated.sort((a, b) => spanOf(a.seen).from - spanOf(b.seen).from);
}

/** What belongs to one text only is told of and the rest goes on; what belongs to the archive or the user ends it. */
const ending = new Set([
  'cancelled',
  'disk-full',
  'io-failed',
  'archive-damaged',
  'append-only',
  'internal',
  'not-writable',
]);

/**
 * Imports a dated file, a folder of them, or a repository's history. Each version is one transaction. Where nothing
 * at all could be taken, the first problem is the error; else problems are warnings, each with its code.
 * Errors: `bad-input`, those of `policySources`, `file-empty`, `file-too-large`, `policy-not-text`, `policy-is-html`,
 * `policy-undated`, `policy-dated-in-future`, `policy-date-twice`, `cancelled`.
 */
export async function importPolicy(
  archive: Archive,
  order: PolicyImportOrder,
  { signal, progress }: ImportOptions = {},
): Promise<PolicyImport> {
  const writer = new VersionWriter(archive, order);
  const sources = await policySources(order.path, { ...order, seen: order.seen ?? null }, signal);
  if (order.inForceFrom && sources.length > 1) {
    throw new HoldfastError(
      'bad-input',
      'A day from which a text is in force belongs to one file, not to several.',
    );
  }
  const failures: { warning: Warning; error: unknown }[] = [];
  const warn = (source: PolicySource, error: unknown): void => {
    const { code, message } = toFailure(error);
    failures.push({ warning: { path: source.name, code, message }, error });
  };
  const dated = datedOf(sources, archive.clock(), warn);
  for (const [done, candidate] of dated.entries()) {
    if (signal?.aborted) throw new HoldfastError('cancelled', 'Stopped; what was imported before is kept.');
    progress?.({ step: 'Policy versions', done, total: dated.length, unit: 'items' });
    try {
      writer.add(await candidate.source.read(), candidate, { inForceFrom: order.inForceFrom ?? null });
    } catch (error) {
      if (ending.has(toFailure(error).code)) throw error;
      warn(candidate.source, error);
    }
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  const { report } = writer;
  const [first] = failures;
  if (report.versions + report.known === 0 && first !== undefined) throw first.error;
  if (sources.length === 0)
    throw new HoldfastError('policy-not-found', `Expected dated texts in ${order.path}, found none.`);
  return { ...report, warnings: failures.map(({ warning }) => warning) };
}

/** Makes a version of a text that is here already, such as that of a captured page. Errors: as `importPolicy`'s. */
export function addVersionText(
  archive: Archive,
  about: PolicyAbout & { name: string; seen: Seen; inForceFrom: string | null; capture: string },
  bytes: Uint8Array,
): PolicyImport {
  const writer = new VersionWriter(archive, about);
  const source: PolicySource = { name: about.name, seen: about.seen, cause: null, read: async () => bytes };
  writer.add(bytes, { source, seen: about.seen }, { inForceFrom: about.inForceFrom, capture: about.capture });
  return writer.report;
}
