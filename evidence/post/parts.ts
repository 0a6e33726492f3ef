/**
 * A post as a list of parts, each of which can be shown or withheld by itself: every scalar fact, every medium, and
 * title and text segment by segment. `fromParts` is the way back, and refuses what `toParts` would not have written.
 */
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import { type PostContent, postContentSchema } from '../../contract/model/post.ts';
import { canonicalJson, type Json } from '../log/canonical.ts';
import { segments } from './segments.ts';

export const partSchema = z.strictObject({
  name: z.string(),
  /** Position among parts of the same name. */
  n: z.number().int().nonnegative(),
  value: z.json(),
});
export type Part = { name: string; n: number; value: Json };

/** Parts in their committed order. */
export function toParts(content: PostContent): Part[] {
  const one = (name: string, value: Json): Part => ({ name, n: 0, value });
  const many = (name: string, values: readonly Json[]): Part[] =>
    values.map((value, n) => ({ name, n, value }));
  const optional = (name: string, value: Json | undefined): Part[] =>
    value === undefined ? [] : [one(name, value)];
  return [
    one('kind', content.kind),
    one('platform', content.platform),
    one('platformId', content.platformId),
    one('url', content.url),
    one('author.name', content.author.name),
    one('author.handle', content.author.handle),
    one('author.platformId', content.author.platformId),
    one('author.url', content.author.url),
    one('postedAt', content.postedAt),
    one('editedAt', content.editedAt),
    one('language', content.language),
    one('direction', content.direction),
    one('readFrom', content.readFrom),
    one('textLossy', content.textLossy),
    ...optional('sourceOfText', content.sourceOfText),
    ...many('reference', content.references ?? []),
    ...many('otherTime', content.otherTimes ?? []),
    ...many('count', content.counts ?? []),
    ...many('link', content.links ?? []),
    ...optional('poll', content.poll),
    ...many('version', content.versions ?? []),
    ...optional('translation', content.translation),
    ...many('notice', content.notices ?? []),
    ...many('withheld', content.withheld ?? []),
    ...many('media', content.media),
    ...(content.title === null ? [] : many('title', segments(content.title))),
    ...many('text', segments(content.text)),
  ];
}

/** The content that these parts, all of them, say. Attacker-controlled. Errors: `bad-input`. */
export function fromParts(parts: readonly Part[]): PostContent {
  const one = (name: string): unknown => parts.find((part) => part.name === name)?.value;
  const many = (name: string): unknown[] =>
    parts.filter((part) => part.name === name).map((part) => part.value);
  const titles = many('title');
  // Members that are absent, and not null, where a post has no such part.
  const optional = (member: string, value: unknown) => (value === undefined ? {} : { [member]: value });
  const list = (member: string, name: string) => {
    const values = many(name);
    return optional(member, values.length === 0 ? undefined : values);
  };
  const parsed = postContentSchema.safeParse({
    kind: one('kind'),
    platform: one('platform'),
    platformId: one('platformId'),
    url: one('url'),
    author: {
      name: one('author.name'),
      handle: one('author.handle'),
      platformId: one('author.platformId'),
      url: one('author.url'),
    },
    postedAt: one('postedAt'),
    editedAt: one('editedAt'),
    language: one('language'),
    direction: one('direction'),
    readFrom: one('readFrom'),
    textLossy: one('textLossy'),
    ...optional('sourceOfText', one('sourceOfText')),
    ...list('references', 'reference'),
    ...list('otherTimes', 'otherTime'),
    ...list('counts', 'count'),
    ...list('links', 'link'),
    ...optional('poll', one('poll')),
    ...list('versions', 'version'),
    ...optional('translation', one('translation')),
    ...list('notices', 'notice'),
    ...list('withheld', 'withheld'),
    media: many('media'),
    title: titles.length === 0 ? null : titles.join(''),
    text: many('text').join(''),
  });
  // Parts out of order, doubled or cut another way would read the same but be another commitment.
  if (!parsed.success || canonicalJson(toParts(parsed.data)) !== canonicalJson([...parts])) {
    throw new HoldfastError('bad-input', 'These parts are not those of a post as Holdfast writes them.', {
      cause: parsed.error,
    });
  }
  return parsed.data;
}
