import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addExhibits,
  changeCase,
  labelExhibit,
  listCases,
  makeCase,
  noteOnExhibit,
  putExhibit,
  readCase,
  takeOutExhibit,
} from '../../archive/cases/cases.ts';
import { compileBundle } from '../../archive/compile.ts';
import { requirePost } from '../../archive/posts.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { verifyFile } from '../../archive/verify.ts';
import type { ExhibitDraft } from '../../contract/model/case.ts';
import { evidenceSchema } from '../../evidence/bundle/evidence.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { checkArchive, checkLog, importPage, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { filesOfZip } from '../support/zip-files.ts';

const draft = (id: string, more: Partial<ExhibitDraft> = {}): ExhibitDraft => ({
  id,
  label: null,
  note: null,
  ...more,
});

/** An archive with posts of these words and a case. */
async function caseWith(...texts: string[]) {
  const archive = await makeArchive({ plain: true });
  const posts: string[] = [];
  for (const text of texts) posts.push(await importPage(archive, text));
  const made = makeCase(archive, { name: 'Elmwick', timeZone: 'Europe/Berlin' });
  return { archive, posts, caseId: made.id };
}

async function textsOf(path: string): Promise<Map<string, string>> {
  return new Map([...(await filesOfZip(path))].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}

test('numbers are given once, order is another matter, and everything comes out of the events again', async () => {
  const { archive, posts, caseId } = await caseWith('one', 'two', 'three', 'four');
  const [one = '', two = '', three = '', four = ''] = posts;
  const capture = requirePost(archive, four).captureId;

  addExhibits(archive, 'Elmwick', [draft(one, { label: ' First ' }), draft(two, { note: 'mine' })]);
  addExhibits(archive, caseId, [draft(three), draft(capture)]);
  putExhibit(archive, caseId, 4, 1);
  putExhibit(archive, caseId, 1, null);
  takeOutExhibit(archive, caseId, 2, 'the same as 3');
  const [again] = addExhibits(archive, caseId, [draft(two)]);
  noteOnExhibit(archive, caseId, 3, 'look again');

  const contents = readCase(archive, caseId);
  expect(again?.number).toBe(5);
  expect(contents.exhibits).toMatchObject([
    { number: 4, postId: null, captureId: capture, text: null, sourceName: 'post.html' },
    { number: 3, postId: three, note: 'look again' },
    { number: 1, postId: one, label: 'First', text: 'one' },
    { number: 5, postId: two, note: null },
  ]);
  expect(contents.removed).toMatchObject([
    { number: 2, because: 'the same as 3', actor: { name: 'Tess Ter', basis: 'claimed' } },
  ]);
  expect(listCases(archive)).toMatchObject([{ name: 'Elmwick', exhibits: 4, removed: 1 }]);
  expect(rebuild(archive).differences).toEqual([]);
  expect(readCase(archive, caseId)).toEqual(contents);
  checkArchive(archive);
  await checkLog(archive);
});

test('what cannot be is refused, and nothing of it is recorded', async () => {
  const { archive, posts, caseId } = await caseWith('one', 'two');
  const [one = '', two = ''] = posts;
  addExhibits(archive, caseId, [draft(one)]);
  const before = readCase(archive, caseId);
  const refused: [code: string, act: () => unknown][] = [
    ['case-name-taken', () => makeCase(archive, { name: 'ＥＬＭＷＩＣＫ ', timeZone: 'UTC' })],
    ['bad-input', () => makeCase(archive, { name: ' ', timeZone: 'UTC' })],
    ['bad-input', () => makeCase(archive, { name: 'Other', timeZone: 'Mars/Olympus' })],
    ['case-not-found', () => addExhibits(archive, 'Other', [draft(two)])],
    ['exhibit-known', () => addExhibits(archive, caseId, [draft(two), draft(one)])],
    ['exhibit-known', () => addExhibits(archive, caseId, [draft(two), draft(two)])],
    ['post-not-found', () => addExhibits(archive, caseId, [draft(two), draft(caseId)])],
    ['exhibit-not-found', () => noteOnExhibit(archive, caseId, 2, 'x')],
    ['exhibit-not-found', () => putExhibit(archive, caseId, 1, 7)],
    ['nothing-to-do', () => putExhibit(archive, caseId, 1, null)],
    ['nothing-to-do', () => putExhibit(archive, caseId, 1, 1)],
    ['bad-input', () => takeOutExhibit(archive, caseId, 1, '  ')],
  ];

  for (const [code, act] of refused) expect(act, code).toThrow(expect.objectContaining({ code }));

  expect(readCase(archive, caseId)).toEqual(before);
  checkArchive(archive);
});

test('what a number stands for cannot be changed in the table either', async () => {
  const { archive, posts, caseId } = await caseWith('one');
  addExhibits(archive, caseId, [draft(posts[0] ?? '')]);

  for (const sql of [
    'UPDATE exhibit SET number = 2',
    "UPDATE exhibit SET label = 'x'",
    'DELETE FROM exhibit',
    "UPDATE case_file SET name = 'x'",
  ])
    expect(() => archive.db.exec(sql), sql).toThrow(/append-only/);
});

test('name, time zone and labels are changed, old ones stay in the log, and the bundle shows what holds now', async () => {
  const { archive, posts, caseId } = await caseWith('one', 'two');
  addExhibits(archive, caseId, [draft(posts[0] ?? '', { label: 'Old label' }), draft(posts[1] ?? '')]);
  makeCase(archive, { name: 'Harbour', timeZone: 'UTC' });

  expect(() => changeCase(archive, caseId, { name: 'HARBOUR' })).toThrow(/already/);
  expect(() => changeCase(archive, caseId, { timeZone: 'Elm/Wick' })).toThrow(/no time zone/);
  expect(() => changeCase(archive, caseId, { name: 'Elmwick' })).toThrow(/already/);
  changeCase(archive, caseId, { timeZone: 'Asia/Tehran' });
  // The same name in other letters is no other case's.
  changeCase(archive, 'Elmwick', { name: 'ELMWICK II' });
  labelExhibit(archive, caseId, 1, 'New label');
  labelExhibit(archive, caseId, 2, 'First of its own');
  labelExhibit(archive, caseId, 2, ' ');
  expect(() => labelExhibit(archive, caseId, 2, '')).toThrow(/already/);
  makeCase(archive, { name: 'Elmwick', timeZone: 'UTC' });

  expect(readCase(archive, caseId)).toMatchObject({
    case: { name: 'ELMWICK II', timeZone: 'Asia/Tehran' },
    exhibits: [{ label: 'New label' }, { label: null }],
  });
  const path = join(temporaryFolder(), 'a.zip');
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });
  await compileBundle(archive, { identity, path, captures: 'all', case: caseId });
  expect((await verifyFile(path, { trust: [] })).verdict).toBe('consistent');
  const texts = await textsOf(path);
  const evidence = evidenceSchema.parse(JSON.parse(texts.get('data/evidence.json') ?? ''));
  expect(evidence).toMatchObject({
    timeZone: 'Asia/Tehran',
    case: {
      id: caseId,
      name: 'ELMWICK II',
      exhibits: [
        { label: 'New label', labelled: { before: 'Old label', actor: { name: 'Tess Ter' } } },
        { label: null, labelled: { before: null } },
      ],
    },
  });
  expect(texts.get('data/report.html')).toContain('it was called <bdi>Old label</bdi>');
  checkArchive(archive);
  await checkLog(archive);
  expect(rebuild(archive).differences).toEqual([]);
});

