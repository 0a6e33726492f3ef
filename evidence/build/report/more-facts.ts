/** What only some posts have, in words for the report. */
import type { PostContent } from '../../../contract/model/post.ts';
import type { PostNotice, PostReference } from '../../../contract/model/post-facts.ts';
import { type Content, foreign, type Html, html } from './html.ts';
import { stated, type When } from './words.ts';

const relations: Readonly<Record<PostReference['relation'], string>> = {
  'replies-to': 'Reply to',
  quotes: 'Quotes',
  reposts: 'Repost of',
  thread: 'In the thread of',
};

const notices: Readonly<Record<PostNotice['kind'], string>> = {
  withheld: 'withheld',
  removed: 'not there',
  suspended: 'suspended',
  label: 'label',
  interstitial: 'shown behind a warning',
  other: 'note',
};

function lines(items: readonly Content[] | undefined): Content {
  return items === undefined ? null : items.map((item, i) => (i === 0 ? item : html`<br>${item}`));
}

function referenceLine({ relation, url, platformId, handle }: PostReference): Html {
  const by = handle === null ? null : html` ${foreign(`@${handle}`)}`;
  return html`${relations[relation]}${by} <code>${foreign(url ?? platformId ?? 'an address that is not given')}</code>`;
}

function pollLines({ options, endsAt, closed }: NonNullable<PostContent['poll']>, when: When): Content {
  const counted = options.map(
    ({ text, votes }) => html`${foreign(text)}: ${votes === null ? 'votes not given' : votes}`,
  );
  const end = endsAt === null ? [] : [html`ends ${stated(endsAt, when)}`];
  const state = closed === null ? [] : [closed ? 'the counts were final' : 'the counts were not final'];
  return lines([...counted, ...end, ...state]);
}

/** Rows of the table that stands above the words. */
export function moreFacts(content: PostContent, when: When): (readonly [string, Content])[] {
  const { references, otherTimes, counts, links, poll, versions, translation } = content;
  return [
    ['Refers to', lines(references?.map(referenceLine))],
    ['Other sources of the time', lines(otherTimes?.map((time) => stated(time, when)))],
    ['Counts, as the platform gave them', lines(counts?.map(({ of, count }) => `${of}: ${count}`))],
    ['Poll', poll === undefined ? null : pollLines(poll, when)],
    [
      'Words that lead elsewhere',
      lines(links?.map(({ text, url }) => html`${foreign(text)} → <code>${foreign(url)}</code>`)),
    ],
    [
      'States of the post, oldest first',
      lines(
        versions?.map(
          ({ platformId, at, text }) =>
            html`${at === null ? null : stated(at, when)} ${platformId === null ? null : foreign(platformId)} ${
              text === null ? 'its words are not in the source' : html`<q dir="auto">${text}</q>`
            }`,
        ),
      ),
    ],
    [
      'The platform’s translation; not the author’s words',
      translation === undefined ? null : html`<q dir="auto">${translation.text}</q>`,
    ],
    [
      'The platform says of it',
      lines(content.notices?.map(({ kind, text }) => html`${notices[kind]}: ${foreign(text)}`)),
    ],
  ];
}
