/** Tags that others set, their reviews, samples and phrases of the fake: invented, but counted and filtered for real. */
import type { ErrorCode, Result } from '../../../contract/errors.ts';
import type { Actor } from '../../../contract/model/actor.ts';
import type { InboxFilter, Review, ReviewAct, Tag } from '../../../contract/model/tag.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import { type FakeArchive, lineOf } from './archive.ts';
import { clauses } from './clauses.ts';
import { makeFakeCodings } from './codings.ts';
import { idOf, indexOf, postSpace } from './ids.ts';
import { fakeClausesOn } from './policies.ts';
import { type FakeTagging, findClauses } from './tagging.ts';
import { contentOf } from './texts.ts';

/** What the fake lends to its parts. */
export interface FakeDesk {
  answer<T>(name: string, input: unknown, work: () => Result<T> | Promise<Result<T>>): Promise<Result<T>>;
  withArchive<T>(work: (open: FakeArchive) => Result<T>): Result<T>;
  fail<T>(code: ErrorCode, message: string): Result<T>;
}

const inboxSpace = 81;
const reviewSpace = 82;
const phraseSpace = 83;

export const claimed = (name: string): Actor => ({ name, basis: 'claimed', signer: null });
const people = [
  claimed('Mika Invented'),
  claimed('بهار نمونه‌ای'),
  claimed('A colleague with a very long name that nobody could ever fit into one line of an inbox'),
];
const whys = [
  'It praises the act and those who did it; the second sentence leaves no doubt.',
  'می‌گوید «میدان خالی بود» و آن را ستایش می‌کند؛ به گمان من همین بس است.',
  'The quoted words name a group of people by their origin and call them a danger. The exception for reporting does not help: nothing is reported here, and the account posts the same words every day.',
];

const stories = ['unreviewed', 'unreviewed', 'disputed', 'agreed', 'withdrawn', 'both'] as const;

function reviewOf(tag: string, n: number, act: ReviewAct, actor: Actor, because: string): Review {
  const time = `2026-01-0${6 + n}T10:00:00.000Z`;
  return {
    id: idOf(reviewSpace, indexOf(tag) * 10 + n),
    tagId: tag,
    act,
    because,
    actor,
    time,
    origin: null,
  };
}

function reviewsOf(tag: string, index: number, author: Actor): Review[] {
  const other = people[(index + 1) % people.length] ?? author;
  const third = people[(index + 2) % people.length] ?? author;
  const disputes = reviewOf(
    tag,
    1,
    'dispute',
    other,
    'The words are a quotation: the sentence before says whose.',
  );
  const agrees = reviewOf(tag, 2, 'agree', third, 'I read it the same way.');
  switch (stories[index % stories.length]) {
    case 'disputed':
      return [disputes];
    case 'agreed':
      return [agrees];
    case 'withdrawn':
      return [disputes, reviewOf(tag, 3, 'withdraw', author, 'I had taken another post for this one.')];
    case 'both':
      return [disputes, agrees];
    default:
      return [];
  }
}

/** 'disputed' as long as a person's last word is a dispute, as the contract says. */
function stateOf(reviews: readonly Review[]): Tag['state'] {
  if (reviews.some(({ act }) => act === 'withdraw')) return 'withdrawn';
  const last = new Map(reviews.map((review) => [review.actor.name, review.act]));
  if ([...last.values()].includes('dispute')) return 'disputed';
  return last.size > 0 ? 'agreed' : 'unreviewed';
}

function flagsOf(index: number): Tag['flags'] {
  if (index % 4 !== 1) return [];
  const message =
    index % 8 === 1
      ? 'In the version seen 2021-01-20 the clause has other words.'
      : 'The clause is no longer there in the version seen 2021-01-20.';
  return [{ code: index % 8 === 1 ? 'reworded-since' : 'dropped-since', message, version: idOf(71, 2) }];
}

const library = fakeClausesOn('2020-12-03').filter(({ text }) => text !== null);

