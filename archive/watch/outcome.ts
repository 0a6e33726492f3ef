/** What a check came to: the post as it was, beside the page as it is now. Everything read here is attacker-controlled. */

import type { PostContent } from '../../contract/model/post.ts';
import type { PostNotice } from '../../contract/model/post-facts.ts';
import type { Reason } from '../../contract/model/verdict.ts';
import type { WatchOutcome } from '../../contract/model/watch.ts';
import type { AbsentPost } from '../../contract/reading.ts';
import { lastResort } from '../../sites/general.ts';
import { packed } from '../../sites/packed.ts';
import { liveAddress } from '../../sites/replay/address.ts';
import { isNamed, isPostNamed, namedPost } from '../../sites/wall.ts';
import { sameAddress } from '../recording/recorded.ts';

/** What the capture of the check brought. */
export interface Looked {
  /** That was asked for. */
  address: string;
  /** Answers for the page itself and for others, in their order. */
  answers: readonly { url: string; status: number; isDocument: boolean }[];
  /** Whether the page itself was received. */
  hasPage: boolean;
  reasons: readonly Reason[];
  posts: readonly PostContent[];
  /** What the readers noted. */
  notes: readonly string[];
  /** What the platform says in the place of a post. */
  absent: readonly AbsentPost[];
  /** The words of the page as rendered; null where they were not kept. */
  rendered: string | null;
}

/** `post`: the place among the posts that were read. */
export type Assessed = Omit<WatchOutcome, 'post' | 'comparedWith'> & { post: number | null };

/** Code units of words that are kept; more of a page's notice helps nobody. */
const longestWords = 1000;
/** The server says of this very page that it is not there. */
const notThere: ReadonlyMap<number, string> = new Map([
  [404, 'The server answered 404: not found.'],
  [410, 'The server answered 410: gone.'],
  [451, 'The server answered 451: unavailable for legal reasons.'],
]);
/** Words in which platforms say that a post is not shown; told by readers in their notes. */
const goneNote = /not shown|unavailable|suspended|deleted|removed|withheld|violat|no longer/i;
const byAuthor =
  /deleted by (?:the|its) (?:post |tweet )?author|author (?:has )?deleted|removed by (?:the|its) author/i;
const byPlatform =
  /suspended|violat|withheld|removed by (?:the )?(?:platform|moderat|administrat)|in response to a legal/i;
/** Of what a post carries, that which the platform did. */
const measureKinds: ReadonlySet<PostNotice['kind']> = new Set([
  'withheld',
  'label',
  'interstitial',
  'removed',
  'suspended',
]);

const blank = { who: null, words: null, measures: [] as PostNotice[], post: null };

function cut(text: string): string {
  return text.slice(0, longestWords).toWellFormed();
}

function isThin(post: PostContent): boolean {
  return post.readFrom === lastResort;
}

/** Which of the posts is the one that is watched: by the platform's id, else by address, else the only one there is. */
function findPost(before: PostContent | null, { address, posts }: Looked): number | null {
  const at = (test: (post: PostContent) => boolean): number | null => {
    const index = posts.findIndex(test);
    return index === -1 ? null : index;
  };
  if (before === null) {
    const named = namedPost(liveAddress(address));
    if (named !== null) return at((post) => isNamed(named, post));
    return posts.length === 1 ? 0 : null;
  }
  if (before.platformId !== null) {
    return at((post) => post.platform === before.platform && post.platformId === before.platformId);
  }
  // The words of any page stand in the place of a post that is not there: they are not the post edited.
  const fits = (post: PostContent): boolean => isThin(before) || !isThin(post);
  const byAddress = at((post) => fits(post) && post.url !== null && post.url === before.url);
  const [only] = posts;
  const isElsewhere = only?.url != null && before.url !== null && !sameAddress(only.url, before.url);
  return byAddress ?? (posts.length === 1 && only !== undefined && fits(only) && !isElsewhere ? 0 : null);
}

function undetermined(status: number | null, words: string): Assessed {
  return { ...blank, kind: 'undetermined', status, words: cut(words) };
}

function gone(status: number | null, words: string): Assessed {
  const who = byAuthor.test(words)
    ? 'author-says'
    : byPlatform.test(words) || status === 451
      ? 'platform-says'
      : 'not-known';
  return { ...blank, kind: 'not-reachable', status, who, words: cut(words) };
}

