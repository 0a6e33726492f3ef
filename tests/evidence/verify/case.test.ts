/** What a bundle says of its case follows from the log; what does not is named. */
import { expect, test } from 'vitest';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { canonicalBytes, type Json } from '../../../evidence/log/canonical.ts';
import {
  compile,
  type Files,
  makeIdentity,
  step,
  text,
  unpack,
  verify,
  verifyResigned,
} from '../build/bundle.ts';
import { id, samplePlan } from '../build/sample.ts';
import { sampleCase, withCase } from '../build/with-case.ts';

const signer = await makeIdentity('Ada Invented');
const bundle = await compile(withCase(samplePlan(signer)), signer);

async function resigned(change: (evidence: { [key: string]: Json }, files: Files) => void) {
  const verification = await verifyResigned(await unpack(bundle), signer, (files) => {
    const evidence = JSON.parse(text(files, 'data/evidence.json')) as { [key: string]: Json };
    change(evidence, files);
    files.set('data/evidence.json', canonicalBytes(evidence));
  });
  return step(verification, 'evidence');
}

/** The exhibits, as their JSON stands. */
function exhibits(evidence: { [key: string]: Json }): { [key: string]: Json }[] {
  return (evidence.case as { exhibits: { [key: string]: Json }[] }).exhibits;
}

test('a bundle of a case shows its exhibits in their order, with their numbers and what is missing', async () => {
  const evidence = evidenceSchema.parse(JSON.parse(text(await unpack(bundle), 'data/evidence.json')));

  expect((await verify(bundle, signer)).verdict).toBe('trusted');
  expect(evidence.timeZone).toBe('Europe/Berlin');
  expect(evidence.case).toMatchObject(sampleCase);
  expect(evidence.case?.exhibits).toMatchObject([
    {
      number: 2,
      capture: id(11),
      post: id(12),
      label: 'The poster',
      note: { text: 'Ask the <i>printer</i>.' },
    },
    { number: 1, capture: id(31), post: null, label: null },
    { number: 4, capture: id(11), post: id(13), label: null },
  ]);
  expect(evidence.case?.removed).toMatchObject([{ number: 3, because: 'Stands in exhibit 2.' }]);
});

test.each([
  ['case.exhibits[0].number', 64, (one: { [key: string]: Json }) => (one.number = 5)],
  ['case.exhibits[0].label', 64, (one: { [key: string]: Json }) => (one.label = 'Another')],
  ['case.exhibits[0].post', 64, (one: { [key: string]: Json }) => (one.post = id(13))],
])('%s of somebody’s own is found', async (field, document, change) => {
  const found = await resigned((evidence) => change(exhibits(evidence)[0] ?? {}));

  expect(found).toMatchObject({ status: 'failed', code: 'evidence-contradicts' });
  expect(found.message).toContain(`log/documents/${id(document)}.json at ${field}.`);
});

test('another name or time zone of the case, and another time zone of the report, are found', async () => {
  const name = await resigned((evidence) => {
    evidence.case = { ...(evidence.case as object), name: 'Another' };
  });
  const zone = await resigned((evidence) => {
    evidence.timeZone = 'UTC';
  });

  expect(name.message).toContain(`log/documents/${id(61)}.json at case.name.`);
  expect(zone.message).toContain('its case, or without one every bundle of this format at timeZone.');
});

test('an exhibit, a note or a removal that is not shown, or shown twice, is found', async () => {
  const hidden = await resigned((evidence) => exhibits(evidence).pop());
  const twice = await resigned((evidence) => exhibits(evidence).push(exhibits(evidence)[0] ?? {}));
  const noteless = await resigned((evidence) => delete exhibits(evidence)[0]?.note);
  const gapless = await resigned((evidence) => delete (evidence.case as { removed?: Json }).removed);

  expect(hidden.message).toContain(`log/documents/${id(66)}.json is in the bundle`);
  expect(twice).toMatchObject({ status: 'failed', code: 'evidence-points-nowhere' });
  expect(noteless.message).toContain(`log/documents/${id(68)}.json is in the bundle`);
  expect(gapless.message).toContain(`log/documents/${id(70)}.json is in the bundle`);
});

test('an exhibit that the bundle does not hold is found', async () => {
  const found = await resigned((evidence) => {
    const captures = evidence.captures as { readings: { posts: Json[] }[] }[];
    captures[0]?.readings[0]?.posts.shift();
  });

  expect(found).toMatchObject({ status: 'failed', code: 'evidence-points-nowhere' });
  expect(found.message).toContain(`log/documents/${id(64)}.json`);
});
