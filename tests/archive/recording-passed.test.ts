/** What the archive makes of posts that passed while the autopilot scrolled: read, compared with what was seen. */
import { expect, test } from 'vitest';
import { listPosts, requireCapture, requirePost } from '../../archive/posts.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import type { AutopilotOutcome } from '../../contract/model/autopilot.ts';
import type { CaptureSink } from '../../contract/model/recording.ts';
import { entry, graphql, id, timeline, tweet } from '../sites/x/answers.ts';
import { checkArchive, makeArchive, streamOf } from '../support/archive.ts';
import { address, engine, finishOf, play, startOf } from '../support/recording.ts';

const limits = { posts: 500, screens: 100, minutes: 5 };
const outcome: AutopilotOutcome = {
  ended: 'end',
  ...{ posts: 3, kept: 3, screens: 4, pictured: 4, removed: 2, opened: 1, played: 0, milliseconds: 9000 },
};
const shell = '<!doctype html><title>Harbour watch</title><h1>Harbour watch</h1><div id="root"></div>';
const json = startOf(1, {
  url: 'https://social.example/api',
  resourceType: 'xhr',
  responseHeaders: [['content-type', 'application/json']],
});

function marked(n: number, text: string): string {
  return `<article><a rel="author" href="/@ada">@ada</a> <a rel="bookmark" href="/@ada/${n}"><time datetime="2024-03-0${n}">then</time></a><p>${text}</p><button>Like</button></article>`;
}

async function passedPart(
  sink: CaptureSink,
  captureId: string,
  posts: readonly string[],
  order: readonly number[] = [],
) {
  const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const lines = posts.map(
    (html, n) => `<article data-post="${n}" data-html="${escaped(html)}"><p></p></article>`,
  );
  const page = `<!doctype html>${lines.join('\n')}<p data-order="${order.join(' ')}"></p>`;
  const about = {
    captureId,
    role: 'passed',
    mediaType: 'text/html; charset=utf-8',
    name: 'passed-1.html',
  } as const;
  await sink.artifact(about, streamOf(page));
}

async function begun(autopilot = limits) {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const begin = { url: address, startedAt: '2026-01-05T08:00:00.000Z', engine, autopilot };
  const { captureId } = await sink.begin(begin);
  return { archive, sink, captureId };
}

test('each post that passed is read, in the order of the page, with where its words came from', async () => {
  const { archive, sink, captureId } = await begun();
  await play(sink, captureId, startOf(0), shell);
  await play(sink, captureId, json, '{"text":"first words"}');
  await passedPart(
    sink,
    captureId,
    [marked(2, 'second words'), marked(1, 'first words'), '<div><b>bare</b> words</div>'],
    [1, 0, 2],
  );

  const result = await sink.finish(finishOf(captureId, { autopilot: outcome }));

  expect(result).toMatchObject({ verdict: 'complete', reasons: [] });
  const posts = result.posts.map((id) => requirePost(archive, id).content);
  expect(posts).toMatchObject([
    {
      text: 'first words',
      url: 'https://social.example/@ada/1',
      platform: 'social.example',
      author: { handle: 'ada' },
      sourceOfText: { found: 'network', exchange: 1 },
    },
    { text: 'second words', url: 'https://social.example/@ada/2', sourceOfText: { found: 'rendered-page' } },
    { text: 'bare words', kind: 'post', url: null, title: null, sourceOfText: { found: 'rendered-page' } },
  ]);
  expect(requireCapture(archive, captureId).recording?.autopilot).toEqual({ limits, outcome });
  expect(requireCapture(archive, captureId).artifacts.map(({ role }) => role)).toEqual(['wacz', 'passed']);
  checkArchive(archive);
});

test('what the page or its answers hold already is not read twice; the same words of two posts are two', async () => {
  const { archive, sink, captureId } = await begun();
  const page = `<!doctype html><title>List</title>${marked(1, 'The main post')}${marked(3, 'Yes.')}`;
  await play(sink, captureId, startOf(0), page);
  await passedPart(sink, captureId, [
    marked(1, 'The main post'),
    marked(3, 'Yes.'),
    marked(4, 'Yes.'),
    '<div>Yes.</div>',
  ]);

  const result = await sink.finish(finishOf(captureId, { autopilot: { ...outcome, posts: 4, kept: 4 } }));

  expect(result).toMatchObject({ verdict: 'complete', reasons: [] });
  expect(result.posts.map((id) => requirePost(archive, id).content.text)).toEqual([
    'The main post',
    'Yes.',
    'Yes.',
    'Yes.',
  ]);
  expect(listPosts(archive, 'Yes', 0, 10).posts).toHaveLength(3);
});

test.each([
  [5, 'Posts seen 5, stored 2'],
  [1, 'Posts seen 1, stored 2'],
])('%i seen and two stored is said', async (seen, words) => {
  const { sink, captureId } = await begun();
  await play(sink, captureId, startOf(0), shell);
  await passedPart(sink, captureId, [marked(1, 'one'), marked(2, 'two'), '<div></div>']);
  const result = await sink.finish(finishOf(captureId, { autopilot: { ...outcome, posts: seen } }));
  expect(result).toMatchObject({
    verdict: 'incomplete',
    reasons: [{ code: 'posts-missing', message: expect.stringContaining(words) }],
  });
});

