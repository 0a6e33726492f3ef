import { spawnSync } from 'node:child_process';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { addToReport, emptyReport, importFiles } from '../../archive/import/import-files.ts';
import { listCaptures, listPosts, requireCapture, requirePost } from '../../archive/posts.ts';
import { type Files, indexLine, pagesFile, wacz } from '../evidence/wacz/foreign-wacz.ts';
import { checkArchive, importPage, makeArchive, postPage, streamOf } from '../support/archive.ts';
import { foreignZip } from '../support/foreign-zip.ts';
import { compressed, response } from '../support/page-fixtures/warc.ts';
import { temporaryFolder } from '../support/temporary.ts';

const fixtures = 'tests/fixtures/pages';
const shared = '../shared/data';

test('every fixture comes in with its posts, and its bytes stay as they were', async () => {
  const archive = await makeArchive();

  const report = await importFiles(archive, [fixtures]);

  expect(report.refused).toEqual([]);
  expect(
    report.captures.map(({ path, format, posts }) => [path.replace(`${fixtures}/`, ''), format, posts]),
  ).toEqual([
    ['agora-thread.html', 'html', 4],
    ['chirp-post.singlefile.html', 'html', 1],
    ['ferry-board.warc.gz', 'warc', 1],
    ['minbar-post.windows-1256.html', 'html', 1],
    ['payam-post.fa.html', 'html', 1],
    ['pier-post.mhtml', 'mhtml', 1],
  ]);
  for (const { id, path } of report.captures) {
    const original = requireCapture(archive, id).artifacts.find(({ role }) => role === 'original');
    const blob = findArtifact(archive, original?.sha256 ?? '');
    expect(Buffer.concat([...readStored(archive, blob)]).equals(readFileSync(path))).toBe(true);
  }
  checkArchive(archive);
});

test('where each fixture says it was saved from, and when', async () => {
  const archive = await makeArchive();

  const { captures } = await importFiles(archive, [fixtures]);

  const said = captures.map(({ id }) => requireCapture(archive, id));
  expect(said.map(({ sourceName, url, savedAt }) => [sourceName, url, savedAt])).toEqual([
    ['agora-thread.html', null, null],
    [
      'chirp-post.singlefile.html',
      'https://chirp.example/@dorian_vale_tv/1750112233445566',
      '2025-01-15T07:30:12.000Z',
    ],
    ['ferry-board.warc.gz', 'https://ferry.test/@quay_master/511', '2025-04-02T06:30:00Z'],
    ['minbar-post.windows-1256.html', 'https://minbar.example/read.php?t=58', null],
    ['payam-post.fa.html', null, null],
    ['pier-post.mhtml', 'https://pier.example/posts/7c41', '2025-03-09T07:45:10.000Z'],
  ]);
  const newestFirst = listCaptures(archive, 0, 10).captures.map(({ sourceName }) => sourceName);
  expect(newestFirst).toEqual(said.map(({ sourceName }) => sourceName).reverse());
  expect(listCaptures(archive, 4, 1).captures.map(({ sourceName }) => sourceName)).toEqual([newestFirst[4]]);
});

