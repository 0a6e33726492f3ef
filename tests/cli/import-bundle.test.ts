/** A bundle from hand to hand: stamped, checked with the authority named, taken in by another archive. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Authority } from '../evidence/timestamp/authority.ts';
import { postPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

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
