/** Whether the posts were still there later: for whom, from where, when, and who is said to have acted. */
import type { CheckEntry } from '../../bundle/checks.ts';
import { ChecksOf } from '../../bundle/checks.ts';
import type { Evidence } from '../../bundle/evidence.ts';
import { type Exhibits, postsOf } from './exhibits.ts';
import { commaSeparated, foreign, type Html, html } from './html.ts';
import type { RuleBook } from './rule-book.ts';
import { type When, who } from './words.ts';

const outcomes: Readonly<Record<CheckEntry['kind'], string>> = {
  up: 'there, with the same words as when it was last seen',
  edited: 'there, with other words than when it was last seen',
  'not-reachable': 'not reachable',
  undetermined: 'could not be told',
};

const acted: Readonly<Record<NonNullable<CheckEntry['who']>, string>> = {
  'platform-says': 'The platform says that it acted.',
  'author-says': 'The author is said to have removed it.',
  'not-known': 'Who acted is not known.',
};

function vantageWords({ session, signedIn, network }: CheckEntry['vantage']): Html {
  const as =
    signedIn === true
      ? 'in a signed-in session'
      : session === 'fresh'
        ? 'in a session that began for it, without signing in'
        : 'in a session kept for such work; whether it was signed in is not recorded';
  return html`${as}; ${network === null ? 'from which network and country, nobody stated' : html`network, as stated: ${foreign(network)}`}`;
}

/** `byCapture`: the checks of the same address, by the capture that each made. */
function line(check: CheckEntry, byCapture: ReadonlyMap<string, CheckEntry>, when: When): Html {
  const { kind, status, who: by, words, measures, vantage, origin, confirms, capture } = check;
  const first = confirms === null ? undefined : byCapture.get(confirms);
  const time = origin?.time ?? check.time;
  return html`<li>${when(time)}: <strong>${outcomes[kind]}</strong> ${vantageWords(vantage)}. ${
    status === null ? 'No answer came for the page.' : `The server answered ${status}.`
  } ${by === null ? null : acted[by]} ${words === null ? null : html`<q dir="auto">${words}</q>`} ${measures.map(
    ({ text }) => html`Shown with it: <q dir="auto">${text}</q> `,
  )}${
    first === undefined
      ? null
      : html`<strong>Gone</strong>: a second vantage agrees with the check of ${when(first.origin?.time ?? first.time)}, and no check in between saw it. `
  }${origin === undefined ? html`Checked by ${who(check.actor)}` : html`Checked in another archive, by ${who(origin.actor)}, as its bundle says`}. Capture <code>${capture}</code></li>`;
}

/** Null where nothing was looked at again. */
export function checkSection(
  { checks, captures, partialCaptures = [] }: Evidence,
  { when }: RuleBook,
  exhibits: Exhibits,
): Html | null {
  if (checks === undefined) return null;
  const posts = new ChecksOf(
    [...captures, ...partialCaptures]
      .flatMap(postsOf)
      .map((post) => ({ id: post.id, content: post.disclosed === 'whole' ? post.content : null })),
  );
  const groups = Map.groupBy(checks, (check) => posts.of(check).join(' '));
  return html`<section id="checks"><h2>Whether the posts were still there</h2>
<p>Each was looked at again at the address below its own. “Not reachable” says that this session, over this network and at this time, was not shown the post; not why. “Gone” is said only where two different vantages agree.</p>
${[...groups].map(([ids, own]) => {
  const byCapture = new Map(own.map((check) => [check.capture, check]));
  const of = ids === '' ? [] : ids.split(' ');
  return html`<h3>${commaSeparated(of.map((id) => exhibits.link(id)))}</h3><p>Address: <code>${foreign(own[0]?.url ?? '')}</code></p><ul>${own.map((check) => line(check, byCapture, when))}</ul>`;
})}
</section>
`;
}