function citedOf(index: number): Tag['clause'] {
  if (index % 7 === 3) return null;
  const pack = clauses[index % clauses.length];
  if (index % 3 === 0 && pack !== undefined) {
    const { key, title, platform, policy, role, summary, url } = pack;
    return { key, title, platform, policy, kind: 'rules', role, text: null, version: null, summary, url };
  }
  const dated = library[index % library.length];
  if (dated === undefined) return null;
  const { key, title, platform, policy, role, text, version } = dated;
  return { key, title, platform, policy, kind: 'rules', role, text, version, summary: null, url: null };
}

function quotesOf(index: number, postIndex: number): Tag['quotes'] {
  if (index % 5 === 4) return [];
  const points = [...contentOf(postIndex).text];
  const quote = (start: number, end: number) => ({ start, end, text: points.slice(start, end).join('') });
  return index % 5 === 1 ? [quote(0, 14), quote(20, 32)] : [quote(0, 24)];
}

/** The tag with this number that somebody else set; every eleventh is by the person at the desk. */
function tagOf(open: FakeArchive, index: number): Tag {
  const id = idOf(inboxSpace, index);
  const postIndex = index % open.posts;
  const author =
    index % 11 === 10 ? claimed(open.actorName) : (people[index % people.length] ?? claimed('Mika'));
  const clause = citedOf(index);
  const isDated = clause?.version != null;
  const reviews = reviewsOf(id, index, author);
  return {
    id,
    postId: idOf(postSpace, postIndex),
    finding: clause === null ? (index % 2 === 0 ? 'no-violation' : 'unclear') : 'breach',
    clause,
    quotes: quotesOf(index, postIndex),
    because: whys[index % whys.length] ?? '',
    sure: ([null, 'certain', 'likely', 'possible'] as const)[index % 4] ?? null,
    account: index % 13 === 5 ? { platform: 'x', platformId: '1349', handle: 'orla_invented' } : null,
    considered: isDated
      ? [
          {
            key: 'ferry/glorification/exceptions',
            title: 'Violent acts by state actors',
            answer: 'does-not-apply',
            because: 'No state acted here.',
          },
          {
            key: 'ferry/ferry-rules/newsworthiness',
            title: 'Newsworthiness',
            answer: 'not-considered',
            because: null,
          },
        ]
      : [],
    dates: isDated
      ? [
          {
            when: 'posted',
            at: '2020-11-20',
            inForce: 'not-known',
            why: 'It was reworded between 2020-10-28 and 2020-12-03.',
            version: null,
            restsOn: [idOf(71, 0), idOf(71, 1)],
          },
          {
            when: 'last-seen-up',
            at: '2021-01-10T08:00:00.000Z',
            inForce: 'yes',
            why: 'The same words were seen on 2020-12-03 and on 2021-01-20.',
            version: idOf(71, 1),
            restsOn: [idOf(71, 1), idOf(71, 2)],
          },
          {
            when: 'reported',
            at: null,
            inForce: 'not-known',
            why: 'No report of this post is recorded.',
            version: null,
            restsOn: [],
          },
        ]
      : [],
    flags: isDated ? flagsOf(index) : [],
    reviews,
    state: stateOf(reviews),
    batch: null,
    coding: null,
    phrase: null,
    origin:
      index % 6 === 2
        ? {
            bundle: idOf(9, 10),
            archive: idOf(9, 11),
            event: idOf(9, 12),
            time: '2025-12-20T17:45:10.000Z',
            actor: author,
          }
        : null,
    actor: author,
    time: new Date(Date.UTC(2026, 0, 5, 9) - index * 60_000).toISOString(),
  };
}

const passes: Record<InboxFilter, (tag: Pick<Tag, 'state' | 'flags'>) => boolean> = {
  unreviewed: ({ state }) => state === 'unreviewed',
  disputed: ({ state }) => state === 'disputed',
  changed: ({ flags }) => flags.some(({ code }) => code === 'reworded-since' || code === 'dropped-since'),
  withdrawn: ({ state }) => state === 'withdrawn',
  all: () => true,
};
const filters = Object.keys(passes) as InboxFilter[];

