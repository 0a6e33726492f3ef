import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generalReader } from '../../sites/general.ts';
import { jsonLd, readHtml } from './reading.ts';

const posting = {
  '@context': 'https://schema.org',
  '@type': 'SocialMediaPosting',
  articleBody: 'Hello',
  datePublished: '2021-01-14',
};
const only = (html: string, url?: string | null) => {
  const { posts } = readHtml(html, url);
  expect(posts).toHaveLength(1);
  const [post] = posts;
  if (post === undefined) throw new Error('no post');
  return post;
};

describe('JSON-LD', () => {
  test('graphs, references, arrays, prefixed names', () => {
    const post = only(
      jsonLd({
        '@graph': [
          {
            '@type': 'Organization',
            '@id': '#desk',
            name: 'The Desk',
            'schema:alternateName': '@the_desk',
            identifier: { '@type': 'PropertyValue', value: 77 },
          },
          {
            '@type': ['Thing', 'http://schema.org/NewsArticle'],
            headline: 'A title',
            'https://schema.org/articleBody': { '@value': 'Words' },
            author: [{ '@id': '#desk' }, { name: 'Second' }],
            dateModified: '2021-01-15',
            mainEntityOfPage: { '@id': 'https://site.example/a' },
          },
        ],
      }),
    );
    expect(post).toMatchObject({
      kind: 'article',
      title: 'A title',
      text: 'Words',
      url: 'https://site.example/a',
      author: { name: 'The Desk', handle: 'the_desk', platformId: '77', url: null },
      postedAt: null,
      editedAt: { value: '2021-01-15', readFrom: 'JSON-LD dateModified' },
    });
  });

  test('comments are replies, behind what they comment on', () => {
    const { posts } = readHtml(
      jsonLd({
        ...posting,
        comment: [
          { '@type': 'Comment', text: 'First', comment: { '@type': 'Comment', text: 'Below first' } },
          { '@type': 'Comment', text: 'Second' },
        ],
      }),
    );
    expect(posts.map(({ kind, text }) => [kind, text])).toEqual([
      ['post', 'Hello'],
      ['reply', 'First'],
      ['reply', 'Below first'],
      ['reply', 'Second'],
    ]);
  });

  test('a shared post makes a quote of one, shared media do not', () => {
    const { posts } = readHtml(
      jsonLd({ ...posting, sharedContent: { '@type': 'SocialMediaPosting', articleBody: 'Quoted' } }),
    );
    expect(posts.map(({ kind, text }) => [kind, text])).toEqual([
      ['quote', 'Hello'],
      ['post', 'Quoted'],
    ]);
    const post = only(
      jsonLd({ ...posting, sharedContent: { '@type': 'VideoObject', contentUrl: '/v.mp4' } }),
    );
    expect([post.kind, post.media]).toEqual([
      'post',
      [{ kind: 'video', url: 'https://site.example/v.mp4', alt: null, sha256: null }],
    ]);
  });

  test('a video is a post where no other is, and media where one is', () => {
    const video = {
      '@type': 'VideoObject',
      name: 'Clip',
      description: 'What is said',
      uploadDate: '2021-01-14T10:00:00Z',
      contentUrl: 'https://cdn.example/v.mp4',
      thumbnailUrl: ['https://cdn.example/t.jpg'],
      author: 'A name',
    };
    expect(only(jsonLd(video))).toMatchObject({
      kind: 'video',
      title: 'Clip',
      text: 'What is said',
      author: { name: 'A name' },
      postedAt: { readFrom: 'JSON-LD uploadDate' },
      media: [
        { kind: 'video', url: 'https://cdn.example/v.mp4' },
        { kind: 'image', url: 'https://cdn.example/t.jpg' },
      ],
    });
    expect(only(jsonLd({ ...posting, video }))).toMatchObject({ kind: 'post', media: [{ kind: 'video' }] });
  });

  test('lone surrogates and NULs become U+FFFD, and the text says so', () => {
    const post = only(
      '<script type="application/ld+json">{"@type":"Comment","text":"a\\ud800b\\u0000c \\ud83d\\ude00","author":{"name":"\\udfff"}}</script>',
    );
    expect(post).toMatchObject({ text: 'a\ufffdb\ufffdc 😀', textLossy: true, author: { name: '\ufffd' } });
  });

  test('invalid JSON is noted, and what is valid beside it read', () => {
    const { posts, notes } = readHtml(
      `<script type="application/ld+json">{"@type": oops}</script>${jsonLd(posting)}`,
    );
    expect(posts).toHaveLength(1);
    expect(notes).toEqual(['JSON-LD block 1 is not valid JSON and was not read.']);
  });

  test('names of the language itself are only names', () => {
    const post = only(
      '<script type="application/ld+json">{"@type":"Comment","text":"x","__proto__":{"text":"y","author":"z"},"constructor":{"name":"q"}}</script>',
    );
    expect(post).toMatchObject({ text: 'x', author: { name: null } });
    expect(Object.hasOwn(Object.prototype, 'text')).toBe(false);
  });

  test('depth and size are bounded, with a note', () => {
    const deep = `${'{"@type":"Comment","text":"x","comment":'.repeat(5000)}null${'}'.repeat(5000)}`;
    const nested = readHtml(`<script type="application/ld+json">${deep}</script>`);
    expect(nested.posts.length).toBeLessThan(100);
    expect(nested.notes.join()).toMatch(/too deeply nested/);
    const wide = readHtml(
      jsonLd({
        ...posting,
        comment: Array.from({ length: 30_000 }, (_, i) => ({ '@type': 'Comment', text: `c${i}` })),
      }),
    );
    expect(wide.posts.length).toBeLessThanOrEqual(5000);
    expect(wide.notes.join()).toMatch(/too large/);
  });

  test('a time that cannot be read is noted and the next one taken', () => {
    const { posts, notes } = readHtml(
      jsonLd({ ...posting, datePublished: '14. Jänner', dateCreated: '2021-01-13' }),
    );
    expect(posts[0]?.postedAt).toMatchObject({ value: '2021-01-13', readFrom: 'JSON-LD dateCreated' });
    expect(notes).toEqual(["JSON-LD datePublished: '14. Jänner' is not a time that can be read."]);
  });
});

