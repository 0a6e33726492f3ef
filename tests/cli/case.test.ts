import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { passphrase, postPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

test('a case is made, filled, put in order, and leaves as one bundle', () => {
  const line = commandLine({ HOLDFAST_IDENTITY_PASSPHRASE: passphrase });
  for (const word of ['one', 'two', 'three'])
    writeFileSync(join(line.folder, `${word}.html`), postPage(word));
  line.run('init', 'a.holdfast', '--plain');
  line.run('import', 'a.holdfast', 'one.html', 'two.html', 'three.html');
  line.run('identity', 'create', 'i.p12', '--name', 'Ida');
  const { hits } = line.json('search', 'a.holdfast', 'ada') as { hits: { postId: string; text: string }[] };
  const find = (word: string) => hits.find(({ text }) => text === word)?.postId ?? '';
  const [one, two, three] = [find('one'), find('two'), find('three')];

  const made = line.json('case', 'create', 'a.holdfast', 'Elmwick', '--time-zone', 'Asia/Tehran');
  line.run('case', 'add', 'a.holdfast', 'Elmwick', one, '--label', 'The first');
  const added = line.json('case', 'add', 'a.holdfast', 'Elmwick', two, three);
  line.run('case', 'label', 'a.holdfast', 'Elmwick', '1', 'The very first');
  const changed = line.json('case', 'change', 'a.holdfast', 'Elmwick', '--time-zone', 'Asia/Kolkata');
  line.run('case', 'move', 'a.holdfast', 'Elmwick', '3', '--before', '1');
  const removed = line.run('case', 'remove', 'a.holdfast', 'Elmwick', '2', '--because', 'not of the case');
  const bundle = line.json(
    'bundle',
    'a.holdfast',
    'b.zip',
    '--no-pdf',
    '--case',
    'Elmwick',
    '--identity',
    'i.p12',
  );
  const certified = line.json('bundle', 'certify', 'b.zip', '--identity', 'i.p12', '--confirm', 'all');

  expect(made).toMatchObject({ name: 'Elmwick', timeZone: 'Asia/Tehran', exhibits: 0 });
  expect(changed).toMatchObject({ name: 'Elmwick', timeZone: 'Asia/Kolkata' });
  expect(line.run('case', 'change', 'a.holdfast', 'Elmwick').stderr).toContain('bad-usage');
  expect(added).toMatchObject({
    exhibits: [
      { number: 2, postId: two },
      { number: 3, postId: three },
    ],
  });
  expect(removed.stdout.split('\n').map((each) => each.split('  ').slice(1, 3).join(' '))).toEqual([
    'Elmwick Asia/Kolkata',
    '3 @ada three',
    '1 The very first',
    '2 removed: not of the case',
    '',
  ]);
  expect(bundle).toMatchObject({ captures: 2, posts: 2, verification: { verdict: 'consistent' } });
  expect(certified).toMatchObject({
    path: 'b.zip.certificate.html',
    notConfirmed: [],
    zip: expect.any(String),
  });
  expect(line.run('bundle', 'certify', 'b.zip', '--identity', 'i.p12').status).toBe(2);
});
