/** A post as a reader of one platform's answers writes it down, and how it becomes one of the record. */
import type { PostContent, PostMedia, StatedTime } from '../../contract/model/post.ts';
import type { PostCount, PostFacts, PostNotice, PostReference } from '../../contract/model/post-facts.ts';
import { shortText, wellFormed } from '../well-formed.ts';

export interface SiteDraft {
  kind: PostContent['kind'];
  platform: string;
  platformId: string | null;
  url: string | null;
  author: PostContent['author'];
  postedAt: StatedTime | null;
  editedAt: StatedTime | null;
  title: string | null;
  /** As the source has it; characters that cannot be held are replaced here, and only here. */
  text: string;
  language: string | null;
  direction: 'ltr' | 'rtl' | null;
  media: readonly PostMedia[];
  readFrom: string;
  /** The answer in which the words stand. */
  from: { n?: number; url: string } | null;
  facts: { readonly [Member in keyof PostFacts]?: PostFacts[Member] | null };
}

const MAX_ADDRESS = 8192;
const MAX_LIST = 500;

/** An http or https address as the source wrote it; null for everything else. */
export function address(raw: string | null | undefined): string | null {
  if (raw === null || raw === undefined || raw.length > MAX_ADDRESS || !URL.canParse(raw)) return null;
  return /^https?:$/.test(new URL(raw).protocol) ? wellFormed(raw).text : null;
}

/** Of a medium's addresses, the best first, the one that was recorded; else the best. */
export function recordedAddress(
  candidates: readonly (string | null)[],
  addresses: ReadonlySet<string> | undefined,
): string | null {
  const given = candidates.flatMap((candidate) => address(candidate) ?? []);
  return given.find((url) => addresses?.has(url)) ?? given[0] ?? null;
}

/** The counts that the source gives, in a fixed order. */
export function counts(given: Readonly<Partial<Record<PostCount['of'], number | null>>>): PostCount[] {
  const names: PostCount['of'][] = ['likes', 'reposts', 'quotes', 'replies', 'bookmarks', 'views'];
  return names.flatMap((of) => {
    const count = given[of] ?? null;
    return count === null ? [] : [{ of, count }];
  });
}

export function notice(kind: PostNotice['kind'], text: string): PostNotice {
  return { kind, text: shortText(text, 1000) ?? 'no words were given' };
}

export function reference(
  relation: PostReference['relation'],
  about: Partial<Omit<PostReference, 'relation'>>,
): PostReference {
  return { relation, platformId: null, url: null, handle: null, accountId: null, ...about };
}

/** The same sentence once; a list that is too long ends, and the notices of a post say so. */
function distinct<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()].slice(0, MAX_LIST);
}

/** Strings in it made well-formed, whatever its shape. */
function held<T>(value: T): T {
  // Every string of these members may stand in front of strangers: what JSON and SQLite cannot hold is replaced.
  return JSON.parse(
    JSON.stringify(value, (_name, item: unknown) =>
      typeof item === 'string' ? wellFormed(item).text : item,
    ),
  );
}

function givenFacts(facts: SiteDraft['facts']): PostFacts {
  const entries = Object.entries(facts).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) return [[name, value]];
    const items = distinct<unknown>(value);
    return items.length === 0 ? [] : [[name, items]];
  });
  return held(Object.fromEntries(entries));
}

/** The post of the record. Everything in it is well-formed Unicode. */
export function finishPost(draft: SiteDraft): PostContent {
  const { from, facts, text, title, author, media, readFrom, ...rest } = draft;
  const body = wellFormed(text);
  return {
    ...held(rest),
    author: {
      name: shortText(author.name, 500),
      handle: shortText(author.handle, 200),
      platformId: shortText(author.platformId, 200),
      url: author.url,
    },
    title: shortText(title),
    text: body.text,
    textLossy: body.lossy,
    media: held(distinct(media)),
    readFrom,
    ...(from?.n === undefined || body.text === ''
      ? {}
      : { sourceOfText: { found: 'network', exchange: from.n, url: wellFormed(from.url).text } }),
    ...givenFacts(facts),
  };
}
