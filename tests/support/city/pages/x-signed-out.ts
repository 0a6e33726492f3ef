/** X: a post that is not shown without signing in; the address stays, and the answer to the script is a refusal. */
import { type CityPage, incomplete } from '../page.ts';
import { postId, shell, zippedJson } from '../x.ts';

const id = postId('2024-03-08T08:00:00.000Z', 8);
const api = '/i/api/graphql/signed-out-8/TweetDetail';

export const page: CityPage = {
  what: 'a post that X does not show without signing in',
  address: `https://x.com/ada_ferry/status/${id}`,
  routes: () => ({
    [`x.com/ada_ferry/status/${id}`]: shell(
      api,
      'GET',
      `root.innerHTML = '<h1>Happening now</h1><a href="/i/flow/signup">Create account</a><a href="/i/flow/login" data-testid="loginButton">Sign in</a>';`,
    ),
    [`x.com${api}`]: zippedJson({ errors: [{ message: 'Could not authenticate you', code: 32 }] }, 401),
  }),
  captures: () => [incomplete(['login-wall'])],
  shows: 'Happening now',
};