describe('microdata', () => {
  test('itemref, nested items, values by element', () => {
    const post = only(`
      <div itemscope itemtype="https://schema.org/SocialMediaPosting" itemref="when pic">
        <div itemprop="author" itemscope itemtype="https://schema.org/Person"><link itemprop="url" href="/u/a"><b itemprop="name">A <i>B</i></b></div>
        <div itemprop="articleBody">one<br>two <span hidden>no</span></div><meta itemprop="inLanguage" content="ku">
      </div>
      <time id="when" itemprop="datePublished" datetime="2021-01">January</time>
      <img id="pic" itemprop="image" src="p.jpg" alt="A picture">`);
    expect(post).toMatchObject({
      author: { name: 'A B', url: 'https://site.example/u/a' },
      text: 'one\ntwo',
      postedAt: { value: '2021-01', precision: 'month', readFrom: 'microdata datePublished' },
      language: 'ku',
      media: [{ url: 'https://site.example/p.jpg', alt: 'A picture' }],
      readFrom: 'microdata articleBody',
    });
  });

  test('an item that refers to itself ends', () => {
    const { posts } = readHtml(
      '<div id=a itemscope itemtype="https://schema.org/Comment" itemref="a b"><p itemprop=text>x</p><div id=b itemprop=comment itemscope itemref="a" itemtype="https://schema.org/Comment"><p itemprop=text>y</p></div></div>',
    );
    expect(posts.map(({ text }) => text)).toEqual(expect.arrayContaining(['x', 'y']));
  });

  test('the same post as JSON-LD is one post, the better source first', () => {
    const post = only(`${jsonLd({ ...posting, url: 'https://site.example/1' })}
      <div itemscope itemtype="https://schema.org/SocialMediaPosting"><a itemprop=url href="/1">1</a><p itemprop=articleBody lang=de dir=ltr>Hello there</p><meta itemprop=dateModified content=2021-02></div>`);
    expect(post).toMatchObject({
      text: 'Hello',
      readFrom: 'JSON-LD articleBody',
      language: 'de',
      direction: 'ltr',
      editedAt: { value: '2021-02', readFrom: 'microdata dateModified' },
    });
  });
});