type Part = Pick<
  HoldfastWindow,
  | 'reviewTag'
  | 'listInbox'
  | 'listPhrases'
  | 'addPhrase'
  | 'removePhrase'
  | 'drawCoding'
  | 'listCodings'
  | 'nextToCode'
  | 'codingResult'
>;

export function makeFakeReview(desk: FakeDesk & { tagging: FakeTagging }, otherTags: number): Part {
  const { answer, withArchive, fail, tagging } = desk;
  const added = new Map<string, Review[]>();
  let made = 0;

  function withReviews(tag: Tag): Tag {
    const reviews = [...tag.reviews, ...(added.get(tag.id) ?? [])];
    return { ...tag, reviews, state: stateOf(reviews) };
  }
  function all(open: FakeArchive): Tag[] {
    const own = [...open.tags].reverse();
    const others = open.posts === 0 ? [] : Array.from({ length: otherTags }, (_, i) => tagOf(open, i));
    return [...own, ...others].map(withReviews);
  }
  // A hundred thousand tags are made once, and again only after a review or a tag.
  let made100k: { key: string; tags: Tag[] } | null = null;
  function tagsNow(open: FakeArchive): Tag[] {
    const reviews = [...added.values()].reduce((sum, list) => sum + list.length, 0);
    const key = `${open.path} ${open.tags.length} ${reviews}`;
    if (made100k?.key !== key) made100k = { key, tags: all(open) };
    return made100k.tags;
  }

  return {
    ...makeFakeCodings(desk, tagOf),
    reviewTag: (input) =>
      answer('reviewTag', input, () =>
        withArchive((open) => {
          const tag = tagsNow(open).find(({ id }) => id === input.tagId);
          if (tag === undefined) return fail('tag-not-found', 'There is no such tag.');
          if (input.act === 'agree' && tag.actor.name === open.actorName)
            return fail('own-tag', 'You set this tag: a second person has to agree to it.');
          const list = added.get(tag.id) ?? [];
          const review = reviewOf(tag.id, 3 + list.length, input.act, claimed(open.actorName), input.because);
          added.set(tag.id, [...list, review]);
          return { ok: true, value: review };
        }),
      ),
    listInbox: (input) =>
      answer('listInbox', input, () =>
        withArchive((open) => {
          const tags = tagsNow(open).filter(
            ({ actor }) => input.others !== true || actor.name !== open.actorName,
          );
          const counts = { unreviewed: 0, disputed: 0, changed: 0, withdrawn: 0, all: 0 };
          for (const filter of filters) counts[filter] = tags.filter(passes[filter]).length;
          const found = tags.filter(passes[input.filter]);
          const lines = found
            .slice(input.offset, input.offset + input.limit)
            .map((tag) => ({ tag, post: lineOf(open, indexOf(tag.postId)) }));
          return { ok: true, value: { total: found.length, counts, lines } };
        }),
      ),
    listPhrases: (input) =>
      answer('listPhrases', input, () =>
        withArchive((open) => ({ ok: true, value: { phrases: open.posts === 0 ? [] : tagging.phrases } })),
      ),
    addPhrase: (input) =>
      answer('addPhrase', input, () => {
        const clause = findClauses({ query: '', platform: null, limit: 200 }).find(
          ({ key }) => key === input.clauseKey,
        );
        if (clause === undefined) return fail('clause-not-found', 'There is no such clause.');
        const phrase = { ...input, id: idOf(phraseSpace, made), clauseTitle: clause.title };
        made += 1;
        tagging.phrases = [...tagging.phrases, phrase];
        return { ok: true, value: phrase };
      }),
    removePhrase: (input) =>
      answer('removePhrase', input, () => {
        if (!tagging.phrases.some(({ id }) => id === input.phraseId))
          return fail('phrase-not-found', 'There is no such phrase.');
        tagging.phrases = tagging.phrases.filter(({ id }) => id !== input.phraseId);
        return { ok: true, value: {} };
      }),
  };
}
