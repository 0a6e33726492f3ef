import { describe, expect, test } from 'vitest';
import type { Archive } from '../../../archive/archive.ts';
import { rebuild } from '../../../archive/rebuild.ts';
import { codingResult, drawCoding, listCodings, nextInCoding } from '../../../archive/review/coding.ts';
import { inbox } from '../../../archive/review/inbox.ts';
import { addPhrase, suggest } from '../../../archive/review/phrases.ts';
import { reviewTag } from '../../../archive/review/review.ts';
import { visibleTags } from '../../../archive/review/visible.ts';
import { addTag } from '../../../archive/tags/add.ts';
import { findQuote } from '../../../archive/tags/quotes.ts';
import type { Finding } from '../../../contract/model/tag.ts';
import { dumpProjections } from '../../../db/projection.ts';
import { makeIdentity } from '../../evidence/build/bundle.ts';
import { checkArchive, checkLog, importPage, makeArchive } from '../../support/archive.ts';
import { countEvents, makeDesk, tag } from './desk.ts';

const key = 'x/hateful-conduct';
const seed = 'ab'.repeat(32);

async function importPosts(archive: Archive, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await importPage(archive, `words ${i} of vermin`));
  return ids;
}

/** Judges a post within a sample; the id of the tag. */
function judge(archive: Archive, coding: string, postId: string, finding: Finding): string {
  const clauseKey = finding === 'breach' ? key : null;
  return addTag(archive, { postId, clauseKey, finding, coding, because: 'as I read it' }).id;
}

/** Asks for the next post until there is none, and says of each what is to be said; the posts in their order. */
function judgeAll(archive: Archive, coding: string, findings: readonly Finding[]): string[] {
  const posts: string[] = [];
  for (;;) {
    const { postId, judged } = nextInCoding(archive, coding);
    expect(judged).toBe(posts.length);
    if (postId === null) return posts;
    judge(archive, coding, postId, findings[posts.length] ?? 'no-violation');
    posts.push(postId);
  }
}

const draw = (archive: Archive, posts: number) =>
  drawCoding(archive, { name: 'First sample', posts, seed }).id;
const all = { filter: 'all', others: false, offset: 0, limit: 50 } as const;

describe('a draw', () => {
  test('takes from all posts, says how many had no tag, and can be drawn again from its seed', async () => {
    const { archive } = await makeDesk();
    const posts = await importPosts(archive, 6);
    for (const postId of posts.slice(0, 2)) tag(archive, postId);

    const whole = drawCoding(archive, { name: ' Whole ', posts: 6, seed });
    const again = drawCoding(archive, { name: 'Again', posts: 3, seed });
    const other = drawCoding(archive, { name: 'Other', posts: 3, seed: null });

    expect(whole).toMatchObject({
      name: 'Whole',
      seed,
      population: 6,
      untagged: 4,
      posts: 6,
      drawnBy: { name: 'Tess Ter' },
      coders: [],
    });
    expect(listCodings(archive)).toEqual([other, again, whole]);
    expect(other.seed).toMatch(/^[0-9a-f]{64}$/);
    expect(other.seed).not.toBe(seed);
    expect(nextInCoding(archive, again.id).postId).toBe(nextInCoding(archive, whole.id).postId);
    checkArchive(archive);
    await checkLog(archive);
  });

  test.each([
    ['more posts than there are', { posts: 3 }, 'bad-input'],
    ['no post', { posts: 0 }, 'bad-input'],
    ['no name', { name: ' ' }, 'bad-input'],
  ])('%s is refused and nothing is recorded', async (_name, change, code) => {
    const { archive } = await makeDesk();
    await importPosts(archive, 2);
    const before = countEvents(archive);

    expect(() => drawCoding(archive, { name: 'A', posts: 1, seed, ...change })).toThrowError(
      expect.objectContaining({ code }),
    );

    expect(countEvents(archive)).toBe(before);
  });

  test('of an archive without posts is refused', async () => {
    const archive = await makeArchive({ plain: true });

    expect(() => drawCoding(archive, { name: 'A', posts: 1, seed })).toThrowError(
      expect.objectContaining({ code: 'nothing-to-do' }),
    );
  });
});

