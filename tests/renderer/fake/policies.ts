/** The dated library of the fake: invented texts, split, keyed and compared by the product's own core. */
import type { HostInput } from '../../../contract/channels.ts';
import type {
  ClauseHistory,
  ClauseLink,
  ClauseRole,
  DatedClause,
  Policy,
  PolicyDiff,
  PolicyVersion,
  Statement,
  VersionClause,
} from '../../../contract/model/policy.ts';
import { type DiffClause, diffClauses, diffWords } from '../../../evidence/policy/diff.ts';
import { inForceByText } from '../../../evidence/policy/in-force.ts';
import { newKey } from '../../../evidence/policy/keys.ts';
import { matchClauses } from '../../../evidence/policy/match.ts';
import { type SplitPart, splitPolicy } from '../../../evidence/policy/split.ts';
import { wordsOf } from '../../../evidence/policy/words.ts';
import { hashOf, idOf } from './ids.ts';
import { policyTexts } from './policy-texts.ts';

const versionSpace = 71;
const policyId = idOf(70, 1);

interface FakeClause extends DiffClause {
  part: SplitPart;
}

const taken = new Set<string>();
let known: FakeClause[] = [];
const library = policyTexts.map(({ text, ...seen }, i) => {
  const parts = splitPolicy(text);
  const clauses = parts
    .filter(({ kind }) => kind === 'clause')
    .map((part) => ({
      part,
      title: part.title,
      path: part.path,
      words: wordsOf(part.text),
      text: part.text,
    }));
  const matches = matchClauses(
    known.map((clause) => ({ ...clause, isPresent: true })),
    clauses,
  );
  const keyed = clauses.map((clause, n): FakeClause => {
    const key = matches[n]?.key ?? newKey({ ...clause, platform: 'ferry', policy: 'Rules' }, taken);
    return { ...clause, key };
  });
  known = keyed;
  return { id: idOf(versionSpace, i), seen, text, parts, clauses: keyed, matches };
});

/** What people added by hand in this window. */
const notes: { statements: Statement[]; links: ClauseLink[]; corrections: HostInput<'policies.correct'>[] } =
  {
    statements: [
      {
        id: idOf(72, 1),
        key: 'ferry/ferry-rules/hateful-conduct',
        speaker: 'A spokesperson of Ferry',
        saidOn: '2020-10-14',
        text: 'We will treat the denial of well-known crimes as hateful conduct.',
        reportedIn: 'The Invented Post',
        address: null,
        capture: null,
        effect: 'explains',
      },
    ],
    links: [],
    corrections: [],
  };
const toConfirm = 'ferry/ferry-rules/hateful-conduct';
const isSettled = (key: string): boolean =>
  notes.corrections.some((order) => order.key === key && order.change.kind !== 'role');

export function addFakeStatement(statement: Omit<Statement, 'id'>): Statement {
  const added = { ...statement, id: idOf(72, 2 + notes.statements.length) };
  notes.statements.push(added);
  return added;
}
export function addFakeLink(link: HostInput<'policies.link'>): ClauseLink {
  const added: ClauseLink = { ...link, id: idOf(73, notes.links.length), basis: 'set' };
  notes.links.push(added);
  return added;
}
export function addFakeCorrection(order: HostInput<'policies.correct'>): { correction: string } {
  notes.corrections.push(order);
  return { correction: idOf(74, notes.corrections.length) };
}
const statementsOf = (key: string) => notes.statements.filter((statement) => statement.key === key);
const linksOf = (key: string) => notes.links.filter(({ from, to }) => from === key || to === key);
function roleOf(key: string | null, proposed: ClauseRole | null): Pick<VersionClause, 'role' | 'roleBasis'> {
  const set = notes.corrections.findLast((order) => order.key === key && order.change.kind === 'role');
  return set?.change.kind === 'role'
    ? { role: set.change.role, roleBasis: 'confirmed' }
    : { role: proposed, roleBasis: 'proposed' };
}

export const fakePolicies: Policy[] = [
  {
    id: policyId,
    platform: 'ferry',
    name: 'Community Guidelines',
    kind: 'rules',
    jurisdiction: null,
    versions: library.length,
    clauses: taken.size,
    firstSeen: library[0]?.seen ?? null,
    lastSeen: library.at(-1)?.seen ?? null,
  },
  {
    id: idOf(70, 2),
    platform: 'ferry',
    name: 'Designation of persons and bodies under a very long title that an assembly once gave to it',
    kind: 'norm',
    jurisdiction: 'Invented Republic',
    versions: 0,
    clauses: 0,
    firstSeen: null,
    lastSeen: null,
  },
];

