/** The dated library of the fake: invented texts, split, keyed and compared by the product's own core. */
import type {
  ClauseHistory,
  DatedClause,
  Policy,
  PolicyDiff,
  PolicyVersion,
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
      toConfirm: i === 1 ? 1 : 0,
    };
  });
}

const versionOf = (id: string) => library.find((version) => version.id === id);

export function fakeClauses(versionId: string): VersionClause[] {
  const version = versionOf(versionId);
  return (version?.parts ?? []).map((part) => {
    const n = version?.clauses.findIndex((clause) => clause.part === part) ?? -1;
    const match = version?.matches[n];
    return {
      kind: part.kind,
      title: part.title,
      level: part.kind === 'heading' ? part.level : null,
      key: version?.clauses[n]?.key ?? null,
      role: part.role,
      roleBasis: 'proposed',
      match: match?.how ?? null,
      likeness: match?.likeness ?? null,
      isConfirmed: false,
      text: part.text,
      hasStatement: part.title === 'Hateful conduct',
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
  return { key, title: key.split('/').at(-1) ?? key, entries, statements: [], links: [] };
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
      role: shown?.part.role ?? null,
      roleBasis: 'proposed',
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
      statements:
        shown?.title === 'Hateful conduct'
          ? [
              {
                id: idOf(72, 1),
                key,
                speaker: 'A spokesperson of Ferry',
                saidOn: '2020-10-14',
                text: 'We will treat the denial of well-known crimes as hateful conduct.',
                reportedIn: 'The Invented Post',
                address: null,
                capture: null,
                effect: 'explains',
              },
            ]
          : [],
      links: [],
    };
  });
}
