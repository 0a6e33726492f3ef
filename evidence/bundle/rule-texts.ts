/** The versions that a bundle discloses, as their exact texts and people's corrections have them. */
import { HoldfastError } from '../../contract/errors.ts';
import type { ClauseRole, PolicyPart } from '../../contract/model/policy.ts';
import { pathsOf } from '../policy/path.ts';
import { placedText } from '../policy/placed.ts';
import { type EventOf, missing } from './act.ts';
import type { ClauseText } from './rules.ts';

/** With the place of each event in the log: what was recorded later is not touched by a correction. */
export interface DisclosedVersion {
  added: EventOf<'version.added'>;
  seq: number;
  /** The exact bytes of its text. */
  text: Uint8Array;
}
export interface DisclosedCorrection {
  corrected: EventOf<'clause.corrected'>;
  seq: number;
}

/** A part as corrected. */
export interface RulePart {
  part: PolicyPart;
  startByte: number;
  startPoint: number;
  path: readonly string[];
  /** As corrected; null: a heading. */
  key: string | null;
  role: ClauseRole | null;
  /** Every key that it had, the recorded one and those by corrections. */
  keys: ReadonlySet<string>;
}

function order({ added }: DisclosedVersion): string {
  const { seen, version } = added.body;
  return `${seen.at} ${seen.precision} ${version}`;
}

/** A before b: -1. */
export function bySeen(a: DisclosedVersion, b: DisclosedVersion): number {
  return order(a) < order(b) ? -1 : 1;
}

function partsOf(version: DisclosedVersion, corrections: readonly EventOf<'clause.corrected'>[]): RulePart[] {
  const { parts } = version.added.body;
  const paths = pathsOf(parts);
  let [startByte, startPoint] = [0, 0];
  return parts.map((part, i) => {
    const placed = { part, startByte, startPoint, path: paths[i] ?? [] };
    startByte += part.bytes;
    startPoint += part.points;
    let key = part.key ?? null;
    let role = part.role ?? null;
    const keys = new Set(key === null ? [] : [key]);
    for (const { body } of corrections) {
      if (body.key !== key) continue;
      if (body.change.kind === 'role') role = body.change.role;
      if (body.change.kind === 'key') {
        key = body.change.key;
        keys.add(key);
      }
    }
    return { ...placed, key, role, keys };
  });
}

interface PlacedClause {
  version: string;
  clause: ClauseText;
}

/** Looked up by version and clause. Errors of its methods: `archive-damaged` for what is not disclosed. */
export class RuleTexts {
  readonly versions: readonly DisclosedVersion[];
  readonly #byId: ReadonlyMap<string, DisclosedVersion>;
  readonly #corrections: readonly DisclosedCorrection[];
  readonly #parts = new Map<string, RulePart[]>();
  readonly #texts = new Map<string, ClauseText>();
  readonly #near = new Map<string, PlacedClause | null>();

  constructor(versions: readonly DisclosedVersion[], corrections: readonly DisclosedCorrection[]) {
    this.versions = [...versions].sort(bySeen);
    this.#byId = new Map(versions.map((version) => [version.added.body.version, version]));
    this.#corrections = corrections;
  }

  version(id: string): DisclosedVersion {
    const version = this.#byId.get(id);
    if (version === undefined) throw missing(`the policy version ${id}`);
    return version;
  }

  /** All parts of a version, as corrected. */
  parts(id: string): readonly RulePart[] {
    return this.#partsOf(this.version(id));
  }

  #partsOf(version: DisclosedVersion): RulePart[] {
    const { version: id, policy } = version.added.body;
    const known = this.#parts.get(id);
    if (known !== undefined) return known;
    const applying = this.#corrections
      .filter(({ corrected: { body }, seq }) => {
        const from = this.version(body.version);
        return body.policy === policy && version.seq < seq && (from === version || bySeen(from, version) < 0);
      })
      .map(({ corrected }) => corrected);
    const parts = partsOf(version, applying);
    this.#parts.set(id, parts);
    return parts;
  }

  #clause(version: DisclosedVersion, n: number, key: string): ClauseText {
    const name = `${version.added.body.version} ${n} ${key}`;
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const part = this.#partsOf(version)[n];
    if (part === undefined) throw missing(`part ${n} of the policy version ${version.added.body.version}`);
    const { startByte, startPoint, path, role } = part;
    const { title, bytes } = part.part;
    const placed = placedText(version.text, { startByte, startPoint, bytes });
    const clause: ClauseText = { key, part: n, title, path: [...path], role, ...placed };
    this.#texts.set(name, clause);
    return clause;
  }

  /** A clause as a tag cites it. It may have been corrected since to another key. */
  cited({ key, version: id, part }: { key: string; version: string; part: number }): ClauseText {
    const version = this.version(id);
    if (this.#partsOf(version)[part]?.keys.has(key) !== true) {
      throw new HoldfastError(
        'bad-input',
        `It cites '${key}' as part ${part} of the policy version ${id}; another clause stands there, or none.`,
      );
    }
    return this.#clause(version, part, key);
  }

  /** The key that a part has after all corrections. */
  keyNow({ version, part, key }: { key: string; version: string; part: number }): string {
    return this.#partsOf(this.version(version))[part]?.key ?? key;
  }

  /** The clauses of a version with one of these keys, in the order of the text. */
  clauses(version: DisclosedVersion, keys: ReadonlySet<string>): ClauseText[] {
    return this.#partsOf(version).flatMap(({ key }, n) =>
      key !== null && keys.has(key) ? [this.#clause(version, n, key)] : [],
    );
  }

  /**
   * The clause with this key near a version: there, else in the last version that was seen before it and has the key,
   * else in the first that has it. `near` null: in the last that has it.
   */
  near(key: string, near: string | null): PlacedClause | null {
    const name = `${key} ${near}`;
    const known = this.#near.get(name);
    if (known !== undefined) return known;
    const found = this.#findNear(key, near);
    this.#near.set(name, found);
    return found;
  }

  #findNear(key: string, near: string | null): PlacedClause | null {
    const at = near === null ? null : this.version(near);
    const found = this.versions.flatMap((version) => {
      const [clause] = this.clauses(version, new Set([key]));
      return clause === undefined ? [] : [{ version, clause }];
    });
    const before = found.filter(({ version }) => at === null || version === at || bySeen(version, at) < 0);
    const best = found.find(({ version }) => version === at) ?? before[before.length - 1] ?? found[0] ?? null;
    return best === null ? null : { version: best.version.added.body.version, clause: best.clause };
  }
}
