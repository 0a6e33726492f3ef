/** Posts of a recording that stand in the answers beside its page, and which reader read what. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { importFile } from '../../archive/import/import-file.ts';
import { requireCapture, requirePost } from '../../archive/posts.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { entry, graphql, id, timeline, tweet } from '../sites/x/answers.ts';
import { checkArchive, makeArchive, postPage, streamOf } from '../support/archive.ts';
import { begin, finishOf, play, sha256, startOf } from '../support/recording.ts';

const json = [['content-type', 'application/json; charset=utf-8']] as [string, string][];
const html = [['content-type', 'text/html; charset=utf-8']] as [string, string][];
const shell = '<!doctype html><title>X</title><div id="react-root">JavaScript is not available.</div>';
const status = `https://x.com/ada/status/${id}`;
const pictureUrl = 'https://pbs.twimg.com/media/Abc?format=jpg&name=small';
const picture = Buffer.from('a picture');

const media = {
  extended_entities: { media: [{ type: 'photo', media_url_https: 'https://pbs.twimg.com/media/Abc.jpg' }] },
};
const body = JSON.stringify(timeline(entry(tweet({ full_text: 'می‌خواهم &amp; more', ...media }))));

async function recordX(answer: string, dom: string, answerUrl = graphql, page = status) {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0, { url: page, responseHeaders: html }), shell);
  await play(
    sink,
    captureId,
    startOf(1, { url: answerUrl, method: 'POST', resourceType: 'fetch', responseHeaders: json }),
    answer,
  );
  await play(
    sink,
    captureId,
    startOf(2, { url: pictureUrl, resourceType: 'image', responseHeaders: [['content-type', 'image/jpeg']] }),
    picture,
  );
  await sink.artifact({ captureId, role: 'dom', mediaType: 'text/html', name: null }, streamOf(dom));
  const result = await sink.finish(finishOf(captureId, { finalUrl: page }));
  const posts = result.posts.map((postId) => requirePost(archive, postId));
  checkArchive(archive);
  return { archive, captureId, result, posts };
}

test('a page of X is read from the answer that brought its post, with its picture', async () => {
  const { result, posts } = await recordX(body, postPage('what the script made of it'));

  expect(result).toMatchObject({ verdict: 'complete', reasons: [] });
  expect(posts).toMatchObject([
    {
      reader: {
        name: 'x',
        version: '2',
        notes: [expect.stringMatching(/^Reader x 2, last checked against: .+\.$/)],
      },
      content: {
        platform: 'x',
        platformId: id,
        text: 'می‌خواهم & more',
        author: { platformId: '42', handle: 'ada' },
        media: [{ url: pictureUrl, sha256: sha256(picture) }],
        sourceOfText: { found: 'network', exchange: 1, url: graphql },
        counts: [{ of: 'likes', count: 5 }, {}, {}, {}, {}, {}],
      },
    },
  ]);
});

test('where the post that the address names is not in the answers, the page is read as well', async () => {
  const other = JSON.stringify(timeline(entry(tweet({ id_str: '20', full_text: 'another one' }))));
  const { posts } = await recordX(other, postPage('words of the page'));

  expect(posts.map(({ reader, content }) => [reader.name, content.text])).toEqual([
    ['x', 'another one'],
    ['general', 'words of the page'],
  ]);
});

test('a post that is gone is a note of the reader, and nobody reads the page’s words as a post', async () => {
  const gone = {
    __typename: 'TweetTombstone',
    tombstone: { text: { text: 'This Post is from a suspended account.' } },
  };
  const { archive, captureId } = await recordX(JSON.stringify(timeline(entry(gone))), shell);

  const readings = archive.db
    .prepare('SELECT reader, posts, notes FROM reading WHERE capture_id = ? ORDER BY event_seq')
    .all(captureId);
  expect(readings).toMatchObject([
    {
      reader: 'x',
      posts: 0,
      notes: expect.stringContaining(`A post is not shown (${id}): This Post is from a suspended account.`),
    },
  ]);
});

test('answers of a platform beside a page of another site do not take the place of the page', async () => {
  const { posts } = await recordX(body, postPage('an article about it'), graphql, 'https://blog.example/1');

  expect(posts.map(({ reader, content }) => [reader.name, content.text])).toEqual([
    ['x', 'می‌خواهم & more'],
    ['general', 'an article about it'],
  ]);
});

test('a WARC file is read alike: the answer once, the shell of the page not at all', async () => {
  const archive = await makeArchive();
  const record = (url: string, type: string, content: string) => {
    const http = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\n${content}`;
    const head = [
      'WARC/1.1',
      'WARC-Type: response',
      `WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-${String(url.length).padStart(12, '0')}>`,
      'WARC-Date: 2024-03-01T12:30:00Z',
      `WARC-Target-URI: ${url}`,
      'Content-Type: application/http;msgtype=response',
      `Content-Length: ${Buffer.byteLength(http)}`,
    ];
    return gzipSync(`${head.join('\r\n')}\r\n\r\n${http}\r\n\r\n`);
  };
  const warc = Buffer.concat([
    record(status, 'text/html', shell),
    record(graphql, 'application/json', body),
    record(`${graphql}?again`, 'application/json', body),
    record(pictureUrl, 'image/jpeg', 'a picture'),
  ]);

  const imported = await importFile(archive, 'x.warc.gz', streamOf(warc));

  const posts = imported.postIds.map((postId) => requirePost(archive, postId));
  expect(posts).toMatchObject([
    {
      reader: { name: 'x', notes: [{}, expect.stringContaining('more than once')] },
      content: { text: 'می‌خواهم & more', media: [{ url: pictureUrl, sha256: sha256('a picture') }] },
    },
  ]);
  expect(posts[0]?.content).not.toHaveProperty('sourceOfText');
  expect(requireCapture(archive, imported.captureId).warnings).toEqual([]);
  checkArchive(archive);
});

test('words of a platform that are cut within a character keep no capture from being sealed', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0, { responseHeaders: html }), shell);
  const missing = { url: 'https://social.example/api/v1/statuses/1', status: 404, resourceType: 'fetch' };
  await play(
    sink,
    captureId,
    startOf(1, { ...missing, responseHeaders: json }),
    JSON.stringify({ error: `${'x'.repeat(294)}😀` }),
  );

  const { verdict, reasons } = await sink.finish(finishOf(captureId));

  expect(verdict).toBe('incomplete');
  expect(reasons.map(({ message }) => message).join()).toContain('404: xxx');
  expect(reasons.every(({ message }) => message.isWellFormed())).toBe(true);
  checkArchive(archive);
});
