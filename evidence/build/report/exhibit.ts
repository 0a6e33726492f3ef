/** One post in the report: what it says, in its own direction, and what was tagged in it. */
import type { PostEntry } from '../../bundle/evidence.ts';
import { gap } from '../../bundle/excerpt.ts';
import type { Place } from './exhibits.ts';
import { type Content, facts, foreign, type Html, html } from './html.ts';
import { moreFacts } from './more-facts.ts';
import { type CapturedFile, isPicture, picture } from './picture.ts';
import { markQuotes } from './quotes.ts';
import type { RuleBook } from './rule-book.ts';
import { stateOf, tagNote } from './tag.ts';
import { stated } from './words.ts';

type WholePost = Extract<PostEntry, { disclosed: 'whole' }>;
type PartialPost = Extract<PostEntry, { disclosed: 'partial' }>;

export interface ExhibitContext {
  place: Place;
  label: string | null;
  book: RuleBook;
  /** Of the capture, by SHA-256. */
  files: ReadonlyMap<string, CapturedFile>;
  /** What a later reading of the capture says of this post, as a sentence. */
  later: string | null;
  /** What stands before the post and after it. */
  before: Html | null;
  after: Html | null;
}

export function exhibit(post: PostEntry, context: ExhibitContext): Html {
  const { name, anchor } = context.place;
  return html`<article id="${anchor}">
<h3>${name}${context.label === null ? null : html`: ${foreign(context.label)}`}</h3>
${context.before}
${context.later === null ? null : html`<p class="notice">An earlier reading. ${context.later}</p>`}
${post.disclosed === 'whole' ? wholePost(post, context) : partialPost(post)}
${context.after}
${post.tags.map((tag) => tagNote(tag, post.disclosed === 'whole' ? post.content.postedAt : null, context.book))}
<details><summary>Identification of this post</summary>${facts([
    ...(post.disclosed === 'whole' ? identification(post) : []),
    ['Post', html`<code>${post.id}</code>`],
    ['Commitment (Merkle root)', html`<code>${post.root}</code>`],
    ['Proof', html`<code>log/posts/${post.id}.json</code>`],
  ])}</details>
</article>
`;
}

function wholePost({ content, tags }: WholePost, { files, book: { when } }: ExhibitContext): Html {
  const quotes = tags
    .filter((tag) => stateOf(tag) !== 'withdrawn')
    .flatMap(({ quote, quotes: others = [] }) => (quote === null ? [] : [quote, ...others]));
  const stretches = markQuotes(content.text, quotes);
  return html`${lackNotice(content)}${facts([
    ['Author, as shown', author(content)],
    ['Posted', content.postedAt === null ? notRead(content, ['postedAt']) : stated(content.postedAt, when)],
    ['Edited', content.editedAt === null ? null : stated(content.editedAt, when)],
    ['Address', content.url === null ? null : html`<code>${foreign(content.url)}</code>`],
    ['Title', content.title === null ? null : foreign(content.title)],
    ...moreFacts(content, when),
    ['Where its words were found', content.sourceOfText === undefined ? null : foundIn(content.sourceOfText)],
  ])}
${text(
  content,
  stretches.map((each) => (each.marked ? html`<mark>${each.text}</mark>` : each.text)),
)}
${content.textLossy ? html`<p class="notice">Some characters of this text could not be held as Unicode; the original bytes are in the capture.</p>` : null}
${content.media.map((medium) => mediumNote(medium, medium.sha256 === null ? undefined : files.get(medium.sha256)))}`;
}

/** Where the text came from; whether the machine was honest it cannot say. */
function foundIn(source: NonNullable<WholePost['content']['sourceOfText']>): Content {
  if (source.found === 'network')
    return html`in the network’s answer ${source.exchange} of the recording, from <code>${foreign(source.url)}</code>`;
  return source.found === 'rendered-page'
    ? 'only in the page as the browser showed it, in no recorded answer that could be searched'
    : 'neither in a recorded answer nor in the page as one piece: its words were put together';
}

/** It came from another archive with parts withheld. */
function lackNotice({ withheld }: WholePost['content']): Html | null {
  if (withheld === undefined) return null;
  const names = [...new Set(withheld.map(({ name }) => name ?? 'not known which'))].join(', ');
  return html`<p class="notice">Not the whole post: ${withheld.length} of its parts (${foreign(names)}) were withheld before it came to this archive. In its words ${gap} stands for each that is withheld.</p>`;
}

/** Why a fact is not there. */
function notRead({ withheld = [] }: WholePost['content'], parts: readonly string[]): string {
  return withheld.some(({ name }) => name !== null && parts.includes(name))
    ? 'withheld before it came to this archive'
    : 'none was read from the source';
}

function author(content: WholePost['content']): Content {
  const { name, handle } = content.author;
  if (name === null && handle === null) return notRead(content, ['author.name', 'author.handle']);
  const shown = name === null ? null : html`${foreign(name)} `;
  return html`${shown}${handle === null ? null : foreign(`@${handle}`)}`;
}

function identification({ content }: WholePost): (readonly [string, Content])[] {
  return [
    ['Platform', content.platform],
    ['Kind', content.kind],
    ['Account id at the platform', content.author.platformId],
    ['Address of the account', content.author.url === null ? null : foreign(content.author.url)],
    ['Post id at the platform', content.platformId === null ? null : foreign(content.platformId)],
    ['Language, as declared', content.language],
    ['Read from', foreign(content.readFrom)],
  ];
}

/** Direction and language as the source declares them; without a direction each paragraph finds its own. */
function text(content: WholePost['content'], inner: Content): Html {
  if (content.text === '') return html`<p class="soft">This post has no text.</p>`;
  const direction = content.direction ?? 'auto';
  const isTag = content.language !== null && /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(content.language);
  // No line of ours inside: white space is kept.
  return isTag
    ? html`<blockquote dir="${direction}" lang="${content.language}">${inner}</blockquote>`
    : html`<blockquote dir="${direction}">${inner}</blockquote>`;
}

function mediumNote(medium: WholePost['content']['media'][number], file: CapturedFile | undefined): Html {
  const described = medium.alt === null ? null : html`Described by the source as: ${foreign(medium.alt)}. `;
  const caption = html`${described}Address at the source: <code>${foreign(medium.url)}</code>. ${
    file === undefined
      ? 'Its bytes are not in this capture.'
      : html`File: <code>${file.path}</code>, SHA-256 <code>${file.sha256}</code>.`
  }`;
  return file !== undefined && isPicture(file)
    ? picture(file, medium.alt ?? 'Picture of the post', caption)
    : html`<p class="soft">${medium.kind === 'other' ? 'File' : medium.kind}: ${caption}</p>`;
}

function partialPost(post: PartialPost): Html {
  const fact = (name: string): Content => {
    const value = post.parts.find((part) => part?.name === name)?.value;
    return typeof value === 'string' ? foreign(value) : null;
  };
  const withheld = post.parts.filter((part) => part === null).length;
  const words = post.parts.slice(14).map((part): Content => {
    if (part === null) return html`<span class="withheld">withheld</span> `;
    return part.name === 'text' && typeof part.value === 'string' ? part.value : null;
  });
  return html`<p class="notice">${withheld} of the ${post.parts.length} parts of this post (facts, media, words) are withheld by the signer.</p>
${facts([
  ['Author, as shown', fact('author.name')],
  ['Handle', fact('author.handle')],
  ['Platform', fact('platform')],
  ['Address', fact('url')],
])}
<blockquote dir="auto">${words}</blockquote>`;
}
