/**
 * Tagging in the fake archive: clauses of the pack, of the dated library, and a law; exceptions of some of them;
 * tags, the palette, phrases and reports that are really kept. Offsets are counted apart from the window's own
 * arithmetic, and a draft that the contract would refuse is refused.
 */
import { type HostInput, hostChannels } from '../../../contract/channels.ts';
import type { Result } from '../../../contract/errors.ts';
import type { Post } from '../../../contract/model/post.ts';
import type {
  CitedClause,
  ClauseChoice,
  DatedAnswer,
  PaletteSlot,
  Phrase,
  ReportFiled,
  Suggestion,
  Tag,
  TagFlag,
  TagPreparation,
} from '../../../contract/model/tag.ts';
import { clauses as pack } from './clauses.ts';
import { idOf, tagSpace } from './ids.ts';
import { fakeClausesOn } from './policies.ts';

const day = '2020-12-10';
const long =
  'A rule whose title the platform wrote as a whole sentence, with everything that it covers, where it covers it, for whom it holds, since when, and what a person may do about it who thinks that the platform got it wrong';

/** What the archive keeps of tagging, beside the tags. */
export interface FakeTagging {
  slots: PaletteSlot[];
  phrases: Phrase[];
  reports: ReportFiled[];
}

interface Known {
  cited: CitedClause;
  isDated: boolean;
}

function known(): Known[] {
  const fromPack = pack.map(
    ({ key, title, platform, policy, role, summary, url }): Known => ({
      cited: { key, title, platform, policy, role, summary, url, kind: 'rules', text: null, version: null },
      isDated: false,
    }),
  );
  const dated = fakeClausesOn(day).map(
    ({ key, title, platform, policy, kind, role, text, version }): Known => ({
      cited: { key, title, platform, policy, kind, role, text, version, summary: null, url: null },
      isDated: true,
    }),
  );
  const other = { version: idOf(71, 0), summary: null, url: null };
  return [
    ...fromPack,
    ...dated,
    {
      cited: {
        ...other,
        ...{ key: 'ferry/ferry-rules/long', title: long, platform: 'ferry', policy: 'Community Guidelines' },
        ...{ kind: 'rules', role: 'prohibition', text: `${long}. ${long}.` },
      },
      isDated: true,
    },
    {
      cited: {
        ...other,
        ...{ key: 'republic/penal-code/article-130', title: 'Incitement to hatred', platform: 'republic' },
        policy: 'Penal code of the Invented Republic, in the wording of the invented amendment of 2019',
        ...{ kind: 'norm', role: 'prohibition', text: 'Whoever incites hatred against a group is liable.' },
      },
      isDated: true,
    },
  ];
}

const clauseOf = (key: string): Known | undefined => known().find(({ cited }) => cited.key === key);

/** The exceptions that are linked to a clause. */
function exceptionsOf(key: string): CitedClause[] {
  const linked: Record<string, string[]> = {
    'x/glorification-of-violence': ['x/newsworthiness'],
    'ferry/glorification-of-violence-policy/what-is-in-violation-of-this-policy': [
      'ferry/glorification-of-violence-policy/what-is-not-a-violation-of-this-policy',
    ],
    'ferry/ferry-rules/long': ['x/newsworthiness', 'ferry/ferry-rules/hateful-conduct'],
  };
  return (linked[key] ?? []).flatMap((one) => clauseOf(one)?.cited ?? []);
}

export function findClauses(input: HostInput<'clauses.find'>): ClauseChoice[] {
  const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = folded(input.query).split(/\s+/);
  const found = known().filter(({ cited: { key, title, platform, policy, text, summary } }) => {
    const hay = folded([key, title, platform, policy, text ?? '', summary ?? ''].join(' '));
    return words.every((word) => hay.includes(word));
  });
  const isOwn = ({ cited }: Known) => (cited.platform === input.platform ? 0 : 1);
  return found
    .sort((a, b) => isOwn(a) - isOwn(b))
    .slice(0, input.limit ?? 50)
    .map(({ cited, isDated }) => ({
      ...{ key: cited.key, title: cited.title, platform: cited.platform, policy: cited.policy },
      ...{ kind: cited.kind, role: cited.role, isDated },
      text: [...(cited.text ?? cited.summary ?? '')].slice(0, 280).join(''),
    }));
}

function datesOf(post: Post, clause: CitedClause, reports: readonly ReportFiled[]): DatedAnswer[] {
  if (clause.version === null) return [];
  const reported = reports.find(({ posts }) => posts.includes(post.id))?.at ?? null;
  const version = clause.version;
  return [
    {
      when: 'posted',
      at: post.content.postedAt?.value ?? null,
      inForce: 'yes',
      why: 'The same words were seen on 2020-12-03 and on 2021-01-20.',
      version,
      restsOn: [version],
    },
    {
      when: 'last-seen-up',
      at: '2026-01-05T08:00:00.000Z',
      inForce: 'not-known',
      why: 'The last sighting of the text is of 2021-01-20.',
      version: null,
      restsOn: [version],
    },
    {
      when: 'reported',
      at: reported,
      inForce: reported === null ? 'not-known' : 'by-statement',
      why: reported === null ? 'The post was not reported.' : 'The platform had said so by then.',
      version: null,
      restsOn: [],
    },
  ];
}

