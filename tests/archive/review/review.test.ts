import { describe, expect, test } from 'vitest';
import { reviewTag } from '../../../archive/review/review.ts';
import { replaceSigner } from '../../../archive/signers.ts';
import type { ReviewAct, TagState } from '../../../contract/model/tag.ts';
import { getJudgement } from '../../../db/judgement.ts';
import { listReviews } from '../../../db/review.ts';
import { makeIdentity } from '../../evidence/build/bundle.ts';
import { checkArchive, checkLog, importPage } from '../../support/archive.ts';
import { countEvents, makeDesk, tag } from './desk.ts';

test('what people say of a tag stands side by side, and its state follows', async () => {
  const desk = await makeDesk();
  const tagId = tag(desk.archive, await importPage(desk.archive, 'words'));
  const states: TagState[] = [];
  const say = (act: ReviewAct, because: string) => {
    const review = reviewTag(desk.archive, { tagId, act, because });
    states.push(getJudgement(desk.archive.db, tagId)?.state ?? 'unreviewed');
    return review;
  };

  await desk.sit('Ann Other');
  const first = say('agree', ' they mean people ');
  say('dispute', 'I read it again');
  await desk.sit('Ben Third');
  say('agree', 'as I see it');
  await desk.sit('Ann Other');
  say('agree', 'Ben is right');
  await desk.sit('Tess Ter');
  say('dispute', 'I am no longer sure of my own tag');
  say('withdraw', 'it is a quotation');
  await desk.sit('Ann Other');
  say('agree', 'it should stand');

  expect(first).toMatchObject({
    tagId,
    act: 'agree',
    because: 'they mean people',
    actor: { name: 'Ann Other', basis: 'claimed', signer: null },
    origin: null,
  });
  expect(states).toEqual(['agreed', 'disputed', 'disputed', 'agreed', 'disputed', 'withdrawn', 'withdrawn']);
  expect(listReviews(desk.archive.db, tagId).map(({ actor, act }) => `${actor.name} ${act}`)).toEqual([
    'Ann Other agree',
    'Ann Other dispute',
    'Ben Third agree',
    'Ann Other agree',
    'Tess Ter dispute',
    'Tess Ter withdraw',
    'Ann Other agree',
  ]);
  checkArchive(desk.archive);
  await checkLog(desk.archive);
});

describe('nobody agrees with a tag of their own', () => {
  const refused = { code: 'own-tag' };
  const agree = (tagId: string) => ({ tagId, act: 'agree' as const, because: 'I said so' });

  test('by a claimed name: the same name is the same person', async () => {
    const desk = await makeDesk();
    const tagId = tag(desk.archive, await importPage(desk.archive, 'words'));
    await desk.sit('Tess Ter');
    const before = countEvents(desk.archive);

    expect(() => reviewTag(desk.archive, agree(tagId))).toThrowError(expect.objectContaining(refused));

    expect(countEvents(desk.archive)).toBe(before);
    await desk.sit('Tess Tar');
    expect(reviewTag(desk.archive, agree(tagId)).act).toBe('agree');
    checkArchive(desk.archive);
  });

  test('by a key: the same name under another key is somebody else, a key in its place is not', async () => {
    const desk = await makeDesk();
    const [ida, other, successor] = await Promise.all(
      ['Ida Signer', 'Ida Signer', 'Ida Signer'].map(makeIdentity),
    );
    if (ida === undefined || other === undefined || successor === undefined) throw new Error('no identity');
    await desk.sit(ida);
    const tagId = tag(desk.archive, await importPage(desk.archive, 'words'));
    expect(() => reviewTag(desk.archive, agree(tagId))).toThrowError(expect.objectContaining(refused));

    await desk.sit(other);
    expect(reviewTag(desk.archive, agree(tagId)).actor).toMatchObject({ basis: 'proven' });
    await replaceSigner(desk.archive, {
      old: ida.signer.fingerprint,
      oldIdentity: null,
      successor,
      because: 'a new key',
    });
    await desk.sit(successor);

    expect(() => reviewTag(desk.archive, agree(tagId))).toThrowError(expect.objectContaining(refused));
    reviewTag(desk.archive, { tagId, act: 'dispute', because: 'I was wrong' });
    expect(getJudgement(desk.archive.db, tagId)?.state).toBe('disputed');
    checkArchive(desk.archive);
  });
});

test.each([
  ['a tag that is not there', { tagId: '01890a5d-ac96-774b-bcce-b302099a8057' }, 'tag-not-found'],
  ['no reason', { because: ' \n ' }, 'bad-input'],
  ['a reason beyond all measure', { because: 'x'.repeat(10_001) }, 'bad-input'],
])('%s is refused and nothing is recorded', async (_name, change, code) => {
  const desk = await makeDesk();
  const tagId = tag(desk.archive, await importPage(desk.archive, 'words'));
  await desk.sit('Ann Other');
  const before = countEvents(desk.archive);

  expect(() => reviewTag(desk.archive, { tagId, act: 'agree', because: 'x', ...change })).toThrowError(
    expect.objectContaining({ code }),
  );

  expect(countEvents(desk.archive)).toBe(before);
  checkArchive(desk.archive);
});

test('reviews are not written over, not even by hand', async () => {
  const desk = await makeDesk();
  const tagId = tag(desk.archive, await importPage(desk.archive, 'words'));
  reviewTag(desk.archive, { tagId, act: 'dispute', because: 'a doubt' });

  for (const sql of [
    "UPDATE review SET act = 'agree'",
    'DELETE FROM review',
    "UPDATE judgement SET person = 'name:Mallory'",
    'DELETE FROM judgement',
  ])
    expect(() => desk.archive.db.exec(sql)).toThrowError(/append-only/);
  checkArchive(desk.archive);
});
