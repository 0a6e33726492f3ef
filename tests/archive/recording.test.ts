import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { compileBundle } from '../../archive/compile.ts';
import { createIdentityFile, readIdentityFile } from '../../archive/identity.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { listCaptures, listPosts, requireCapture, requirePost } from '../../archive/posts.ts';
import { findResource, listExchanges } from '../../archive/recording/replay.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { eventsOf } from '../../archive/status.ts';
import { WarcReader } from '../../evidence/warc/reader.ts';
import { checkArchive, importPage, makeArchive, passphrase, postPage, streamOf } from '../support/archive.ts';
import { formsOf, unpacked } from '../support/planted.ts';
import { address, begin, endOf, engine, finishOf, play, sha256, startOf } from '../support/recording.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { findTraces } from '../support/traces.ts';

const picture = randomBytes(3000);
const pictureUrl = 'https://media.example/a.png';
const page = postPage('words from the network').replace(
  '"articleBody"',
  `"image":"${pictureUrl}","articleBody"`,
);
const pictureStart = startOf(1, {
  url: pictureUrl,
  resourceType: 'image',
  responseHeaders: [['Content-Type', 'image/png']],
});

test('a recording becomes a capture: WACZ, posts, media, verdict', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), page);
  await play(sink, captureId, pictureStart, picture);
  await sink.artifact(
    { captureId, role: 'screenshot', mediaType: 'image/png', name: null },
    streamOf(randomBytes(500)),
  );

  const result = await sink.finish(finishOf(captureId));

  expect(result).toMatchObject({
    id: captureId,
    verdict: 'complete',
    reasons: [],
    exchanges: 2,
    bytes: Buffer.from(page).length + 3000,
  });
  const { content } = requirePost(archive, result.posts[0] ?? '');
  expect(content).toMatchObject({
    text: 'words from the network',
    media: [{ url: pictureUrl, sha256: sha256(picture) }],
    sourceOfText: { found: 'network', exchange: 0, url: address },
  });
  expect(requireCapture(archive, captureId)).toMatchObject({
    method: 'capture',
    format: 'recording',
    verdict: 'complete',
    recording: { requestedUrl: address, finalUrl: address },
  });
  expect(requireCapture(archive, captureId).artifacts.map(({ role }) => role)).toEqual([
    'wacz',
    'screenshot',
    'media',
  ]);
  expect(
    Buffer.concat([...readStored(archive, findArtifact(archive, sha256(picture)))]).equals(picture),
  ).toBe(true);
  checkArchive(archive);
});

test('the text of a post that stands only in the page as rendered says so', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), '<!doctype html><title>app</title><div id="root"></div>');
  await sink.artifact(
    { captureId, role: 'dom', mediaType: 'text/html', name: null },
    streamOf(postPage('words that nobody sent')),
  );

  const { posts } = await sink.finish(finishOf(captureId));

  expect(requirePost(archive, posts[0] ?? '').content).toMatchObject({
    text: 'words that nobody sent',
    sourceOfText: { found: 'rendered-page' },
  });
});

test('words that came as JSON are found in the answer that brought them', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), '<!doctype html><title>app</title><div id="root"></div>');
  const json = startOf(1, {
    url: 'https://social.example/api',
    resourceType: 'xhr',
    responseHeaders: [['content-type', 'application/json']],
  });
  await play(
    sink,
    captureId,
    json,
    '{"text":"\\u0645\\u06cc\\u200c\\u062e\\u0648\\u0627\\u0647\\u0645\\nline two"}',
  );
  await sink.artifact(
    { captureId, role: 'dom', mediaType: 'text/html', name: null },
    streamOf(postPage('می‌خواهم line two')),
  );

  const { posts } = await sink.finish(finishOf(captureId));

  expect(requirePost(archive, posts[0] ?? '').content.sourceOfText).toEqual({
    found: 'network',
    exchange: 1,
    url: 'https://social.example/api',
  });
});