export function prepare(post: Post, key: string, state: FakeTagging): TagPreparation | null {
  const clause = clauseOf(key)?.cited;
  if (clause === undefined) return null;
  return { clause, dates: datesOf(post, clause, state.reports), exceptions: exceptionsOf(key) };
}

const flags: TagFlag[] = [
  {
    code: 'reworded-since',
    message: 'The words of this clause were seen reworded on 2021-01-20.',
    version: idOf(71, 2),
  },
];

/** A tag of a draft, or why the archive would refuse it. */
export function makeTag(
  post: Post,
  input: HostInput<'tags.add'>,
  state: FakeTagging,
  actorName: string,
  number: number,
): Result<Tag> {
  const refuse = (code: 'bad-input' | 'clause-not-found' | 'quote-not-in-post', message: string) =>
    ({ ok: false, error: { code, message, details: {} } }) as const;
  const parsed = hostChannels['tags.add'].input.safeParse(input);
  if (!parsed.success) return refuse('bad-input', parsed.error.message);
  const draft = parsed.data;
  const clause = draft.clauseKey === null ? null : (clauseOf(draft.clauseKey)?.cited ?? null);
  if (draft.clauseKey !== null && clause === null)
    return refuse('clause-not-found', 'There is no such clause.');
  if (clause === null && draft.finding === 'breach') return refuse('bad-input', 'Name a clause.');
  let end = 0;
  for (const quote of draft.quotes) {
    // Counted the slow and plain way.
    if ([...post.content.text].slice(quote.start, quote.end).join('') !== quote.text)
      return refuse('quote-not-in-post', `The words do not stand at ${quote.start} to ${quote.end}.`);
    if (quote.start < end) return refuse('bad-input', 'The quotes lie over each other.');
    end = quote.end;
  }
  const exceptions = clause === null ? [] : exceptionsOf(clause.key);
  if (draft.considered.some(({ key }) => exceptions.every((exception) => exception.key !== key)))
    return refuse('bad-input', 'That exception is not linked to the clause.');
  const { author, platform } = post.content;
  return {
    ok: true,
    value: {
      id: idOf(tagSpace, number),
      postId: post.id,
      ...{ finding: draft.finding, clause, quotes: draft.quotes, because: draft.because, sure: draft.sure },
      account: draft.account ? { platform, platformId: author.platformId, handle: author.handle } : null,
      considered: exceptions.map(({ key, title }) => ({
        ...(draft.considered.find((one) => one.key === key) ?? {
          key,
          answer: 'not-considered',
          because: null,
        }),
        title,
      })),
      dates: clause === null ? [] : datesOf(post, clause, state.reports),
      flags: clause?.version == null ? [] : flags,
      ...{ reviews: [], state: 'unreviewed', batch: null, coding: draft.coding, phrase: draft.phrase },
      origin: null,
      actor: { name: actorName, basis: 'claimed', signer: null },
      time: '2026-01-05T09:00:00.000Z',
    },
  };
}

export function suggest(post: Post, phrases: readonly Phrase[], tags: readonly Tag[]): Suggestion[] {
  const { text } = post.content;
  return phrases.flatMap((phrase) => {
    const at = text.toLowerCase().indexOf(phrase.text.toLowerCase());
    if (at < 0) return [];
    const start = [...text.slice(0, at)].length;
    const words = text.slice(at, at + phrase.text.length);
    const quote = { text: words, start, end: start + [...words].length };
    const isTagged = tags.some(
      (tag) =>
        tag.postId === post.id &&
        tag.clause?.key === phrase.clauseKey &&
        tag.quotes.some((one) => one.start === quote.start && one.end === quote.end),
    );
    return isTagged ? [] : [{ phrase, quote }];
  });
}

/** The palette with the names of its clauses. */
export function namedSlots(slots: readonly PaletteSlot[]) {
  return slots.map((slot) => ({ ...slot, title: clauseOf(slot.clauseKey)?.cited.title ?? slot.clauseKey }));
}

/** What was arranged and listed before the test begins. */
export function startTagging(): FakeTagging {
  return {
    slots: [
      { slot: '1', clauseKey: 'x/hateful-conduct' },
      { slot: '2', clauseKey: 'x/glorification-of-violence' },
      { slot: '3', clauseKey: 'ferry/ferry-rules/hateful-conduct' },
      { slot: '4', clauseKey: 'ferry/ferry-rules/long' },
      { slot: 'g', clauseKey: 'republic/penal-code/article-130' },
    ],
    phrases: [
      {
        id: idOf(75, 1),
        text: 'square would be empty',
        clauseKey: 'x/hateful-conduct',
        clauseTitle: 'Hateful conduct',
      },
      {
        id: idOf(75, 2),
        text: 'میدان خالی',
        clauseKey: 'ferry/ferry-rules/hateful-conduct',
        clauseTitle: 'Hateful conduct',
      },
    ],
    reports: [],
  };
}
