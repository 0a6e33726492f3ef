import { describe, expect, test } from 'vitest';
import { frameAddress, parseReplay, replayAddress } from '../../main/replay/replay-address.ts';
import { answerReplay } from '../../main/replay/replay-answer.ts';
import { rewriteCss } from '../../main/replay/rewrite-css.ts';
import { baseOf, rewriteHtml } from '../../main/replay/rewrite-html.ts';

const id = '0190a000-0002-7000-8000-000000000001';
const page = 'https://site.example/user/post?x=1';
const lead = (reference: string): string | null => replayAddress(id, reference, page);
const to = (rest: string): string => `holdfast-replay://${id}/${rest}`;

describe('addresses', () => {
  test.each([
    ['a.png', to('https/site.example/user/a.png')],
    ['/a.png?b=c#d', to('https/site.example/a.png?b=c#d')],
    ['//cdn.example:8443/a b', to('https/cdn.example:8443/a%20b')],
    ['http://old.example', to('http/old.example/')],
    ['../../../../etc', to('https/site.example/etc')],
    ['data:image/png;base64,AA', 'data:image/png;base64,AA'],
    ['#part', '#part'],
    ['javascript:alert(1)', null],
    ['file:///etc/hostname', null],
    ['holdfast://app/index.html', null],
    ['holdfast-artifact://aa/', null],
    ['https://', null],
  ])('%s', (reference, expected) => {
    expect(lead(reference)).toBe(expected);
  });

  test('come back to what they were', () => {
    for (const url of ['https://a.example:444/x//y%20z?q=%2F&r', 'http://a.example/']) {
      expect(parseReplay(replayAddress(id, url, page) ?? '')).toEqual({
        captureId: id,
        shown: { resource: url },
      });
    }
    expect(parseReplay(to('frame/2/https/a.example/x?y'))).toEqual({
      captureId: id,
      shown: { frame: 'https://a.example/x?y', depth: 2 },
    });
    expect(frameAddress(id, '/x', page, 6)).toBeNull();
    expect(parseReplay(to(''))).toEqual({ captureId: id, shown: 'page' });
    expect(parseReplay(to('text'))).toEqual({ captureId: id, shown: 'text' });
  });

  test.each([
    `holdfast-artifact://${id}/`,
    'holdfast-replay://not-an-id/',
    to('file/etc/hostname'),
    to('https'),
    to('https/'),
    to('static/a.css'),
    '',
  ])('%s is none', (address) => {
    expect(parseReplay(address)).toBeNull();
  });
});

