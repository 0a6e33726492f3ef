import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clausePackSchema } from '../../contract/model/clause.ts';

const file = join(import.meta.dirname, '..', '..', 'policies', 'starter-pack.json');
const pack = clausePackSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

test('keys are unique and begin with their platform', () => {
  expect(new Set(pack.clauses.map(({ key }) => key)).size).toBe(pack.clauses.length);
  expect(pack.clauses.filter(({ key, platform }) => !key.startsWith(`${platform}/`))).toEqual([]);
});

test('each platform has prohibitions, a sanction and an exception', () => {
  for (const platform of ['x', 'meta', 'youtube', 'tiktok']) {
    const own = pack.clauses.filter((clause) => clause.platform === platform);
    expect(own.filter(({ role }) => role === 'prohibition').length, platform).toBeGreaterThanOrEqual(8);
    expect(
      own.map(({ role }) => role),
      platform,
    ).toEqual(expect.arrayContaining(['sanction', 'exception']));
  }
});

test('addresses lead to the platform itself', () => {
  const hosts = {
    x: 'help.x.com',
    meta: 'transparency.meta.com',
    youtube: 'support.google.com',
    tiktok: 'www.tiktok.com',
  };
  for (const { platform, url } of pack.clauses) {
    expect(new Map(Object.entries(hosts)).get(platform)).toBe(new URL(url).host);
    expect(new URL(url).protocol).toBe('https:');
  }
});

test('nobody claims to have compared it', () => {
  expect(pack.checkedOn).toBeNull();
});
