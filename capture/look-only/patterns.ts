/**
 * Requests that do something on a platform, by the path that they go to. None of this was tried against the live
 * platforms with an account; where each line is known from is said beside it, and a platform may change its paths any
 * day. Paths are matched on every host: the software of many servers is the same, and nobody else uses these paths.
 */
import type { Action } from '../../contract/model/look-only.ts';

interface Pattern {
  action: Action;
  /** Of the whole path, without the query. */
  path: RegExp;
  /** 'any': also GET. Otherwise what is not GET, HEAD or OPTIONS. */
  methods?: 'any';
}

interface Platform {
  name: string;
  /** Where this is known from. */
  source: string;
  patterns: readonly Pattern[];
  /** Writes beside those above that only read, or that sign in and out. */
  passes?: readonly RegExp[];
}

export const platforms: readonly Platform[] = [
  {
    name: 'Mastodon',
    // Pleroma, Akkoma, GoToSocial and others answer at the same paths.
    source: 'docs.joinmastodon.org, methods of the REST API',
    patterns: [
      { action: 'like', path: /^\/api\/v\d\/statuses\/[^/]+\/(?:un)?favourite$/ },
      { action: 'repost', path: /^\/api\/v\d\/statuses\/[^/]+\/(?:un)?reblog$/ },
      { action: 'save', path: /^\/api\/v\d\/statuses\/[^/]+\/(?:un)?(?:bookmark|pin)$/ },
      { action: 'mute', path: /^\/api\/v\d\/statuses\/[^/]+\/(?:un)?mute$/ },
      { action: 'like', path: /^\/api\/v\d\/(?:pleroma\/)?statuses\/[^/]+\/reactions\// },
      {
        action: 'post',
        path: /^\/api\/v\d\/(?:statuses(?:\/[^/]+)?|media(?:\/[^/]+)?|scheduled_statuses\/[^/]+)$/,
      },
      {
        action: 'follow',
        path: /^\/api\/v\d\/accounts\/[^/]+\/(?:(?:un)?(?:follow|endorse|pin)|remove_from_followers)$/,
      },
      { action: 'mute', path: /^\/api\/v\d\/(?:accounts\/[^/]+\/(?:un)?(?:block|mute)|domain_blocks)$/ },
      {
        action: 'change',
        path: /^\/api\/v\d\/(?:accounts\/(?:[^/]+\/note|update_credentials)|profile\/[^/]+|push\/subscription|filters(?:\/[^/]+)?|lists(?:\/[^/]+(?:\/accounts)?)?|featured_tags(?:\/.+)?|suggestions\/.+)$/,
      },
      {
        action: 'follow',
        path: /^\/api\/v\d\/(?:tags\/[^/]+\/(?:un)?follow|follow_requests\/[^/]+\/(?:authorize|reject))$/,
      },
      { action: 'vote', path: /^\/api\/v\d\/polls\/[^/]+\/votes$/ },
      {
        action: 'seen',
        path: /^\/api\/v\d\/(?:markers|notifications\/(?:clear|dismiss|dismiss_multiple|[^/]+\/dismiss|requests\/.+)|conversations\/[^/]+(?:\/read)?|announcements\/[^/]+\/dismiss)$/,
      },
      { action: 'report', path: /^\/api\/v\d\/reports$/ },
    ],
  },
  {
    name: 'Bluesky',
    source: 'atproto.com: XRPC, where GET is a query and POST a procedure; names of the lexicons',
    patterns: [
      {
        action: 'seen',
        path: /^\/xrpc\/(?:app\.bsky\.notification\.updateSeen|app\.bsky\.feed\.sendInteractions|chat\.bsky\.convo\.update(?:All)?Read)$/,
      },
      { action: 'message', path: /^\/xrpc\/chat\.bsky\./ },
      { action: 'mute', path: /^\/xrpc\/app\.bsky\.graph\.(?:un)?mute/ },
      { action: 'report', path: /^\/xrpc\/(?:com\.atproto\.moderation|tools\.ozone)\./ },
      // A like, a follow, a post and a repost are all records: which one, the body says.
      { action: 'post', path: /^\/xrpc\/com\.atproto\.repo\./ },
      { action: 'change', path: /^\/xrpc\// },
    ],
    passes: [/^\/xrpc\/com\.atproto\.server\.(?:create|refresh|delete)Session$/],
  },
  {
    name: 'X',
    source:
      'public lists of the paths that the web application asks for (auto-generated, such as TwitterInternalAPIDocument), and the former public API 1.1',
    patterns: [
      {
        action: 'seen',
        path: /\/(?:2|1\.1)\/(?:notifications\/.*last_seen_cursor|dm\/(?:update_last_seen_event_id|conversation\/[^/]+\/mark_read))\.json$/,
      },
      {
        action: 'follow',
        path: /\/1\.1\/(?:friendships\/(?:create|destroy|update|accept|deny|cancel)|users\/follow|topics\/.*(?:follow|unfollow).*)\.json$/,
      },
      { action: 'like', path: /\/1\.1\/favorites\/(?:create|destroy)\.json$/ },
      { action: 'repost', path: /\/1\.1\/statuses\/(?:un)?retweet(?:\/\d+)?\.json$/ },
      {
        action: 'post',
        path: /\/1\.1\/(?:statuses\/(?:update|destroy)|media\/(?:upload|metadata\/create))[^/]*(?:\/\d+)?\.json$/,
      },
      {
        action: 'message',
        path: /\/1\.1\/(?:dm\/(?:new|new2|conversation\/.+\/(?:delete|accept|update_.+))|direct_messages\/.+)\.json$/,
      },
      { action: 'mute', path: /\/1\.1\/(?:blocks|mutes\/\w+)\/(?:create|destroy)\.json$/ },
      { action: 'report', path: /\/1\.1\/(?:users\/report_spam|report\/flow)\.json$/ },
      { action: 'change', path: /\/1\.1\/account\/(?:update_\w+|settings|personalization\/\w+)\.json$/ },
      // Polls are cards.
      { action: 'vote', path: /^\/v2\/cards\/passthrough\// },
    ],
  },
  {
    name: 'YouTube',
    source:
      'names of the calls of the web application in public code; /youtubei/v1/browse, next, player and search read',
    patterns: [
      { action: 'like', path: /^\/youtubei\/v1\/like\// },
      {
        action: 'follow',
        path: /^\/youtubei\/v1\/(?:subscription\/|notification\/modify_channel_preference)/,
      },
      {
        action: 'post',
        path: /^\/youtubei\/v1\/(?:comment\/(?:create|update|perform|delete)\w*|live_chat\/(?:send_message|moderate)|backstage\/\w+)/,
      },
      { action: 'save', path: /^\/youtubei\/v1\/(?:browse\/edit_playlist|playlist\/(?:create|delete))/ },
      { action: 'seen', path: /^\/youtubei\/v1\/notification\/(?:record_interactions|opt_out)/ },
      { action: 'report', path: /^\/youtubei\/v1\/flag\// },
      { action: 'change', path: /^\/youtubei\/v1\/(?:feedback|account\/set_setting)/ },
      // What puts a video into the list of those watched, and counts it.
      { action: 'seen', path: /^\/api\/stats\/(?:playback|watchtime)$/, methods: 'any' },
    ],
  },
  {
    name: 'Instagram and Threads',
    source:
      'public code that speaks to the web application; its GraphQL is judged by the names of operations',
    patterns: [
      { action: 'like', path: /^\/(?:api\/v1\/)?web\/(?:likes|comments\/(?:un)?like)\// },
      {
        action: 'follow',
        path: /^\/(?:api\/v1\/)?(?:web\/)?friendships\/(?:\d+\/(?:follow|unfollow|remove_follower)|(?:create|destroy|remove_follower|approve|ignore)\/\d+)\/?$/,
      },
      {
        action: 'mute',
        path: /^\/(?:api\/v1\/)?(?:web\/)?friendships\/(?:(?:un)?block|mute_\w+|unmute_\w+)(?:\/|$)|^\/(?:api\/v1\/)?web\/friendships\/\d+\/(?:un)?block\/?$/,
      },
      {
        action: 'post',
        path: /^\/(?:api\/v1\/)?(?:web\/comments\/\d+\/(?:add|delete)|media\/configure\w*|web\/create\/)/,
      },
      { action: 'save', path: /^\/(?:api\/v1\/)?web\/save\// },
      {
        action: 'seen',
        path: /^\/(?:api\/v\d\/)?(?:stories\/reel\/seen|media\/seen|news\/inbox_seen|direct_v2\/threads\/.+\/seen)/,
      },
      { action: 'message', path: /^\/api\/v1\/direct_v2\/threads\/broadcast\// },
      {
        action: 'vote',
        path: /^\/(?:api\/v1\/)?(?:web\/)?(?:media|stories)\/.+\/(?:story_poll_vote|story_quiz_answer|story_slider_vote)/,
      },
    ],
  },
  {
    name: 'TikTok',
    source: 'public code that speaks to the web application',
    patterns: [
      { action: 'like', path: /^\/api\/(?:commit\/item\/digg|comment\/digg)\// },
      { action: 'follow', path: /^\/api\/commit\/follow\// },
      { action: 'post', path: /^\/api\/(?:comment\/(?:publish|delete)|commit\/item\/delete)\// },
      { action: 'save', path: /^\/api\/item\/collect\// },
      { action: 'seen', path: /^\/api\/notice\/(?:read|clear)/ },
    ],
  },
  {
    name: 'Reddit',
    source: 'reddit.com/dev/api',
    patterns: [
      { action: 'vote', path: /^\/api\/vote(?:\.json)?$/ },
      { action: 'post', path: /^\/api\/(?:comment|submit|del|editusertext)(?:\.json)?$/ },
      { action: 'follow', path: /^\/api\/(?:subscribe|friend|unfriend)(?:\.json)?$/ },
      { action: 'save', path: /^\/api\/(?:un)?(?:save|hide)(?:\.json)?$/ },
      { action: 'message', path: /^\/api\/compose(?:\.json)?$/ },
      {
        action: 'seen',
        path: /^\/api\/(?:read_message|unread_message|read_all_messages|store_visits)(?:\.json)?$/,
      },
      { action: 'report', path: /^\/api\/report(?:\.json)?$/ },
    ],
  },
  {
    name: 'Telegram',
    source: 'the public preview of channels, t.me/s/…, which counts views by a request of its own',
    patterns: [{ action: 'seen', path: /^\/v\/?$/, methods: 'any' }],
  },
];
