/** A judgement in the report: by which words of which day, what was found, how sure, by whom, and what others say of it. */
import type { StatedTime } from '../../../contract/model/post.ts';
import type { TagState } from '../../../contract/model/tag.ts';
import type { ClauseEntry, TagEntry } from '../../bundle/evidence.ts';
import type { ConsideredEntry, ReviewEntry, VersionEntry } from '../../bundle/rules.ts';
import { tagState } from '../../review/state.ts';
import { type Content, facts, foreign, type Html, html } from './html.ts';
import type { RuleBook } from './rule-book.ts';
import { statementBox } from './statements.ts';
import { who } from './words.ts';

type Dated = NonNullable<TagEntry['dated']>;
type DatedAnswer = NonNullable<TagEntry['dates']>[number];

export function stateOf({ reviews = [] }: TagEntry): TagState {
  return tagState(reviews);
}

const findings = {
  breach: 'Assessed as breaching',
  'no-violation': 'No violation found',
  unclear: 'Unclear',
} as const;

export function tagNote(tag: TagEntry, postedAt: StatedTime | null, book: RuleBook): Html {
  const state = stateOf(tag);
  const norm = tag.dated === undefined ? undefined : book.policy(tag.dated.policy);
  const kind = norm?.kind === 'norm' ? ' norm' : '';
  return html`<section class="tag${state === 'withdrawn' ? ' withdrawn' : ''}${kind}">${
    kind === '' ? null : html`<p class="kind">By a norm: a law or a designation, not a rule of a platform</p>`
  }<h4>${state === 'withdrawn' ? 'Withdrawn: ' : null}${headingOf(tag, book)}</h4>${
    state === 'withdrawn' ? withdrawal(tag, book) : null
  }${tag.dated === undefined ? null : ruleWords(tag.dated, book)}${facts([
    ['Words', quotes(tag)],
    ['Account', account(tag)],
    ['Because', foreign(tag.because)],
    ['How sure', sureness(tag)],
    ...ruleFacts(tag, book),
    ['In force', tag.dates === undefined ? null : inForce(tag.dates, book)],
    ['Since then', tag.dated === undefined ? null : since(tag.dated, postedAt, book)],
    ['Exceptions', tag.considered === undefined ? null : exceptions(tag.considered, book)],
    ['Suggested by', suggestion(tag, book)],
    ['Assessed by', tag.origin === undefined ? who(tag.actor) : elsewhere(tag.origin)],
    ['On', book.when(tag.origin?.time ?? tag.time)],
    ['Taken in', tag.origin === undefined ? null : html`${book.when(tag.time)}, by ${who(tag.actor)}`],
  ])}${reviews(tag, book)}${keyOf(tag, book)
    .filter((key) => book.statements(key).length > 0)
    .map((key) => statementBox(book.statements(key), book))}</section>`;
}

/** What was found, and by which clause. */
export function headingOf(tag: TagEntry, book: RuleBook): Content {
  const title =
    tag.dated?.title ?? (tag.clause === null ? null : (book.clauses.get(tag.clause)?.title ?? tag.clause));
  const found = findings[tag.finding ?? 'breach'];
  return title === null ? found : html`${found}: ${foreign(title)}`;
}

/** Keys under which people noted something about the clause of a tag. */
function keyOf({ dated, clause }: TagEntry, book: RuleBook): string[] {
  if (dated !== undefined) return [dated.key];
  const pack = clause === null ? undefined : book.clauses.get(clause);
  return pack === undefined ? [] : [pack.key];
}

/** The clause as it stood, in a quote of its own. */
function ruleWords({ text, path, version }: Dated, book: RuleBook): Html {
  const shown = book.version(version);
  const under = path.length === 0 ? null : html`, under ${foreign(path.join(' › '))}`;
  return html`<figure class="rule"><blockquote dir="auto">${text}</blockquote><figcaption>The clause in the exact words of the text${
    shown === undefined ? null : html` seen on ${book.seenOn(shown.seen)}`
  }${under}</figcaption></figure>`;
}

function quotes({ quote, quotes: others = [] }: TagEntry): Content {
  if (quote === null) return 'the post as a whole';
  return [quote, ...others].map(
    ({ text }, i) => html`${i > 0 ? html`<span class="soft"> … </span>` : null}<q dir="auto">${text}</q>`,
  );
}