describe('a page that makes its own address another one by its script', () => {
  const asked = 'https://social.example/asked';
  const pushed = 'https://social.example/ada/1?shown';

  test.each([
    ['as the recorder says', address, address],
    ['behind a navigation of its script', asked, asked],
    ['where the recorder says nothing of it', address, undefined],
    ['with a fragment', address, `${address}#part`],
  ])('is found by its document: %s', async (_name, at, documentUrl) => {
    const archive = await makeArchive();
    const sink = recordingSink(archive);
    const captureId = await begin(sink);
    if (at !== address) await play(sink, captureId, startOf(0), '<script>location.href = "/asked"</script>');
    await play(sink, captureId, startOf(1, { url: 'https://frame.example/' }), postPage('a frame'));
    await play(sink, captureId, startOf(2, { url: at }), postPage('words of the page'));

    const result = await sink.finish(
      finishOf(captureId, { finalUrl: pushed, ...(documentUrl !== undefined && { documentUrl }) }),
    );

    expect(result).toMatchObject({ verdict: 'complete', reasons: [], finalUrl: pushed });
    expect(requirePost(archive, result.posts[0] ?? '').content).toMatchObject({
      text: 'words of the page',
      sourceOfText: { found: 'network', exchange: 2, url: at },
    });
    expect(requireCapture(archive, captureId).recording).toMatchObject({ finalUrl: pushed, documentUrl: at });
    checkArchive(archive);
  });

  test('is failed where its document was refused, whatever came before', async () => {
    const archive = await makeArchive();
    const sink = recordingSink(archive);
    const captureId = await begin(sink);
    await play(sink, captureId, startOf(0), postPage('before'));
    await play(sink, captureId, startOf(1, { url: asked, status: 404 }), postPage('not here'));

    const result = await sink.finish(finishOf(captureId, { finalUrl: pushed, documentUrl: asked }));

    expect(result).toMatchObject({ verdict: 'failed', reasons: [{ code: 'navigation-failed' }], posts: [] });
    expect(result.reasons[0]?.message).toContain(`answered 404 for ${asked}`);
  });
});

describe('verdicts', () => {
  test.each([
    [
      'what the recorder saw missing',
      {},
      { reasons: [{ code: 'response-truncated' as const, message: 'cut' }] },
      'incomplete',
      ['response-truncated'],
    ],
    ['a clock that was set', {}, { monotonicMilliseconds: 60_000 }, 'incomplete', ['clock-step']],
    [
      'a login page',
      { url: 'https://social.example/login' },
      { finalUrl: 'https://social.example/login' },
      'incomplete',
      ['login-wall'],
    ],
    [
      'a page that asks for consent',
      { url: 'https://consent.youtube.com/m' },
      { finalUrl: 'https://consent.youtube.com/m' },
      'incomplete',
      ['interstitial'],
    ],
    [
      'a page whose address names a post that is not on it',
      { url: 'https://x.com/ada/status/21' },
      { finalUrl: 'https://x.com/ada/status/21' },
      'incomplete',
      ['no-post-read'],
    ],
    ['no page', { status: 500 }, {}, 'failed', ['navigation-failed']],
  ])('%s', async (_name, change, finish, verdict, codes) => {
    const archive = await makeArchive();
    const sink = recordingSink(archive);
    const captureId = await begin(sink);
    const isLogin = 'url' in change;
    await play(
      sink,
      captureId,
      startOf(0, change),
      isLogin ? '<title>Log in</title><p>Sign in to continue' : postPage('words'),
    );

    const result = await sink.finish(finishOf(captureId, finish));

    expect({ verdict: result.verdict, codes: result.reasons.map(({ code }) => code) }).toEqual({
      verdict,
      codes,
    });
    checkArchive(archive);
  });

  test('a picture of a post that was not recorded', async () => {
    const archive = await makeArchive();
    const sink = recordingSink(archive);
    const captureId = await begin(sink);
    await play(sink, captureId, startOf(0), page);

    const result = await sink.finish(finishOf(captureId));

    expect(result).toMatchObject({ verdict: 'incomplete', reasons: [{ code: 'media-missing' }] });
  });
});

