/** What the report is about, on its first page: the exhibits, and what was assessed of them. */
import type { TagState } from '../../../contract/model/tag.ts';
import type { Evidence, PostEntry, TagEntry } from '../../bundle/evidence.ts';
import {
  type AnyCapture,
  allCaptures,
  type Exhibits,
  exhibitPlace,
  linkTo,
  type Place,
  postsById,
  postsOf,
} from './exhibits.ts';
import { type Content, commaSeparated, facts, fileName, foreign, type Html, html } from './html.ts';
import type { RuleBook } from './rule-book.ts';
import { headingOf, stateOf } from './tag.ts';

/** One row of the list of exhibits. */
interface Row {
  place: Place;
  label: string | null;
  capture: AnyCapture;
  /** Null: the capture as a whole. */
  post: PostEntry | null;
}

export function summary(evidence: Evidence, book: RuleBook, exhibits: Exhibits): Html {
  const { case: of } = evidence;
  const rows = rowsOf(evidence, exhibits);
  return html`<section id="summary"><h2>Summary</h2>
${
  of === undefined
    ? null
    : facts([
        ['Case', foreign(of.name)],
        ['Exhibits', of.exhibits.length],
        ['Numbers that are empty', gaps(of.removed)],
      ])
}
${assessed(evidence, book, exhibits)}
${rows.length === 0 ? null : table(of === undefined ? 'Posts that were assessed' : 'The exhibits', rows, book)}
</section>`;
}

function gaps(removed: NonNullable<Evidence['case']>['removed']): Content {
  if (removed === undefined) return 'none: every number up to the last one stands here';
  return html`${commaSeparated(removed.map(({ number }) => linkTo({ ...exhibitPlace(number), name: `${number}` })))}: removed from the case; below stands when, by whom and why`;
}

/** The exhibits of the case; without a case the posts that somebody assessed. */
function rowsOf(evidence: Evidence, exhibits: Exhibits): Row[] {
  const { case: of } = evidence;
  const captures = allCaptures(evidence);
  if (of === undefined) {
    return captures.flatMap((capture) =>
      postsOf(capture)
        .filter(({ tags }) => tags.length > 0)
        .map((post) => ({ place: exhibits.post(post.id), label: null, capture, post })),
    );
  }
  const byId = new Map(captures.map((capture) => [capture.id, capture]));
  const posts = new Map(captures.map((capture) => [capture.id, postsById(capture)]));
  return of.exhibits.flatMap(({ number, label, capture: captureId, post }) => {
    const capture = byId.get(captureId);
    if (capture === undefined) return [];
    const found = post === null ? null : (posts.get(captureId)?.get(post) ?? null);
    return [{ place: exhibitPlace(number), label, capture, post: found }];
  });
}

function table(caption: string, rows: readonly Row[], book: RuleBook): Html {
  return html`<table><caption>${caption}</caption>
<thead><tr><th scope="col">Exhibit</th><th scope="col">What it is</th><th scope="col">Captured or received</th><th scope="col">Assessed</th></tr></thead>
<tbody>${rows.map(({ place, label, capture, post }) => {
    const tags = post === null ? postsOf(capture).flatMap((each) => each.tags) : post.tags;
    return html`<tr><th scope="row">${linkTo(place)}</th><td>${label === null ? null : html`${foreign(label)}<br>`}${what(capture, post)}</td><td>${book.when(receivedAt(capture))}</td><td>${tags.length === 0 ? 'not assessed' : tags.map((tag, i) => html`${i > 0 ? html`<br>` : null}${tagWords(tag, book)}`)}</td></tr>`;
  })}</tbody></table>`;
}

function receivedAt(capture: AnyCapture): string {
  return 'said' in capture ? capture.said.receivedAt : (capture.recording?.startedAt ?? capture.receivedAt);
}

/** The address of a capture, else the name of its file. */
function nameOf(capture: AnyCapture): Html {
  if ('said' in capture)
    return html`${capture.said.url === null ? 'an address that is withheld' : foreign(capture.said.url)} (shown in part)`;
  const { recording, url, sourceName } = capture;
  const address = recording?.requestedUrl ?? url;
  return address === null ? fileName(sourceName) : foreign(address);
}

function what(capture: AnyCapture, post: PostEntry | null): Content {
  if (post === null) return html`a capture as a whole: ${nameOf(capture)}`;
  if (post.disclosed === 'partial') return 'a post, of which parts are withheld';
  const { author, platform, postedAt } = post.content;
  const by = author.handle === null ? author.name : `@${author.handle}`;
  return html`${by === null ? 'a post whose author was not read' : foreign(by)}${platform === null ? null : html`, ${foreign(platform)}`}${
    postedAt === null ? null : html`, ${foreign(postedAt.value)}`
  }`;
}

function tagWords(tag: TagEntry, book: RuleBook): Html {
  return html`${headingOf(tag, book)}${said[stateOf(tag)]}`;
}

const said: Record<TagState, string> = {
  unreviewed: ' (not reviewed)',
  agreed: ' (agreed)',
  disputed: ' (disputed)',
  withdrawn: ' (withdrawn)',
};

/** By clause and finding, in how many posts and which; judgements that were withdrawn do not count. */
function assessed(evidence: Evidence, book: RuleBook, exhibits: Exhibits): Html | null {
  const found = new Map<string, { heading: Content; posts: Map<string, boolean> }>();
  for (const { id, tags } of allCaptures(evidence).flatMap(postsOf)) {
    for (const tag of tags) {
      const state = stateOf(tag);
      if (state === 'withdrawn') continue;
      const heading = headingOf(tag, book);
      const key = `${tag.finding ?? 'breach'} ${tag.dated?.key ?? tag.clause ?? ''}`;
      const entry = found.get(key) ?? { heading, posts: new Map<string, boolean>() };
      entry.posts.set(id, (entry.posts.get(id) ?? false) || state === 'disputed');
      found.set(key, entry);
    }
  }
  if (found.size === 0) return html`<p>Nobody assessed anything of what is shown here.</p>`;
  return html`<h3>What was assessed</h3><ul>${[...found.values()].map(
    ({ heading, posts }) =>
      html`<li>${heading}: ${posts.size} ${posts.size === 1 ? 'post' : 'posts'}, ${commaSeparated(
        [...posts].map(([id, disputed]) => html`${exhibits.link(id)}${disputed ? ' (disputed)' : null}`),
      )}</li>`,
  )}</ul><p class="soft">How many posts were looked at to find these, the report does not say.</p>`;
}
