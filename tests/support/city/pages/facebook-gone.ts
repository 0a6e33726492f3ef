/** Facebook: in the place of a post its program writes that the content is not available. */
import { relayPage } from '../../../sites/relay-page.ts';
import { html } from '../../site-server.ts';
import { type CityPage, incomplete } from '../page.ts';

const script = `<script>
  document.getElementById('mount_0_0').innerHTML = '<h2><span>This content isn’t available right now</span></h2><span>When this happens, it’s usually because the owner only shared it with a small group of people, changed who can see it or it’s been deleted.</span><a href="/">Go to Feed</a>';
</script></body>`;

export const page: CityPage = {
  what: 'a post of Facebook in whose place it says that the content is not available',
  address: 'https://www.facebook.com/pier.nine/posts/7710000000000009',
  routes: () => ({
    'www.facebook.com/pier.nine/posts/7710000000000009': html(
      relayPage('Facebook', [{ data: { node: null } }]).replace('</body>', script),
    ),
  }),
  captures: () => [
    {
      ...incomplete(['no-post-read']),
      says: /The platform does not show the post.*isn’t available right now/,
    },
  ],
  shows: 'This content isn’t available right now',
};