test('a picture that stands in the page, in the MHTML or in the WARC is an artifact of its own, and joined to its post', async () => {
  const archive = await makeArchive();

  const report = await importFiles(archive, [fixtures]);

  const withPictures = report.posts
    .map((id) => requirePost(archive, id))
    .filter((post) => post.content.media.some(({ sha256 }) => sha256 !== null));
  expect(withPictures.map((post) => requireCapture(archive, post.captureId).sourceName).sort()).toEqual([
    'chirp-post.singlefile.html',
    'ferry-board.warc.gz',
    'pier-post.mhtml',
  ]);
  for (const { content } of withPictures) {
    for (const { sha256, url } of content.media.filter((item) => item.sha256 !== null)) {
      expect(url.length).toBeLessThan(2000);
      const blob = findArtifact(archive, sha256 ?? '');
      expect(blob.mediaType).toMatch(/^image\//);
    }
  }
});

test('WARC records are counted by type and kept in the capture', async () => {
  const archive = await makeArchive();

  const { records, captures } = await importFiles(archive, [`${fixtures}/ferry-board.warc.gz`]);

  expect(records).toEqual({ warcinfo: 1, response: 3, request: 3 });
  expect(requireCapture(archive, captures[0]?.id ?? '')).toMatchObject({ records, exchangeCount: 3 });
  checkArchive(archive);
});

test('pages with another status than 200, and what is beyond the limits of reading, are told', async () => {
  const archive = await makeArchive();
  const headers = [['Content-Type', 'text/html; charset=utf-8']] as const;
  const page = (id: number, path: string, status: string, body: string) =>
    response({ url: `https://social.example/${path}`, id, status, headers, body });
  const many = `<html><body>${'<article><p>Words</p><time datetime="2025-01-02T03:04:05Z"></time></article>'.repeat(5001)}`;
  const large = `<script type="application/ld+json">"${'x'.repeat(8 * 1024 * 1024)}"</script><p>Few words`;
  const warc = [
    page(1, 'ada/1', '200 OK', postPage('here')),
    ...[2, 3, 4, 5, 6, 7].map((id) => page(id, `gone/${id}`, '404 Not Found', postPage('not here'))),
    page(8, 'moved', '301 Moved Permanently', '<a href="/x">there</a>'),
    page(9, 'many', '200 OK', many),
    page(10, 'large', '200 OK', large),
  ];

  const { warnings } = await importFile(archive, 'statuses.warc', streamOf(...warc));

  const gone = [2, 3, 4, 5, 6].map((id) => `https://social.example/gone/${id}`).join(' ');
  expect(warnings).toEqual([
    {
      code: 'warc-page-not-read',
      message:
        '1 page was answered with status 301, not 200: kept, no posts were read: https://social.example/moved',
    },
    {
      code: 'warc-page-not-read',
      message: `6 pages were answered with status 404, not 200: kept, no posts were read, 5 of them: ${gone}`,
    },
    {
      code: 'reading-limit',
      message: 'https://social.example/many: Of 5001 articles the first 5000 were read.',
    },
    {
      code: 'reading-limit',
      message: 'https://social.example/large: JSON-LD block 1 has 8388610 characters and was not read.',
    },
  ]);
  checkArchive(archive);
});

describe('WACZ files of others', () => {
  const pageUrl = 'https://ferry.test/board';
  const post = response({
    url: pageUrl,
    id: 2,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    body: postPage('The ferry did not run.'),
  });
  const files = (warc: Uint8Array): Files => ({
    'archive/data.warc': warc,
    'indexes/index.cdxj': indexLine('data.warc', 0, post),
    'pages/pages.jsonl': pagesFile(),
  });

  test('posts, records, pages and what the signature is worth', async () => {
    const archive = await makeArchive();
    const bytes = await wacz(files(post));

    // By its content: the name says something else.
    const imported = await importFile(archive, 'crawl.zip', streamOf(bytes));

    expect(imported).toMatchObject({ format: 'wacz', records: { response: 1 } });
    expect(imported.warnings).toEqual([{ code: 'wacz-not-signed', message: expect.any(String) }]);
    expect(requireCapture(archive, imported.captureId)).toMatchObject({
      method: 'import',
      verdict: null,
      url: pageUrl,
      savedAt: '2025-04-02T06:30:00Z',
      exchangeCount: 1,
      artifacts: [{ role: 'original', mediaType: 'application/wacz+zip', size: bytes.length }],
    });
    expect(requirePost(archive, imported.postIds[0] ?? '').content.text).toBe('The ferry did not run.');
    checkArchive(archive);
  });

  test('several WARC files, one of them compressed', async () => {
    const archive = await makeArchive();
    const second = response({
      url: 'https://ferry.test/2',
      id: 3,
      headers: [['Content-Type', 'text/html; charset=utf-8']],
      body: postPage('The second one did.', 'Bo Example'),
    });
    const bytes = await wacz({ ...files(post), 'archive/more.warc.gz': compressed([second, second]) });

    const imported = await importFile(archive, 'crawl.wacz', streamOf(bytes));

    expect(imported).toMatchObject({ records: { response: 3 } });
    expect(imported.postIds).toHaveLength(3);
    checkArchive(archive);
  });

  test('what contradicts its hashes comes in with warnings, and so does a damaged file', async () => {
    const archive = await makeArchive();
    const changed = await wacz(files(post), { hashes: { 'archive/data.warc': `sha256:${'0'.repeat(64)}` } });
    const damaged = Buffer.from(await wacz(files(post)));
    const at = damaged.indexOf('did not run');
    damaged[at] = 0x44;

    const first = await importFile(archive, 'changed.wacz', streamOf(changed));
    const second = await importFile(archive, 'damaged.wacz', streamOf(damaged));

    expect(first.warnings.map(({ code }) => code)).toContain('wacz-file-changed');
    expect(second.warnings.map(({ code }) => code)).toContain('wacz-checksum');
    expect([first.postIds.length, second.postIds.length]).toEqual([1, 1]);
    checkArchive(archive);
  });

  test('a zip file that is no WACZ stays what it is', async () => {
    const archive = await makeArchive();
    const imported = await importFile(archive, 'a.wacz', streamOf(foreignZip([{ name: 'a', content: 'x' }])));
    expect(imported).toMatchObject({ format: 'unknown', warnings: [{ code: 'file-not-understood' }] });
  });

  test('stopped: nothing of it stays', async () => {
    const archive = await makeArchive();
    const controller = new AbortController();
    const progress = ({ step }: { step: string }) => {
      if (step.startsWith('Checking')) controller.abort();
    };
    const importing = importFile(archive, 'crawl.wacz', streamOf(await wacz(files(post))), {
      signal: controller.signal,
      progress,
    });
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' });
    expect(listCaptures(archive, 0, 10).total).toBe(0);
    checkArchive(archive);
  });

  test.skipIf(!existsSync(shared))('real ones: of Scoop, and a signed one of Browsertrix', async () => {
    const archive = await makeArchive();

    const report = await importFiles(archive, [`${shared}/wacz`]);

    expect(report.captures.map(({ format }) => format)).toEqual(['wacz', 'wacz']);
    expect(report.records).toEqual({ warcinfo: 1, request: 3, response: 5 });
    expect(
      report.captures.map(({ id }) => requireCapture(archive, id)).map(({ url, savedAt }) => [url, savedAt]),
    ).toEqual([
      ['https://example.com/', '2023-02-19T00:49:59.837Z'],
      ['https://example.com/', '2022-01-18T19:00:09Z'],
    ]);
    expect(report.warnings.map(({ code }) => code)).toEqual([
      'wacz-not-signed',
      'wacz-signature',
      'wacz-signer-not-named',
      'wacz-timestamp',
      'wacz-authority-not-named',
      // Its icon was not there.
      'warc-page-not-read',
    ]);
    checkArchive(archive);
  });
});

test('a picture of a post that its WARC holds only in part is kept, with a warning', async () => {
  const archive = await makeArchive();
  const picture = 'https://social.example/half.png';
  const page = postPage('with a picture').replace('"articleBody"', `"image":"${picture}","articleBody"`);
  const html = [['Content-Type', 'text/html; charset=utf-8']] as const;
  const png = [
    ['Content-Type', 'image/png'],
    ['Content-Length', '5000'],
  ] as const;
  const warc = [
    response({ url: 'https://social.example/ada/1', id: 2, headers: html, body: page }),
    response({ url: picture, id: 3, headers: png, body: 'the first bytes' }),
  ];

  const { warnings, artifacts, postIds } = await importFile(archive, 'half.warc', streamOf(...warc));

  expect(warnings.map(({ code }) => code)).toEqual(['warc-body-cut']);
  expect(artifacts.map(({ role, size }) => [role, size])).toContainEqual(['media', 15]);
  expect(requirePost(archive, postIds[0] ?? '').content.media).toMatchObject([{ url: picture }]);
  checkArchive(archive);
});

test('a picture by itself is a post of its own', async () => {
  const archive = await makeArchive();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  const { postIds, format } = await importFile(archive, 'screenshot 1.png', streamOf(png));

  expect(format).toBe('image');
  const { content } = requirePost(archive, postIds[0] ?? '');
  expect(content).toMatchObject({ kind: 'picture', title: 'screenshot 1.png', text: '' });
  checkArchive(archive);
});

test('a file that nobody understands is kept, with a warning, and stands among the captures', async () => {
  const archive = await makeArchive();

  const { warnings, artifacts } = await importFile(archive, 'odd.xyz', streamOf('odd bytes'));

  expect(warnings.map(({ code }) => code)).toEqual(['file-not-understood']);
  expect(artifacts).toHaveLength(1);
  expect(listCaptures(archive, 0, 10)).toMatchObject({
    total: 1,
    captures: [{ sourceName: 'odd.xyz', postCount: 0, warningCount: 1 }],
  });
  checkArchive(archive);
});

describe('hostile text', () => {
  test.each([
    ['a lone surrogate', 'before \\ud800 after', 'before \ufffd after'],
    ['a NUL', 'before \\u0000 after', 'before \ufffd after'],
  ])('%s: the post is read, marked lossy, found, and the bytes stay', async (_name, escaped, text) => {
    const archive = await makeArchive();
    const page = postPage('PLACE').replace('PLACE', escaped);

    const { postIds, artifacts } = await importFile(archive, 'a.html', streamOf(page));

    const { content } = requirePost(archive, postIds[0] ?? '');
    expect(content).toMatchObject({ text, textLossy: true });
    expect(listPosts(archive, 'after', 0, 5).total).toBe(1);
    const blob = findArtifact(archive, artifacts[0]?.sha256 ?? '');
    expect(Buffer.concat([...readStored(archive, blob)]).toString()).toBe(page);
    checkArchive(archive);
  });
});

describe('bad files, each by itself', () => {
  test('an HTML file of 0 bytes is refused, the others come in', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.html'), '');
    writeFileSync(join(folder, 'b.html'), postPage('words'));
    const archive = await makeArchive();

    const report = await importFiles(archive, [folder, join(folder, 'missing.html')]);

    expect(report.refused.map(({ path, code }) => [path.replace(folder, ''), code])).toEqual([
      ['/a.html', 'file-empty'],
      ['/missing.html', 'file-not-found'],
    ]);
    expect(report.posts).toHaveLength(1);
    checkArchive(archive);
  });

  test('an HTML file of 300 MB is kept whole, with a warning, in bounded memory', async () => {
    const archive = await makeArchive();
    const piece = Buffer.from('<p>the same paragraph again and again</p>\n'.repeat(25_000));
    async function* large(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<!doctype html>');
      for (let size = 0; size < 300_000_000; size += piece.length) yield piece;
    }
    const before = process.memoryUsage.rss();

    const { warnings, artifacts, postIds } = await importFile(archive, 'large.html', large());

    expect(warnings.map(({ code }) => code)).toEqual(['file-too-large']);
    expect(artifacts[0]?.size).toBeGreaterThanOrEqual(300_000_000);
    expect(postIds).toEqual([]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
    checkArchive(archive);
    // Every byte is encrypted, written, synced, and read again: mostly the disk's time, on a busy machine minutes.
  }, 180_000);
});

test('the same page twice is two captures and one blob', async () => {
  const archive = await makeArchive();

  await importPage(archive, 'same');
  await importPage(archive, 'same');

  expect(listCaptures(archive, 0, 10).total).toBe(2);
  expect(archive.db.prepare('SELECT count(*) FROM blob').pluck().get()).toBe(1);
  checkArchive(archive);
});

describe.runIf(existsSync(shared))('real files', () => {
  test('every WARC of other programs is imported, with what is odd about it said', async () => {
    const archive = await makeArchive();

    const report = await importFiles(archive, [`${shared}/warc`]);

    expect(report.captures).toHaveLength(readdirSync(`${shared}/warc`).length);
    expect(report.refused).toEqual([]);
    checkArchive(archive);
  });

  test('the real capture of 2019: all its 304 records are accounted for', async () => {
    const archive = await makeArchive();
    const path = `${shared}/warc-real/netpreserve-twitter-2019.warc`;

    const { records } = await importFile(archive, 'netpreserve.warc', createReadStream(path));

    expect(Object.values(records).reduce((sum, count) => sum + count, 0)).toBe(304);
    checkArchive(archive);
  });
});

describe('folders', () => {
  test('what is no file is refused by itself, and the files around it come in', async () => {
    const folder = temporaryFolder();
    const outside = join(temporaryFolder(), 'linked.html');
    writeFileSync(outside, postPage('reached by a link'));
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'a.html'), postPage('a'));
    writeFileSync(join(folder, 'inner', 'z.html'), postPage('z'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('..', join(folder, 'inner', 'back'));
    symlinkSync('loop', join(folder, 'loop'));
    symlinkSync(outside, join(folder, 'link.html'));
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0);
    const archive = await makeArchive();

    const report = await importFiles(archive, [folder]);

    const inFolder = ({ path }: { path: string }) => path.slice(folder.length + 1);
    expect(report.captures.map(inFolder)).toEqual(['a.html', 'inner/z.html', 'link.html']);
    expect(report.refused.map((refused) => [inFolder(refused), refused.code])).toEqual([
      ['dangling', 'file-not-found'],
      ['inner/back', 'not-a-file'],
      ['loop', 'file-unreadable'],
      ['pipe', 'not-a-file'],
    ]);
    checkArchive(archive);
  });

  test('the archive is not imported into itself, which would never end', async () => {
    const archive = await makeArchive();
    const folder = join(archive.path, '..');
    writeFileSync(join(folder, 'post.html'), postPage('beside the archive'));
    const link = join(folder, 'link');
    symlinkSync(archive.path, link);

    const report = await importFiles(archive, [folder, link]);

    expect(report.captures).toHaveLength(1);
    const own = report.refused.filter(({ code }) => code === 'bad-input').map(({ path }) => path);
    expect(own).toEqual(expect.arrayContaining([archive.path, `${archive.path}-wal`, link]));
    expect(report.refused).toHaveLength(own.length);
    checkArchive(archive);
  });
});

test('a file with more posts than a call may have arguments is reported', () => {
  const postIds = Array.from({ length: 300_000 }, (_, i) => String(i));
  const warnings = postIds.map((message) => ({ code: 'c', message }));
  const report = emptyReport();

  addToReport(report, 'p', { captureId: 'c', format: 'warc', postIds, artifacts: [], records: {}, warnings });

  expect([report.posts.length, report.warnings.length]).toEqual([300_000, 300_000]);
});