test('two people judge the same posts in the same order; then the figures and the posts on which they differ', async () => {
  const desk = await makeDesk();
  await importPosts(desk.archive, 5);
  const coding = draw(desk.archive, 4);
  const [ann, ben] = [
    ['breach', 'breach', 'no-violation', 'unclear'],
    ['breach', 'no-violation', 'no-violation', 'no-violation'],
  ] as const;

  await desk.sit('Ann Other');
  const first = judgeAll(desk.archive, coding, ann);
  await desk.sit('Ben Third');
  const second = judgeAll(desk.archive, coding, ben);
  const result = codingResult(desk.archive, coding);

  expect(second).toEqual(first);
  expect(result.coding.coders).toMatchObject([
    { actor: { name: 'Ann Other' }, judged: 4 },
    { actor: { name: 'Ben Third' }, judged: 4 },
  ]);
  // Observed: 2 of 4. By chance: breach 2·1, unclear 1·0, no violation 1·3, of 16: 5/16. Kappa: (8 − 5) / (16 − 5) = 3/11.
  expect(result.pairs).toMatchObject([
    {
      first: { name: 'Ann Other' },
      second: { name: 'Ben Third' },
      both: 4,
      sameFinding: 2,
      sameClauses: 2,
      kappa: 3 / 11,
    },
  ]);
  expect(result.differ.map(({ post, tags }) => [post.postId, tags.map(({ finding }) => finding)])).toEqual([
    [first[1], ['breach', 'no-violation']],
    [first[3], ['unclear', 'no-violation']],
  ]);
  checkArchive(desk.archive);
  await checkLog(desk.archive);
});

test('under identities a coder is the key, whatever its name', async () => {
  const desk = await makeDesk();
  await importPosts(desk.archive, 2);
  const coding = draw(desk.archive, 2);
  const [one, other] = [await makeIdentity('Ida Signer'), await makeIdentity('Ida Signer')];

  await desk.sit(one);
  judgeAll(desk.archive, coding, ['breach', 'breach']);
  await desk.sit('Ida Signer');
  expect(nextInCoding(desk.archive, coding).judged).toBe(0);
  await desk.sit(other);
  judgeAll(desk.archive, coding, ['breach', 'breach']);

  const { pairs } = codingResult(desk.archive, coding);
  expect(pairs).toMatchObject([
    {
      first: { signer: one.signer.fingerprint },
      second: { signer: other.signer.fingerprint },
      both: 2,
      kappa: null,
    },
  ]);
  checkArchive(desk.archive);
});

test('while a sample is open its coder is shown nothing that others said of its posts', async () => {
  const desk = await makeDesk();
  const posts = await importPosts(desk.archive, 3);
  addPhrase(desk.archive, { text: 'vermin', clauseKey: key });
  const coding = draw(desk.archive, 2);
  const first = nextInCoding(desk.archive, coding).postId ?? '';
  const outside = posts.find((id) => {
    return desk.archive.db.prepare('SELECT 1 FROM coding_post WHERE post_id = ?').get(id) === undefined;
  });
  const quote = findQuote('words 0 of vermin', 'words');
  addTag(desk.archive, { postId: first, clauseKey: key, quotes: [quote], because: 'before the sample' });
  tag(desk.archive, outside ?? '');
  await desk.sit('Ann Other');
  judgeAll(desk.archive, coding, ['breach', 'unclear']);
  await desk.sit('Ben Third');

  // Not coding it yet: what was said within the sample is not shown, the rest is.
  expect(visibleTags(desk.archive, first)).toMatchObject({
    tags: [{ because: 'before the sample' }],
    hidden: 1,
  });
  expect(inbox(desk.archive, all).total).toBe(2);
  expect(nextInCoding(desk.archive, coding).postId).toBe(first);
  expect(visibleTags(desk.archive, first)).toEqual({ tags: [], hidden: 2 });
  expect(visibleTags(desk.archive, outside ?? '')).toMatchObject({ tags: [{}], hidden: 0 });
  expect(inbox(desk.archive, all).lines.map(({ post }) => post.postId)).toEqual([outside]);
  expect(inbox(desk.archive, all).counts.unreviewed).toBe(1);
  expect(suggest(desk.archive, first)).toHaveLength(1);
  judge(desk.archive, coding, first, 'breach');
  // In another session it is not forgotten that the sample was begun.
  await desk.sit('Ben Third');
  expect(visibleTags(desk.archive, first)).toMatchObject({ tags: [{ finding: 'breach' }], hidden: 2 });
  expect(() => codingResult(desk.archive, coding)).toThrowError(
    expect.objectContaining({ code: 'coding-open', details: { judged: 1, posts: 2 } }),
  );
  const hiddenTag = String(
    desk.archive.db.prepare("SELECT id FROM tag WHERE because = 'before the sample'").pluck().get(),
  );
  expect(() =>
    reviewTag(desk.archive, { tagId: hiddenTag, act: 'agree', because: 'I can guess it' }),
  ).toThrowError(expect.objectContaining({ code: 'coding-open' }));
  judgeRest(desk.archive, coding);

  expect(visibleTags(desk.archive, first)).toMatchObject({ hidden: 0, tags: [{}, {}, {}] });
  expect(inbox(desk.archive, all).total).toBe(6);
  expect(reviewTag(desk.archive, { tagId: hiddenTag, act: 'agree', because: 'now I see it' }).act).toBe(
    'agree',
  );
  checkArchive(desk.archive);
});