describe('a page', () => {
  const rewritten = (html: string): string =>
    rewriteHtml(html, {
      resource: lead,
      frame: (reference) => frameAddress(id, reference, page, 1),
      depth: 0,
    });

  test('keeps its words and its own pictures, led to the recording', () => {
    expect(rewritten('<!DOCTYPE html><p class="a" title="1 &lt; 2">Text &amp; <b>more</b></p>')).toBe(
      '<!DOCTYPE html><p class="a" title="1 &lt; 2">Text &amp; <b>more</b></p>',
    );
    expect(rewritten('<img src="/a.png?b&amp;c" alt="x"><video poster=p.jpg></video>')).toBe(
      `<img src="${to('https/site.example/a.png?b&amp;c')}" alt="x"><video poster="${to('https/site.example/user/p.jpg')}"></video>`,
    );
    expect(rewritten('<img srcset="a.png 1x, https://c.example/b.png 2x">')).toBe(
      `<img srcset="${to('https/site.example/user/a.png')} 1x, ${to('https/c.example/b.png')} 2x">`,
    );
    expect(rewritten('<svg><use xlink:href="#i"></use><image href="i.svg"></image></svg>')).toBe(
      `<svg><use xlink:href="#i"></use><image href="${to('https/site.example/user/i.svg')}"></image></svg>`,
    );
  });

  test('keeps its styles', () => {
    expect(rewritten('<link rel="stylesheet" href="s.css" integrity="sha256-x" crossorigin="">')).toBe(
      `<link rel="stylesheet" href="${to('https/site.example/user/s.css')}">`,
    );
    expect(
      rewritten(
        '<style>p{background:url(a.png)} a::after{content:"</p>"}</style><p style="background:url(&quot;b.png&quot;)">',
      ),
    ).toBe(
      `<style>p{background:url("${to('https/site.example/user/a.png')}")} a::after{content:"</p>"}</style><p style="background:url(&quot;${to('https/site.example/user/b.png')}&quot;)">`,
    );
  });

  test.each([
    ['<script>if (a < b) document.write("<p>no")</script><p>yes</p>', '<p>yes</p>'],
    ['<SCRIPT SRC="x.js"></SCRIPT >', ''],
    ['<noscript><p>never seen</p></noscript>ok', 'ok'],
    ['<p onclick="x()" ONLOAD=y>a</p>', '<p>a</p>'],
    [
      '<iframe src="https://ads.example/" srcdoc="<p onclick=x>x<script>1</script>" sandbox="allow-scripts">y</iframe>',
      '<iframe srcdoc="&lt;p&gt;x"></iframe>',
    ],
    [
      '<iframe src="https://ads.example/a?b"></iframe>',
      `<iframe src="holdfast-replay://${id}/frame/1/https/ads.example/a?b"></iframe>`,
    ],
    [
      '<iframe src="javascript:x"></iframe><iframe src="data:text/html,x"></iframe>',
      '<iframe></iframe><iframe></iframe>',
    ],
    [
      '<base href="https://other.example/"><meta http-equiv="refresh" content="0;url=/x"><meta charset="utf-8">',
      '<meta charset="utf-8">',
    ],
    ['<link rel="preload" href="a.js" as="script"><link rel=icon href=/f.ico>', ''],
    ['<object data="a.swf"><param name="x"></object><embed src="b">z', ''],
    ['<img src="javascript:x">', '<img>'],
    ['a <!-- <p>gone --> b', 'a  b'],
    ['<textarea><img src=x></textarea>', '<textarea><img src=x></textarea>'],
    ['1 < 2 <', '1 < 2 <'],
    ['<p', '<p>'],
    ['<!-- open', ''],
    ['<script>open', ''],
  ])('%s', (html, expected) => {
    expect(rewritten(html)).toBe(expected);
  });

  test('names its base, if it does', () => {
    expect(baseOf('<head><base target="_top"><base href="https://o.example/a&amp;b">')).toBe(
      'https://o.example/a&b',
    );
    expect(baseOf('<p>based</p>')).toBeNull();
  });

  test.each([
    ['bases', '<base '.repeat(400_000)],
    ['styles', '<style>'.repeat(200_000)],
    ['spaces in a tag', `<p ${' '.repeat(2_000_000)}`],
    ['comments', '<!--'.repeat(400_000)],
    ['attributes', '<p a="'.repeat(300_000)],
    ['addresses', `<style>${'url('.repeat(400_000)}`],
    ['spaces in an address', `<style>url(${' '.repeat(2_000_000)}`],
    ['quotes in addresses', `<style>${'url("'.repeat(400_000)}`],
  ])('of hostile length is read once, not again for every beginning: %s', (_name, html) => {
    // It would take hours otherwise, and the test would end by its limit.
    expect(rewritten(html).length).toBeLessThan(html.length * 3);
    baseOf(html);
  });
});

test.each([
  ['@import "a.css";', `@import url("${to('https/site.example/user/a.css')}");`],
  ["@import url('b.css') screen;", `@import url("${to('https/site.example/user/b.css')}") screen;`],
  ['p{background:url( "a\\20 b.png" )}', `p{background:url("${to('https/site.example/user/a%20b.png')}")}`],
  ['p{background:url(data:image/png;base64,AA==)}', 'p{background:url("data:image/png;base64,AA==")}'],
  ['p{background:url(file:///x)}', 'p{background:url("data:,")}'],
  ['p{content:"url"}', 'p{content:"url"}'],
])('a style sheet: %s', (css, expected) => {
  expect(rewriteCss(css, lead)).toBe(expected);
});