test('the bundle of a case holds the captures of its exhibits, and notes only where that is said', async () => {
  const { archive, posts, caseId } = await caseWith('one', 'two', 'three');
  const [one = '', , three = ''] = posts;
  addExhibits(archive, caseId, [draft(three, { label: 'Third', note: 'between us' }), draft(one)]);
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });
  const folder = temporaryFolder();
  const order = { identity, captures: 'all' as const, case: 'Elmwick' };

  const report = await compileBundle(archive, { ...order, path: join(folder, 'a.zip') });
  await compileBundle(archive, { ...order, path: join(folder, 'b.zip'), notes: true });

  expect(report).toMatchObject({ captures: 2, posts: 2, verification: { verdict: 'consistent' } });
  expect((await verifyFile(join(folder, 'b.zip'), { trust: [] })).verdict).toBe('consistent');
  const [without, noted] = [await textsOf(join(folder, 'a.zip')), await textsOf(join(folder, 'b.zip'))];
  const evidence = evidenceSchema.parse(JSON.parse(without.get('data/evidence.json') ?? ''));
  expect(evidence).toMatchObject({
    timeZone: 'Europe/Berlin',
    case: {
      id: caseId,
      name: 'Elmwick',
      exhibits: [
        { number: 1, post: three, label: 'Third' },
        { number: 2, post: one },
      ],
    },
  });
  expect([...without.values()].filter((text) => text.includes('between us'))).toEqual([]);
  expect(noted.get('data/evidence.json')).toContain('between us');
  checkArchive(archive);
});

test('a case without exhibits makes no bundle', async () => {
  const { archive } = await caseWith();
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });

  const compiled = compileBundle(archive, {
    path: join(temporaryFolder(), 'a.zip'),
    identity,
    captures: 'all',
    case: 'Elmwick',
  });

  await expect(compiled).rejects.toMatchObject({ code: 'nothing-to-do' });
});