function account({ account: about }: TagEntry): Content {
  if (about === undefined) return null;
  const named =
    about.handle === null
      ? 'the account that wrote this post'
      : html`the account ${foreign(`@${about.handle}`)}`;
  return html`This judgement is about ${named} as a whole${
    about.platformId === null ? null : html`; its id at the platform is <code>${about.platformId}</code>`
  }.`;
}

/** Older tags could not say it; of these nothing is printed. */
function sureness({ sure, finding, dated }: TagEntry): Content {
  if (sure !== undefined) return sure;
  return finding === undefined && dated === undefined ? null : 'not said';
}

function ruleFacts({ dated, clause }: TagEntry, book: RuleBook): (readonly [string, Content])[] {
  if (dated !== undefined) return datedFacts(dated, book);
  const pack = clause === null ? undefined : book.clauses.get(clause);
  if (pack === undefined) return [];
  return [
    ['Platform', foreign(pack.platform)],
    ['Policy', foreign(pack.policy)],
    ["Clause, in Holdfast's words", foreign(pack.summary)],
    ["The platform's own text", html`<code>${foreign(pack.url)}</code>`],
    ['Clause list', packNote(pack)],
  ];
}

function packNote({ key, pack }: ClauseEntry): Html {
  const checked =
    pack.checkedOn === null
      ? 'never compared with the platform'
      : `last compared with the platform on ${pack.checkedOn}`;
  return html`<code>${key}</code> of ${foreign(pack.name)} ${pack.version}, ${checked}`;
}

function datedFacts(dated: Dated, book: RuleBook): (readonly [string, Content])[] {
  const policy = book.policy(dated.policy);
  const version = book.version(dated.version);
  if (policy === undefined || version === undefined) return [];
  const isNorm = policy.kind === 'norm';
  const corrections = book.corrections(dated.key).length;
  return [
    [
      isNorm ? 'Norm' : 'Policy',
      html`${foreign(policy.name)}${isNorm ? ' of ' : ' of the platform '}${foreign(isNorm ? (policy.jurisdiction ?? policy.platform) : policy.platform)}`,
    ],
    [
      'Text seen on',
      html`${book.seenOn(version.seen)}${version.seen.precision === 'day' ? ' (a day in UTC)' : null}`,
    ],
    [
      'In force from',
      version.inForceFrom === null
        ? 'not known; when a text was seen is not when it took effect'
        : book.when(version.inForceFrom),
    ],
    ['Where from', whereFrom(version)],
    ['Licence', terms(version)],
    [
      'Place in the text',
      html`bytes ${dated.bytes[0]} to ${dated.bytes[1]}, characters ${dated.points[0]} to ${dated.points[1]} of <code>${version.path}</code>, SHA-256 <code>${version.sha256}</code>`,
    ],
    [
      'Role',
      dated.role === null
        ? null
        : html`${dated.role}${corrections === 0 ? null : html`; ${corrections === 1 ? 'a correction by a person stands' : `${corrections} corrections by people stand`} under <a href="#rules">Rules cited</a>`}`,
    ],
  ];
}

export function whereFrom({ source }: VersionEntry): Html {
  return html`${source.address === null ? 'address not stated' : html`<code>${foreign(source.address)}</code>`}; kept as ${foreign(source.name)}${
    source.capture === null ? null : html`, out of the capture <code>${source.capture}</code>`
  }`;
}

export function terms({ source: { licence, attribution } }: VersionEntry): Html {
  return html`${licence === null ? 'not stated' : foreign(licence)}${attribution === null ? '; attribution not stated' : html`; attribution: ${foreign(attribution)}`}`;
}

const times = {
  posted: 'When posted',
  'last-seen-up': 'When last seen up',
  reported: 'When reported',
} as const;
const answers = {
  yes: 'yes',
  'by-statement': 'by a statement of the platform, not by its text',
  no: 'no',
  'not-known': 'not known',
} as const;

function inForce(dates: readonly DatedAnswer[], book: RuleBook): Html {
  return html`<ul class="plain">${dates.map(({ when, at, inForce: answer, why, restsOn }) => {
    const on = restsOn.flatMap((id) => book.version(id) ?? []);
    const rests =
      on.length === 0
        ? null
        : html` <span class="soft">Rests on the ${on.length === 1 ? 'text' : 'texts'} seen on ${on.map(({ seen }) => book.seenOn(seen)).join(' and ')}.</span>`;
    return html`<li>${times[when]}${at === null ? null : html` (${foreign(at)})`}: <strong>${answers[answer]}</strong>. ${foreign(why)}${rests}</li>`;
  })}</ul>`;
}

