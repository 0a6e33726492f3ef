import fc from 'fast-check';
import { parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { renderBundle } from '../../../evidence/build/render.ts';
import { escaped, html } from '../../../evidence/build/report/html.ts';
import { markQuotes } from '../../../evidence/build/report/quotes.ts';
import { renderReport } from '../../../evidence/build/report/report.ts';
import { byteCount } from '../../../evidence/build/report/words.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { makeIdentity } from './bundle.ts';
import { samplePlan, words } from './sample.ts';

const signer = await makeIdentity('Ada <i>Invented</i>');
const { evidence } = renderBundle(samplePlan(signer), nodeSha256);
const report = renderReport(evidence);

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** All elements of a document, as a browser's parser finds them. */
function elements(markup: string): Element[] {
  const found: Element[] = [];
  const visit = (node: unknown): string => {
    if (typeof node !== 'object' || node === null) return '';
    if ('value' in node && 'nodeName' in node && node.nodeName === '#text') return String(node.value);
    const children = 'childNodes' in node && Array.isArray(node.childNodes) ? node.childNodes : [];
    const at = found.length;
    const attributes =
      'attrs' in node && Array.isArray(node.attrs)
        ? node.attrs.map((a: { name: string; value: string }) => [a.name, a.value])
        : [];
    if ('tagName' in node)
      found.push({ name: String(node.tagName), attributes: Object.fromEntries(attributes), text: '' });
    const text = children.map(visit).join('');
    const own = found[at];
    if ('tagName' in node && own !== undefined) own.text = text;
    return text;
  };
  visit(parse(markup));
  return found;
}

const all = elements(report);
const named = (name: string) => all.filter((element) => element.name === name);

describe('the report', () => {
  test('does not say that a source is silent where only the reader is', () => {
    const [first] = evidence.captures.flatMap(({ readings }) => readings).flatMap(({ posts }) => posts);
    if (first?.disclosed !== 'whole') throw new Error('the sample begins with a whole post');
    const { content, ...rest } = first;
    const bare = {
      ...content,
      postedAt: null,
      author: { name: null, handle: null, platformId: null, url: null },
    };
    const captures = evidence.captures.map((capture) => ({
      ...capture,
      readings: capture.readings.map((reading) => ({ ...reading, posts: [{ ...rest, content: bare }] })),
    }));

    const cells = elements(renderReport({ ...evidence, captures })).filter(({ name }) => name === 'dd');

    expect(cells.filter(({ text }) => text === 'none was read from the source')).toHaveLength(
      2 * captures.flatMap(({ readings }) => readings).length,
    );
  });

  test('is one file without script, that may fetch nothing but its pictures', () => {
    expect(named('script')).toEqual([]);
    expect(named('link')).toEqual([]);
    expect(named('a').filter(({ attributes }) => !attributes.href?.startsWith('#'))).toEqual([]);
    expect(named('iframe')).toEqual([]);
    const policy = named('meta').find(
      ({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy',
    );
    expect(policy?.attributes.content).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src 'self';/,
    );
    for (const { attributes } of all)
      expect(Object.keys(attributes).filter((key) => key.startsWith('on'))).toEqual([]);
    expect(named('img').map(({ attributes }) => attributes.src)).toEqual([
      evidence.captures[0]?.artifacts[1]?.path.replace('data/', ''),
    ]);
  });

  test('shows each text in its own direction and language, exactly', () => {
    const texts = named('blockquote').map(({ attributes, text }) => ({ ...attributes, text }));
    expect(texts).toEqual([
      { dir: 'ltr', lang: 'en', text: words.english },
      { dir: 'auto', text: words.hostile.replace('\u0007', '\u2407') },
      { dir: 'rtl', lang: 'fa', text: words.persian },
    ]);
    expect(named('mark').map(({ text }) => text)).toEqual([
      'vermin',
      'Drive them out \u{1F525}\u{1F525}',
      'کلاغ‌ها دزدند',
    ]);
  });

  test('says what stands behind each tag, and what nobody can say', () => {
    const page = named('body')
      .map(({ text }) => text)
      .join('');
    for (const sentence of [
      'Assessed as breaching: Dehumanisation',
      'Calls a group of villagers vermin.',
      'Ada Invented (name as claimed, not proven)',
      'Collected by others, unverified before receipt',
      'One picture of this page is not in the file.',
      'That nothing was left out.',
      'time zone not given',
      'Its bytes are not in this capture.',
      'no independent timestamp',
    ]) {
      expect(page).toContain(sentence);
    }
    expect(page).not.toMatch(/violates|tamper-proof|verified true|deleted/i);
  });
});

describe('text of a source in the report', () => {
  test('never becomes markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) => {
        const found = elements(html`<p title="${text}">${text}</p>`.markup).filter(
          ({ name }) => !['html', 'head', 'body'].includes(name),
        );
        const shown = text.replaceAll(/\p{Cc}/gu, (c) =>
          c < ' ' && !'\t\n\r'.includes(c) ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : c,
        );
        expect(found).toEqual([{ name: 'p', attributes: { title: shown }, text: shown }]);
      }),
      { numRuns: 500 },
    );
    expect(escaped('<\'"&>\u0000')).toBe('&lt;&#39;&quot;&amp;&gt;\u2400');
  });

  test('is marked by code points, where quotes overlap, too', () => {
    const quoteOf = (start: number, end: number) => ({ text: '', start, end });
    expect(markQuotes('a\u{1F525}bcd', [quoteOf(1, 3), quoteOf(2, 4)])).toEqual([
      { text: 'a', marked: false },
      { text: '\u{1F525}bc', marked: true },
      { text: 'd', marked: false },
    ]);
    expect(markQuotes('', [])).toEqual([]);
    expect(markQuotes('abc', [quoteOf(0, 3)])).toEqual([{ text: 'abc', marked: true }]);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(30))),
        (text, ranges) => {
          const stretches = markQuotes(
            text,
            ranges.map(([a, b]) => quoteOf(Math.min(a, b), Math.max(a, b) + 1)),
          );
          expect(stretches.map((stretch) => stretch.text).join('')).toBe(text);
        },
      ),
    );
  });

  test('numbers are grouped', () => {
    expect([1, 999, 1000, 1234567].map(byteCount)).toEqual([
      '1 byte',
      '999 bytes',
      '1,000 bytes',
      '1,234,567 bytes',
    ]);
  });
});
