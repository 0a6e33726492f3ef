/** Requests that do something, and requests that read, in the forms that platforms use. */
import type { Action } from '../../../contract/model/look-only.ts';

export interface Example {
  action: Action | null;
  platform?: string;
  /** Path and query; on any host. */
  path: string;
  method?: string;
  body?: string;
}

const mutation = (document: string) => JSON.stringify({ query: document });

export const acting: readonly Example[] = [
  ...(
    [
      ['like', '/api/v1/statuses/1/favourite'],
      ['like', '/api/v1/statuses/1/unfavourite'],
      ['repost', '/api/v1/statuses/1/reblog'],
      ['save', '/api/v1/statuses/1/bookmark'],
      ['mute', '/api/v1/statuses/1/mute'],
      ['post', '/api/v1/statuses'],
      ['post', '/api/v2/media'],
      ['follow', '/api/v1/accounts/1/follow'],
      ['mute', '/api/v1/accounts/1/block'],
      ['follow', '/api/v1/follow_requests/1/authorize'],
      ['vote', '/api/v1/polls/1/votes'],
      ['seen', '/api/v1/markers'],
      ['seen', '/api/v1/notifications/1/dismiss'],
      ['seen', '/api/v1/conversations/1/read'],
      ['report', '/api/v1/reports'],
      ['change', '/api/v1/push/subscription'],
    ] as const
  ).map(([action, path]): Example => ({ action, path, platform: 'Mastodon' })),
  { action: 'post', path: '/api/v1/statuses/1', method: 'DELETE', platform: 'Mastodon' },
  { action: 'change', path: '/api/v1/accounts/update_credentials', method: 'PATCH', platform: 'Mastodon' },
  ...(
    [
      ['like', 'com.atproto.repo.createRecord', '{"repo":"did:plc:x","collection":"app.bsky.feed.like"}'],
      ['follow', 'com.atproto.repo.createRecord', '{"collection":"app.bsky.graph.follow"}'],
      ['repost', 'com.atproto.repo.createRecord', '{"collection": "app.bsky.feed.repost"}'],
      ['post', 'com.atproto.repo.createRecord', '{"collection":"app.bsky.feed.post"}'],
      ['post', 'com.atproto.repo.deleteRecord', ''],
      ['post', 'com.atproto.repo.applyWrites', ''],
      ['seen', 'app.bsky.notification.updateSeen', ''],
      ['mute', 'app.bsky.graph.muteActor', ''],
      ['report', 'com.atproto.moderation.createReport', ''],
      ['message', 'chat.bsky.convo.sendMessage', ''],
      ['change', 'app.bsky.actor.putPreferences', ''],
    ] as const
  ).map(([action, name, body]): Example => ({ action, path: `/xrpc/${name}`, body, platform: 'Bluesky' })),
  ...(
    [
      ['like', 'FavoriteTweet'],
      ['like', 'UnfavoriteTweet'],
      ['repost', 'CreateRetweet'],
      ['repost', 'DeleteRetweet'],
      ['post', 'CreateTweet'],
      ['post', 'CreateNoteTweet'],
      ['post', 'DeleteTweet'],
      ['follow', 'CreateFriendship'],
      ['save', 'CreateBookmark'],
      ['save', 'bookmarkTweetToFolder'],
      ['mute', 'dmBlockUser'],
      ['message', 'useSendMessageMutation'],
      ['save', 'PinTweet'],
      ['change', 'ListAddMember'],
      ['follow', 'JoinCommunity'],
      ['change', 'DisableVerifiedPhoneLabel'],
    ] as const
  ).map(
    ([action, name]): Example => ({
      action,
      path: `/i/api/graphql/lI07N6Otwv1-_EgXILM7A/${name}`,
      platform: 'X',
    }),
  ),
  ...(
    [
      ['follow', '/i/api/1.1/friendships/create.json'],
      ['follow', '/i/api/1.1/friendships/destroy.json'],
      ['mute', '/i/api/1.1/blocks/create.json'],
      ['mute', '/i/api/1.1/mutes/users/create.json'],
      ['seen', '/i/api/2/notifications/all/last_seen_cursor.json'],
      ['seen', '/i/api/1.1/dm/update_last_seen_event_id.json'],
      ['message', '/i/api/1.1/dm/new2.json'],
      ['vote', '/v2/cards/passthrough/poll2choice_text_only'],
      ['change', '/i/api/1.1/account/update_profile.json'],
    ] as const
  ).map(([action, path]): Example => ({ action, path, platform: 'X' })),
  ...(
    [
      ['like', '/youtubei/v1/like/like?prettyPrint=false'],
      ['like', '/youtubei/v1/like/removelike'],
      ['follow', '/youtubei/v1/subscription/subscribe'],
      ['post', '/youtubei/v1/comment/create_comment'],
      ['save', '/youtubei/v1/browse/edit_playlist'],
      ['seen', '/youtubei/v1/notification/record_interactions'],
    ] as const
  ).map(([action, path]): Example => ({ action, path, platform: 'YouTube' })),
  { action: 'seen', path: '/api/stats/watchtime?ns=yt', method: 'GET', platform: 'YouTube' },
  ...(
    [
      ['like', '/api/v1/web/likes/123/like/'],
      ['follow', '/api/v1/friendships/create/123/'],
      ['follow', '/web/friendships/123/follow/'],
      ['post', '/api/v1/web/comments/123/add/'],
      ['seen', '/api/v1/stories/reel/seen'],
      ['save', '/web/save/123/save/'],
    ] as const
  ).map(([action, path]): Example => ({ action, path, platform: 'Instagram and Threads' })),
  { action: 'like', path: '/api/commit/item/digg/?aweme_id=1&type=1', platform: 'TikTok' },
  { action: 'follow', path: '/api/commit/follow/user/', platform: 'TikTok' },
  { action: 'post', path: '/api/comment/publish/', platform: 'TikTok' },
  { action: 'vote', path: '/api/vote', platform: 'Reddit' },
  { action: 'post', path: '/api/comment', platform: 'Reddit' },
  { action: 'seen', path: '/v/?views=abc', method: 'GET', platform: 'Telegram' },
  // GraphQL, by what is asked.
  {
    action: 'like',
    path: '/graphql',
    body: mutation('mutation LikePost($id: ID!) { likePost(id: $id) { id } }'),
  },
  {
    action: 'change',
    path: '/api/graphql',
    body: mutation('# query\nmutation { rename(to: "{ query }") { id } }'),
  },
  {
    action: 'like',
    path: '/graphql',
    body: JSON.stringify([{ query: '{ a }' }, { operationName: 'useLikeMutation' }]),
  },
  // Its name says nothing but that it changes something.
  {
    action: 'change',
    path: '/graphql',
    body: JSON.stringify({ operationName: 'B', query: 'query A { a } mutation B { like { id } }' }),
  },
  {
    action: 'like',
    path: '/api/graphql/',
    body: 'fb_api_req_friendly_name=CometUFIFeedbackReactMutation&doc_id=1',
  },
  {
    action: 'seen',
    path: '/graphql/query',
    body: 'fb_api_req_friendly_name=PolarisStoriesV3SeenMutation&doc_id=1',
  },
  {
    action: 'vote',
    path: '/svc/shreddit/graphql',
    body: JSON.stringify({ operation: 'UpdatePostVoteState' }),
  },
  // Any site.
  { action: 'like', path: '/posts/17/like' },
  { action: 'like', path: '/api/posts/17/likes' },
  { action: 'like', path: '/ajax/add-reaction.php' },
  { action: 'follow', path: '/users/ann/follow', method: 'PUT' },
  { action: 'follow', path: '/users/ann/follow', method: 'DELETE' },
  { action: 'vote', path: '/poll/9/vote' },
  { action: 'post', path: '/article/9/comment' },
  { action: 'seen', path: '/notifications/mark_as_read' },
];

