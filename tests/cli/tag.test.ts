import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { xPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';
import { ferryVersions, glorify, hateful, stateActors, writeVersions } from '../support/library.ts';

interface TagDocument {
  id: string;
  finding: string;
  quote: { text: string; start: number } | null;
  quotes: { text: string; start: number }[];
  considered: { key: string; answer: string; because: string | null }[];
  account: { handle: string } | null;
  batch: string | null;
}

/** An archive with dated rules and two posts. */
function desk() {
  const line = commandLine();
  const { folder, run, json } = line;
  writeVersions(join(folder, 'texts'), ferryVersions);
  writeFileSync(join(folder, 'one.html'), xPage('می‌روند و 👨‍👩‍👧 و می‌روند'));
  writeFileSync(join(folder, 'two.html'), xPage('other words', { id: '21' }));
  expect(run('init', 'a.holdfast').status).toBe(0);
  json('policy', 'import', 'a.holdfast', 'texts', '--platform', 'Ferry', '--policy', 'Community Guidelines');
  const { posts } = json('import', 'a.holdfast', 'one.html', 'two.html') as { posts: string[] };
  return { ...line, posts, postId: posts[0] ?? '' };
}

test('a tag in full: quotes, finding, how sure, account, exceptions; and the list with dates and answers', () => {
  const { run, json, postId } = desk();

  const { status, stdout, stderr } = run(
    ...['tag', 'a.holdfast', postId, '--clause', glorify, '--because', 'a reason', '--json'],
    ...['--quote', 'می‌روند', '--quote', '👨‍👩‍👧', '--quote', 'می‌روند'],
    ...['--finding', 'unclear', '--sure', 'possible', '--account'],
    ...['--exception', `${stateActors}=does-not-apply:no state: nobody`],
  );
  const tag = JSON.parse(stdout) as TagDocument;
  const plain = run('tag', 'a.holdfast', postId, '--clause', glorify, '--because', 'x');
  const { tags } = json('tags', 'a.holdfast', postId) as { tags: TagDocument[] };
  const listed = run('tags', 'a.holdfast').stdout;

  expect(status).toBe(0);
  expect(tag).toMatchObject({
    finding: 'unclear',
    sure: 'possible',
    quote: { text: 'می‌روند', start: 0 },
    quotes: [
      { text: 'می‌روند', start: 0 },
      { text: '👨‍👩‍👧', start: 10 },
      { text: 'می‌روند', start: 18 },
    ],
    considered: [{ key: stateActors, answer: 'does-not-apply', because: 'no state: nobody' }],
    account: { handle: 'ada' },
  });
  expect(stderr.match(/stands at 2 places/g)).toHaveLength(2);
  expect(plain.stdout).toMatch(new RegExp(`^tagged ${postId} with ${glorify} \\([0-9a-f-]{36}\\)\n`));
  expect(plain.stdout).toContain(`exception not considered: ${stateActors}`);
  expect(tags.map(({ id }) => id)[0]).toBe(tag.id);
  expect(tags[1]?.considered).toMatchObject([{ answer: 'not-considered' }]);
  expect(listed).toContain('posted: in force: yes. Posted 2021-01-14T10:00:00Z');
  expect(listed).toContain(`exception ${stateActors}: does-not-apply (no state: nobody)`);
  expect(listed).not.toContain('violates');
}, 300_000);

test('many posts as one act, from arguments and a file; none of them where one is not there', () => {
  const { folder, run, json, posts } = desk();
  writeFileSync(join(folder, 'ids.txt'), `${posts[1]}\r\n\n`);
  writeFileSync(join(folder, 'wrong.txt'), `${posts[1]}\n01890a5d-ac96-774b-bcce-b302099a8057\n`);
  const flags = ['--clause', hateful, '--because', 'the same'];
  const all = () => (json('tags', 'a.holdfast') as { tags: TagDocument[] }).tags;

  expect(run('tag', 'a.holdfast', '--posts-from', 'wrong.txt', ...flags).stderr).toContain(
    '[post-not-found]',
  );
  expect(all()).toEqual([]);
  const done = json('tag', 'a.holdfast', posts[0] ?? '', '--posts-from', 'ids.txt', ...flags);

  expect(done).toEqual({ batch: expect.any(String) as string, tags: 2 });
  expect(new Set(all().map(({ batch }) => batch)).size).toBe(1);
  expect(all()).toHaveLength(2);
}, 300_000);

test.each([
  ['no post', [], []],
  ['no clause for a breach', ['POST'], ['--because', 'x']],
  ['a finding that is none', ['POST'], ['--clause', hateful, '--because', 'x', '--finding', 'guilty']],
  [
    'an answer that is none',
    ['POST'],
    ['--clause', hateful, '--because', 'x', '--exception', 'a/b/c=perhaps'],
  ],
  ['a quote of many posts', ['POST', 'OTHER'], ['--clause', hateful, '--because', 'x', '--quote', 'a']],
])('%s is wrong usage', (_name, posts, flags) => {
  expect(commandLine().run('tag', 'a.holdfast', ...posts, ...flags).status).toBe(2);
});

test('reports are kept and listed, and the next tag says when', () => {
  const { run, json, posts, postId } = desk();

  const added = json(
    ...['report', 'add', 'a.holdfast', ...posts, '--to', 'Ferry', '--at', '2021-01-15', '--note', 'case 7'],
  );
  const { reports } = json('report', 'list', 'a.holdfast', postId) as { reports: object[] };
  json('tag', 'a.holdfast', postId, '--clause', hateful, '--because', 'x');

  expect(added).toMatchObject({ to: 'Ferry', at: '2021-01-15', posts, bundle: null, note: 'case 7' });
  expect(reports).toEqual([added]);
  expect(run('report', 'list', 'a.holdfast').stdout).toContain('2 posts to Ferry');
  expect(run('tags', 'a.holdfast', postId).stdout).toContain(
    'reported: in force: yes. Reported to Ferry on 2021-01-15.',
  );
  expect(run('report', 'add', 'a.holdfast', postId, '--to', 'x', '--at', '2099-01-01').stderr).toContain(
    '[bad-input]',
  );
}, 300_000);