describe('articles', () => {
  const article = (inner: string) => `<html lang=en><body><article>${inner}</article>`;

  test('text without its frame; portrait and counter are no media', () => {
    const post = only(
      article(
        '<header><img src=me.png><a rel=author href="/@me">Me <b>@me_too</b></a></header><p>Words</p><img src=a.png alt="A"><img src=c.gif width=1><button>Like</button><time datetime="2021-01-14T10:00Z">now</time><footer>99 likes</footer>',
      ),
    );
    expect(post).toMatchObject({
      kind: 'post',
      text: 'Words',
      author: { name: 'Me', handle: 'me_too' },
      postedAt: { value: '2021-01-14T10:00Z' },
      media: [{ url: 'https://site.example/a.png' }],
    });
    expect(post.media).toHaveLength(1);
  });

  test('a heading makes an article; an inner article is a reply', () => {
    const { posts } = readHtml(
      article(
        '<h1>Title</h1><p>Body</p><time datetime=2021></time><article><a rel=author href=/u>U</a><p>Answer</p></article>',
      ),
    );
    expect(posts.map(({ kind, title, text }) => [kind, title, text])).toEqual([
      ['article', 'Title', 'Body'],
      ['reply', null, 'Answer'],
    ]);
  });

  test('teasers are left out, with a note', () => {
    const { posts, notes } = readHtml(
      '<article><p>Signed</p><time datetime=2021></time></article><article><p>Read more</p></article><nav><article>menu</article></nav>',
    );
    expect(posts.map(({ text }) => text)).toEqual(['Signed']);
    expect(notes).toEqual(['1 articles without time and author were left out.']);
  });

  test('language and direction of the words, not of the page', () => {
    const post = only(
      article('<p lang=fa dir=rtl>سلام</p><p lang=fa dir=rtl>خوبی؟</p><a rel=author href=/u>U</a>'),
    );
    expect(post).toMatchObject({ language: 'fa', direction: 'rtl', text: 'سلام\n\nخوبی؟' });
    expect(only(article('<p dir=auto>سلام</p><time datetime=2021></time>'))).toMatchObject({
      language: 'en',
      direction: null,
    });
  });
});

describe('OpenGraph and what is left', () => {
  const meta = (facts: Record<string, string>) =>
    Object.entries(facts)
      .map(([name, content]) => `<meta property="${name}" content="${content}">`)
      .join('');

  test('a page of a platform whose meta elements alone speak', () => {
    const { posts, notes } = readHtml(
      meta({
        'og:type': 'article',
        'og:url': 'https://x.com/some_one/status/1234',
        'og:title': 'Some One on X',
        'og:description': '“Words”',
        'og:image': '/i.jpg',
        'og:image:alt': 'alt',
        'og:locale': 'pt_BR',
        'article:published_time': '2021-01-14T10:00:00Z',
      }),
      'https://x.com/some_one/status/1234',
    );
    expect(posts).toEqual([
      {
        kind: 'post',
        platform: 'x',
        platformId: '1234',
        url: 'https://x.com/some_one/status/1234',
        author: { name: null, handle: 'some_one', platformId: null, url: null },
        postedAt: {
          value: '2021-01-14T10:00:00Z',
          precision: 'second',
          zone: 'utc',
          readFrom: 'meta article:published_time',
          raw: '2021-01-14T10:00:00Z',
        },
        editedAt: null,
        title: 'Some One on X',
        text: '“Words”',
        textLossy: false,
        language: 'pt-BR',
        direction: null,
        media: [{ kind: 'image', url: 'https://x.com/i.jpg', alt: 'alt', sha256: null }],
        readFrom: 'OpenGraph (meta og:description)',
      },
    ]);
    expect(notes).toEqual(['The text is the description in the meta elements: it may be shortened.']);
  });

  test('meta elements fill what the main post lacks, and nothing else', () => {
    const { posts } = readHtml(
      `${meta({ 'og:url': 'https://site.example/1', 'article:published_time': '2021-01-14', 'og:image': '/i.jpg' })}<meta name=author content="The Author">${jsonLd({ '@type': 'Comment', text: 'reply', url: '/2' }, { '@type': 'SocialMediaPosting', articleBody: 'main', url: '/1' })}`,
    );
    expect(
      posts.map(({ text, author, postedAt, media }) => [
        text,
        author.name,
        postedAt?.value ?? null,
        media.length,
      ]),
    ).toEqual([
      ['reply', null, null, 0],
      ['main', 'The Author', '2021-01-14', 1],
    ]);
  });

  test('a page that speaks of no post is one record of its title and words', () => {
    const { posts, notes } = readHtml(
      `<html lang=en><title>A  site</title>${meta({ 'og:type': 'website', 'og:title': 'Site', 'og:description': 'All about us' })}<body><h1>Hi</h1><p>There`,
    );
    expect(posts).toMatchObject([
      {
        kind: 'article',
        title: 'A site',
        text: 'Hi\n\nThere',
        language: 'en',
        readFrom: 'page title and body',
        author: { name: null, handle: null },
        postedAt: null,
      },
    ]);
    expect(notes).toEqual([expect.stringMatching(/title and all its words/)]);
  });

  test('a profile page is not its owner’s words', () => {
    expect(only('<title>x</title><p>words', 'https://x.com/some_one').author.handle).toBeNull();
  });

  test.each([
    ['', /no words/],
    ['<script>1</script>', /no words/],
  ])('a page with nothing in it: %j', (html, note) => {
    const { posts, notes } = readHtml(html);
    expect(posts).toEqual([]);
    expect(notes.join()).toMatch(note);
  });
});

