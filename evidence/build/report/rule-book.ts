/** The rules in a bundle, looked up for the report: versions, statements, links, and what became of a clause. */
import type { Seen } from '../../../contract/model/policy.ts';
import type { StatedTime } from '../../../contract/model/post.ts';
import type { ClauseEntry, Evidence, TagEntry } from '../../bundle/evidence.ts';
import type { ClauseText, LinkEntry, PolicyEntry, StatementEntry, VersionEntry } from '../../bundle/rules.ts';
import { isCounted } from '../../policy/counting.ts';
import { cameAfter } from '../../policy/in-force.ts';
import { spanOfStated } from '../../policy/stated-span.ts';
import { wordsOf } from '../../policy/words.ts';
import { type When, whenIn } from './words.ts';

type Dated = NonNullable<TagEntry['dated']>;
type Correction = NonNullable<Evidence['corrections']>[number];

/** A later text of the same policy beside the words that a tag cites. */
export interface Change {
  version: VersionEntry;
  /** Null: it does not have the clause. */
  clause: ClauseText | null;
}

export class RuleBook {
  readonly compiledAt: string;
  readonly when: When;
  readonly clauses: ReadonlyMap<string, ClauseEntry>;
  readonly phrases: ReadonlyMap<string, string>;
  readonly #policies = new Map<string, PolicyEntry>();
  readonly #versions = new Map<string, VersionEntry>();
  readonly #statements: readonly StatementEntry[];
  readonly #links: readonly LinkEntry[];
  readonly #corrections: readonly Correction[];

  constructor(evidence: Evidence) {
    this.compiledAt = evidence.createdAt;
    this.when = whenIn(evidence.timeZone);
    this.clauses = new Map(evidence.clauses.map((clause) => [clause.id, clause]));
    this.phrases = new Map((evidence.phrases ?? []).map(({ id, text }) => [id, text]));
    this.#statements = evidence.statements ?? [];
    this.#links = evidence.links ?? [];
    this.#corrections = evidence.corrections ?? [];
    for (const policy of evidence.policies ?? []) {
      this.#policies.set(policy.id, policy);
      for (const version of policy.versions) this.#versions.set(version.id, version);
    }
  }

  /** A day in UTC, or an instant, in words. */
  seenOn({ at, precision }: Seen): string {
    return precision === 'day' ? at.slice(0, 10) : this.when(at);
  }

  policy(id: string): PolicyEntry | undefined {
    return this.#policies.get(id);
  }

  version(id: string): VersionEntry | undefined {
    return this.#versions.get(id);
  }

  statements(key: string): StatementEntry[] {
    return this.#statements.filter((statement) => statement.key === key);
  }

  links(key: string): LinkEntry[] {
    return this.#links.filter(({ from, to }) => from === key || to === key);
  }

  corrections(key: string): Correction[] {
    return this.#corrections.filter(
      (correction) =>
        correction.key === key || (correction.change.kind === 'key' && correction.change.key === key),
    );
  }

  /** The title of a clause, as far as the bundle has it. */
  titleOf(key: string): string | null {
    for (const version of this.#versions.values()) {
      const clause = version.clauses.find((each) => each.key === key);
      if (clause !== undefined) return clause.title;
    }
    return [...this.clauses.values()].find((clause) => clause.key === key)?.title ?? null;
  }

  /** How the clause that a tag cites stands in each version of the bundle, in the order in which they were seen. */
  #life(dated: Dated): Change[] {
    const versions = this.#policies.get(dated.policy)?.versions ?? [];
    const cited = versions.find(({ id }) => id === dated.version);
    const key = cited?.clauses.find(({ part }) => part === dated.part)?.key ?? dated.key;
    const counting = versions.filter((version) => version === cited || isCounted(version));
    return counting.map((version) => ({
      version,
      clause: version.clauses.find((clause) => clause.key === key) ?? null,
    }));
  }

  /** The first later version of the bundle that has other words or none of this clause, and the newest, if it is another. */
  changes(dated: Dated): { first: Change; newest: Change | null } | null {
    const life = this.#life(dated);
    const words = ({ clause }: Change) => (clause === null ? null : wordsOf(clause.text));
    const later = life.slice(life.findIndex(({ version }) => version.id === dated.version) + 1);
    const first = later.find((change) => words(change) !== wordsOf(dated.text));
    const newest = later[later.length - 1];
    if (first === undefined || newest === undefined) return null;
    return { first, newest: newest === first ? null : newest };
  }

  /** Whether the newest version of the bundle has these words. */
  isSame(dated: Dated, { clause }: Change): boolean {
    return clause !== null && wordsOf(clause.text) === wordsOf(dated.text);
  }

  /** In words, where the texts of the bundle show that the clause came only after the post; null otherwise. */
  cameAfter(dated: Dated, posted: StatedTime | null): string | null {
    const asked = posted === null ? null : spanOfStated(posted);
    if (asked === null) return null;
    const counted = this.#life(dated).filter(({ version }) => isCounted(version));
    const sightings = counted.map(({ version: { id, seen, inForceFrom }, clause }) => ({
      version: id,
      seen,
      inForceFrom,
      words: clause === null ? null : wordsOf(clause.text),
    }));
    return cameAfter(sightings, asked)?.why ?? null;
  }
}
