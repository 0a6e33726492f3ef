/** Words in the names of operations and paths that say what a request would do. */
import type { Action } from '../../contract/model/look-only.ts';

const actions: Record<Action, readonly string[]> = {
  like: [
    'like',
    'unlike',
    'dislike',
    'favorite',
    'unfavorite',
    'favourite',
    'unfavourite',
    'react',
    'reaction',
    'unreact',
    'digg',
  ],
  follow: [
    'follow',
    'unfollow',
    'subscribe',
    'unsubscribe',
    'befriend',
    'unfriend',
    'friendship',
    'join',
    'leave',
  ],
  repost: ['repost', 'unrepost', 'retweet', 'unretweet', 'reblog', 'unreblog', 'boost', 'unboost', 'reshare'],
  vote: ['vote', 'unvote', 'upvote', 'downvote'],
  message: ['send', 'message'],
  seen: ['seen', 'viewed', 'read', 'markread', 'markasread', 'markseen'],
  save: ['bookmark', 'unbookmark', 'save', 'unsave', 'pin', 'unpin'],
  mute: ['mute', 'unmute', 'block', 'unblock', 'hide', 'unhide', 'dismiss'],
  report: ['report', 'flag'],
  post: ['comment', 'reply', 'post', 'tweet', 'publish', 'submit', 'upload', 'compose'],
  change: [],
};

/** What only changes something, whatever the rest of an operation's name says. */
const changing = new Set(
  'create delete destroy add remove update edit set put disable enable moderate accept decline undo mark schedule unschedule convert'.split(
    ' ',
  ),
);

const byWord = new Map(
  Object.entries(actions).flatMap(([action, words]) =>
    // The table's keys are the actions; entries() forgets that.
    words.map((word): [string, Action] => [word, action as Action]),
  ),
);

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** Also stand in the names of what only reads, and say least of what is changed. */
const nounsToo = new Set(['read', 'message', 'post', 'tweet']);

/** Endings of names that read, such as BookmarkSearchTimeline. */
const reading = /(?:Query|Timelines?|Search|Slices?|Results?|Details?|Lookup|Paginat\w*|Connection)V?\d*$/i;

/**
 * What an operation of that name would do; null: by its name it reads. A verb that changes something counts in the
 * first three words (dmBlockUser, useFollowMutation), a name that ends in Mutation always.
 */
export function actionOfOperation(name: string): Action | null {
  const words = wordsOf(name);
  const isMutation = words.at(-1) === 'mutation';
  if (!isMutation && reading.test(name)) return null;
  const begins = words.slice(0, 3);
  const changes = isMutation || begins.some((word) => changing.has(word));
  const named =
    begins.find((word) => byWord.has(word) && !nounsToo.has(word)) ??
    (changes ? words.find((word) => byWord.has(word) && !nounsToo.has(word)) : undefined) ??
    (changes ? words.find((word) => byWord.has(word)) : undefined);
  const action = named === undefined ? undefined : byWord.get(named);
  return action ?? (changes ? 'change' : null);
}

/** In the last segments of a path, for requests that do not read; words that also stand where something is read are left out. */
const inPaths = new Map(
  [...byWord].filter(
    ([word]) =>
      ![
        'read',
        'message',
        'post',
        'tweet',
        'submit',
        'join',
        'leave',
        'send',
        'hide',
        'friendship',
        'upload',
      ].includes(word),
  ),
);
const nouns = new Map<string, Action>([
  ['likes', 'like'],
  ['favorites', 'like'],
  ['favourites', 'like'],
  ['reactions', 'like'],
  ['votes', 'vote'],
  ['bookmarks', 'save'],
  ['mark as read', 'seen'],
  ['mark read', 'seen'],
  ['mark as seen', 'seen'],
  ['mark seen', 'seen'],
]);

/** What a request that does not read would do at this path, on a site that nothing else is known of; null: nothing known. */
export function actionOfPath(path: string): Action | null {
  const segments = path
    .replace(/\.(?:php|json|aspx?|html?)$/i, '')
    .split('/')
    .filter((segment) => segment !== '' && !/^\d+$/.test(segment));
  const [last = ''] = segments.slice(-1);
  const spelled = wordsOf(last).join(' ');
  const noun = nouns.get(spelled);
  if (noun !== undefined) return noun;
  for (const segment of segments.slice(-2).reverse()) {
    const words = wordsOf(segment);
    const word = words.find((one) => inPaths.has(one));
    if (word !== undefined && words.length <= 3) return inPaths.get(word) ?? null;
  }
  return null;
}
