/** What goes into a bundle along with its tags, out of a real archive. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { compileBundle } from '../../archive/compile.ts';
import { importPolicy } from '../../archive/policies/import.ts';
import { addStatement, correctClause, linkClauses } from '../../archive/policies/notes.ts';
import { listCaptures } from '../../archive/posts.ts';
import { recordEvent } from '../../archive/record.ts';
import { addTag } from '../../archive/tags/add.ts';
import { verifyFile } from '../../archive/verify.ts';
import { inTransaction } from '../../db/handle.ts';
import { type Evidence, evidenceSchema } from '../../evidence/bundle/evidence.ts';
import { newId } from '../../evidence/id.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { checkArchive, importPage, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

const head = '# Hateful conduct\n\n## What is not allowed\n\n';
const slurs = '**Slurs:** You may not call people vermin.\n\n';
const glory = (verb: string) =>
  `**Glorifying harm:** You may not ${verb} “driving out”, in any script: حشرات \u{1F525}.\n\n`;
const news = '## Exceptions\n\n**News:** We allow posts that report on it.\n';
const key = 'elmwick/hateful-conduct/glorifying-harm';

async function archiveWithRules(): Promise<Archive> {
  const archive = await makeArchive({ plain: true });
  const folder = join(temporaryFolder(), 'rules');
  mkdirSync(folder);
  const texts = {
    '20200601': `${head}${slurs}${slurs.replace('Slurs', 'Names')}${news}`,
    '20200902': `${head}${slurs}${news}`,
    '20201203': `${head}${slurs}${glory('praise')}${news}`,
    '20210120': `${head}${slurs}${glory('praise')}${news}And more.\n`,
    '20210601': `${head}${slurs}${glory('praise or celebrate')}${news}`,
    '20220101': `${head}${slurs}${glory('praise or celebrate')}${news}And more again.\n`,
    '20230101': `${head}${glory('praise or celebrate')}${news}`,
  };
  for (const [day, text] of Object.entries(texts)) writeFileSync(join(folder, `${day}_rules.md`), text);
  await importPolicy(archive, { path: folder, platform: 'Elmwick', policy: 'Rules', licence: 'ODC-By 1.0' });
  return archive;
}

async function compiled(archive: Archive, captures: 'all' | string[] = 'all') {
  const folder = temporaryFolder();
  const path = join(folder, `${newId()}.zip`);
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });
  await compileBundle(archive, { path, identity, captures });
  const verification = await verifyFile(path, { trust: [] });
  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  execFileSync('unzip', ['-q', path, '-d', join(folder, 'out')]);
  const [base = ''] = execFileSync('ls', [join(folder, 'out')], { encoding: 'utf8' }).split('\n');
  const bag = join(folder, 'out', base);
  const evidence = evidenceSchema.parse(JSON.parse(readFileSync(join(bag, 'data/evidence.json'), 'utf8')));
  return { bag, evidence, report: readFileSync(join(bag, 'data/report.html'), 'utf8') };
}

const seen = ({ policies = [] }: Evidence) =>
  policies.flatMap(({ versions }) => versions.map((version) => version.seen.at.slice(0, 10)));
const file = (archive: Archive, posts: string[], to: string) =>
  inTransaction(archive.db, () =>
    recordEvent(archive, 'report.filed', {
      report: newId(),
      posts,
      to,
      at: '2021-01-15',
      bundle: null,
      note: null,
    }),
  );

test('the versions that a tag cites and rests on, those that show when the clause came and changed, the newest; no others', async () => {
  const archive = await archiveWithRules();
  const postId = await importPage(archive, 'Well done that they were driven out');
  addTag(archive, { postId, clauseKey: key, because: 'Praise.' });

  const { evidence, report, bag } = await compiled(archive);

  // Posted in January 2021: in force then by the second and the third. The first lacks it, the fourth changed it.
  expect(seen(evidence)).toEqual(['2020-09-02', '2020-12-03', '2021-01-20', '2021-06-01', '2023-01-01']);
  const [tag] = evidence.captures[0]?.readings[0]?.posts[0]?.tags ?? [];
  const version = evidence.policies?.[0]?.versions.find(({ id }) => id === tag?.dated?.version);
  expect(version?.seen.at.slice(0, 10)).toBe('2020-12-03');
  expect(tag?.considered).toMatchObject([
    { answer: 'not-considered', title: 'News', text: expect.stringContaining('We allow') },
  ]);
  expect(report).toContain('not considered');
  // By common tools: these bytes of the file are the clause.
  const [from = 0, to = 0] = tag?.dated?.bytes ?? [];
  const words = execFileSync('sh', [
    '-c',
    `tail -c +${from + 1} "$1" | head -c ${to - from}`,
    'sh',
    join(bag, version?.path ?? ''),
  ]);
  expect(words.toString()).toBe(tag?.dated?.text);
  const [digest] = execFileSync('sha256sum', [join(bag, version?.path ?? '')], { encoding: 'utf8' }).split(
    ' ',
  );
  expect(digest).toBe(version?.sha256);
  checkArchive(archive);
});

test('that a rule was changed since is shown by the texts, and said as of the bundle', async () => {
  const archive = await archiveWithRules();
  const postId = await importPage(archive, 'Well done');
  const version = (day: string) =>
    String(archive.db.prepare('SELECT id FROM policy_version WHERE seen_at LIKE ?').pluck().get(`${day}%`));
  const part = Number(
    archive.db
      .prepare(
        `SELECT n FROM policy_part AS p JOIN policy_version AS v ON v.event_seq = p.version_seq WHERE v.id = ? AND p.key = ?`,
      )
      .pluck()
      .get(version('2020-12-03'), key),
  );
  const set = (dated: { key: string; version: string; part: number }) =>
    inTransaction(archive.db, () =>
      recordEvent(archive, 'tag.set', {
        tag: newId(),
        post: postId,
        clause: null,
        quote: null,
        because: 'So.',
        dated,
      }),
    );
  set({ key, version: version('2020-12-03'), part });
  set({ key: 'elmwick/hateful-conduct/slurs', version: version('2020-12-03'), part: part - 1 });

  const { evidence, report } = await compiled(archive);

  expect(seen(evidence)).toEqual(['2020-06-01', '2020-09-02', '2020-12-03', '2021-06-01', '2023-01-01']);
  expect(report).toMatch(/As of [\d: -]+ UTC, this clause has since been reworded \(seen on 2021-06-01\)/);
  expect(report).toMatch(
    /As of [\d: -]+ UTC, this clause no longer stands in the text \(seen on 2023-01-01\)/,
  );
});

test('statements, links and corrections about cited clauses go along, and those about others stay', async () => {
  const archive = await archiveWithRules();
  const postId = await importPage(archive, 'Well done');
  const said = (about: string, text: string) =>
    addStatement(archive, {
      key: about,
      speaker: 'A spokesperson',
      saidOn: '2020-10-14',
      text,
      reportedIn: null,
      address: null,
      capture: null,
      effect: 'explains',
      olderPosts: { removal: 'yes', sanction: 'not-said' },
    });
  said(key, 'We mean it.');
  said('elmwick/hateful-conduct/names', 'Something about another clause.');
  linkClauses(archive, {
    from: 'elmwick/hateful-conduct/slurs',
    to: key,
    kind: 'same-rule',
    because: 'Alike.',
  });
  linkClauses(archive, {
    from: 'elmwick/hateful-conduct/names',
    to: 'elmwick/hateful-conduct/slurs',
    kind: 'same-rule',
    because: null,
  });
  correctClause(archive, {
    key,
    version: null,
    because: 'Another rule.',
    change: { kind: 'key', key: null },
  });
  const moved = `${key}-2`;
  correctClause(archive, {
    key: moved,
    version: null,
    because: 'It says so.',
    change: { kind: 'role', role: 'sanction' },
  });
  addTag(archive, { postId, clauseKey: moved, because: 'So.' });

  const { evidence, report } = await compiled(archive);

  expect(evidence.statements).toBeUndefined();
  expect(evidence.links).toBeUndefined();
  expect(evidence.corrections?.map(({ change }) => change.kind)).toEqual(['key', 'role']);
  const [tag] = evidence.captures[0]?.readings[0]?.posts[0]?.tags ?? [];
  expect(tag?.dated).toMatchObject({ key: moved, role: 'sanction', title: 'Glorifying harm' });

  addTag(archive, { postId, clauseKey: 'elmwick/hateful-conduct/slurs', because: 'So.' });
  const more = await compiled(archive);
  expect(more.evidence.links).toHaveLength(2);
  expect(more.report).not.toContain('Something about another clause.');
  expect(report).not.toContain('We mean it.');
});

test('a report filed is shown where all its posts are, and counted where it names others', async () => {
  const archive = await archiveWithRules();
  const [one, two] = [await importPage(archive, 'one'), await importPage(archive, 'two')];
  file(archive, [one], 'The platform');
  file(archive, [one, two], 'The police');
  const [later, earlier] = listCaptures(archive, 0, 10, 'all').captures.map(({ id }) => id);

  const part = await compiled(archive, [earlier ?? '']);
  expect(part.evidence.reports?.map(({ to }) => to)).toEqual(['The platform']);
  expect(part.evidence.leftOut).toEqual({ reports: 1 });
  expect(part.report).toContain('One more report of some of these posts is not shown here');
  expect(JSON.stringify(part.evidence)).not.toContain(two);
  const other = await compiled(archive, [later ?? '']);
  expect(other.evidence.reports).toBeUndefined();
  expect(other.evidence.leftOut).toEqual({ reports: 1 });
  const whole = await compiled(archive);
  expect(whole.evidence.reports?.map(({ to }) => to)).toEqual(['The platform', 'The police']);
  expect(whole.evidence.leftOut).toBeUndefined();
});
