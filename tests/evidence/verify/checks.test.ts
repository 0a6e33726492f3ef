/** What a bundle says of posts that were looked at again follows from the log; what does not is named. */
import { expect, test } from 'vitest';
import type { EventBody } from '../../../contract/events.ts';
import type { BundlePlan } from '../../../evidence/build/plan.ts';
import { canonicalBytes, type Json } from '../../../evidence/log/canonical.ts';
import { compile, makeIdentity, pack, resign, step, text, unpack, verify } from '../build/bundle.ts';
import { id, logAnew, SampleLog, samplePlan } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');

const checked = (n: number, change: Partial<EventBody<'post.checked'>> = {}): EventBody<'post.checked'> => ({
  capture: id(n),
  url: 'https://social.example/1',
  post: id(12),
  read: null,
  comparedWith: id(12),
  ...{ platform: null, platformId: null, kind: 'not-reachable', status: 410, who: 'not-known', words: null },
  measures: [],
  vantage: { session: 'fresh', network: 'office', signedIn: false },
  confirms: null,
  ...change,
});

function withChecks(plan: BundlePlan, ...bodies: EventBody<'post.checked'>[]): BundlePlan {
  const log = new SampleLog(id(1), 111);
  const checks = bodies.map((body, n) => log.event('post.checked', 80 + n, body));
  return logAnew({ ...plan, checks });
}

const good = [
  checked(91),
  checked(92, { confirms: id(91), vantage: { session: 'kept', network: null, signedIn: null } }),
];

test('checks of a post in the bundle, one of which confirms another, hold', async () => {
  const bundle = await compile(withChecks(samplePlan(signer), ...good), signer);
  expect((await verify(bundle, signer)).verdict).toBe('trusted');
});

test.each([
  ['a check of a post that is not there', [checked(91, { post: id(99), comparedWith: null })]],
  ['two checks that made one capture', [checked(91), checked(91)]],
  ['a confirmation of nothing', [checked(92, { confirms: id(91) })]],
  [
    'a confirmation of a check that saw it',
    [checked(91, { kind: 'up', who: null }), checked(92, { confirms: id(91) })],
  ],
  [
    'a confirmation over one that saw it',
    [checked(91), checked(93, { kind: 'edited', who: null }), checked(92, { confirms: id(91) })],
  ],
  ['a confirmation of a later one', [checked(92, { confirms: id(91) }), checked(91)]],
])('%s is found', async (_name, bodies) => {
  const bundle = await compile(withChecks(samplePlan(signer), ...bodies), signer);
  expect(step(await verify(bundle, signer), 'evidence')).toMatchObject({
    status: 'failed',
    code: 'evidence-points-nowhere',
  });
});

test.each([
  ['kind', 'up'],
  ['confirms', null],
  ['status', 200],
])('another %s in evidence.json is found', async (member, value) => {
  const files = await unpack(await compile(withChecks(samplePlan(signer), ...good), signer));
  const evidence = JSON.parse(text(files, 'data/evidence.json')) as { checks: { [name: string]: Json }[] };
  const [, second] = evidence.checks;
  if (second !== undefined) second[member] = value;
  files.set('data/evidence.json', canonicalBytes(evidence as never));
  await resign(files, signer);
  const found = step(await verify(await pack(files), signer), 'evidence');

  expect(found).toMatchObject({ status: 'failed', code: 'evidence-contradicts' });
  expect(found.message).toContain(`checks[1].${member}`);
});

test('a check that is not shown is found', async () => {
  const files = await unpack(await compile(withChecks(samplePlan(signer), ...good), signer));
  const { checks: _checks, ...evidence } = JSON.parse(text(files, 'data/evidence.json'));
  files.set('data/evidence.json', canonicalBytes(evidence));
  await resign(files, signer);

  expect(step(await verify(await pack(files), signer), 'evidence').code).toBe('not-shown');
});