describe('addresses', () => {
  test('base element; scripts are no addresses; data stays as it is', () => {
    const post = only(
      '<base href="/deep/"><article><a rel=author href="javascript:alert(1)">A</a><p>x</p><img src="i.png"><img src="data:image/png;base64,AAAA"><img src="javascript:1"></article>',
    );
    expect(post.author.url).toBeNull();
    expect(post.media.map(({ url }) => url)).toEqual([
      'https://site.example/deep/i.png',
      'data:image/png;base64,AAAA',
    ]);
  });

  test('a page without an address', () => {
    const post = only(`<article><p>x</p><img src="i.png"><time datetime="2021"></time></article>`, null);
    expect(post).toMatchObject({ url: null, platform: null, media: [] });
  });
});

describe('what is not read', () => {
  const body = new TextEncoder().encode('<p>x');
  test('nothing, and what is not HTML', () => {
    expect(generalReader.read({ url: null, exchanges: [] })).toEqual({
      posts: [],
      notes: ['There is no page to read.'],
      limits: [],
    });
    const { posts, notes } = generalReader.read({
      url: null,
      exchanges: [{ url: '', status: 200, mediaType: 'image/png', charset: null, body }],
    });
    expect([posts, notes.length]).toEqual([[], 1]);
  });

  test('pages beyond the bounds are kept and not read', () => {
    expect(readHtml('<div>'.repeat(5000)).notes.join()).toMatch(/deep/);
    expect(readHtml(new Uint8Array(33 * 1024 * 1024).fill(97)).notes.join()).toMatch(/characters/);
  });

  test('invalid bytes and NULs are told', () => {
    const { posts, notes } = readHtml(
      Buffer.from('<meta charset=utf-8><article>a\xffb\0c<time datetime=2021></time></article>', 'latin1'),
    );
    expect(posts[0]).toMatchObject({ text: 'a\ufffdb\ufffdc', textLossy: true });
    expect(notes).toHaveLength(2);
    expect(only('<article>a \ufffd b<time datetime=2021></time></article>').textLossy).toBe(false);
  });

  test('posts nested in posts to the limit end in reasonable work', () => {
    const open = '<div itemprop=comment itemscope itemtype="https://schema.org/Comment"><div itemprop=text>';
    const { posts } = readHtml(
      `<div itemscope itemtype="https://schema.org/Comment">${open.repeat(900)}${'word '.repeat(100_000)}`,
    );
    expect(posts.length).toBeGreaterThan(0);
  });
});

test('any page is read without an error', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<article>',
      '</article>',
      '<time datetime=',
      '>',
      '"',
      '<meta property=og:title content=',
      '<div itemscope itemtype=https://schema.org/Comment>',
      '<p itemprop=text>',
      '<script type=application/ld+json>',
      '</script>',
      '{"@type":"Comment","text":',
      '[',
      ']',
      '}',
      '<base href=',
      '<img src=',
      '<html lang=',
      '<a rel=author href=',
    ),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('https://a.example/@b/1', 'https://x.com/a/status/1', '//c.example'),
  );
  fc.assert(
    fc.property(
      fc.array(piece),
      fc.constantFrom(null, 'https://a.example/p', 'cid:x', 'nonsense'),
      (pieces, url) => {
        readHtml(pieces.join(''), url);
      },
    ),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      readHtml(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.json(), (json) => {
      readHtml(
        `<script type="application/ld+json">{"@type":"Comment","text":"x","author":${json},"url":${json},"datePublished":${json},"image":${json}}</script>`,
      );
    }),
  );
});
