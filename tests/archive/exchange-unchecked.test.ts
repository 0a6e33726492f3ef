/** Texts of rules out of bundles whose signer nobody checked: kept and cited, and no word on what was in force. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFiles } from '../../archive/import/import-files.ts';
import { describeVersions } from '../../archive/policies/compare.ts';
import { clausesOn } from '../../archive/policies/lookup.ts';
import { listPolicies } from '../../db/policy.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { makeIdentity } from '../evidence/build/bundle.ts';
import { importPage } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';
import {
  all,
  bundleOf,
  check,
  type Desk,
  december,
  desk,
  january,
  judgements,
  key,
  library,
  persian,
  send,
  september,
  tag,
  tagsOf,
} from './desks.ts';
import { makeDesk } from './review/desk.ts';

const inForce = (at: Desk, on: string, policy = 'Rules') =>
  clausesOn(at.archive, { platform: 'Elmwick', policy, on, all: true }).find((clause) => clause.key === key)
    ?.inForce;
const names = (at: Desk) => listPolicies(at.archive.db, 'elmwick').map(({ name }) => name);

async function forger(texts: [string, string][]): Promise<Desk> {
  const mallory = await desk('Mallory');
  await importPage(mallory.archive, persian);
  await library(mallory.archive, texts);
  tag(mallory, 'کلاغ', ['دزدند']);
  return mallory;
}

test('an invented text of a stranger changes no answer, and is cited by the tag that came with it', async () => {
  const [a, mallory] = [
    await desk('Ada'),
    await forger([...all, ['20210301', january.replace('praise', 'mock')]]),
  ];
  await library(a.archive, [
    ['20200902', september],
    ['20210401', january],
  ]);
  const before = inForce(a, '2020-12-03');
  expect(before).toBe('not-known');

  await send(mallory, a, { checked: false });

  expect(inForce(a, '2020-12-03')).toBe(before);
  expect(inForce(a, '2021-03-01')).toBe('not-known');
  const [theirs] = tagsOf(a);
  expect(theirs?.clause?.text).toBe(tagsOf(mallory)[0]?.clause?.text);
  expect(theirs?.clause?.policy).toMatch(/^Rules \(signer not checked, archive [0-9a-f]{12}\)$/);
  expect(theirs?.flags).toEqual([]);
  const stranger = listPolicies(a.archive.db, 'elmwick').find(({ name }) => name !== 'Rules');
  const [version] = describeVersions(a.archive, stranger?.id ?? '');
  expect(version?.source.bundle).toMatchObject({
    archive: mallory.archive.info.archiveId,
    signer: { name: 'Mallory' },
    verdict: 'consistent',
  });
  for (const { inForce: answer, why } of clausesOn(a.archive, {
    platform: 'Elmwick',
    policy: stranger?.name ?? '',
    on: '2021-03-01',
    all: true,
  })) {
    expect([answer, why]).toEqual(['not-known', expect.stringContaining('signer was not checked')]);
  }
  // There and back: one tag, the same.
  await send(a, mallory);
  expect(judgements(mallory)).toHaveLength(1);
  await check(a, mallory);
});

test("it does not stand in the way of a text of one's own of the same day, and takes no key", async () => {
  const [a, mallory] = [await desk('Ada'), await forger([['20201203', december.replace('praise', 'love')]])];
  await send(mallory, a, { checked: false });

  await library(a.archive, [['20201203', december]]);

  expect(inForce(a, '2020-12-03')).toBe('yes');
  expect(names(a)).toHaveLength(2);
});

test('the same file again, its signer checked now: its texts count', async () => {
  const [a, bea] = [await desk('Ada'), await forger(all)];
  const path = await bundleOf(bea);
  const pem = join(temporaryFolder(), 'bea.pem');
  writeFileSync(pem, toPem(bea.identity.certificate));
  await importFiles(a.archive, [path]);
  expect(names(a)).toEqual([expect.stringContaining('signer not checked')]);

  const again = await importFiles(a.archive, [path], { named: { trust: [pem] } });

  expect(again.warnings.map(({ message }) => message).join()).toMatch(
    /\d+ policy versions count from now on/,
  );
  expect(inForce(a, '2020-12-03')).toBe('yes');
  // What was taken in already is not taken in again, by either text.
  expect(await send(bea, a)).toEqual([]);
  expect((await importFiles(a.archive, [path], { named: { trust: [pem] } })).warnings).toHaveLength(1);
  expect(names(a)).toHaveLength(2);
  expect(judgements(a)).toHaveLength(1);
  await check(a);
});

test('what a checked signer had from somebody else does not count', async () => {
  const [a, b, mallory] = [await desk('Ada'), await desk('Bea'), await forger(all)];
  await send(mallory, b);
  expect(inForce(b, '2020-12-03')).toBe('yes');

  await send(b, a);

  expect(names(a)).toEqual([
    `Rules (signer not checked, archive ${mallory.archive.info.archiveId.slice(-12)})`,
  ]);
  expect(tagsOf(a)).toHaveLength(1);
  await check(a, b);
});

test('texts that differ, of one day, out of three bundles of one archive: all stay', async () => {
  const a = await desk('Ada');
  for (const word of ['love', 'like', 'adore']) {
    const other = await forger([['20201203', december.replace('praise', word)]]);
    await send(other, a, { checked: false });
  }
  expect(names(a)).toHaveLength(3);
});

test('a proof of who opened a session counts only where the signer was checked: it can be copied into another log', async () => {
  const [sitting, ida] = [await makeDesk(), await makeIdentity('Ida Signer')];
  await importPage(sitting.archive, persian);
  await library(sitting.archive, all);
  await sitting.sit(ida);
  const from: Desk = { archive: sitting.archive, identity: ida, name: 'Ida', n: 0 };
  tag(from, 'کلاغ', ['دزدند']);
  const [checked, unchecked] = [await desk('Ada'), await desk('Bea')];

  await send(from, checked);
  await send(from, unchecked, { checked: false });

  expect(tagsOf(checked)[0]?.origin?.actor).toMatchObject({ name: 'Ida Signer', basis: 'proven' });
  expect(tagsOf(unchecked)[0]?.origin?.actor).toEqual({ name: 'Ida Signer', basis: 'claimed', signer: null });
});
