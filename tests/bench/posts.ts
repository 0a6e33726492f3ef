/** Taking in many posts: those of one reading into the archive, and pages out of a WARC. */
import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../../archive/archive.ts';
import { stageBytes } from '../../archive/blobs.ts';
import { importFiles } from '../../archive/import/import-files.ts';
import { sealImport } from '../../archive/import/seal.ts';
import { closeArchive, createArchive } from '../../archive/open.ts';
import { starterPack } from '../../archive/starter-pack.ts';
import type { PostContent } from '../../contract/model/post.ts';
import { connect } from '../../db/connection.ts';
import { fold } from '../../db/search/fold.ts';
import { canonicalBytes } from '../../evidence/log/canonical.ts';
import { response } from '../support/page-fixtures/warc.ts';
import { median, report, rounds } from './measure.ts';

const count = 10_000;
const pages = 2000;
const passphrase = 'bench';
const scripts = [
  'the council will not tell you what they agreed with the harbour company last night in the back room'.split(
    ' ',
  ),
  'این شهر دیگر مال ما نیست و هیچ کس نمی‌گوید چه کسی رأی‌ها را شمرد'.split(' '),
  'لا أحد يعرف من باع الميناء ولا بكم باعه المجلس في تلك الليلة'.split(' '),
  ['我们', '不会', '忘记', '港口', '昨夜', '发生', '的', '事情'],
];

/** A post as a platform's interface gives it: 8 to 28 words, links, a picture now and then. */
export function postContent(n: number): PostContent {
  const words = scripts[n % scripts.length] ?? [];
  const text = Array.from({ length: 8 + (n % 21) }, (_, i) => words[(n * 7 + i * 3) % words.length]).join(
    ' ',
  );
  const id = String(1_800_000_000_000_000_000n + BigInt(n));
  return {
    kind: n % 3 === 0 ? 'reply' : 'post',
    platform: 'x',
    platformId: id,
    url: `https://x.com/person${n % 500}/status/${id}`,
    author: {
      name: `Person ${n % 500}`,
      handle: `person${n % 500}`,
      platformId: String(44_000_000 + (n % 500)),
      url: `https://x.com/person${n % 500}`,
    },
    postedAt: {
      value: `2025-03-${String(1 + (n % 28)).padStart(2, '0')}T10:00:00.000Z`,
      precision: 'millisecond',
      zone: 'utc',
      readFrom: 'created_at',
      raw: `2025-03-${String(1 + (n % 28)).padStart(2, '0')}T10:00:00.000Z`,
    },
    editedAt: null,
    title: null,
    text: `${text} https://t.co/${id.slice(-10)}`,
    textLossy: false,
    language: ['en', 'fa', 'ar', 'zh'][n % 4] ?? null,
    direction: null,
    media:
      n % 5 === 0
        ? [
            {
              kind: 'image',
              url: `https://pbs.twimg.com/media/${id}.jpg`,
              alt: 'A crowd at night',
              sha256: null,
            },
          ]
        : [],
    readFrom: 'data.text',
  };
}

async function newArchive(path: string): Promise<Archive> {
  for (const suffix of ['', '-wal', '-shm', '-lock']) rmSync(`${path}${suffix}`, { force: true });
  return createArchive({ path, passphrase, person: { name: 'Bench' }, clauses: starterPack });
}

async function take(path: string, posts: PostContent[]): Promise<void> {
  const archive = await newArchive(path);
  await takeInto(archive, posts);
  closeArchive(archive);
}

