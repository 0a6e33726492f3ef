import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commandLine } from '../support/cli.ts';

const rules = (words: string) =>
  `The Ferry Rules\n===============\n\n### Safety\n\nHateful conduct: ${words}\n\nViolence: You may not threaten.\n`;

/** An archive with two versions of rules. */
function desk() {
  const line = commandLine();
  const texts = join(line.folder, 'texts');
  mkdirSync(texts);
  writeFileSync(
    join(texts, '20201203_Ferry.md'),
    rules('You may not attack people for their race or religion.'),
  );
  writeFileSync(
    join(texts, '2021-01-20T123135.md'),
    rules('You may not attack people for their race, caste or religion.'),
  );
  expect(line.run('init', 'a.holdfast').status).toBe(0);
  const flags = ['--platform', 'Ferry', '--policy', 'Community Guidelines', '--licence', 'ODC-By 1.0'];
  return { ...line, texts, flags };
}

test('dated texts in, clauses of a day out, with what the answer rests on', () => {
  const { json, run, flags } = desk();

  const report = json('policy', 'import', 'a.holdfast', 'texts', ...flags);
  const again = json('policy', 'import', 'a.holdfast', 'texts', ...flags);
  const on = (day: string) =>
    json('policy', 'clauses', 'a.holdfast', '--platform', 'Ferry', '--on', day) as { clauses: object[] };

  expect(report).toMatchObject({ versions: 2, known: 0, clauses: 4, newKeys: 2, unmatched: 0, warnings: [] });
  expect(again).toMatchObject({ versions: 0, known: 2, clauses: 0 });
  expect(on('2021-01-14').clauses).toMatchObject([
    {
      key: 'ferry/ferry-rules/hateful-conduct',
      title: 'Hateful conduct',
      role: 'prohibition',
      inForce: 'not-known',
    },
    { key: 'ferry/ferry-rules/violence', text: 'Violence: You may not threaten.', inForce: 'yes' },
  ]);
  expect(on('2020-12-03').clauses[0]).toMatchObject({
    inForce: 'yes',
    text: expect.stringContaining('race or religion') as string,
  });
  expect(on('2019-01-01').clauses[0]).toMatchObject({ inForce: 'not-known' });
  const pack = json('policy', 'clauses', 'a.holdfast', '--platform', 'X') as {
    clauses: { key: string; text: null }[];
  };
  expect(pack.clauses.map(({ key }) => key)).toContain('x/hateful-conduct');
  expect(run('policy', 'clauses', 'a.holdfast', '--platform', 'nobody').status).toBe(1);
}, 300_000);

test('versions, diff, history, statement, link, correct', () => {
  const { json, run, flags } = desk();
  json('policy', 'import', 'a.holdfast', 'texts', ...flags);
  const key = 'ferry/ferry-rules/hateful-conduct';

  const { versions } = json('policy', 'versions', 'a.holdfast', '--platform', 'ferry') as {
    versions: { id: string }[];
  };
  const [before, after] = versions.map(({ id }) => id);
  const diff = run('policy', 'diff', 'a.holdfast', before ?? '', after ?? '');
  const said = [
    '--speaker',
    'A spokesperson',
    '--said-on',
    '2020-10-14',
    '--text',
    'It covers denial.',
    '--reported-in',
    'The Post',
  ];
  const statement = json('policy', 'statement', 'add', 'a.holdfast', key, ...said);
  const link = json('policy', 'link', 'a.holdfast', 'ferry/ferry-rules/violence', key, '--kind', 'defines');
  const corrected = json(
    'policy',
    'correct',
    'a.holdfast',
    key,
    '--role',
    'definition',
    '--because',
    'it says what is meant',
  );
  const history = json('policy', 'history', 'a.holdfast', key);

  expect(versions).toMatchObject([
    { title: 'The Ferry Rules', source: { name: '20201203_Ferry.md', licence: 'ODC-By 1.0' } },
    { added: 0, reworded: 1, removed: 0 },
  ]);
  expect(diff.stdout).toContain('[- race-]{+ race, caste+} or religion.');
  expect(diff.stdout).toContain('1 reworded');
  expect(statement).toMatchObject({ key, saidOn: '2020-10-14', effect: 'explains' });
  expect(link).toMatchObject({ kind: 'defines', basis: 'set' });
  expect(corrected).toMatchObject({ change: { kind: 'role', role: 'definition' } });
  expect(history).toMatchObject({
    entries: [{ what: 'came' }, { what: 'reworded' }],
    statements: [{ speaker: 'A spokesperson' }],
  });
  expect(run('policy', 'correct', 'a.holdfast', key, '--because', 'x').status).toBe(2);
  expect(run('log', 'verify', 'a.holdfast').status).toBe(0);
}, 300_000);

test('what is no policy text is refused with its code', () => {
  const { folder, run, flags } = desk();
  writeFileSync(join(folder, '20201101_page.html'), '<!DOCTYPE html><p>Rules');
  writeFileSync(join(folder, 'rules.md'), rules('You may not.'));

  const page = run('policy', 'import', 'a.holdfast', '20201101_page.html', ...flags, '--json');
  const undated = run('policy', 'import', 'a.holdfast', 'rules.md', ...flags, '--json');
  const dated = run(
    'policy',
    'import',
    'a.holdfast',
    'rules.md',
    ...flags,
    '--seen-on',
    '2020-11-01',
    '--json',
  );

  expect([page.status, JSON.parse(page.stdout)]).toMatchObject([1, { error: { code: 'policy-is-html' } }]);
  expect([undated.status, JSON.parse(undated.stdout)]).toMatchObject([
    1,
    { error: { code: 'policy-undated' } },
  ]);
  expect([dated.status, JSON.parse(dated.stdout)]).toMatchObject([0, { versions: 1 }]);
  expect(run('policy', 'import', 'a.holdfast', ...flags).status).toBe(2);
}, 300_000);