export function fakeVersions(id: string): PolicyVersion[] {
  if (id !== policyId) return [];
  return library.map(({ id: version, seen, text, clauses, parts }, i) => {
    const diff = diffClauses(library[i - 1]?.clauses ?? [], clauses).counts;
    return {
      id: version,
      policyId,
      sha256: hashOf(version),
      size: text.length,
      title: parts[0]?.title ?? '',
      seen,
      inForceFrom: null,
      cause: 'changed',
      source: {
        name: 'ferry/Community Guidelines.md',
        address: 'https://rules.ferry.invalid/',
        licence: 'ODC-By 1.0',
        attribution: 'An invented archive of terms',
        capture: null,
      },
      clauses: clauses.length,
      headings: parts.length - clauses.length,
      added: diff.added,
      reworded: diff.reworded,
      removed: diff.removed,
      toConfirm: i === 1 && !isSettled(toConfirm) ? 1 : 0,
    };
  });
}

const versionOf = (id: string) => library.find((version) => version.id === id);

export function fakeClauses(versionId: string): VersionClause[] {
  const version = versionOf(versionId);
  return (version?.parts ?? []).map((part) => {
    const n = version?.clauses.findIndex((clause) => clause.part === part) ?? -1;
    const match = version?.matches[n];
    const key = version?.clauses[n]?.key ?? null;
    // One of them is said to be less like the words before than it is, so that there is something to confirm.
    const isUnlike = key === toConfirm && match?.how === 'reworded';
    return {
      kind: part.kind,
      title: part.title,
      level: part.kind === 'heading' ? part.level : null,
      key,
      ...roleOf(key, part.role),
      match: match?.how ?? null,
      likeness: isUnlike ? 0.58 : (match?.likeness ?? null),
      isConfirmed: key !== null && isSettled(key),
      text: part.text,
      hasStatement: key !== null && statementsOf(key).length > 0,
    };
  });
}

export function fakeDiff(before: string, after: string): PolicyDiff {
  return { before, after, ...diffClauses(versionOf(before)?.clauses ?? [], versionOf(after)?.clauses ?? []) };
}

export function fakeHistory(key: string): ClauseHistory {
  const entries: ClauseHistory['entries'] = [];
  let last: string | null = null;
  for (const { id: version, seen, clauses } of library) {
    const text = clauses.find((clause) => clause.key === key)?.text ?? null;
    const at = { version, seen, likeness: null };
    if (text !== null && last === null) entries.push({ ...at, what: 'came', text, words: [] });
    else if (text === null && last !== null) entries.push({ ...at, what: 'went', text, words: [] });
    else if (text !== null && last !== null && text !== last)
      entries.push({ ...at, what: 'reworded', text, words: diffWords(last, text) });
    last = text;
  }
  return {
    key,
    title: key.split('/').at(-1) ?? key,
    entries,
    statements: statementsOf(key),
    links: linksOf(key),
  };
}

export function fakeClausesOn(on: string): DatedClause[] {
  const from = Date.parse(on);
  const keys = [...new Set(library.flatMap(({ clauses }) => clauses.map(({ key }) => key)))];
  return keys.map((key) => {
    const stands = new Map(
      library.map(({ id, clauses }) => [id, clauses.find((clause) => clause.key === key)]),
    );
    const answer = inForceByText(
      library.map(({ id, seen }) => ({
        version: id,
        seen,
        inForceFrom: null,
        words: stands.get(id)?.words ?? null,
      })),
      { from, to: from + 86_399_999 },
    );
    const shown =
      stands.get(answer.shows ?? '') ?? [...stands.values()].find((clause) => clause !== undefined);
    return {
      key,
      title: shown?.title ?? '',
      path: [...(shown?.path ?? [])],
      ...roleOf(key, shown?.part.role ?? null),
      text: shown?.text ?? null,
      platform: 'ferry',
      policy: 'Community Guidelines',
      kind: 'rules',
      version: answer.shows,
      bytes: null,
      points: null,
      inForce: answer.inForce,
      why: answer.why,
      restsOn: [],
      statements: statementsOf(key),
      links: linksOf(key),
    };
  });
}