test('a recording whose process died is a capture at the next opening, marked interrupted, with what had arrived', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), page);
  async function* cut(): AsyncGenerator<Uint8Array> {
    yield picture.subarray(0, 1000);
    throw new Error('killed');
  }
  await expect(sink.exchange(captureId, pictureStart, cut())).rejects.toThrowError();
  // As a kill leaves it: nothing is closed in order.
  archive.db.close();
  archive.lock.release();

  const again = await openArchive({ path: archive.path, passphrase, person: { name: 'Tess Ter' } });

  expect(listCaptures(again, 0, 5)).toMatchObject({
    total: 1,
    captures: [{ id: captureId, verdict: 'incomplete', postCount: 1 }],
  });
  expect(requireCapture(again, captureId).reasons.map(({ code }) => code)).toEqual([
    'interrupted',
    'media-missing',
  ]);
  expect(listPosts(again, 'network', 0, 5).total).toBe(1);
  expect(again.db.prepare('SELECT count(*) FROM recording').pluck().get()).toBe(0);
  checkArchive(again);
  closeArchive(again);
});

test('a large body is stored once: the archive grows by no more than 1.15 times what was received', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  const body = randomBytes(50 * 1024 * 1024);
  await play(sink, captureId, startOf(0), page);
  await play(
    sink,
    captureId,
    startOf(1, {
      url: 'https://media.example/v.mp4',
      resourceType: 'media',
      responseHeaders: [['content-type', 'video/mp4']],
    }),
    body,
  );

  await sink.finish(finishOf(captureId));
  closeArchive(archive);

  expect(statSync(archive.path).size).toBeLessThan(1.15 * body.length);
});

test('the WACZ holds every answer, as our own reader and its digests say', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), page);
  await play(sink, captureId, pictureStart, picture);
  await sink.finish(finishOf(captureId));
  const wacz = requireCapture(archive, captureId).artifacts[0];
  const bytes = Buffer.concat([...readStored(archive, findArtifact(archive, wacz?.sha256 ?? ''))]);
  const from = bytes.indexOf('WARC/1.1');

  const reader = new WarcReader(
    streamOf(bytes.subarray(from, bytes.indexOf(Buffer.from('504b0304', 'hex'), from))),
  );
  const urls: string[] = [];
  for await (const record of reader.records())
    if (record.type === 'response' && record.targetUri !== null) urls.push(record.targetUri);

  expect(urls).toEqual([address, pictureUrl]);
  expect(reader.account.warnings.filter(({ code }) => code === 'warc-digest-differs')).toEqual([]);
});

test('pieces for a recording that is not in progress are refused', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await sink.finish(finishOf(captureId, { finalUrl: null }));

  await expect(sink.exchangeEnd(captureId, endOf(0, 0))).rejects.toMatchObject({ code: 'capture-not-found' });
  await expect(sink.finish(finishOf(captureId))).rejects.toMatchObject({ code: 'capture-not-found' });
});

test('a secret that became known after the body that holds it is replaced before sealing, and nothing of it stays', async () => {
  const archive = await makeArchive({ plain: true });
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  const secret = 'planted-session-value-0123456789';
  await play(
    sink,
    captureId,
    startOf(0),
    postPage('words').replace('</script>', `</script><script>var s="${secret}"</script>`),
  );
  const commitment = sha256('commitment');
  await sink.secrets(captureId, [{ name: 'Cookie: sid', secret, commitment, salt: sha256('salt') }]);

  const { verdict } = await sink.finish(finishOf(captureId));

  expect(verdict).toBe('complete');
  expect(requireCapture(archive, captureId).recording?.withheld).toEqual([
    { where: 'response-body', name: 'Cookie: sid', commitment },
  ]);
  expect(archive.db.prepare('SELECT lower(hex(salt)) FROM withheld_salt').pluck().all()).toEqual([
    sha256('salt'),
  ]);
  checkArchive(archive);
  closeArchive(archive);
  expect(findTraces(secret, [archive.path])).toEqual([]);
});

