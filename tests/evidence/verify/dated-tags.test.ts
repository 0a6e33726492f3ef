/** Tags by dated clauses in a bundle: what evidence.json says of them follows from documents and texts, or the check fails. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { evidenceSchema } from '../../../evidence/bundle/evidence.ts';
import { policyTextPath } from '../../../evidence/bundle/paths.ts';
import { canonicalBytes, type Json } from '../../../evidence/log/canonical.ts';
import {
  compile,
  encode,
  type Files,
  makeIdentity,
  step,
  text,
  unpack,
  verify,
  verifyResigned,
} from '../build/bundle.ts';
import { bent, datedSample, keys, partOf, partsOf, policyTexts, versionIds } from '../build/dated-sample.ts';
import { id } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const { plan } = datedSample(signer);
const bundle = await compile(plan, signer);
const evidenceIn = (files: Files) => evidenceSchema.parse(JSON.parse(text(files, 'data/evidence.json')));
const path = policyTextPath('elmwick', 'Rules & Policies – همه', versionIds.december);

test('holds, and is the same bytes when made again', async () => {
  const verification = await verify(bundle, signer);
  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(verification.verdict).toBe('trusted');
  const again = await unpack(await compile(datedSample(signer).plan, signer));
  const files = await unpack(bundle);
  for (const [name, bytes] of files) {
    if (!name.startsWith('sig/'))
      expect(Buffer.compare(bytes, again.get(name) ?? Buffer.alloc(0)), name).toBe(0);
  }
});

test('shows the clause as it stood, with its place in the exact text in bytes and in code points', async () => {
  const files = await unpack(bundle);
  expect(path).toBe(`data/policies/elmwick/rules-policies/${versionIds.december}.md`);
  const exact = text(files, path);
  expect(exact).toBe(policyTexts.december);
  const evidence = evidenceIn(files);
  const post = evidence.captures[0]?.readings[0]?.posts[0];
  const tag = post?.tags.find(({ dated }) => dated?.key === keys.glory);
  if (tag?.dated === undefined) throw new Error('a dated tag');
  const { bytes, points, text: words } = tag.dated;
  expect(
    Buffer.from(exact)
      .subarray(...bytes)
      .toString(),
  ).toBe(words);
  expect([...exact].slice(...points).join('')).toBe(words);
  expect(words).toMatch(/^\*\*Glorifying harm:\*\* .*⬛$/u);
  expect(tag).toMatchObject({
    clause: null,
    sure: 'likely',
    dated: {
      version: versionIds.december,
      title: 'Glorifying harm',
      path: ['Hateful conduct', 'What is not allowed'],
    },
    quotes: [{ text: 'all of them' }],
    considered: [
      {
        key: keys.news,
        answer: 'does-not-apply',
        title: 'News',
        version: versionIds.december,
        text: expect.stringContaining('We allow'),
      },
      { key: 'x/violent-speech', answer: 'not-considered', title: 'Incitement', version: null, text: null },
    ],
    reviews: [{ act: 'agree' }, { act: 'dispute', because: 'It is a quotation.' }],
  });
  expect(
    evidence.policies?.map(({ name, versions }) => [
      name,
      versions.map((version) => version.seen.at.slice(0, 10)),
    ]),
  ).toEqual([
    ['Rules & Policies – همه', ['2020-09-02', '2020-12-03', '2021-01-20']],
    ['Village Peace Act', ['2020-01-01']],
  ]);
  // By the correction, which was recorded after the versions.
  expect(evidence.policies?.[0]?.versions[0]?.clauses.find(({ key }) => key === keys.news)?.role).toBe(
    'exception',
  );
  expect(evidence.reports).toMatchObject([{ posts: [id(12), id(32)], to: 'Elmwick Trust Desk' }]);
  expect(evidence.leftOut).toEqual({ reports: 2 });
});

test('a bundle from before there were dated tags still holds', async () => {
  const old = gunzipSync(
    readFileSync(new URL('../../fixtures/archives/bundle-before-dated-tags.zip.gz', import.meta.url)),
  );
  const verification = await verify(new Uint8Array(old));
  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(verification.verdict).toBe('consistent');
});

/** The signer changes files and signs again; what a check says of it. */
async function resigned(change: (files: Files) => void) {
  const verification = await verifyResigned(await unpack(bundle), signer, change);
  expect(verification.verdict).toBe('failed');
  for (const name of ['container', 'manifests', 'signature'] as const)
    expect(step(verification, name).status, name).toBe('ok');
  return verification;
}