describe('answers', () => {
  const dom = 'e'.repeat(64);
  const bodies: Record<string, [string, string, number]> = {
    'https://site.example/a.css': ['text/css', 'p{background:url(b.png)}', 200],
    'https://site.example/b.png': ['image/png', 'PNG', 200],
    'https://site.example/other': ['text/html', '<script>1</script>', 200],
    'https://site.example/gone': ['image/png', 'x', 404],
    'https://site.example/huge': ['video/mp4', 'x'.repeat(1024 * 1024), 200],
  };
  const capture = {
    recording: { finalUrl: page, requestedUrl: page },
    url: null,
    id,
    artifacts: [
      { role: 'dom', sha256: dom, size: 10, mediaType: 'text/html', name: null },
      { role: 'text', sha256: 'f'.repeat(64), size: 10, mediaType: 'text/plain', name: null },
    ],
  };
  /** The host's answers for one capture; the huge one has a thousand pieces. */
  const host: Parameters<typeof answerReplay>[0] = {
    async call(channel, input, options) {
      const answered = (value: unknown): never => ({ ok: true, value }) as never;
      const failed = (code: string): never =>
        ({ ok: false, error: { code, message: '', details: {} } }) as never;
      if (!('captureId' in input) || input.captureId === id) {
        if (channel === 'capture.get') return answered(capture);
        if (channel === 'artifact.read') {
          const isDom = 'sha256' in input && input.sha256 === dom;
          await options?.onBytes?.(
            Buffer.from(isDom ? '<img src="b.png"><script>1</script>' : '<script>1</script> & متن'),
          );
          return answered({ size: 10, mediaType: 'text/html' });
        }
        const [mediaType, text, status] = bodies['url' in input ? String(input.url) : ''] ?? [];
        if (mediaType === undefined || text === undefined) return failed('artifact-not-found');
        for (let n = 0; n < (mediaType === 'video/mp4' ? 1000 : 1); n += 1) {
          if (options?.signal?.aborted === true) return failed('cancelled');
          await options?.onBytes?.(Buffer.from(text));
        }
        return answered({
          status,
          mediaType,
          size: text.length,
          url: 'url' in input ? String(input.url).replace('/moved/', '/') : '',
          charset: null,
        });
      }
      return failed('capture-not-found');
    },
  };
  const get = (path: string, capture = id): Promise<Response> =>
    answerReplay(host, 'GET', `holdfast-replay://${capture}/${path}`);

  test('the page is as rendered, without script, under a policy that lets nothing in but its own', async () => {
    const response = await get('');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(`<img src="${to('https/site.example/user/b.png')}">`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        'sandbox',
        "default-src 'none'",
        `img-src holdfast-replay://${id} data:`,
        `media-src holdfast-replay://${id} data:`,
        `style-src 'unsafe-inline' holdfast-replay://${id}`,
        `font-src holdfast-replay://${id} data:`,
        `frame-src holdfast-replay://${id}`,
        "base-uri 'none'",
        "form-action 'none'",
        'frame-ancestors holdfast://app',
      ].join('; '),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  test('its text is words and nothing else', async () => {
    const response = await get('text');
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    expect(await response.text()).toMatch(/<pre>\n&lt;script>1&lt;\/script> &amp; متن<\/pre>$/);
  });

  test.each([
    [
      'https/site.example/a.css',
      200,
      'text/css; charset=utf-8',
      `p{background:url("${to('https/site.example/b.png')}")}`,
    ],
    ['https/site.example/b.png', 200, 'image/png', 'PNG'],
    ['https/site.example/other', 200, 'text/plain; charset=utf-8', '<script>1</script>'],
    ['https/site.example/gone', 404, 'image/png', 'x'],
    ['frame/1/https/site.example/other', 200, 'text/html; charset=utf-8', ''],
  ])('%s', async (path, status, type, body) => {
    const response = await get(path);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      status,
      type,
      body,
    ]);
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  test('what is not recorded, too large or asked for in another way is refused', async () => {
    const statuses = [
      await get('https/elsewhere.example/'),
      await get('', '0190a000-0002-7000-8000-0000000000ff'),
      await get('https/site.example/huge'),
      await get('static/a.css'),
      await answerReplay(host, 'POST', to('')),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 413, 404, 405]);
  });
});
