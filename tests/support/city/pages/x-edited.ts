/** X: a post that is edited between two captures of the same address. */
import { type CityPage, complete } from '../page.ts';
import { conversation, postId, served, shell, tweetResult, type XPost, zippedJson } from '../x.ts';

const [createdAt, editedAt] = ['2024-03-06T08:00:00.000Z', '2024-03-06T08:20:00.000Z'];
const ids = [postId(createdAt, 6), postId(editedAt, 66)];
const edit_control = { edit_control_initial: { edit_tweet_ids: ids, is_edit_eligible: true } };
const first: XPost = {
  id: ids[0] ?? '',
  createdAt,
  text: 'The ferry has three boats.',
  more: { edit_control: { edit_tweet_ids: [ids[0]] } },
};
const second: XPost = {
  id: ids[1] ?? '',
  createdAt: editedAt,
  text: 'The ferry has four boats.',
  more: { edit_control },
};
/** What X still gives under the older id, beside the newer state. */
const older: XPost = { ...first, more: { edit_control } };
const api = '/i/api/graphql/edited-6/TweetDetail';

export const page: CityPage = {
  what: 'a post that is edited between two captures',
  address: `https://x.com/ada_ferry/status/${first.id}`,
  routes: () => {
    let asked = 0;
    return {
      [`x.com/ada_ferry/status/${first.id}`]: shell(api, 'GET'),
      [`x.com${api}`]: (request, response, site) => {
        const states = asked++ === 0 ? [first] : [older, second];
        const answer = conversation(states.map((state) => [state.id, tweetResult(state)]));
        zippedJson(answer)(request, response, site);
      },
    };
  },
  captures: () => [
    complete({ ...served(first), notices: [] }),
    complete({ ...served(older), notices: ['other'] }, served(second)),
  ],
  shows: first.text,
};