function compare(before: PostContent | null, now: PostContent, at: number, status: number | null): Assessed {
  const measures = (now.notices ?? [])
    .filter(({ kind }) => measureKinds.has(kind))
    .slice(0, 50)
    .map(({ kind, text }) => ({ kind, text: cut(text) }));
  const found: Omit<Assessed, 'kind'> = { ...blank, status, measures, post: at };
  if (before === null) return { ...found, kind: 'up' };
  const sameWords = packed(before.text) === packed(now.text);
  // Titles of pages change with every counter in them; those of a platform's post are its author's.
  const sameTitle = now.platformId === null || (before.title ?? '') === (now.title ?? '');
  if (sameWords && sameTitle) return { ...found, kind: 'up' };
  const words =
    before.readFrom === now.readFrom
      ? null
      : `Read from another part of the page than before (${now.readFrom}, not ${before.readFrom}): the difference may come from that.`;
  return { ...found, kind: 'edited', words };
}

/** Whether an address of the page's own host ends with the id; pictures and trackers have it in theirs, too. */
function asksFor(url: string, id: string, pages: readonly string[]): boolean {
  const asked = URL.parse(url);
  if (asked === null || !asked.pathname.endsWith(`/${id}`)) return false;
  return pages.some((page) => URL.parse(page)?.host === asked.host);
}

/**
 * The status with which the server refused the page, or what is asked for by the post's own id. `status`: of the page.
 */
function refusal(
  before: PostContent | null,
  { address, answers }: Looked,
  status: number | null,
): number | null {
  if (status !== null && status >= 400) return status;
  const id = before?.platformId ?? null;
  if (id === null) return null;
  const pages = [address, ...answers.filter(({ isDocument }) => isDocument).map(({ url }) => url)];
  return (
    answers.findLast(({ url, status }) => notThere.has(status) && asksFor(url, id, pages))?.status ?? null
  );
}

/** The platform's id of what is watched; null where neither the post nor the address tells it. */
function watchedId(before: PostContent | null, { address }: Looked): string | null {
  return before?.platformId ?? namedPost(liveAddress(address));
}

/** Of this post, not of another that stands beside it; where its id is not known, of any. */
function noticesFor(id: string | null, { absent }: Looked): string[] {
  return absent
    .filter(({ platformId }) => id === null || isPostNamed(id, platformId))
    .map(({ text }) => text);
}

/** `before`: the post as it was last read; null where only an address is watched and nothing was read of it yet. */
export function assess(before: PostContent | null, looked: Looked): Assessed {
  const { reasons, posts, notes, rendered, hasPage } = looked;
  const status = looked.answers.findLast(({ isDocument }) => isDocument)?.status ?? null;
  const brokeOff = reasons.find(({ code }) => code === 'interrupted' || code === 'stopped-by-user');
  const at = findPost(before, looked);
  const now = at === null ? undefined : posts[at];
  if (at !== null && now !== undefined) return compare(before, now, at, status);
  if (brokeOff !== undefined) return undetermined(status, brokeOff.message);
  const refused = refusal(before, looked, status);
  const id = watchedId(before, looked);
  // What a note says can be of any post of the page.
  const noted = id === null ? notes.filter((note) => goneNote.test(note)) : [];
  const said = [...noticesFor(id, looked), ...noted].join(' ');
  if (refused !== null && notThere.has(refused)) {
    return gone(refused, said === '' ? (notThere.get(refused) ?? '') : `${notThere.get(refused)} ${said}`);
  }
  if (!hasPage) {
    return undetermined(
      status,
      status === null
        ? 'No answer came for the page.'
        : `The server did not give the page: it answered ${status}.`,
    );
  }
  const wall = reasons.find(({ code }) => code === 'login-wall');
  if (wall !== undefined) return undetermined(status, wall.message);
  if (said !== '') return gone(status, said);
  if (before === null) {
    const words =
      posts.length > 0 && id === null
        ? 'The page was there; which of its posts is meant, its address does not say.'
        : 'The page was there; the post was not read out of it.';
    return { ...blank, kind: id === null ? 'up' : 'undetermined', status, words };
  }
  const words = packed(before.text);
  if (words === '' || rendered === null) {
    return undetermined(status, 'The page came, and the post was not read out of it. Look at the capture.');
  }
  if (packed(rendered).includes(words)) {
    return {
      ...blank,
      kind: 'up',
      status,
      words: 'Its words stand in the page as rendered; no reader read the post.',
    };
  }
  return gone(status, 'The page came, and neither the post nor its words were in it.');
}
