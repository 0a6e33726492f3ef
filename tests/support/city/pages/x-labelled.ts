/** X: a post with a label, behind an interstitial; its words are in the answer although the page hides them. */
import { type CityPage, complete } from '../page.ts';
import { conversation, postId, served, shell, tweetResult, type XPost, zippedJson } from '../x.ts';

const createdAt = '2024-03-05T08:00:00.000Z';
const post: XPost = {
  id: postId(createdAt, 5),
  createdAt,
  text: 'What the warning stands in front of.',
};
const api = '/i/api/graphql/labelled-5/TweetDetail';
const warning = 'The following media includes potentially sensitive content.';
const limited = {
  __typename: 'TweetWithVisibilityResults',
  tweet: tweetResult(post),
  tweetInterstitial: { __typename: 'ContextualTweetInterstitial', text: { text: warning } },
  softInterventionPivot: { text: { text: 'Visibility limited: this Post may violate X’s rules.' } },
  limitedActionResults: { limited_actions: [{ action: 'Reply' }, { action: 'Like' }] },
};

export const page: CityPage = {
  what: 'a labelled post of limited visibility, which the page hides behind a warning',
  address: `https://x.com/ada_ferry/status/${post.id}`,
  routes: () => ({
    [`x.com/ada_ferry/status/${post.id}`]: shell(
      api,
      'GET',
      `root.innerHTML = '<p>${warning}</p><button>View</button>';`,
    ),
    [`x.com${api}`]: zippedJson(conversation([[post.id, limited]])),
  }),
  captures: () => [
    complete({ ...served(post), notices: ['interstitial', 'label', 'label'], source: 'network' }),
  ],
  shows: warning,
};
