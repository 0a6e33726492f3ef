import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import {
  clauseHistory,
  describePolicies,
  describeVersions,
  diffVersions,
  versionText,
} from '../../archive/policies/compare.ts';
import { addVersionText, importPolicy } from '../../archive/policies/import.ts';
import { clauseOn, clausesOn } from '../../archive/policies/lookup.ts';
import { addStatement, correctClause, linkClauses } from '../../archive/policies/notes.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { checkArchive, checkLog, makeArchive, passphrase } from '../support/archive.ts';
import { ferryRules, ferryVersions, newWords, oldWords } from '../support/library.ts';
import { temporaryFolder } from '../support/temporary.ts';

function dated(files: Record<string, string | Uint8Array>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
const about = {
  platform: 'Ferry',
  policy: 'Community Guidelines',
  licence: 'ODC-By 1.0',
  attribution: 'An archive',
};
async function library(files: Record<string, string | Uint8Array> = ferryVersions): Promise<Archive> {
  const archive = await makeArchive({ plain: true });
  await importPolicy(archive, { ...about, path: dated(files) });
  return archive;
}
const policyOf = (archive: Archive) => describePolicies(archive, null)[0]?.id ?? '';
const hateful = 'ferry/ferry-rules/hateful-conduct';

test('dated files become versions with their exact text, source, licence, and clauses with lasting keys', async () => {
  const archive = await makeArchive();
  const path = dated(ferryVersions);

  const report = await importPolicy(archive, { ...about, path });

  expect(report).toMatchObject({
    versions: 3,
    known: 0,
    clauses: 16,
    newKeys: 6,
    unmatched: 1,
    toConfirm: 0,
    warnings: [],
  });
  const [policy] = describePolicies(archive, 'Ferry');
  expect(policy).toMatchObject({
    platform: 'ferry',
    name: 'Community Guidelines',
    kind: 'rules',
    versions: 3,
    clauses: 6,
    firstSeen: { at: '2020-10-28T00:00:00.000Z', precision: 'day' },
    lastSeen: { at: '2021-01-20T12:31:35.000Z', precision: 'second' },
  });
  const versions = describeVersions(archive, report.policy);
  expect(versions).toMatchObject([
    {
      title: 'The Ferry Rules',
      clauses: 5,
      headings: 6,
      added: 5,
      reworded: 0,
      removed: 0,
      inForceFrom: null,
    },
    { clauses: 5, added: 0, reworded: 1, removed: 0 },
    {
      clauses: 6,
      added: 1,
      reworded: 0,
      source: { licence: 'ODC-By 1.0', attribution: 'An archive', name: '2021-01-20T123135.md' },
    },
  ]);
  expect(versions.map(({ id }) => versionText(archive, id))).toEqual(Object.values(ferryVersions));
  checkArchive(archive);
  await checkLog(archive);
});

test('importing again adds only what is new, also in between, and a reopened archive goes on with the same keys', async () => {
  const path = dated({
    '20201028_Ferry.md': ferryRules(oldWords),
    '2021-01-20T123135.md': ferryRules(newWords),
  });
  const archive = await makeArchive();
  await importPolicy(archive, { ...about, path });
  const events = archive.db.prepare('SELECT count(*) FROM event').pluck().get();

  const again = await importPolicy(archive, { ...about, platform: 'FERRY', path });

  expect(again).toMatchObject({ versions: 0, known: 2, clauses: 0 });
  expect(archive.db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(events);
  closeArchive(archive);
  const reopened = await openArchive({ path: archive.path, passphrase, person: { name: 'Tess Ter' } });
  writeFileSync(join(path, '20201203_Ferry.md'), ferryRules(newWords));
  const between = await importPolicy(reopened, { ...about, path });
  expect(between).toMatchObject({ versions: 1, known: 2, newKeys: 0 });
  expect(
    clauseHistory(reopened, hateful).entries.map(({ what, seen }) => [what, seen.at.slice(0, 10)]),
  ).toEqual([
    ['came', '2020-10-28'],
    ['reworded', '2020-12-03'],
  ]);
  await checkLog(reopened);
  closeArchive(reopened);
});

test('clauses as they stood: words with exact offsets, what they rest on, exceptions and sanctions beside them', async () => {
  const archive = await library();
  const [, second] = describeVersions(archive, policyOf(archive));
  const text = versionText(archive, second?.id ?? '');

  const clauses = clausesOn(archive, { platform: 'ferry', policy: null, on: '2021-01-14' });

  expect(clauses.map(({ key, inForce, role }) => [key, inForce, role])).toEqual([
    [hateful, 'yes', 'prohibition'],
    ['ferry/ferry-rules/violence', 'yes', 'prohibition'],
    ['ferry/glorification-of-violence/what-is-in-violation-of-this-policy', 'yes', 'prohibition'],
    ['ferry/glorification-of-violence/what-is-not-a-violation-of-this-policy', 'yes', 'exception'],
    ['ferry/glorification-of-violence/what-happens-if-you-violate-this-policy', 'yes', 'sanction'],
    ['ferry/ferry-rules/spam', 'not-known', 'prohibition'],
  ]);
  for (const { text: words, bytes, points, version } of clauses.slice(0, 5)) {
    expect(version).toBe(second?.id);
    expect(Buffer.from(text).subarray(bytes?.[0], bytes?.[1]).toString()).toBe(words);
    expect([...text].slice(points?.[0], points?.[1]).join('')).toBe(words);
  }
  const glorifying = clauses[2];
  expect(glorifying?.restsOn.map(({ seen }) => seen.at.slice(0, 10))).toEqual(['2020-12-03', '2021-01-20']);
  expect(glorifying?.why).toBe('The same words were seen 2020-12-03 and seen 2021-01-20.');
  expect(glorifying?.links.map(({ from, kind, basis }) => [from.split('/')[2], kind, basis])).toEqual([
    ['what-is-not-a-violation-of-this-policy', 'limits', 'proposed'],
    ['what-happens-if-you-violate-this-policy', 'follows', 'proposed'],
  ]);
  expect(clausesOn(archive, { platform: 'ferry', policy: null, on: '2020-11-11' })[0]).toMatchObject({
    key: hateful,
    inForce: 'not-known',
    why: 'Was reworded somewhere between 2020-10-28 and 2020-12-03; on which day is not known.',
  });
  expect(clausesOn(archive, { platform: 'ferry', policy: null, on: '2019-01-01' })[0]).toMatchObject({
    inForce: 'not-known',
  });
  expect(clauseOn(archive, policyOf(archive), 'ferry/ferry-rules/spam', '2020-11-11')).toMatchObject({
    inForce: 'no',
  });
});

test.each(['2021-02-30', '14.01.2021', '2021-01-14T09:30:00', ''])('%j is no time to ask for', async (on) => {
  const archive = await library();
  expect(() => clausesOn(archive, { platform: null, policy: null, on })).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  );
});

test('two versions differ by clause and word', async () => {
  const archive = await library();
  const [first, second] = describeVersions(archive, policyOf(archive));

  const { counts, changes } = diffVersions(archive, first?.id ?? '', second?.id ?? '');

  expect(counts).toEqual({ same: 4, moved: 0, reworded: 1, added: 0, removed: 0 });
  expect(
    changes[0]?.words.filter(({ op }) => op !== 'same').map(({ op, text }) => [op, text.trim()]),
  ).toEqual([
    ['removed', 'religion'],
    ['added', 'caste, religion, origin'],
    ['removed', 'origin.'],
    ['added', 'disease.'],
  ]);
});

describe('what is no version is refused, and the rest is taken', () => {
  const page = '<!DOCTYPE html><title>Rules</title>';
  test.each<[string, string, string | Uint8Array, string]>([
    ['an HTML page', '20201101_x.html', page, 'policy-is-html'],
    ['a binary file', '20201101_x.md', Buffer.from([0, 1, 2, 3]), 'policy-not-text'],
    ['an empty file', '20201101_x.md', '', 'file-empty'],
    ['a file dated in the future', '20990101_x.md', ferryRules(oldWords), 'policy-dated-in-future'],
    ['a file without a date', 'rules.md', ferryRules(oldWords), 'policy-undated'],
    ['another text of the same day', '20201028_b.md', ferryRules(newWords), 'policy-date-twice'],
  ])('%s', async (_what, name, content, code) => {
    const archive = await makeArchive({ plain: true });
    const path = dated({
      '20201028_a.md': ferryRules(oldWords),
      [name]: content,
      '20201203_a.md': ferryRules(newWords),
    });

    const report = await importPolicy(archive, { ...about, path });

    expect(report).toMatchObject({ versions: 2, warnings: [{ path: name, code }] });
    if (code !== 'policy-date-twice') {
      await expect(importPolicy(archive, { ...about, path: join(path, name) })).rejects.toMatchObject({
        code,
      });
    }
    await checkLog(archive);
  });

  test('a folder without dated texts, a path that is not there, a norm without jurisdiction', async () => {
    const archive = await makeArchive({ plain: true });
    const empty = temporaryFolder();

    await expect(importPolicy(archive, { ...about, path: empty })).rejects.toMatchObject({
      code: 'policy-not-found',
    });
    await expect(importPolicy(archive, { ...about, path: join(empty, 'no') })).rejects.toMatchObject({
      code: 'file-not-found',
    });
    await expect(
      importPolicy(archive, { ...about, kind: 'norm', path: dated(ferryVersions) }),
    ).rejects.toMatchObject({ code: 'bad-input' });
    expect(describePolicies(archive, null)).toEqual([]);
  });
});

function git(folder: string, ...args: string[]): void {
  const identity = [
    '-c',
    'user.name=Ida',
    '-c',
    'user.email=ida@example.org',
    '-c',
    'init.defaultBranch=main',
  ];
  execFileSync('git', [...identity, ...args], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ...dates },
  });
}
let dates: NodeJS.ProcessEnv = {};