type Evidence = ReturnType<typeof evidenceIn>;

async function saying(change: (evidence: Evidence) => void) {
  return resigned((files) => {
    const evidence = evidenceIn(files);
    change(evidence);
    files.set('data/evidence.json', canonicalBytes(evidence as Json));
    for (const capture of evidence.captures)
      files.set(`data/captures/${capture.id}/record.json`, canonicalBytes(capture as Json));
  });
}

const tagsOf = (evidence: Evidence) =>
  evidence.captures.flatMap(({ readings }) =>
    readings.flatMap(({ posts }) => posts.flatMap(({ tags }) => tags)),
  );
function tagOf(evidence: Evidence, key: string) {
  const tag = tagsOf(evidence).find(({ dated }) => dated?.key === key);
  if (tag?.dated === undefined) throw new Error(`no tag by ${key}`);
  return { ...tag, tag, dated: tag.dated };
}

const set = (target: object, members: object): void => void Object.assign(target, members);

describe('signed, but not what was recorded', () => {
  test('the text of a clause changed', async () => {
    const verification = await resigned((files) =>
      files.set(path, encode(text(files, path).replace('praise', 'curse!'))),
    );
    expect(step(verification, 'leaves')).toMatchObject({ status: 'failed', code: 'policy-text-differs' });
    expect(verification.files).toContainEqual({ path, problem: 'changed' });
  });

  test('the text of a version taken away', async () => {
    const verification = await resigned((files) => files.delete(path));
    expect(step(verification, 'leaves')).toMatchObject({ status: 'failed', code: 'file-missing' });
  });

  test('the texts of two versions exchanged', async () => {
    const other = policyTextPath('elmwick', 'Rules & Policies – همه', versionIds.january);
    const verification = await resigned((files) => {
      const [one, two] = [files.get(path), files.get(other)];
      if (one !== undefined && two !== undefined) files.set(path, two).set(other, one);
    });
    expect(step(verification, 'leaves')).toMatchObject({ status: 'failed', code: 'policy-text-differs' });
  });

  test('a text of a policy added', async () => {
    const added = policyTextPath('elmwick', 'Rules & Policies – همه', id(999));
    const verification = await resigned((files) => files.set(added, encode('# Anything goes\n')));
    expect(step(verification, 'leaves').status).toBe('ok');
    expect(step(verification, 'evidence')).toMatchObject({ status: 'failed', code: 'file-unexpected' });
    expect(verification.files).toEqual([{ path: added, problem: 'unlisted' }]);
  });

  test.each<[string, (evidence: Evidence) => void, string]>([
    ['offsets in bytes elsewhere', (e) => set(tagOf(e, keys.glory).dated.bytes, { 0: 1 }), 'dated.bytes[0]'],
    [
      'offsets in code points elsewhere',
      (e) => set(tagOf(e, keys.glory).dated.points, { 1: 90 }),
      'dated.points[1]',
    ],
    [
      'other words of the clause',
      (e) => set(tagOf(e, keys.glory).dated, { text: 'Anything goes.' }),
      'dated.text',
    ],
    [
      'another version cited',
      (e) => set(tagOf(e, keys.glory).dated, { version: versionIds.january }),
      'dated.version',
    ],
    ['another part', (e) => set(tagOf(e, keys.glory).dated, { part: 4 }), 'dated.part'],
    ['another role', (e) => set(tagOf(e, keys.glory).dated, { role: 'exception' }), 'dated.role'],
    ['a surer judgement', (e) => set(tagOf(e, keys.glory).tag, { sure: 'certain' }), 'sure'],
    ['another finding', (e) => set(tagOf(e, keys.slurs).tag, { finding: 'breach' }), 'finding'],
    ['a finding taken away', (e) => void delete tagOf(e, keys.slurs).tag.finding, 'finding'],
    [
      'another answer to an exception',
      (e) => void Object.assign(tagOf(e, keys.glory).tag.considered?.[1] ?? {}, { answer: 'does-not-apply' }),
      'considered[1].answer',
    ],
    [
      'in force after all',
      (e) => void Object.assign(tagOf(e, keys.glory).tag.dates?.[0] ?? {}, { inForce: 'yes' }),
      'dates[0].inForce',
    ],
    [
      'another place of origin',
      (e) => void Object.assign(tagOf(e, keys.slurs).tag.origin ?? {}, { archive: id(1) }),
      'origin.archive',
    ],
    [
      'a dispute called agreement',
      (e) => void Object.assign(tagOf(e, keys.glory).tag.reviews?.[1] ?? {}, { act: 'agree' }),
      'reviews[1].act',
    ],
    [
      'another review reason',
      (e) => void Object.assign(tagOf(e, keys.glory).tag.reviews?.[1] ?? {}, { because: 'Fine.' }),
      'reviews[1].because',
    ],
    [
      'a version seen on another day',
      (e) =>
        void Object.assign(e.policies?.[0]?.versions[1] ?? {}, {
          seen: { at: '2021-01-14T00:00:00.000Z', precision: 'day' },
        }),
      'policies[0].versions[1].seen.at',
    ],
    [
      'another licence',
      (e) => void Object.assign(e.policies?.[0]?.versions[1]?.source ?? {}, { licence: null }),
      'policies[0].versions[1].source.licence',
    ],
    [
      'another text path',
      (e) => void Object.assign(e.policies?.[0]?.versions[1] ?? {}, { path: 'data/report.html' }),
      'policies[0].versions[1].path',
    ],
    [
      'a norm called a rule',
      (e) => void Object.assign(e.policies?.[1] ?? {}, { kind: 'rules' }),
      'policies[1].kind',
    ],
    [
      'other words of a statement',
      (e) => void Object.assign(e.statements?.[0] ?? {}, { text: 'We never will.' }),
      'statements[0].text',
    ],
    [
      'another correction',
      (e) => void Object.assign(e.corrections?.[0] ?? {}, { because: '' }),
      'corrections[0].because',
    ],
    ['another link', (e) => void Object.assign(e.links?.[0] ?? {}, { to: keys.slurs }), 'links[0].to'],
    [
      'reported to another',
      (e) => void Object.assign(e.reports?.[0] ?? {}, { to: 'Nobody' }),
      'reports[0].to',
    ],
    ['another phrase', (e) => void Object.assign(e.phrases?.[0] ?? {}, { text: 'hello' }), 'phrases[0].text'],
  ])('%s', async (_what, change, field) => {
    const verification = await saying(change);
    expect(step(verification, 'leaves').status).toBe('ok');
    expect(step(verification, 'evidence')).toMatchObject({ status: 'failed', code: 'evidence-contradicts' });
    expect(step(verification, 'evidence').message).toContain(`${field}.`);
  });

  test('a review moved to another tag', async () => {
    const verification = await saying((evidence) => {
      const [from, to] = [tagOf(evidence, keys.glory).tag, tagOf(evidence, keys.slurs).tag];
      set(to, { reviews: from.reviews?.slice(1) });
      set(from, { reviews: from.reviews?.slice(0, 1) });
    });
    expect(step(verification, 'evidence')).toMatchObject({
      status: 'failed',
      code: 'evidence-points-nowhere',
    });
    expect(step(verification, 'evidence').message).toContain('under a tag that it does not review');
  });

  test.each<[string, (evidence: Evidence) => void]>([
    ['a dispute', (e) => void tagOf(e, keys.glory).tag.reviews?.pop()],
    ['a statement', (e) => void delete e.statements],
    ['a correction', (e) => void delete e.corrections],
    ['a link', (e) => void delete e.links],
    ['a report', (e) => void delete e.reports],
    ['a phrase', (e) => void delete e.phrases],
  ])('%s not shown', async (_what, change) => {
    const verification = await saying(change);
    expect(step(verification, 'evidence').status).toBe('failed');
    expect(
      verification.files.some(
        ({ path: file, problem }) => file.startsWith('log/documents/') && problem === 'unlisted',
      ),
    ).toBe(true);
  });

  test('the later version, by which the rule changed, not shown', async () => {
    const verification = await saying((evidence) => void evidence.policies?.[0]?.versions.pop());
    expect(step(verification, 'evidence')).toMatchObject({
      status: 'failed',
      code: 'evidence-points-nowhere',
    });
    expect(step(verification, 'evidence').message).toContain(`the policy version ${versionIds.january}`);
  });
});

