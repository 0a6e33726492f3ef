/** Instagram: whoever is not signed in is sent to the page where one signs in. */
import { html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

export const page: CityPage = {
  what: 'a post of Instagram that forwards to the sign-in',
  address: 'https://www.instagram.com/p/C4x0YzAbCdE/',
  routes: () => ({
    'www.instagram.com/p/C4x0YzAbCdE/': (_request, response) =>
      response
        .writeHead(302, { location: 'https://www.instagram.com/accounts/login/?next=/p/C4x0YzAbCdE/' })
        .end(),
    'www.instagram.com/accounts/login/': html(
      '<title>Login • Instagram</title><form><input name="username" aria-label="Phone number, username, or email"><input type="password" name="password"><button>Log in</button></form>',
    ),
  }),
  captures: () => [incomplete(['login-wall'])],
  shows: null,
};
