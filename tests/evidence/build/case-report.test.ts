/** The report on a case: its numbers, what each exhibit rests on, and what is missing. */
import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { renderBundle } from '../../../evidence/build/render.ts';
import { renderReport } from '../../../evidence/build/report/report.ts';
import { whenIn } from '../../../evidence/build/report/words.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { makeIdentity } from './bundle.ts';
import { id, samplePlan } from './sample.ts';
import { withCase } from './with-case.ts';

const signer = await makeIdentity('Ada Invented');
const { evidence } = renderBundle(withCase(samplePlan(signer)), nodeSha256);

interface Node {
  tag: string;
  attributes: Record<string, string>;
  text: string;
  children: Node[];
}

function toNode(node: object): Node {
  const children =
    'childNodes' in node && Array.isArray(node.childNodes)
      ? node.childNodes.map((child: object) => toNode(child))
      : [];
  const attrs: { name: string; value: string }[] =
    'attrs' in node && Array.isArray(node.attrs) ? node.attrs : [];
  const own = 'value' in node && typeof node.value === 'string' ? node.value : '';
  return {
    tag: 'tagName' in node ? String(node.tagName) : '',
    attributes: Object.fromEntries(attrs.map(({ name, value }) => [name, value])),
    text: own + children.map(({ text }) => text).join(''),
    children,
  };
}

function all(node: Node, is: (node: Node) => boolean): Node[] {
  return [...(is(node) ? [node] : []), ...node.children.flatMap((child) => all(child, is))];
}

const page = toNode(parse(renderReport(evidence)));
const by = (anchor: string) => {
  const [found, ...more] = all(page, ({ attributes }) => attributes.id === anchor);
  if (found === undefined || more.length > 0) throw new Error(`${more.length} more of ${anchor}`);
  return found;
};
const rows = (anchor: string) =>
  all(by(anchor), ({ tag }) => tag === 'tr').map(({ children }) =>
    children.filter(({ tag }) => tag !== '').map(({ text }) => text),
  );

test('the summary lists the exhibits in their order under their numbers, and says which number is empty', () => {
  expect(rows('summary')).toEqual([
    ['Exhibit', 'What it is', 'Captured or received', 'Assessed'],
    [
      'Exhibit 2',
      'The poster@elmwick_watch, x, 2026-04-30T18:05:00Z',
      '2026-05-02 11:00:02 +02:00 Europe/Berlin (2026-05-02 09:00:02 UTC)',
      'Assessed as breaching: Dehumanisation (not reviewed)Assessed as breaching: Incitement (not reviewed)',
    ],
    [
      'Exhibit 1',
      'a capture as a whole: روستا.mhtml',
      '2026-05-02 11:00:05 +02:00 Europe/Berlin (2026-05-02 09:00:05 UTC)',
      'Assessed as breaching: Dehumanisation (not reviewed)',
    ],
    [
      'Exhibit 4',
      '@elmwick_watch, x',
      '2026-05-02 11:00:02 +02:00 Europe/Berlin (2026-05-02 09:00:02 UTC)',
      'not assessed',
    ],
  ]);
  expect(by('summary').text).toContain('Dehumanisation: 2 posts, Exhibit 2, Exhibit 1, post 1');
  expect(by('exhibit-3').text).toContain('There is no exhibit 3. It was removed from the case on 2026-05-02');
  expect(by('exhibit-3').text).toContain('because: Stands in exhibit 2.');
});

test('each exhibit stands once, with its label, its note, and what its time rests on', () => {
  const headings = all(page, ({ tag }) => tag === 'article').map(
    ({ attributes, children }) => `${attributes.id} ${children.find(({ tag }) => tag === 'h3')?.text}`,
  );
  expect(headings).toEqual([
    'exhibit-2 Exhibit 2: The poster',
    'exhibit-1 Exhibit 1: a capture as a whole',
    'exhibit-1-post-1 Exhibit 1, post 1',
    'exhibit-4 Exhibit 4',
  ]);
  const second = by('exhibit-2').text;
  expect(second).toContain('Note of the signer’s desk: Ask the <i>printer</i>.');
  expect(second).toContain('no independent timestamp: the time of receipt is the signer’s own claim');
  expect(second).toContain('How complete it isnot known: collected by others, unverified before receipt');
  expect(second).toContain('2026-04-30 20:05:00 +02:00 Europe/Berlin (2026-04-30 18:05:00 UTC)');
  expect(by('capture-1').text).toContain('Posts of this capture that are exhibits: Exhibit 2, Exhibit 4.');
});

test('every link leads to something on the page, and every file stands in the appendix of hashes', () => {
  const anchors = new Set(
    all(page, ({ attributes }) => 'id' in attributes).map(({ attributes }) => attributes.id),
  );
  const links = all(page, ({ tag }) => tag === 'a').map(({ attributes }) => attributes.href ?? '');

  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((href) => !anchors.has(href.slice(1)))).toEqual([]);
  expect(
    rows('hashes')
      .slice(1)
      .map(([path, , sha256]) => [path, sha256]),
  ).toEqual(
    evidence.captures.flatMap(({ artifacts }) => artifacts.map(({ path, sha256 }) => [path, sha256])),
  );
});

test('a post that is no exhibit stands with its capture, and is no exhibit', () => {
  const { case: of, ...rest } = evidence;
  if (of === undefined) throw new Error('the sample has a case');
  const exhibits = of.exhibits.filter(({ post }) => post !== id(13));
  const shown = toNode(parse(renderReport({ ...rest, case: { ...of, exhibits } })));

  const details = all(shown, ({ tag, text }) => tag === 'details' && text.startsWith('Further posts'));
  expect(details).toHaveLength(1);
  expect(details[0]?.text).toContain('Capture 1, post 2');
});

test('a time is said with the offset that held then, in figures that everybody reads', () => {
  expect(whenIn('UTC')('2026-07-01T10:11:12.345Z')).toBe('2026-07-01 10:11:12 UTC');
  expect(whenIn('Europe/Berlin')('2026-12-31T23:30:00.000Z')).toBe(
    '2027-01-01 00:30:00 +01:00 Europe/Berlin (2026-12-31 23:30:00 UTC)',
  );
  expect(whenIn('Asia/Tehran')('2021-07-01T10:11:12.000Z')).toBe(
    '2021-07-01 14:41:12 +04:30 Asia/Tehran (2021-07-01 10:11:12 UTC)',
  );
  expect(whenIn('America/St_Johns')('2026-01-01T03:00:00.000Z')).toBe(
    '2025-12-31 23:30:00 -03:30 America/St_Johns (2026-01-01 03:00:00 UTC)',
  );
  expect(whenIn('Europe/London')('2026-01-01T03:00:00.000Z')).toContain('03:00:00 +00:00 Europe/London');
});
