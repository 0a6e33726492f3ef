/** A post of which a bundle withholds parts, as a content that says what it lacks. */
import { type PostContent, postContentSchema } from '../../contract/model/post.ts';
import type { WithheldPart } from '../../contract/model/post-facts.ts';
import { canonicalJson } from '../log/canonical.ts';
import { type Part, toParts } from '../post/parts.ts';
import { facts, runs } from './partial-post.ts';

/** Stands in title and text for each segment that is withheld. */
export const gap = '\u2588';

/**
 * What the parts (null: withheld) say of the post. `parts` are as `checkPartial` lets them through. Null where they make
 * no post that could be listed: without its kind, or of a content that lacks parts itself.
 */
export function excerptOf(parts: readonly (Part | null)[]): PostContent | null {
  if (parts.some((part) => part?.name === 'withheld')) return null;
  const names = namesOf(parts);
  const one = (name: string) => parts.find((part) => part?.name === name)?.value;
  const fact = (name: string) => one(name) ?? null;
  const many = (name: string) => parts.flatMap((part) => (part?.name === name ? [part.value] : []));
  const words = (name: string): string | null =>
    joined(parts.filter((_part, i) => names[i] === name).map((part) => (part === null ? null : part.value)));
  const optional = (member: string, value: unknown) => (value === undefined ? {} : { [member]: value });
  const list = (member: string, name: string) => {
    const values = many(name);
    return values.length === 0 ? {} : { [member]: values };
  };
  const withheld: WithheldPart[] = parts.flatMap((part, i) =>
    part === null ? [{ part: i, name: names[i] ?? null }] : [],
  );
  const read = postContentSchema.safeParse({
    kind: one('kind'),
    platform: fact('platform'),
    platformId: fact('platformId'),
    url: fact('url'),
    author: {
      name: fact('author.name'),
      handle: fact('author.handle'),
      platformId: fact('author.platformId'),
      url: fact('author.url'),
    },
    postedAt: fact('postedAt'),
    editedAt: fact('editedAt'),
    language: fact('language'),
    direction: fact('direction'),
    readFrom: one('readFrom') ?? gap,
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
    ...(withheld.length > 0 && { withheld }),
    media: many('media'),
    title: words('title'),
    text: words('text'),
  });
  return read.success ? read.data : null;
}

/** Whether `part`, a content that lacks parts, is what is left of `whole` without them. */
export function isExcerptOf(part: PostContent, whole: PostContent): boolean {
  const lacks = new Set(part.withheld?.map(({ part: place }) => place));
  const from = part.text.indexOf(gap);
  // Most are others, and told apart before they are cut into parts.
  if (lacks.size === 0 || !whole.text.startsWith(part.text.slice(0, from < 0 ? undefined : from)))
    return false;
  const left = excerptOf(toParts(whole).map((each, i) => (lacks.has(i) ? null : each)));
  return left !== null && canonicalJson(left) === canonicalJson(part);
}

/** Null where there are none. A space after each mark keeps it apart from the words behind it. */
function joined(segments: readonly unknown[]): string | null {
  if (segments.length === 0) return null;
  const last = segments.length - 1;
  return segments.map((each, i) => (each === null ? `${gap}${i === last ? '' : ' '}` : each)).join('');
}

/** The name of each part, also of those withheld whose place tells it. */
function namesOf(parts: readonly (Part | null)[]): (string | null)[] {
  const tail = parts.slice(facts.length);
  const shown = tail.flatMap((part, at) => (part === null ? [] : [{ ...part, at }]));
  return [
    ...facts.map(([name]) => name),
    ...tail.map((part, at) => {
      if (part !== null) return part.name;
      const before = shown.findLast((each) => each.at < at);
      const after = shown.find((each) => each.at > at);
      if (before !== undefined && (before.name === lastRun || before.name === after?.name))
        return before.name;
      if (after === undefined) return at === tail.length - 1 ? lastRun : null;
      // As many as its number says stand right before it.
      return after.at - at <= after.n ? after.name : null;
    }),
  ];
}

/** A post ends with its text. */
const lastRun = runs[runs.length - 1]?.[0] ?? null;