function judgeRest(archive: Archive, coding: string): void {
  for (let { postId } = nextInCoding(archive, coding); postId !== null; ) {
    judge(archive, coding, postId, 'no-violation');
    ({ postId } = nextInCoding(archive, coding));
  }
}

test('what a coder withdrew is judged again; what is said once the others are shown changes nothing', async () => {
  const desk = await makeDesk();
  await importPosts(desk.archive, 2);
  const coding = draw(desk.archive, 2);
  await desk.sit('Ann Other');
  const [first = '', last = ''] = judgeAll(desk.archive, coding, ['breach', 'breach']);
  await desk.sit('Ben Third');
  const slip = judge(desk.archive, coding, first, 'unclear');
  reviewTag(desk.archive, { tagId: slip, act: 'withdraw', because: 'a slip of the hand' });
  expect(nextInCoding(desk.archive, coding)).toEqual({ postId: first, judged: 0, posts: 2 });
  const meant = judge(desk.archive, coding, first, 'no-violation');
  judge(desk.archive, coding, last, 'no-violation');

  const before = codingResult(desk.archive, coding);
  reviewTag(desk.archive, { tagId: meant, act: 'withdraw', because: 'Ann is right' });
  judge(desk.archive, coding, first, 'breach');
  const after = codingResult(desk.archive, coding);

  expect(before.pairs).toMatchObject([{ both: 2, sameFinding: 0 }]);
  expect(after.pairs).toEqual(before.pairs);
  expect(after.differ.map(({ tags }) => tags.map(({ id }) => id))).toEqual(
    before.differ.map(({ tags }) => tags.map(({ id }) => id)),
  );
  expect(nextInCoding(desk.archive, coding)).toEqual({ postId: null, judged: 2, posts: 2 });
  // The post that came last may be about several clauses.
  addTag(desk.archive, { postId: last, clauseKey: key, finding: 'breach', coding, because: 'and this' });
  expect(codingResult(desk.archive, coding).pairs).toMatchObject([{ sameFinding: 1 }]);
  checkArchive(desk.archive);
});

test('a post that was not drawn, and a sample or phrase that is not there, are refused', async () => {
  const { archive } = await makeDesk();
  const posts = await importPosts(archive, 2);
  const coding = draw(archive, 1);
  const { postId: drawn } = nextInCoding(archive, coding);
  const other = posts.find((id) => id !== drawn) ?? '';
  const nobody = '01890a5d-ac96-774b-bcce-b302099a8057';
  const before = countEvents(archive);

  const refused = (act: () => unknown) => (error: unknown) => expect(act).toThrowError(error as Error);
  refused(() => judge(archive, coding, other, 'breach'))(expect.objectContaining({ code: 'bad-input' }));
  for (const act of [
    () => judge(archive, nobody, other, 'breach'),
    () => nextInCoding(archive, nobody),
    () => codingResult(archive, nobody),
  ])
    refused(act)(expect.objectContaining({ code: 'coding-not-found' }));
  refused(() => addTag(archive, { postId: other, clauseKey: key, because: 'x', phrase: nobody }))(
    expect.objectContaining({ code: 'phrase-not-found' }),
  );

  expect(countEvents(archive)).toBe(before);
});

test('samples, reviews, phrases and the palette come out of the events the same, byte for byte', async () => {
  const desk = await makeDesk();
  await importPosts(desk.archive, 2);
  const coding = draw(desk.archive, 2);
  judgeAll(desk.archive, coding, ['breach', 'unclear']);
  const tagId = String(desk.archive.db.prepare('SELECT id FROM tag LIMIT 1').pluck().get());
  await desk.sit('Ann Other');
  judgeAll(desk.archive, coding, ['breach', 'unclear']);
  reviewTag(desk.archive, { tagId, act: 'dispute', because: 'a doubt' });
  const before = dumpProjections(desk.archive.db);

  expect(rebuild(desk.archive).differences).toEqual([]);

  expect(dumpProjections(desk.archive.db)).toBe(before);
  desk.archive.db.exec("UPDATE judgement SET state = 'agreed'");
  expect(rebuild(desk.archive).differences).toMatchObject([{ table: 'judgement' }]);
  expect(dumpProjections(desk.archive.db)).toBe(before);
});