/** What became of the rule, and how it stands to the post, as far as the texts in this bundle show it. */
function since(dated: Dated, postedAt: StatedTime | null, book: RuleBook): Content {
  const came = book.cameAfter(dated, postedAt);
  const changes = book.changes(dated);
  if (came === null && changes === null) return null;
  return html`${came === null ? null : html`<p>By the texts in this bundle, this post is older than the rule. ${foreign(came)}</p>`}${changes === null ? null : changed(dated, changes, book)}`;
}

function changed(
  dated: Dated,
  { first, newest }: NonNullable<ReturnType<RuleBook['changes']>>,
  book: RuleBook,
): Html {
  const what = first.clause === null ? 'no longer stands in the text' : 'has since been reworded';
  const then =
    newest === null
      ? null
      : book.isSame(dated, newest)
        ? html` The newest text in this bundle, seen on ${book.seenOn(newest.version.seen)}, has the words cited again.`
        : html` The newest text in this bundle was seen on ${book.seenOn(newest.version.seen)}${newest.clause === null ? ' and does not have it' : null}.`;
  return html`<p>As of ${book.when(book.compiledAt)}, this clause ${what} (seen on ${book.seenOn(first.version.seen)}).${then}</p>${
    first.clause === null
      ? null
      : html`<details><summary>The words of ${book.seenOn(first.version.seen)}</summary><blockquote class="small" dir="auto">${first.clause.text}</blockquote></details>`
  }`;
}

const exceptionAnswers = {
  applies: 'applies',
  'does-not-apply': 'does not apply',
  unclear: 'unclear',
  'not-considered': 'not considered',
} as const;

function exceptions(considered: readonly ConsideredEntry[], book: RuleBook): Html {
  return html`<ul class="plain">${considered.map(({ key, title, answer, because, version, text }) => {
    const shown = version === null ? undefined : book.version(version);
    return html`<li>${title === null ? html`<code>${key}</code>` : foreign(title)}: <strong>${exceptionAnswers[answer]}</strong>${
      because === null ? null : html`, because: ${foreign(because)}`
    }${
      text === null
        ? null
        : html`<details><summary>Its words${shown === undefined ? null : ` in the text seen on ${book.seenOn(shown.seen)}`}</summary><blockquote class="small" dir="auto">${text}</blockquote></details>`
    }</li>`;
  })}</ul>`;
}

function suggestion({ phrase }: TagEntry, book: RuleBook): Content {
  if (phrase === undefined) return null;
  const text = book.phrases.get(phrase);
  return text === undefined
    ? 'a phrase of a list; a person made it a judgement'
    : html`the phrase <q dir="auto" class="plain">${text}</q> of the user’s list; a person made it a judgement`;
}

/** What another archive's bundle said; nobody here saw it done. */
export function elsewhere({ actor, archive, bundle }: NonNullable<TagEntry['origin']>): Html {
  return html`${foreign(actor.name)}, in the archive <code>${archive}</code>, by its bundle <code>${bundle}</code>${
    actor.signer === null ? null : html`, which names the key of certificate <code>${actor.signer}</code>`
  }`;
}

const acts = { agree: 'agrees', dispute: 'disputes this', withdraw: 'withdraws this' } as const;

function withdrawal({ reviews: all = [] }: TagEntry, book: RuleBook): Html {
  return html`${all
    .filter(({ act }) => act === 'withdraw')
    .map(
      (review) =>
        html`<p class="notice">Withdrawn on ${book.when(review.origin?.time ?? review.time)}: ${foreign(review.because)}</p>`,
    )}`;
}

/** All of them, beside each other: none of them overrules another here. */
function reviews({ reviews: all = [] }: TagEntry, book: RuleBook): Html | null {
  if (all.length === 0) return null;
  return html`<h5>What others say of this judgement</h5><div class="reviews">${all.map((review) => reviewCard(review, book))}</div>`;
}

function reviewCard(review: ReviewEntry, book: RuleBook): Html {
  const { act, because, actor, time, origin } = review;
  return html`<div class="review ${act}"><p><strong>${foreign((origin?.actor ?? actor).name)} ${acts[act]}</strong></p><p>${foreign(because)}</p><p class="soft">${book.when(origin?.time ?? time)}; ${
    origin === undefined
      ? who(actor)
      : html`${elsewhere(origin)}; taken in ${book.when(time)} by ${who(actor)}`
  }</p></div>`;
}