test('seen and nothing kept is said', async () => {
  const { sink, captureId } = await begun();
  await play(sink, captureId, startOf(0), '<!doctype html><article><p>words</p></article>');
  const result = await sink.finish(finishOf(captureId, { autopilot: { ...outcome, posts: 1, kept: 0 } }));
  expect(result.reasons.map(({ code }) => code)).toEqual(['posts-missing']);
});

test('a recording that was interrupted has what had passed by then, and says that the autopilot did not end', async () => {
  const { archive, sink, captureId } = await begun();
  await play(sink, captureId, startOf(0), shell);
  await passedPart(sink, captureId, [marked(1, 'one')]);
  const { sealRecording } = await import('../../archive/recording/seal.ts');
  const result = await sealRecording(archive, captureId, null);
  expect(result.posts.map((id) => requirePost(archive, id).content.text)).toEqual(['one']);
  expect(result.reasons.map(({ code }) => code)).toEqual(['interrupted']);
  expect(requireCapture(archive, captureId).recording?.autopilot).toEqual({ limits, outcome: null });
});

test('what has an address of its own on the page is another post than the page, and a name comes before words', async () => {
  const { archive, sink, captureId } = await begun();
  const at = (href: string, text: string) =>
    `<article><a rel="bookmark" href="${href}"><time datetime="2024-03-01">then</time></a><p>${text}</p></article>`;
  const first = at('/ada/1?p=1', 'The first');
  await play(
    sink,
    captureId,
    startOf(0),
    `<!doctype html><title>List</title>${first}${at('/ada/9', 'Yes.')}`,
  );
  await passedPart(sink, captureId, [
    first,
    at('/ada/1?p=2', 'The second'),
    '<div>Yes.</div>',
    at('/ada/9', 'Yes.'),
  ]);

  const result = await sink.finish(finishOf(captureId, { autopilot: { ...outcome, posts: 4, kept: 4 } }));

  const texts = result.posts.map((id) => requirePost(archive, id).content.text).sort();
  expect(texts).toEqual(['The first', 'The second', 'Yes.', 'Yes.']);
  expect(result.reasons).toEqual([]);
});

test.each([
  [
    'the Wayback Machine (web.archive.org)',
    'https://web.archive.org/web/20190614120000/https://social.example/ada',
    '/web/20190614120000/https://social.example',
    shell,
    'at 2019-06-14T12:00:00Z',
  ],
  [
    'archive.today (archive.ph)',
    'https://archive.ph/AbCd1',
    'https://archive.ph/o/AbCd1/https://social.example',
    `${shell}<link rel="canonical" href="https://archive.ph/2019.06.14-120000/https://social.example/ada">`,
    'at 2019-06-14T12:00:00Z',
  ],
])(
  'posts that passed on a replay of %s say so, under their original addresses',
  async (name, url, before, page, when) => {
    const { archive, sink, captureId } = await begun();
    await play(sink, captureId, startOf(0, { url }), page);
    // What the platform sends beside the replay is no part of it, whatever id it has.
    const post = marked(1, 'first words').replaceAll('href="', `href="${before}`);
    await passedPart(sink, captureId, [post]);

    const result = await sink.finish(
      finishOf(captureId, { finalUrl: url, autopilot: { ...outcome, posts: 1, kept: 1 } }),
    );

    const [found] = result.posts.map((id) => requirePost(archive, id));
    expect(found?.content).toMatchObject({
      text: 'first words',
      url: 'https://social.example/@ada/1',
      platform: 'social.example',
      notices: [{ kind: 'other', text: expect.stringContaining(`Read out of a replay by ${name}`) }],
    });
    expect(found?.content.notices?.[0]?.text).toContain(when);
    expect(found?.reader.notes[0]).toContain(`Read out of a replay by ${name}`);
    expect(result.posts).toHaveLength(1);
    checkArchive(archive);
  },
);

test('what X sent beside a replay is not the replayed post that passed', async () => {
  const { archive, sink, captureId } = await begun();
  const url = `https://web.archive.org/web/20190614120000/https://x.com/ada/status/${id}`;
  await play(sink, captureId, startOf(0, { url }), shell);
  await play(
    sink,
    captureId,
    startOf(1, { url: graphql, resourceType: 'fetch', responseHeaders: json.responseHeaders }),
    JSON.stringify(timeline(entry(tweet({ full_text: 'first words' })))),
  );
  const address = `/web/20190614120000/https://x.com/ada/status/${id}`;
  await passedPart(sink, captureId, [marked(1, 'first words').replace('/@ada/1', address)]);

  const result = await sink.finish(
    finishOf(captureId, { finalUrl: url, autopilot: { ...outcome, posts: 1, kept: 1 } }),
  );

  const posts = result.posts.map((postId) => requirePost(archive, postId).content);
  expect(posts.map(({ platformId, notices = [] }) => [platformId, notices.length])).toEqual([
    [id, 0],
    [id, 1],
  ]);
});
