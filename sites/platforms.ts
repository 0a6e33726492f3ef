/** What addresses say: which platform, which post, which account. */

interface Platform {
  name: string;
  hosts: readonly string[];
  /** The first group of the first pattern that fits path and query is the post's id. */
  posts: readonly RegExp[];
  /** Likewise for the account's handle. */
  handles: readonly RegExp[];
}

/** First segments of paths that are no handles. */
const reserved =
  /^(?:about|accounts?|channel|c|compose|download|events?|explore|groups?|hashtag|help|home|i|intent|jobs|legal|live|login|messages|notifications|p|pages?|photo|posts?|privacy|profile\.php|reels?|s|search|settings|share|signup|stories|tags?|tos|tv|user|video|watch|web)$/i;

const platforms: readonly Platform[] = [
  {
    name: 'x',
    hosts: ['x.com', 'twitter.com'],
    posts: [/^\/[^/]+\/status(?:es)?\/(\d+)/, /^\/i\/web\/status\/(\d+)/],
    handles: [/^\/(\w{1,15})(?:\/|$)/],
  },
  {
    name: 'facebook',
    hosts: ['facebook.com', 'fb.com', 'fb.watch'],
    posts: [
      /[?&]story_fbid=(\w+)/,
      /[?&]fbid=(\d+)/,
      /\/(?:posts|videos|reel|permalink)\/(?:[^/?]+\/)?(\w+)/,
      /[?&]v=(\d+)/,
    ],
    handles: [/^\/([A-Za-z0-9.]{2,50})(?:\/|$)/],
  },
  {
    name: 'instagram',
    hosts: ['instagram.com'],
    posts: [/\/(?:p|reel|tv)\/([\w-]+)/],
    handles: [/^\/([\w.]{1,30})(?:\/|$)/],
  },
  {
    name: 'threads',
    hosts: ['threads.net', 'threads.com'],
    posts: [/\/post\/([\w-]+)/],
    handles: [/^\/@([\w.]{1,30})(?:\/|$)/],
  },
  {
    name: 'youtube',
    hosts: ['youtube.com', 'youtu.be', 'youtube-nocookie.com'],
    posts: [/[?&]v=([\w-]{6,20})/, /^\/(?:shorts|live|embed)\/([\w-]{6,20})/, /^\/post\/([\w-]+)/],
    handles: [/^\/@([^/?#]{1,60})/],
  },
  {
    name: 'tiktok',
    hosts: ['tiktok.com'],
    posts: [/\/(?:video|photo)\/(\d+)/],
    handles: [/^\/@([\w.]{1,30})(?:\/|$)/],
  },
  {
    name: 'telegram',
    hosts: ['t.me', 'telegram.me'],
    // Messages are numbered within a channel: the number alone names nothing.
    posts: [/^\/(?:s\/)?([A-Za-z]\w{3,31}\/\d+)/],
    handles: [/^\/(?:s\/)?([A-Za-z]\w{3,31})(?:\/|$)/],
  },
  {
    name: 'bluesky',
    hosts: ['bsky.app'],
    posts: [/\/post\/(\w+)/],
    handles: [/^\/profile\/([\w.-]+\.[\w.-]+)/],
  },
  {
    name: 'reddit',
    hosts: ['reddit.com'],
    posts: [/\/comments\/(\w+)/],
    handles: [/^\/u(?:ser)?\/([\w-]+)/],
  },
  { name: 'vk', hosts: ['vk.com'], posts: [/(?:wall|w=wall)(-?\d+_\d+)/], handles: [/^\/([A-Za-z][\w.]+)$/] },
  {
    name: 'linkedin',
    hosts: ['linkedin.com'],
    posts: [/activity[:-](\d+)/],
    handles: [/^\/(?:in|company)\/([^/?#]+)/],
  },
  {
    name: 'mastodon',
    hosts: [
      'mastodon.social',
      'mastodon.online',
      'mastodon.world',
      'mstdn.social',
      'mas.to',
      'fosstodon.org',
      'hachyderm.io',
      'infosec.exchange',
      'social.coop',
      'chaos.social',
      'techhub.social',
    ],
    posts: [/^\/@[^/]+\/(\d+)/, /\/statuses\/(\d+)/],
    handles: [/^\/@([^/?#]+)/, /^\/users\/([^/?#]+)/],
  },
];

/** On hosts that are not known, `/@name` is the one form that is common enough to be read. */
const unknownHandle = /^\/@([\w.-]{1,64})(?:\/|$)/;

export interface AddressFacts {
  /** Short name of the platform, or the host name without 'www.' where it is not known. */
  platform: string;
  /** The platform is one of those known here. */
  known: boolean;
  platformId: string | null;
  /** Without '@'. */
  handle: string | null;
}

function firstGroup(patterns: readonly RegExp[], text: string): string | null {
  for (const pattern of patterns) {
    const group = pattern.exec(text)?.[1];
    if (group !== undefined) return group;
  }
  return null;
}

/** What an absolute http or https address says; null for any other string. */
export function addressFacts(address: string | null): AddressFacts | null {
  if (address === null || address.length > 8192 || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const host = url.hostname.replace(/\.$/, '').replace(/^(?:www|m|mobile)\./, '');
  const platform = platforms.find(({ hosts }) =>
    hosts.some((known) => host === known || host.endsWith(`.${known}`)),
  );
  const path = url.pathname + url.search;
  if (platform === undefined) {
    return { platform: host, known: false, platformId: null, handle: unknownHandle.exec(path)?.[1] ?? null };
  }
  // youtu.be carries the id as its path.
  const platformId = host === 'youtu.be' ? path.slice(1).split(/[/?]/, 1)[0] || null : null;
  const handle = firstGroup(platform.handles, path);
  return {
    platform: platform.name,
    known: true,
    platformId: platformId ?? firstGroup(platform.posts, path),
    handle: handle === null || reserved.test(handle) ? null : handle,
  };
}