describe('recorded, but not possible', () => {
  const glory = id(340);
  const parts = partsOf(policyTexts.december);
  const part = partOf(policyTexts.december, keys.glory);

  test.each<
    [
      what: string,
      event: string,
      change: Parameters<typeof bent>[2],
      name: 'evidence' | 'leaves',
      code: string,
    ]
  >([
    [
      'a tag by a version that is not there',
      glory,
      { body: { dated: { key: keys.glory, version: id(998), part } } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'a tag by a heading',
      glory,
      { body: { dated: { key: keys.glory, version: versionIds.december, part: 0 } } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'a tag by a part that is not there',
      glory,
      { body: { dated: { key: keys.glory, version: versionIds.december, part: 99 } } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'a tag by another clause than its part',
      glory,
      { body: { dated: { key: keys.slurs, version: versionIds.december, part } } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'an answer that rests on what is not there',
      glory,
      {
        body: {
          dates: [
            { when: 'posted', at: null, inForce: 'yes', why: 'So.', version: null, restsOn: [id(998)] },
          ],
        },
      },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'a second quote that does not stand there',
      glory,
      { body: { quotes: [{ text: 'all of you', start: 60, end: 70 }] } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'quotes out of order',
      glory,
      { body: { quotes: [{ text: 'The', start: 0, end: 3 }] } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'another account than that of the post',
      id(342),
      { body: { account: { platform: 'x', platformId: null, handle: 'someone' } } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'parts that end before the text',
      id(321),
      { body: { parts: parts.slice(0, -1) } },
      'leaves',
      'policy-parts-differ',
    ],
    [
      'parts that end after the text',
      id(321),
      { body: { parts: [...parts, ...parts.slice(-1)] } },
      'leaves',
      'policy-parts-differ',
    ],
    [
      'parts with other code points',
      id(321),
      { body: { parts: parts.map((each) => ({ ...each, points: each.bytes })) } },
      'leaves',
      'policy-parts-differ',
    ],
    [
      'parts cut inside a character',
      id(321),
      { body: { parts: cutInside(parts) } },
      'leaves',
      'policy-parts-differ',
    ],
    ['a version of another policy', id(321), { body: { policy: id(997) } }, 'leaves', 'version-out-of-place'],
    ['a version twice', id(320), { body: { version: versionIds.december } }, 'leaves', 'policy-text-differs'],
    ['a policy twice', id(303), { body: { policy: id(300) } }, 'leaves', 'policy-twice'],
    ['a review before its tag', id(360), { seq: 112 }, 'leaves', 'order-impossible'],
    ['a tag before its version', glory, { seq: 113 }, 'leaves', 'order-impossible'],
    ['a version before its policy', id(321), { seq: 114 }, 'leaves', 'order-impossible'],
    ['a report before its posts', id(370), { seq: 60 }, 'leaves', 'order-impossible'],
    [
      'a report of posts that are not in the bundle',
      id(370),
      { body: { posts: [id(12), id(777)] } },
      'evidence',
      'evidence-points-nowhere',
    ],
    [
      'a review of a tag elsewhere',
      id(360),
      { body: { tag: id(347) } },
      'evidence',
      'evidence-points-nowhere',
    ],
  ])('%s', async (_what, event, change, name, code) => {
    const verification = await verify(await compile(bent(plan, event, change), signer), signer);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'inclusion').status).toBe('ok');
    expect(step(verification, name)).toMatchObject({ status: 'failed', code });
  });
});

/** The last byte of a part goes to the next; the sums stay. */
function cutInside(parts: ReturnType<typeof partsOf>) {
  const at = parts.findIndex(({ key }) => key === keys.glory);
  return parts.map((each, i) =>
    i === at
      ? { ...each, bytes: each.bytes - 3, points: each.points - 1 }
      : i === at + 1
        ? { ...each, bytes: each.bytes + 3, points: each.points + 1 }
        : each,
  );
}