test('a secret that became known at the end is replaced in addresses, headers, request bodies and texts from before', async () => {
  const folder = temporaryFolder();
  const archive = await makeArchive({ plain: true });
  const sink = recordingSink(archive);
  const secret = 'late+planted/session=value-0123456789';
  const percent = encodeURIComponent(secret);
  const base64 = Buffer.from(`user:${secret}`).toString('base64');
  const at = `${address}?state=${percent}#${percent}`;
  const { captureId } = await sink.begin({ url: at, startedAt: '2026-01-05T08:00:00.000Z', engine });
  const type: [string, string] = ['content-type', 'text/html; charset=utf-8'];
  const start = startOf(0, {
    url: at,
    requestHeaders: [
      ['referer', at],
      ['x-any', base64],
    ],
    requestBody: Buffer.from(JSON.stringify({ any: secret })).toString('base64'),
    responseHeaders: [type, ['location', at], ['x-echo', secret], ['set-cookie', `any=${secret}; Path=/`]],
  });
  await play(sink, captureId, start, page);
  const artifact = (role: 'dom' | 'text' | 'mhtml', mediaType: string, text: string | Uint8Array) =>
    sink.artifact({ captureId, role, mediaType, name: `${role}.x` }, streamOf(text));
  await artifact('dom', 'text/html; charset=utf-8', `<input type="hidden" value="${secret}"><p>${base64}`);
  await artifact('text', 'text/plain; charset=utf-8', `It shows ${secret}`);
  const quoted = `<p>${secret}`.replaceAll('=', '=3D').replace('session', 'ses=\r\nsion');
  const part = 'Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
  const other = `Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(`ab ${secret}`, 'utf16le').toString('base64')}`;
  const mhtml = `Content-Type: multipart/related; boundary="--b"\r\n\r\n----b\r\n${part}${quoted}\r\n----b\r\n${other}\r\n----b--\r\n`;
  await artifact('mhtml', 'multipart/related', mhtml);
  const commitment = sha256('commitment');
  await sink.secrets(captureId, [{ name: 'Authorization', secret, commitment, salt: sha256('salt') }]);

  await sink.finish(
    finishOf(captureId, {
      finalUrl: at,
      title: `Title ${secret}`,
      reasons: [{ code: 'body-not-recorded', message: `The web socket ${at} is not recorded.` }],
    }),
  );

  const places = (requireCapture(archive, captureId).recording?.withheld ?? []).map(({ where }) => where);
  expect(places.sort()).toEqual([
    'artifact',
    'artifact',
    'artifact',
    'request-body',
    'request-header',
    'response-header',
    'url',
    'url',
  ]);
  const marker = `withheld:${commitment.slice(0, 16)}`;
  expect(listExchanges(archive, captureId, 0, 5).exchanges[0]?.url).toBe(
    `${address}?state=${marker}#${marker}`,
  );
  await createIdentityFile(
    join(folder, 'a.p12'),
    passphrase,
    { name: 'Ida', organisation: null, email: null },
    new Date(),
  );
  const identity = await readIdentityFile(join(folder, 'a.p12'), passphrase);
  await compileBundle(archive, { path: join(folder, 'b.zip'), identity, captures: 'all' });
  checkArchive(archive);
  closeArchive(archive);
  // Nowhere: not in the archive (which is plain here), not in the bundle and what is packed into it.
  const everything = unpacked(readFileSync(join(folder, 'b.zip')));
  expect(everything.length).toBeGreaterThan(20);
  for (const bytes of [readFileSync(archive.path), ...everything]) {
    expect(
      formsOf(secret)
        .filter((form) => bytes.includes(form))
        .map(String),
    ).toEqual([]);
  }
});

