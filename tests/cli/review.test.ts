import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

const clause = 'x/hateful-conduct';

interface Printed {
  id: string;
  postId: string;
  hits: { postId: string }[];
  suggestions: { phrase: { id: string } }[];
  error: { code: string };
}

/** A plain archive with posts of these words; who works is said with each command. */
function desk(...texts: string[]) {
  const line = commandLine({});
  expect(line.run('init', 'a.holdfast', '--plain').status).toBe(0);
  for (const [i, text] of texts.entries()) writeFileSync(join(line.folder, `page-${i}.html`), postPage(text));
  expect(line.run('import', 'a.holdfast', ...texts.map((_, i) => `page-${i}.html`)).status).toBe(0);
  const as = (who: string) => ({
    run: (...[command, ...args]: string[]) =>
      line.run(...(command ?? '').split(' '), 'a.holdfast', ...args, '--as', who),
    json: (...[command, ...args]: string[]) =>
      line.json(...(command ?? '').split(' '), 'a.holdfast', ...args, '--as', who) as Printed,
  });
  const find = (words: string) => as('Ann').json('search', words).hits[0]?.postId ?? '';
  return { ...line, as, find };
}

test('a phrase suggests, a palette holds, a tag is reviewed by somebody else, and the inbox says so', () => {
  const { as, find, run } = desk('they call us VERMIN again');
  const [ann, ben] = [as('Ann'), as('Ben')];
  const postId = find('vermin');

  expect(ann.json('phrase add', 'vermin', '--clause', clause)).toMatchObject({ text: 'vermin' });
  const { suggestions } = ann.json('phrase suggest', postId);
  expect(suggestions).toMatchObject([
    { phrase: { clauseKey: clause }, quote: { text: 'VERMIN', start: 13 } },
  ]);
  const phrase = suggestions[0]?.phrase.id ?? '';
  const because = ['--because', 'they mean people'];
  const tag = ann.json(
    'tag',
    postId,
    '--clause',
    clause,
    '--quote',
    'VERMIN',
    '--phrase',
    phrase,
    ...because,
  );
  expect(tag).toMatchObject({ phrase, state: 'unreviewed' });
  expect(ann.json('phrase suggest', postId)).toEqual({ suggestions: [] });
  expect(ann.json('phrase remove', phrase)).toEqual({ removed: phrase });
  expect(ann.json('phrase list')).toEqual({ phrases: [] });

  expect(ann.json('palette', '--set', `2=${clause}`, `a=${clause}`)).toMatchObject({
    slots: [{ slot: '2', clauseKey: clause }, { slot: 'a' }],
  });
  expect(ben.run('palette').stdout).toMatch(/^2 {2}x\/hateful-conduct {2}.+\na /);
  expect(ben.json('palette', '--set')).toEqual({ slots: [] });
  expect(ben.run('palette', '--set', `ab=${clause}`).status).toBe(2);

  expect(ann.json('review', tag.id, '--agree', '--because', 'of course').error.code).toBe('own-tag');
  expect(ben.run('review', tag.id, '--because', 'of course').status).toBe(2);
  expect(ben.run('review', tag.id, '--agree', '--dispute', '--because', 'both').status).toBe(2);
  expect(ben.json('review', tag.id, '--dispute', '--because', 'a quotation')).toMatchObject({
    act: 'dispute',
    actor: { name: 'Ben' },
  });
  expect(ben.json('inbox', '--filter', 'disputed', '--others')).toMatchObject({
    total: 1,
    counts: { all: 1, unreviewed: 0, disputed: 1, changed: 0, withdrawn: 0 },
    lines: [{ tag: { id: tag.id, state: 'disputed' }, post: { postId } }],
  });
  expect(ben.run('inbox', '--filter', 'disputed').stdout).toMatch(/Ben disputes, .*: a quotation/);
  expect(ann.json('inbox', '--others', '--filter', 'all')).toMatchObject({ total: 0 });
  expect(ann.run('tags', postId).stdout).toContain('disputed');
  expect(run('log', 'verify', 'a.holdfast').status).toBe(0);
  expect(run('rebuild', 'a.holdfast').stdout).toContain('every table was as the events say');
}, 240_000);

test('a sample is drawn again from its seed, judged by two, and only then compared', () => {
  const { as, run } = desk('first words', 'second words', 'third words');
  const [ann, ben] = [as('Ann'), as('Ben')];
  const seed = 'AB'.repeat(32);
  const order = ['--name', 'First sample', '--posts', '2', '--seed', seed];

  const coding = ann.json('coding draw', ...order);
  const judge = (who: typeof ann, ...finding: string[]) => {
    const { postId } = who.json('coding next', coding.id);
    const args = ['--coding', coding.id, '--finding', ...finding, '--because', 'as I read it'];
    expect(who.json('tag', postId, ...args)).toMatchObject({ coding: coding.id });
    return postId;
  };

  expect(coding).toMatchObject({ population: 3, untagged: 2, posts: 2, seed: seed.toLowerCase() });
  const drawnAgain = ben.json('coding draw', ...order);
  expect(ben.json('coding next', drawnAgain.id).postId).toBe(ben.json('coding next', coding.id).postId);
  const posts = [judge(ann, 'breach', '--clause', clause), judge(ann, 'no-violation')];
  expect(ann.json('coding next', coding.id)).toEqual({ postId: null, text: null, judged: 2, posts: 2 });
  expect(ben.json('coding result', coding.id).error.code).toBe('coding-open');
  expect(judge(ben, 'unclear')).toBe(posts[0]);
  expect(ben.json('tags', posts[0] ?? '')).toMatchObject({ tags: [{ finding: 'unclear' }], hidden: 1 });
  expect(ben.run('tags').stdout).toContain('2 more are not shown before you have judged every post');
  expect(ben.json('inbox', '--filter', 'all')).toMatchObject({ total: 1 });
  expect(judge(ben, 'no-violation')).toBe(posts[1]);
  const result = ben.json('coding result', coding.id);

  // Observed 1 of 2. By chance: no violation 1·1 of 4. Kappa: (2·1 − 1) / (4 − 1) = 1/3.
  expect(result).toMatchObject({
    pairs: [{ first: { name: 'Ann' }, second: { name: 'Ben' }, both: 2, sameFinding: 1, kappa: 1 / 3 }],
    differ: [{ post: { postId: posts[0] }, tags: [{ finding: 'breach' }, { finding: 'unclear' }] }],
  });
  expect(ann.run('coding result', coding.id).stdout).toContain(
    'Ann and Ben: 2 posts, same finding 1 (50 %), by the same clauses 1 (50 %), kappa 0.33',
  );
  expect(ann.run('coding list').stdout).toContain('Ben: 2 of 2 judged');
  expect(ann.run('coding draw', '--name', 'A', '--posts', '2', '--seed', 'abc').status).toBe(2);
  expect(ann.json('coding draw', '--name', 'A', '--posts', '4').error.code).toBe('bad-input');
  expect(run('log', 'verify', 'a.holdfast').status).toBe(0);
}, 240_000);