/** An Open Terms Archive repository: one commit a change. */
function repository(): string {
  const folder = temporaryFolder();
  git(folder, 'init');
  const commit = (path: string, text: string, message: string, date: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    git(folder, 'add', '-A');
    git(folder, 'commit', '-m', message);
  };
  commit('README.md', 'An archive', 'Start', '2020-01-01T00:00:00Z');
  commit(
    'Ferry/Community Guidelines.md',
    ferryRules(oldWords),
    'First record of Ferry Community Guidelines',
    '2020-10-28T12:00:00+02:00',
  );
  commit(
    'Other/Community Guidelines.md',
    ferryRules(oldWords),
    'First record of Other Community Guidelines',
    '2020-11-01T12:00:00Z',
  );
  commit(
    'Ferry/Community Guidelines.md',
    ferryRules(newWords),
    'Record new changes of Ferry Community Guidelines',
    '2020-12-03T06:00:00Z',
  );
  commit(
    'Ferry/Community Guidelines.md',
    `${ferryRules(newWords)}\n`,
    'Apply technical or declaration upgrade on Ferry Community Guidelines',
    '2021-01-20T06:00:00Z',
  );
  return folder;
}

test('the history of an Open Terms Archive repository, without running what it configures', async () => {
  const folder = repository();
  const trap = join(folder, 'trap');
  for (const name of ['core.fsmonitor', 'core.pager', 'diff.external', 'gpg.program'])
    git(folder, 'config', name, `touch ${trap}`);
  git(folder, 'config', 'log.showSignature', 'true');
  const archive = await makeArchive({ plain: true });

  const report = await importPolicy(archive, { ...about, path: folder });

  expect(report).toMatchObject({ versions: 3, newKeys: 5, warnings: [] });
  expect(describeVersions(archive, report.policy).map(({ seen, cause }) => [seen.at, cause])).toEqual([
    ['2020-10-28T10:00:00.000Z', 'first'],
    ['2020-12-03T06:00:00.000Z', 'changed'],
    ['2021-01-20T06:00:00.000Z', 'technical'],
  ]);
  expect(execFileSync('ls', [folder], { encoding: 'utf8' })).not.toContain('trap');
  expect(await importPolicy(archive, { ...about, path: folder })).toMatchObject({ versions: 0, known: 3 });
  await expect(importPolicy(archive, { ...about, policy: 'Privacy', path: folder })).rejects.toMatchObject({
    code: 'policy-not-found',
    message: expect.stringContaining('Ferry/Community Guidelines.md') as string,
  });
  mkdirSync(join(folder, 'broken', '.git'), { recursive: true });
  await expect(importPolicy(archive, { ...about, path: join(folder, 'broken') })).rejects.toMatchObject({
    code: 'git-failed',
  });
});