test('a bundle of a recording holds its WACZ, its verdict and where the text came from, and verifies', async () => {
  const folder = temporaryFolder();
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), page);
  await play(sink, captureId, pictureStart, picture);
  await sink.finish(
    finishOf(captureId, {
      reasons: [{ code: 'screenshot-failed', message: 'No picture of the page was made.' }],
    }),
  );
  await createIdentityFile(
    join(folder, 'a.p12'),
    passphrase,
    { name: 'Ida', organisation: null, email: null },
    new Date(),
  );
  const identity = await readIdentityFile(join(folder, 'a.p12'), passphrase);

  const { verification } = await compileBundle(archive, {
    path: join(folder, 'b.zip'),
    identity,
    captures: 'all',
  });

  expect(verification).toMatchObject({ verdict: 'consistent', files: [] });
  const text = readFileSync(join(folder, 'b.zip')).toString('utf8');
  expect(text).toContain(`captures/${captureId}/capture.wacz`);
  expect(text).toContain(`captures/${captureId}/media/${sha256(picture)}.png`);
  expect(text).toContain('No picture of the page was made.');
  expect(text).toContain('"sourceOfText"');
});

test('what was recorded is listed, found by address, and told by the log', async () => {
  const archive = await makeArchive();
  await importPage(archive, 'imported');
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), page);
  await play(sink, captureId, pictureStart, picture);
  await sink.finish(finishOf(captureId));

  const { total, exchanges } = listExchanges(archive, captureId, 0, 10);
  const found = findResource(archive, captureId, `${pictureUrl}#fragment`);

  expect({
    total,
    listed: exchanges.map(({ n, url, mediaType, body }) => [n, url, mediaType, body]),
  }).toEqual({
    total: 2,
    listed: [
      [0, address, 'text/html', 'whole'],
      [1, pictureUrl, 'image/png', 'whole'],
    ],
  });
  expect(found).toMatchObject({ status: 200, mediaType: 'image/png', size: 3000 });
  expect(Buffer.concat([...readStored(archive, found.stored)]).equals(picture)).toBe(true);
  expect(() => findResource(archive, captureId, 'https://nowhere.example/')).toThrowError(
    /recorded no answer/,
  );
  const acts = (limit?: number) => eventsOf(archive, captureId, limit).events.map(({ kind }) => kind);
  expect([acts(), acts(1)]).toEqual([
    ['capture.sealed', 'artifacts.committed', 'reading.made'],
    ['capture.sealed'],
  ]);
  expect(eventsOf(archive, captureId, 1).total).toBe(3);
  expect(listCaptures(archive, 0, 5, 'complete').captures.map(({ id }) => id)).toEqual([captureId]);
  expect(listCaptures(archive, 0, 5, 'imported').total).toBe(1);
  expect(listCaptures(archive, 0, 5, 'failed').total).toBe(0);
});

test('a picture that stands in the page itself is in the capture', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  const data = `data:image/png;base64,${picture.toString('base64')}`;
  await play(
    sink,
    captureId,
    startOf(0),
    postPage('words').replace('"articleBody"', `"image":"${data}","articleBody"`),
  );

  const { verdict, posts } = await sink.finish(finishOf(captureId));

  expect(verdict).toBe('complete');
  expect(requirePost(archive, posts[0] ?? '').content.media).toEqual([
    { kind: 'image', url: 'data:image/png', alt: null, sha256: sha256(picture) },
  ]);
  expect(
    Buffer.concat([...readStored(archive, findArtifact(archive, sha256(picture)))]).equals(picture),
  ).toBe(true);
  checkArchive(archive);
});

test('the same page captured twice, with the same picture, is two captures', async () => {
  const archive = await makeArchive();
  const sink = recordingSink(archive);
  const capture = async () => {
    const captureId = await begin(sink);
    await play(sink, captureId, startOf(0), postPage('words'));
    await sink.artifact(
      { captureId, role: 'screenshot', mediaType: 'image/png', name: null },
      streamOf(picture),
    );
    return sink.finish(finishOf(captureId));
  };

  await capture();
  await capture();

  expect(listCaptures(archive, 0, 5).total).toBe(2);
  expect(archive.db.prepare('SELECT count(*) FROM recording').pluck().get()).toBe(0);
  checkArchive(archive);
});
