/** Bundles from hand to hand: stamped, or with parts of a picture covered; checked, and taken in by another archive. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Authority } from '../evidence/timestamp/authority.ts';
import { postPage } from '../support/archive.ts';
import { bundleFiles } from '../support/bundle-files.ts';
import { commandLine } from '../support/cli.ts';
import { readPng } from '../support/png.ts';

test('stamped, verified and imported by the commands', { timeout: 300_000 }, async () => {
  const authority = await Authority.open();
  onTestFinished(() => authority.close());
  await authority.issue('tsa', 'P-256');
  const { folder, run, json } = commandLine();
  const file = (name: string) => join(folder, name);
  writeFileSync(file('tsa.pem'), await authority.bench.read('ca.pem'));
  writeFileSync(file('post.html'), postPage('They said the quiet part loud.'));
  for (const archive of ['a.holdfast', 'b.holdfast']) expect(run('init', archive).status).toBe(0);
  expect(run('import', 'a.holdfast', 'post.html').status).toBe(0);
  expect(run('identity', 'create', 'ida.p12', '--name', 'Ida Signer').status).toBe(0);
  expect(run('timestamp', 'request', 'a.holdfast', 'q.tsq').status).toBe(0);
  writeFileSync(file('r.tsr'), await authority.reply('tsa', readFileSync(file('q.tsq'))));
  expect(run('timestamp', 'attach', 'a.holdfast', 'r.tsr', '--tsa-root', 'tsa.pem').status).toBe(0);
  expect(run('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--all', '--identity', 'ida.p12').status).toBe(0);

  const unnamed = run('verify', 'out.zip', '--trust', 'ida.pem', '--json');
  const named = run('verify', 'out.zip', '--trust', 'ida.pem', '--tsa-root', 'tsa.pem');
  const imported = json('import', 'b.holdfast', 'out.zip', '--trust', 'ida.pem', '--tsa-root', 'tsa.pem');
  const found = json('search', 'b.holdfast', 'quiet');
  const again = run('import', 'b.holdfast', 'out.zip', '--json');
  const bytes = readFileSync(file('out.zip'));
  writeFileSync(file('bad.zip'), bytes.with(bytes.indexOf('quiet part'), 0x51));
  const refused = run('import', 'b.holdfast', 'bad.zip', '--json');

  expect(unnamed.status).toBe(0);
  expect(JSON.parse(unnamed.stdout)).toMatchObject({
    verdict: 'trusted',
    timestamps: [{ authority: 'Invented Time', trusted: false }],
  });
  expect(named.status).toBe(0);
  expect(named.stdout).toMatch(/^ok +timestamp-trust /m);
  expect(named.stdout).toMatch(/^ok +inclusion /m);
  expect(imported).toMatchObject({
    captures: [{ format: 'bundle' }, { format: 'html', posts: 1 }],
    refused: [],
    warnings: [],
  });
  expect(found).toMatchObject({ total: 1 });
  expect(again.status).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ captures: [], warnings: [{ code: 'bundle-known' }] });
  expect(refused.status).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ captures: [], refused: [{ code: 'bundle-refused' }] });
});

const icons = join(import.meta.dirname, '../../build/icons');

test('parts of a picture are covered, the original is known again, and who takes it in is told what is withheld', {
  timeout: 300_000,
}, async () => {
  const { folder, run, json } = commandLine();
  const file = (name: string) => join(folder, name);
  copyFileSync(join(icons, '64x64.png'), file('photo.png'));
  copyFileSync(join(icons, '32x32.png'), file('another.png'));
  for (const archive of ['a.holdfast', 'b.holdfast']) expect(run('init', archive).status).toBe(0);
  const { captures } = json('import', 'a.holdfast', 'photo.png') as { captures: { id: string }[] };
  const capture = captures[0]?.id ?? '';
  expect(run('identity', 'create', 'ida.p12', '--name', 'Ida Signer').status).toBe(0);
  const region = ['--region', '10,20,30,8'];
  const add = ['redact', 'add', 'a.holdfast', capture, '--because', 'a face', '--artifact'];

  expect(run(...add, 'screenshot', ...region).stderr).toContain('artifact-not-found');
  expect(run(...add, 'original', '--region', '10,20').stderr).toContain('bad-usage');
  const made = run(...add, 'original', ...region);
  expect(run('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--all', '--identity', 'ida.p12').status).toBe(0);
  expect(run('redact', 'reveal', 'a.holdfast', capture, 'revealed.json').status).toBe(0);
  const check = ['verify', 'out.zip', '--trust', 'ida.pem', '--original'];
  const same = run(...check, 'photo.png', '--revealed', 'revealed.json');
  const other = run(...check, 'another.png', '--revealed', 'revealed.json');
  const alone = run(...check, 'photo.png');
  const imported = run('import', 'b.holdfast', 'out.zip', '--trust', 'ida.pem');

  expect(made.stdout).toMatch(/1 parts of original [0-9a-f]{64}/);
  expect(json('redact', 'list', 'a.holdfast')).toMatchObject({
    redactions: [{ captureId: capture, lifted: false, because: 'a face' }],
  });
  expect([same.status, other.status]).toEqual([0, 1]);
  expect(same.stdout).toMatch(`original: it is the file 'original' that capture ${capture} sealed`);
  expect(other.stderr).toContain('none of the files');
  expect(alone.stderr).toContain('bad-usage');
  const covered = [...(await bundleFiles(file('out.zip')))].find(([path]) => path.endsWith('.png'));
  const [before, after] = [readFileSync(file('photo.png')), covered?.[1] ?? Buffer.alloc(0)].map(readPng);
  expect([after?.at(10, 20), after?.at(39, 27)]).toEqual(['000000', '000000']);
  expect([after?.at(9, 20), after?.at(40, 27)]).toEqual([before?.at(9, 20), before?.at(40, 27)]);
  expect(imported.status).toBe(0);
  expect(imported.stdout).toMatch(/ partial +1 posts/);
  expect(imported.stdout).toMatch(/"Ida Signer" withheld original\. .*\[capture-partial\]/);
});
