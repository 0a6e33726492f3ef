import fc from 'fast-check';
import { expect, test } from 'vitest';
import { domText } from '../../sites/general/dom-text.ts';
import { elementsOf, parseHtml } from '../../sites/html/parse.ts';

function text(html: string): string {
  const parsed = parseHtml(html);
  if ('refused' in parsed) throw new Error(parsed.refused);
  const body = [...elementsOf(parsed.document)].find(({ tagName }) => tagName === 'body');
  if (body === undefined) throw new Error('no body');
  return domText(body).text;
}

test.each([
  ['spaces collapse, at edges they go', '  a \n\t b <b> c</b>  ', 'a b c'],
  ['br', 'a<br>b <br> c<br><br>d', 'a\nb\nc\n\nd'],
  ['blocks', '<div>a</div><div>b<div>c</div></div>d', 'a\nb\nc\nd'],
  ['paragraphs', '<p>a<p>b</p><div>c</div>', 'a\n\nb\n\nc'],
  ['lists and tables', '<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>', 'a\nb\nc\td\ne'],
  ['pre', '<pre>a  b\n c</pre>', 'a  b\n c'],
  ['inline white-space', '<p style="color:red; white-space: pre-wrap">a  b\nc</p>', 'a  b\nc'],
  [
    'white-space: normal inside pre-wrap',
    '<p style="white-space:pre">a  <i style="white-space:normal">b  c</i></p>',
    'a  b c',
  ],
  [
    'no-break spaces, joiners and ideographic spaces stay',
    'a\u00a0\u00a0b \u200c \u3000c',
    'a\u00a0\u00a0b \u200c \u3000c',
  ],
  [
    'what is never shown',
    'a<script>x</script><style>y</style><template>z</template><i hidden>h</i><i style="display:none">i</i>b',
    'ab',
  ],
  ['noscript is for readers without script', 'a<noscript>b</noscript>', 'a'],
  [
    'emoji drawn as pictures',
    'a<img alt="👩🏽‍🚒"><img alt="🇺🇳">b<img alt="A photo"><img alt="7">',
    'a👩🏽‍🚒🇺🇳b',
  ],
  ['character references', '&lt;b&gt; &amp;amp; &zwnj;&#x1F525;', '<b> &amp; \u200c🔥'],
  ['nothing', '<div> <br> </div>', ''],
])('%s', (_, html, expected) => {
  expect(text(html)).toBe(expected);
});

test('words come back, whatever they are', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/[\s\0&<\r]/.test(value));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      expect(text(`<div>${words.join(' \n ')}</div>`)).toBe(words.join(' '));
    }),
  );
});

test('any markup gives text within the size of the page', () => {
  const piece = fc.oneof(
    fc.constantFrom('<p>', '</p>', '<br>', '<pre>', '<td>', '<table>', '<b>', '<svg>', ' ', '\n'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const html = pieces.join('');
      expect(text(html).length).toBeLessThanOrEqual(html.length + 2);
    }),
  );
});
