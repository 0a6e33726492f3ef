import { expect, test } from 'vitest';
import { loadVersions } from '../../archive/policies/library.ts';
import { clauseOn } from '../../archive/policies/lookup.ts';
import { correctClause } from '../../archive/policies/notes.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { recordEvent } from '../../archive/record.ts';
import { findClauseChoices, warmClauses } from '../../archive/tags/find.ts';
import { inTransaction } from '../../db/handle.ts';
import { newId } from '../../evidence/id.ts';
import { checkArchive, makeArchive } from '../support/archive.ts';
import {
  addVersions,
  ferryArchive,
  ferryRules,
  ferryVersions,
  glorify,
  hateful,
  newWords,
  oldWords,
  spam,
} from '../support/library.ts';

type FerryArchive = Awaited<ReturnType<typeof ferryArchive>>;
const keys = (archive: FerryArchive, query: string, platform: string | null = null) =>
  findClauseChoices(archive, query, platform, 50).map(({ key }) => key);

test('by title, key, heading, words and platform, in any writing; the own platform first, names before words', async () => {
  const archive = await ferryArchive();

  expect(keys(archive, 'conduct')).toEqual(['x/hateful-conduct', hateful]);
  expect(keys(archive, 'ＣＯＮＤＵＣＴ hate', 'Ferry')).toEqual([hateful, 'x/hateful-conduct']);
  expect(keys(archive, 'people', 'x')).toEqual(['x/hateful-conduct', hateful]);
  expect(keys(archive, 'violation celebrate')).toEqual([glorify]);
  expect(keys(archive, 'violence')[0]).toBe('ferry/ferry-rules/violence');
  expect(keys(archive, 'ferry/ferry-rules/sp')).toEqual([spam]);
  expect(keys(archive, 'no such words')).toEqual([]);
  expect(keys(archive, '')).toHaveLength(7);
  expect(findClauseChoices(archive, '', null, 2)).toHaveLength(2);
  expect(findClauseChoices(archive, 'caste', null, 9)).toEqual([
    {
      ...{ key: hateful, title: 'Hateful conduct', platform: 'ferry', policy: 'Community Guidelines' },
      ...{ kind: 'rules', role: 'prohibition', text: `Hateful conduct: ${newWords}`, isDated: true },
    },
  ]);
});

test('each clause once, as the newest version that has it says; those of the newest text first', async () => {
  const archive = await ferryArchive({
    ...ferryVersions,
    '20220101_Ferry.md': ferryRules(oldWords),
  });

  expect(keys(archive, 'caste')).toEqual([]);
  expect(keys(archive, 'you may not').at(-1)).toBe(spam);
  expect(new Set(keys(archive, '')).size).toBe(keys(archive, '').length);
});

test('what is remembered of the library is no older than the library', async () => {
  const archive = await makeArchive({ plain: true });
  await addVersions(archive, { '20201028_Ferry.md': ferryRules(oldWords) });
  expect(keys(archive, 'spam')).toEqual([]);
  expect(keys(archive, 'caste')).toEqual([]);

  await addVersions(archive, ferryVersions);
  expect(keys(archive, 'spam')).toEqual([spam]);
  expect(keys(archive, 'caste')).toEqual([hateful]);

  correctClause(archive, {
    key: spam,
    version: null,
    because: 'x',
    change: { kind: 'role', role: 'definition' },
  });
  expect(findClauseChoices(archive, 'spam', null, 1)[0]?.role).toBe('definition');

  rebuild(archive);
  expect(keys(archive, 'spam')).toEqual([spam]);
  checkArchive(archive);
});

test('what a transaction has taken back was never remembered', async () => {
  const archive = await ferryArchive();
  const [policy, version] = ['policy', 'policy_version'].map((table) =>
    String(archive.db.prepare(`SELECT id FROM ${table} ORDER BY event_seq`).pluck().get()),
  ) as [string, string];
  const roles = () =>
    loadVersions(archive.db, policy).map(({ clauses }) => clauses.find(({ key }) => key === hateful)?.role);
  // Straight into the log: the use case looks at the library first, and would notice.
  const record = (role: 'sanction' | 'exception') =>
    recordEvent(archive, 'clause.corrected', {
      ...{ correction: newId(), policy, version, key: hateful, because: 'x' },
      change: { kind: 'role', role },
    });
  expect(roles()).toEqual(['prohibition', 'prohibition', 'prohibition']);

  expect(() =>
    inTransaction(archive.db, () => {
      record('sanction');
      expect(roles()).toEqual(['sanction', 'sanction', 'sanction']);
      throw new Error('taken back');
    }),
  ).toThrowError('taken back');
  // The same number in the log, and another correction.
  inTransaction(archive.db, () => record('exception'));

  expect(roles()).toEqual(['exception', 'exception', 'exception']);
  expect(clauseOn(archive, policy, hateful, '2020-12-03').role).toBe('exception');
});

test('warming beforehand gives the same, and ends by itself when the archive is closed', async () => {
  const archive = await ferryArchive();
  const warming = warmClauses(archive);
  expect(keys(archive, 'caste')).toEqual([hateful]);
  await warming;
  expect(keys(archive, 'caste')).toEqual([hateful]);

  const closed = warmClauses(archive);
  archive.db.close();
  await expect(closed).resolves.toBeUndefined();
});