test('a statement is kept beside the clause and never becomes its text', async () => {
  const archive = await library();
  const said = {
    key: hateful,
    speaker: 'A spokesperson',
    saidOn: '2020-10-14',
    text: 'Denial will be treated as hateful conduct.',
    reportedIn: 'The Invented Post',
    address: null,
    capture: null,
    effect: 'applies' as const,
  };

  addStatement(archive, said);

  const at = (on: string) => clauseOn(archive, policyOf(archive), hateful, on);
  expect(at('2021-01-14')).toMatchObject({ inForce: 'yes', statements: [{ speaker: 'A spokesperson' }] });
  expect(at('2020-11-11')).toMatchObject({
    inForce: 'by-statement',
    why: expect.stringContaining('said on 2020-10-14') as string,
  });
  expect(at('2020-10-13').inForce).toBe('not-known');
  expect(
    JSON.stringify(describeVersions(archive, policyOf(archive)).map(({ id }) => versionText(archive, id))),
  ).not.toContain('Denial');
  addStatement(archive, { ...said, saidOn: '2020-11-20', effect: 'ends' });
  expect(at('2020-11-25').inForce).toBe('not-known');
  // A clause of the starter pack has no text here: only statements can say that it applied.
  addStatement(archive, { ...said, key: 'x/hateful-conduct' });
  expect(clauseOn(archive, null, 'x/hateful-conduct', '2020-10-15')).toMatchObject({
    inForce: 'by-statement',
    text: null,
  });
  for (const wrong of [{ saidOn: '2020-02-30' }, { saidOn: '2999-01-01' }, { speaker: ' ' }]) {
    expect(() => addStatement(archive, { ...said, ...wrong })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  }
  expect(() => addStatement(archive, { ...said, key: 'ferry/no/such' })).toThrow(
    expect.objectContaining({ code: 'clause-not-found' }),
  );
  await checkLog(archive);
});

test('corrections: a role, a clause of its own, the same clause after all; kept, remembered, conflicts refused', async () => {
  const changed = ferryRules('Nobody is to be set upon here for whatever it is that they are.');
  const archive = await library({ '20201028_a.md': ferryRules(oldWords), '20201203_a.md': changed });
  const policy = policyOf(archive);
  const keys = () => clausesOn(archive, { platform: null, policy, on: '2020-12-03' }).map(({ key }) => key);
  const other = 'ferry/ferry-rules/hateful-conduct-2';
  expect(keys()).toContain(other);

  correctClause(archive, {
    key: other,
    version: null,
    because: 'the same rule',
    change: { kind: 'key', key: hateful },
  });

  expect(keys()).toContain(hateful);
  expect(keys()).not.toContain(other);
  expect(clauseHistory(archive, hateful).entries.map(({ what }) => what)).toEqual(['came', 'reworded']);
  const later = await importPolicy(archive, { ...about, path: dated({ '20210120_a.md': `${changed}\n` }) });
  expect(later).toMatchObject({ versions: 1, newKeys: 0 });
  expect(clauseHistory(archive, hateful).entries).toHaveLength(2);
  correctClause(archive, {
    key: hateful,
    version: null,
    because: 'it defines',
    change: { kind: 'role', role: 'definition' },
  });
  expect(clauseOn(archive, policy, hateful, '2020-12-03')).toMatchObject({
    role: 'definition',
    roleBasis: 'confirmed',
  });
  const [, second] = describeVersions(archive, policy);
  correctClause(archive, {
    key: hateful,
    version: second?.id ?? '',
    because: 'another rule',
    change: { kind: 'key', key: null },
  });
  expect(clauseHistory(archive, hateful).entries.map(({ what }) => what)).toEqual(['came', 'went']);
  expect(() =>
    correctClause(archive, {
      key: 'ferry/ferry-rules/violence',
      version: null,
      because: 'no',
      change: { kind: 'key', key: hateful },
    }),
  ).toThrow(expect.objectContaining({ code: 'policy-clause-conflict' }));
  expect(rebuild(archive).differences).toEqual([]);
  await checkLog(archive);
});

test('links that people set, and norms apart from rules', async () => {
  const archive = await library();
  const [rule, exception] = [
    'ferry/ferry-rules/violence',
    'ferry/glorification-of-violence/what-is-not-a-violation-of-this-policy',
  ];

  linkClauses(archive, { from: exception, to: rule, kind: 'limits', because: 'it says so' });
  await importPolicy(archive, {
    ...about,
    policy: 'Act on crossings',
    kind: 'norm',
    jurisdiction: 'Utopia',
    path: dated({ '20200101_act.md': '# Act\n\nNobody shall threaten.\n' }),
  });

  expect(clauseOn(archive, policyOf(archive), rule, '2021-01-14').links).toContainEqual(
    expect.objectContaining({ from: exception, basis: 'set', because: 'it says so' }),
  );
  expect(() => linkClauses(archive, { from: exception, to: rule, kind: 'limits', because: null })).toThrow(
    expect.objectContaining({ code: 'bad-input' }),
  );
  expect(describePolicies(archive, null).map(({ kind, jurisdiction }) => [kind, jurisdiction])).toEqual([
    ['rules', null],
    ['norm', 'Utopia'],
  ]);
  expect(
    clausesOn(archive, { platform: 'ferry', policy: 'Act on crossings', on: '2020-01-01' })[0],
  ).toMatchObject({ kind: 'norm', inForce: 'yes' });
  await checkLog(archive);
});

test('a day from which a text is known to be in force counts, and when it was seen does not', async () => {
  const archive = await library({ '20201028_a.md': ferryRules(oldWords) });
  addVersionText(
    archive,
    {
      ...about,
      name: 'announcement',
      seen: { at: '2020-12-03T00:00:00.000Z', precision: 'day' },
      inForceFrom: '2021-01-01T00:00:00.000Z',
      capture: '0190a000-0001-7000-8000-000000000001',
    },
    Buffer.from(ferryRules(newWords)),
  );

  const at = (on: string) => clauseOn(archive, policyOf(archive), hateful, on);
  expect(at('2020-12-10')).toMatchObject({
    inForce: 'yes',
    text: expect.stringContaining(oldWords) as string,
  });
  expect(at('2020-12-31T23:59:59.999Z')).toMatchObject({
    inForce: 'yes',
    text: expect.stringContaining(oldWords) as string,
  });
  expect(at('2021-01-01')).toMatchObject({
    inForce: 'yes',
    text: expect.stringContaining(newWords) as string,
  });
});