/** Posts as one reading of one import. */
export async function takeInto(archive: Archive, posts: PostContent[]): Promise<void> {
  const original = await stageBytes(archive, once(Buffer.from(randomUUID())));
  const source = {
    archive,
    original,
    stored: { blobId: original.id, offset: 0, size: original.size, mediaType: 'application/json' },
    sha256: original.sha256,
    mediaType: 'application/json',
    name: 'posts.json',
    options: {},
    stage: (bytes: AsyncIterable<Uint8Array>) => stageBytes(archive, bytes),
  };
  sealImport(source, 'unknown', {
    url: null,
    savedAt: null,
    records: {},
    exchangeCount: 0,
    readings: [{ reader: { name: 'bench', version: '1' }, posts, notes: [] }],
    media: [],
    warnings: [],
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The same rows and words, and nothing else. */
async function bareLoop(path: string, posts: readonly PostContent[]): Promise<void> {
  const archive = await newArchive(path);
  closeArchive(archive);
  const db = connect(path, passphrase);
  db.pragma('foreign_keys = OFF');
  const record = db.prepare('INSERT INTO post_record VALUES (?, ?, ?, ?, ?, ?)');
  const post = db.prepare('INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const words = db.prepare('INSERT INTO search_text VALUES (?, ?)');
  db.transaction(() => {
    for (const [n, content] of posts.entries()) {
      const { platform, platformId, author, postedAt, title, text, language, direction, media } = content;
      const id = randomUUID();
      record.run(id, 'reading', n, canonicalBytes(content), randomBytes(32), randomBytes(32));
      post.run(
        ...[n, id, 'reading', 'capture', platform, platformId, author.handle, author.name],
        ...[
          postedAt?.value,
          postedAt?.precision,
          title,
          text.slice(0, 280),
          language,
          direction,
          media.length,
        ],
      );
      words.run(n, fold([text, author.name, author.handle].join('\n')));
    }
  })();
  db.close();
}

function warcOf(posts: readonly PostContent[]): Buffer {
  return Buffer.concat(
    posts.map(({ url, text, author, postedAt }, n) => {
      const json = JSON.stringify({
        '@context': 'https://schema.org',
        '@type': 'SocialMediaPosting',
        url,
        author: { '@type': 'Person', name: author.name, alternateName: `@${author.handle}` },
        datePublished: postedAt?.value,
        articleBody: text,
      });
      const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A post</title>
        <script type="application/ld+json">${json}</script><nav><a href="/">Home</a></nav><main><p>${text}</p></main>`;
      const headers: [string, string][] = [['Content-Type', 'text/html; charset=utf-8']];
      return response({ url: url ?? '', id: n, headers, body });
    }),
  );
}

export async function benchPosts(folder: string): Promise<void> {
  const posts = Array.from({ length: count }, (_, n) => postContent(n));
  const seconds = await rounds(
    {
      'bare loop over the same rows and words': () => bareLoop(join(folder, 'bare.holdfast'), posts),
      'holdfast: commit to and keep the posts': () => take(join(folder, 'posts.holdfast'), posts),
    },
    3,
  );
  const ours = 'holdfast: commit to and keep the posts';
  report(`${count} posts of one reading`, seconds, ours, ['bare loop over the same rows and words'], 2);
  const before = process.cpuUsage();
  await take(join(folder, 'posts.holdfast'), posts);
  const { user, system } = process.cpuUsage(before);
  console.log(
    `  ${(count / median(seconds[ours] ?? [])).toFixed(0)} posts/s (budget at least 5000); ` +
      `${((count * 1e6) / (user + system)).toFixed(0)} per second of processor time`,
  );

  const warc = join(folder, 'pages.warc');
  writeFileSync(warc, warcOf(posts.slice(0, pages)));
  const taken = await rounds(
    {
      import: async () => {
        const archive = await newArchive(join(folder, 'pages.holdfast'));
        const { posts: found } = await importFiles(archive, [warc]);
        if (found.length !== pages) throw new Error(`${found.length} of ${pages} posts`);
        closeArchive(archive);
      },
    },
    2,
  );
  console.log(
    `\nimport of a WARC of ${pages} pages with a post each: ${(pages / median(taken.import ?? [])).toFixed(0)} pages/s`,
  );
}