export const reading: readonly Example[] = [
  ...[
    '/api/v1/statuses/1',
    '/api/v1/accounts/1/statuses',
    '/api/v1/notifications',
    '/xrpc/app.bsky.feed.getPostThread?uri=x',
    '/i/api/graphql/abc/FavoriteTweet',
    '/posts/17/like',
    '/follow',
  ].map((path): Example => ({ action: null, path, method: 'GET' })),
  ...[
    // POST that reads.
    '/i/api/graphql/abc-_D/HomeTimeline',
    '/i/api/graphql/abc/SearchTimeline',
    '/i/api/graphql/abc/BookmarkSearchTimeline',
    '/i/api/graphql/abc/TweetDetail',
    '/i/api/graphql/abc/Followers',
    '/i/api/graphql/abc/Following',
    '/i/api/graphql/abc/Likes',
    '/i/api/graphql/abc/UserTweets',
    '/i/api/graphql/abc/TweetResultByRestId',
    '/i/api/graphql/abc/UserByScreenName',
    '/i/api/graphql/abc/BlockedAccountsAll',
    '/i/api/1.1/live_pipeline/update_subscriptions',
    '/youtubei/v1/browse?prettyPrint=false',
    '/youtubei/v1/next',
    '/youtubei/v1/player',
    '/youtubei/v1/search',
    '/api/v1/statuses/1/translate',
    '/api/v1/apps',
    '/oauth/token',
    '/search',
    '/api/comments/list',
    '/api/posts/search',
    '/log/metrics',
    // Signing in and out.
    '/login',
    '/auth/sign_in',
    '/session',
    '/i/api/1.1/onboarding/task.json',
    '/xrpc/com.atproto.server.createSession',
    '/xrpc/com.atproto.server.refreshSession',
    '/api/v1/web/accounts/login/ajax/',
  ].map((path): Example => ({ action: null, path })),
  { action: null, path: '/graphql', body: mutation('query Likes { likes { id } }') },
  { action: null, path: '/graphql', body: mutation('{ post(note: "mutation { x }") { id } }') },
  {
    action: null,
    path: '/graphql',
    body: JSON.stringify({ operationName: 'A', query: 'query A { a } mutation B { b }' }),
  },
  { action: null, path: '/graphql', body: JSON.stringify({ operationName: 'PostQuery', extensions: {} }) },
  {
    action: null,
    path: '/api/graphql/',
    body: 'fb_api_req_friendly_name=CometUFICommentsPaginationQuery&doc_id=1',
  },
  { action: null, path: '/graphql/query', body: 'fb_api_req_friendly_name=PolarisProfilePostsQuery' },
  { action: null, path: '/posts/17/like', method: 'OPTIONS' },
];
