/** From documents to what evidence.json says of rules, of tags by them, and of what followed on tags. */
import type { EventDocument } from '../../contract/events.ts';
import { type Actors, actEntry, type EventOf, missing } from './act.ts';
import type { TagEntry } from './evidence.ts';
import { policyTextPath } from './paths.ts';
import { type DisclosedCorrection, type DisclosedVersion, RuleTexts } from './rule-texts.ts';
import type { ConsideredEntry, PolicyEntry, ReviewEntry, VersionEntry } from './rules.ts';

/** What a bundle discloses of rules and of what was done with tags; each list in the order of the log. */
export interface DisclosedRules {
  policies: readonly EventOf<'policy.added'>[];
  versions: readonly DisclosedVersion[];
  corrections: readonly DisclosedCorrection[];
  links: readonly EventOf<'clause.linked'>[];
  statements: readonly EventOf<'statement.added'>[];
  phrases: readonly EventOf<'phrase.added'>[];
  reports: readonly EventOf<'report.filed'>[];
}

export interface DisclosedTag {
  set: EventOf<'tag.set'>;
  reviews: readonly EventOf<'tag.reviewed'>[];
}

/** The keys that tags cite and consider: clauses of the library and of packs. */
export function keysOfTags(tags: readonly EventOf<'tag.set'>[]): Set<string> {
  return new Set(
    tags.flatMap(({ body: { dated, considered = [] } }) => [
      ...(dated === undefined ? [] : [dated.key]),
      ...considered.map(({ key }) => key),
    ]),
  );
}

/** Makes the entries. Errors of its methods: `archive-damaged`, `bad-input` for what does not fit together. */
export class RuleFacts {
  readonly #actors: Actors;
  readonly #rules: DisclosedRules;
  readonly #texts: RuleTexts;
  /** Titles of clauses of packs, by key. */
  readonly #packTitles: ReadonlyMap<string, string>;

  constructor(actors: Actors, rules: DisclosedRules, packs: readonly EventOf<'clauses.added'>[]) {
    this.#actors = actors;
    this.#rules = rules;
    this.#texts = new RuleTexts(rules.versions, rules.corrections);
    this.#packTitles = new Map(
      packs.flatMap(({ body }) => body.clauses.map(({ key, title }) => [key, title] as const)),
    );
  }

  tag({ set, reviews }: DisclosedTag): TagEntry {
    const { tag: id, post: _post, dated, considered, ...said } = set.body;
    for (const { version, restsOn } of set.body.dates ?? []) {
      for (const cited of [...restsOn, ...(version === null ? [] : [version])]) this.#texts.version(cited);
    }
    return {
      ...actEntry(this.#actors, set),
      id,
      ...said,
      ...(dated === undefined ? {} : { dated: this.#dated(dated) }),
      ...(considered === undefined
        ? {}
        : { considered: considered.map((each) => this.#considered(each, dated?.version ?? null)) }),
      ...(reviews.length === 0 ? {} : { reviews: reviews.map((review) => this.#review(review)) }),
    };
  }

  #dated(dated: NonNullable<EventOf<'tag.set'>['body']['dated']>): NonNullable<TagEntry['dated']> {
    const { policy } = this.#texts.version(dated.version).added.body;
    return { policy, version: dated.version, ...this.#texts.cited(dated) };
  }

  #considered(
    answer: NonNullable<EventOf<'tag.set'>['body']['considered']>[number],
    near: string | null,
  ): ConsideredEntry {
    const found = this.#texts.near(answer.key, near);
    const title = found?.clause.title ?? this.#packTitles.get(answer.key) ?? null;
    return { ...answer, title, version: found?.version ?? null, text: found?.clause.text ?? null };
  }

  #review(review: EventOf<'tag.reviewed'>): ReviewEntry {
    const { review: id, tag: _tag, ...said } = review.body;
    return { ...actEntry(this.#actors, review), id, ...said };
  }

  /** Members of evidence.json; those that would be empty are not there. */
  members(tags: readonly EventOf<'tag.set'>[]) {
    const keys = keysOfTags(tags);
    for (const { body } of tags) if (body.dated !== undefined) keys.add(this.#texts.keyNow(body.dated));
    const { corrections, links, statements, phrases, reports } = this.#rules;
    const policies = this.#policies(keys);
    return {
      ...(policies.length === 0 ? {} : { policies }),
      ...(corrections.length === 0
        ? {}
        : { corrections: corrections.map(({ corrected }) => this.#named(corrected, 'correction')) }),
      ...(links.length === 0 ? {} : { links: links.map((event) => this.#named(event, 'link')) }),
      ...(statements.length === 0
        ? {}
        : { statements: statements.map((event) => this.#named(event, 'statement')) }),
      ...(phrases.length === 0 ? {} : { phrases: phrases.map((event) => this.#named(event, 'phrase')) }),
      ...(reports.length === 0 ? {} : { reports: reports.map((event) => this.#named(event, 'report')) }),
    };
  }

  /** What the document says, with its id under `id`. */
  #named<E extends EventDocument, M extends keyof E['body'] & string>(event: E, member: M) {
    const { [member]: id, ...rest } = event.body as E['body'] & Record<M, string>;
    return { ...actEntry(this.#actors, event), id, ...rest };
  }

  #policies(keys: ReadonlySet<string>): PolicyEntry[] {
    const known = new Set(this.#rules.policies.map(({ body }) => body.policy));
    const orphan = this.#texts.versions.find(({ added }) => !known.has(added.body.policy));
    if (orphan !== undefined) throw missing(`the policy ${orphan.added.body.policy}`);
    const name = ({ body }: EventOf<'policy.added'>) =>
      `${body.platform}\n${body.name}\n${body.kind}\n${body.policy}`;
    return [...this.#rules.policies]
      .sort((a, b) => (name(a) < name(b) ? -1 : 1))
      .map((event) => {
        const versions = this.#texts.versions.filter(({ added }) => added.body.policy === event.body.policy);
        return {
          ...this.#named(event, 'policy'),
          versions: versions.map((version) => this.#version(version, event, keys)),
        };
      });
  }

  #version(
    version: DisclosedVersion,
    { body: { platform, name } }: EventOf<'policy.added'>,
    keys: ReadonlySet<string>,
  ): VersionEntry {
    const { version: id, policy: _policy, parts: _parts, ...said } = version.added.body;
    return {
      ...actEntry(this.#actors, version.added),
      id,
      ...said,
      path: policyTextPath(platform, name, id),
      clauses: this.#texts.clauses(version, keys),
    };
  }
}
