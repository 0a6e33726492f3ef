/** What leaves the desk: leaks are found and decided, profiles leave classes out, what is open is said. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Archive } from '../../../archive/archive.ts';
import { compileBundle, previewBundle } from '../../../archive/compile.ts';
import { importFile } from '../../../archive/import/import-file.ts';
import { addPersona } from '../../../archive/personas/personas.ts';
import { keepSession } from '../../../archive/personas/session.ts';
import { recordingSink } from '../../../archive/recording/sink.ts';
import { reviewTag } from '../../../archive/review/review.ts';
import { archiveStatus } from '../../../archive/status.ts';
import { addTag } from '../../../archive/tags/add.ts';
import { addReport } from '../../../archive/tags/reports.ts';
import { verifyFile } from '../../../archive/verify.ts';
import { type LeavingDraft, profileSchema } from '../../../contract/model/leaving.ts';
import { emptySession } from '../../../contract/model/persona.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { checkArchive, importPage, makeArchive, postPage, streamOf } from '../../support/archive.ts';
import { textIn } from '../../support/bundle-files.ts';
import { begin, finishOf, play, startOf } from '../../support/recording.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const machine = { host: 'crowsnest-7', user: 'idalind', home: '/home/idalind' };
const sid = 'qf83hGd0-planted-cookie';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

async function signer() {
  return createIdentity({
    name: 'Ida Signer',
    organisation: null,
    email: 'ida@desk.example',
    now: new Date(),
  });
}

async function archiveWithCookie(): Promise<Archive> {
  const archive = await makeArchive();
  const persona = addPersona(archive, {
    name: 'Mérida Quill',
    colour: 'teal',
    languages: [],
    timeZone: null,
    userAgent: null,
    proxy: 'socks5://exit-9.example:1080',
    pace: null,
  });
  const cookie = { name: 'sid', value: sid, domain: 'x.test', path: '/', httpOnly: true, secure: true };
  keepSession(archive, persona.id, Buffer.from(JSON.stringify({ ...emptySession, cookies: [cookie] })), null);
  return archive;
}

async function plantedArchive(): Promise<Archive> {
  const archive = await archiveWithCookie();
  const planted = `
    <p>Signed in as M&#233;rida Quill</p><img src="data:x/y;base64,${Buffer.from(`k=${sid};`).toString('base64')}">
    <!-- file:///home/idalind/captures on CROWSNEST-7 by idalind, via exit-9.example, seen x-client-ip: 203.0.113.9 -->
    <script>t="${jwt}"; m="ada%40private.example"; a="${archive.info.archiveId}"</script>`;
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), `${postPage('nothing to see')}${planted}`);
  await sink.finish(finishOf(captureId));
  await importFile(archive, 'notes.bin', streamOf(gzipSync(`cookie: ${sid}`)));
  return archive;
}

test('planted secrets leave in no bundle, by no profile, until each is decided', {
  timeout: 60_000,
}, async () => {
  const archive = await plantedArchive();
  const folder = temporaryFolder();
  const identity = await signer();
  const order = { identity, captures: 'all' as const };
  const events = archiveStatus(archive).counts.events;

  for (const profile of profileSchema.options) {
    const compiled = compileBundle(
      archive,
      { ...order, path: join(folder, 'b.zip'), leaving: { profile } },
      { machine },
    );
    await expect(compiled).rejects.toMatchObject({ code: 'leak-found' });
  }
  const { leaks } = await previewBundle(archive, order, { machine });

  expect(readdirSync(folder)).toEqual([]);
  expect(archiveStatus(archive).counts.events).toBe(events);
  expect(leaks.map(({ code, shown }) => `${code} ${shown}`)).toEqual([
    `archive-id ${archive.info.archiveId}`,
    `cookie-value qf83… (${sid.length} characters)`,
    'e-mail ada@private.example',
    'home-folder /home/idalind',
    'machine-name crowsnest-7',
    'persona-name Mérida Quill',
    'persona-proxy exit-9.example',
    'public-address 203.0.113.9',
    `token eyJh… (${jwt.length} characters)`,
    'user-name idalind',
  ]);
  expect(leaks.find(({ code }) => code === 'cookie-value')?.fileCount).toBe(2);
  checkArchive(archive);
});

test('a persona whose name is a common word blocks no bundle by that word, and is found where it stands as a name', {
  timeout: 60_000,
}, async () => {
  const archive = await makeArchive();
  const facts = { colour: 'teal' as const, languages: [], timeZone: null, userAgent: null, proxy: null };
  for (const name of ['Far', 'Evidence', 'Farrah']) addPersona(archive, { ...facts, name, pace: null });
  const order = { identity: await signer(), captures: 'all' as const };
  const found = async () =>
    (await previewBundle(archive, order, { machine })).leaks.flatMap(({ code, shown }) =>
      code === 'persona-name' ? [shown] : [],
    );
  await importPage(archive, 'So far, so good: far from here is no evidence.');

  expect(await found()).toEqual([]);
  await importPage(archive, 'a', `${postPage('a')}<b class=me>Far</b> <i>@far</i> <u>Farrah</u>`);
  await importPage(
    archive,
    'b',
    `${postPage('b')}<script>{"who":"Evidence"}</script><a href="/?as=far&amp;x">`,
  );

  expect(await found()).toEqual(['"Evidence"', '=Far&', '>Far<', '@Far', 'Farrah']);
});

test('what others collected is full of addresses: those are told and block nothing, names of the desk do', {
  timeout: 60_000,
}, async () => {
  const archive = await makeArchive();
  const path = join(temporaryFolder(), 'b.zip');
  const theirs = `<!-- written by ada@private.example, x-client-ip: 203.0.113.9 --><script>t="${jwt}"</script>`;
  await importPage(archive, 'nothing to see', `${postPage('nothing to see')}${theirs}`);
  const order = { path, identity: await signer(), captures: 'all' as const };

  const report = await compileBundle(archive, order, { machine });
  const { leaks } = await previewBundle(archive, order, { machine });

  expect(leaks.map(({ code, ofOthers }) => [code, ofOthers])).toEqual([
    ['e-mail', true],
    ['public-address', true],
    ['token', true],
  ]);
  expect(report.verification.verdict).toBe('consistent');
  const html = await textIn(path, 'data/report.html');
  expect(html).toContain('In files that others collected, as they came: e-mail addresses (1).');
  expect(html).not.toContain('Left in by decision');
  await importPage(archive, 'more', `${postPage('more')}<!-- for idalind -->`);
  const again = compileBundle(archive, { ...order, path: `${path}2` }, { machine });
  await expect(again).rejects.toMatchObject({ details: { codes: 'user-name' } });
});

test('what is decided leaves, is told in the log and the report, and the rest still blocks', {
  timeout: 60_000,
}, async () => {
  const archive = await plantedArchive();
  const path = join(temporaryFolder(), 'b.zip');
  const identity = await signer();
  const compile = (acceptLeaks: string[]) =>
    compileBundle(archive, { path, identity, captures: 'all', leaving: { acceptLeaks } }, { machine });
  const { leaks } = await previewBundle(archive, { identity, captures: 'all' }, { machine });
  const one = leaks.filter(({ code }) => code === 'cookie-value' || code === 'token');
  const kinds = [
    'archive-id',
    'home-folder',
    'machine-name',
    'persona-name',
    'persona-proxy',
    'user-name',
    'public-address',
  ];
  const decided = [...kinds, ...one.map(({ code, key }) => `${code}:${key}`)];

  await expect(compile(decided)).rejects.toMatchObject({
    code: 'leak-found',
    details: { leaks: 1, codes: 'e-mail' },
  });
  await expect(compile(['cookie-value'])).rejects.toMatchObject({ code: 'bad-usage' });
  await expect(compile(['e-mails'])).rejects.toMatchObject({ code: 'bad-usage' });
  const report = await compile([...decided, 'e-mail:Ada@Private.example']);

  expect(report.verification.verdict).toBe('consistent');
  const html = await textIn(path, 'data/report.html');
  expect(html).toContain('Left in by decision: values of cookies of a kept session (1).');
  expect(html).toContain('Left in by decision: e-mail addresses (1).');
  const document = archive.db
    .prepare("SELECT CAST(document AS TEXT) FROM event WHERE kind = 'bundle.decided'")
    .pluck()
    .all();
  expect(document).toHaveLength(1);
  expect(JSON.parse(String(document[0])).body).toMatchObject({
    bundle: report.bundleId,
    profile: 'court',
    leaks: leaks.map(({ code, key, fileCount: files }) => ({ code, key, files })),
  });
  expect(String(document[0])).not.toContain(sid);
  checkArchive(archive);
});

test('what blocks never reaches the disk, not even in the file that is thrown away', {
  timeout: 60_000,
}, async () => {
  const archive = await archiveWithCookie();
  const folder = temporaryFolder();
  const identity = await signer();
  const filler = Buffer.alloc(8 * 1024 * 1024, 'harmless ');
  for (const secret of [Buffer.from(sid), gzipSync(`nobody reads this: ${sid}`)]) {
    const { captureId } = await importFile(archive, 'a.bin', streamOf(filler, secret, filler));
    const order = { path: join(folder, 'b.zip'), identity, captures: [captureId] };
    let most = 0;
    let hasSecret = false;
    const progress = () => {
      for (const name of readdirSync(folder)) {
        const bytes = readFileSync(join(folder, name));
        most = Math.max(most, bytes.length);
        hasSecret ||= bytes.includes(secret);
      }
    };

    const compiled = compileBundle(archive, order, { machine, progress });

    await expect(compiled).rejects.toMatchObject({ details: { leaks: 1, codes: 'cookie-value' } });
    expect(most).toBeGreaterThanOrEqual(1024 * 1024);
    expect(hasSecret).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('the report as it was printed is searched, too', { timeout: 60_000 }, async () => {
  const archive = await makeArchive();
  await importPage(archive, 'nothing to see');
  const folder = temporaryFolder();
  const order = { path: join(folder, 'b.zip'), identity: await signer(), captures: 'all' as const };
  const print = async () => ({ engine: 'x', pdf: streamOf('%PDF-1.4 /Title (/home/idalind/report.html)') });

  const compiled = compileBundle(archive, order, { machine, print });

  await expect(compiled).rejects.toMatchObject({
    code: 'leak-found',
    message: expect.stringContaining('data/report.pdf'),
  });
  expect(readdirSync(folder)).toEqual([]);
});

async function taggedArchive() {
  const archive = await makeArchive({ plain: true });
  const postId = await importPage(archive, 'crows are vermin');
  const tag = (because: string) =>
    addTag(archive, { postId, clauseKey: 'x/hateful-conduct', because, quotes: [] });
  const [kept, dropped] = [tag('calls them vermin'), tag('set by mistake')];
  reviewTag(archive, { tagId: kept.id, act: 'dispute', because: 'too weak for me' });
  reviewTag(archive, { tagId: dropped.id, act: 'withdraw', because: 'wrong post' });
  for (const note of [null, 'sent through a friend'])
    addReport(archive, { posts: [postId], to: 'Elmwick', at: '2021-02-01', bundle: null, note });
  return archive;
}

const said = {
  reason: 'calls them vermin',
  mistake: 'set by mistake',
  review: 'too weak for me',
  report: 'Elmwick',
  note: 'sent through a friend',
};
type Said = keyof typeof said;

test.each<[LeavingDraft, Said[]]>([
  [{ profile: 'platform' }, ['reason']],
  [{ profile: 'regulator' }, ['reason', 'review', 'report']],
  [{ profile: 'court' }, ['reason', 'mistake', 'review', 'report']],
  [{ profile: 'colleague' }, ['reason', 'mistake', 'review', 'report']],
  [{ profile: 'platform', include: ['reviews'] }, ['reason', 'review']],
  [{ profile: 'court', include: ['reports-with-notes'] }, ['reason', 'mistake', 'review', 'report', 'note']],
])('%o: what stays behind is nowhere, and is counted', { timeout: 60_000 }, async (leaving, expected) => {
  const archive = await taggedArchive();
  const identity = await signer();
  const path = join(temporaryFolder(), 'b.zip');

  const preview = await previewBundle(archive, { identity, captures: 'all', leaving }, { machine });
  const report = await compileBundle(archive, { path, identity, captures: 'all', leaving }, { machine });

  expect(report.verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(await verifyFile(path, { trust: [] })).toMatchObject({ verdict: 'consistent' });
  const bytes = readFileSync(path, 'utf8');
  expect(Object.entries(said).flatMap(([name, words]) => (bytes.includes(words) ? [name] : []))).toEqual(
    expected,
  );
  const html = await textIn(path, 'data/report.html');
  expect(html.includes('Left out: reports of these posts to somebody, with a note (1).')).toBe(
    !expected.includes('note'),
  );
  expect(preview.tags).toBe(report.tags);
  expect(preview.leftOut.map((each) => each.class)).toEqual(
    [...html.matchAll(/Left out:/g)].map((_, i) => preview.leftOut[i]?.class),
  );
  expect(preview.notes.some(({ text }) => text === said.review)).toBe(expected.includes('review'));
});

test('cross-examination: what is open is told with a way to mend it, and printed', {
  timeout: 60_000,
}, async () => {
  const archive = await taggedArchive();
  await importPage(archive, 'I only passed by', postPage('I only passed by', 'Bea Stander'));
  const identity = await signer();
  const path = join(temporaryFolder(), 'b.zip');

  const { questions, accounts, persons } = await previewBundle(
    archive,
    { identity, captures: 'all' },
    { machine },
  );
  await compileBundle(archive, { path, identity, captures: 'all' }, { machine });

  expect(questions.map(({ code }) => code)).toEqual(['stamp-missing', 'stamp-missing']);
  expect(questions.every(({ fix }) => fix.length > 20)).toBe(true);
  expect(accounts).toEqual([{ what: '@ada', count: 2 }]);
  expect(persons.map(({ name }) => name)).toEqual(['Ida Signer', 'Tess Ter']);
  expect(await textIn(path, 'data/report.html')).toContain(
    'Open: captures without an independent timestamp (2).',
  );
});
