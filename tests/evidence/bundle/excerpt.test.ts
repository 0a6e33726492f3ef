/** What is left of a post of which parts are withheld: it says what it lacks, and is told from another post's. */
import { describe, expect, test } from 'vitest';
import type { PostContent } from '../../../contract/model/post.ts';
import { excerptOf, gap, isExcerptOf } from '../../../evidence/bundle/excerpt.ts';
import { fromParts, type Part, toParts } from '../../../evidence/post/parts.ts';

const whole: PostContent = {
  kind: 'post',
  platform: 'x',
  platformId: '17',
  url: 'https://x.com/ada/status/17',
  author: { name: 'Ada Brandt', handle: 'ada', platformId: '42', url: null },
  postedAt: null,
  editedAt: null,
  title: 'By Ada Brandt',
  text: 'At noon Ada said: کلاغ‌ها و Ada',
  textLossy: false,
  language: 'en',
  direction: null,
  media: [
    { kind: 'image', url: 'https://x.com/1.png', alt: 'Ada', sha256: null },
    { kind: 'image', url: 'https://x.com/2.png', alt: null, sha256: null },
  ],
  readFrom: 'JSON-LD',
  links: [{ text: 'a', url: 'https://ada.example' }],
};

const without = (isHidden: (part: Part) => boolean): (Part | null)[] =>
  toParts(whole).map((part) => (isHidden(part) ? null : part));
const saysAda = ({ value }: Part): boolean => /ada/i.test(JSON.stringify(value));

describe('what is left', () => {
  test('has a mark for each word that is withheld, and names what it lacks', () => {
    const left = excerptOf(without(saysAda));

    expect(left).toMatchObject({
      author: { name: null, handle: null, platformId: '42' },
      url: null,
      title: `By ${gap} Brandt`,
      text: `At noon ${gap} said: کلاغ‌ها و ${gap}`,
      media: [{ url: 'https://x.com/2.png' }],
    });
    expect(left?.withheld?.map(({ name }) => name)).toEqual([
      'url',
      'author.name',
      'author.handle',
      // The link, and the picture before the one with the number 1: what stands between them its place does not tell.
      null,
      'media',
      'title',
      'text',
      'text',
    ]);
  });

  test('is told from that of another post, and from a post that lacks nothing', () => {
    const left = excerptOf(without(saysAda)) as PostContent;

    expect(isExcerptOf(left, whole)).toBe(true);
    expect(isExcerptOf(left, { ...whole, author: { ...whole.author, name: 'Zora Holm' } })).toBe(true);
    expect(isExcerptOf(left, { ...whole, text: whole.text.replace('said', 'says') })).toBe(false);
    expect(isExcerptOf(left, { ...whole, platformId: '18' })).toBe(false);
    expect(isExcerptOf(left, { ...whole, text: `${whole.text} and more` })).toBe(false);
    expect(isExcerptOf(whole, whole)).toBe(false);
  });

  test('keeps one mark where every word is withheld', () => {
    const left = excerptOf(without(({ name }) => name === 'text' || name === 'title'));

    expect(left).toMatchObject({ title: null, text: gap });
    expect(isExcerptOf(left as PostContent, whole)).toBe(true);
  });

  test('comes back from its parts, with what it lacks', () => {
    const left = excerptOf(without(saysAda)) as PostContent;

    expect(fromParts(toParts(left))).toEqual(left);
  });

  test('is none without the kind of the post, nor of a post that lacks parts itself', () => {
    expect(excerptOf(without(({ name }) => name === 'kind'))).toBeNull();
    const again = toParts(excerptOf(without(saysAda)) as PostContent);
    expect(excerptOf(again)).toBeNull();
  });
});
