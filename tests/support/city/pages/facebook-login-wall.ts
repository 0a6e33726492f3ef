/** Facebook: under the address of the post stands a form to sign in, and nothing of the post. */
import { html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

export const page: CityPage = {
  what: 'a post of Facebook in whose place a form asks to sign in',
  address: 'https://www.facebook.com/pier.nine/posts/7710000000000003',
  routes: () => ({
    'www.facebook.com/pier.nine/posts/7710000000000003': html(`<title>Facebook</title>
      <div role="main"><h2>Log in to Facebook</h2><p>You must log in to continue.</p>
      <form id="login_form" action="/login/device-based/regular/login/" method="post">
        <input type="hidden" name="lsd" value=""><input type="text" name="email" placeholder="Email or phone number">
        <input type="password" name="pass" placeholder="Password"><button name="login" type="submit">Log in</button>
      </form><a href="/recover/initiate">Forgotten account?</a></div>`),
  }),
  captures: () => [incomplete(['login-wall'])],
  shows: 'You must log in to continue.',
  inTests: true,
};
