/** A replay by the Wayback Machine of a page as Twitter's servers made it: read as X, and never taken for X. */
import { poster } from '../../page-fixtures/picture.ts';
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';
import { postId } from '../x.ts';

const at = '20180302080000';
const id = postId('2018-03-01T12:00:00.000Z', 1);
const original = `https://twitter.com/ada_ferry/status/${id}`;
const picture = `https://web.archive.org/web/${at}im_/https://pbs.twimg.com/media/Abc.png`;

const markup = `<!doctype html><html><head><title>Ada on Twitter</title></head><body>
<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base">20 captures, 2 Mar 2018</div><!-- END WAYBACK TOOLBAR INSERT -->
<div class="tweet permalink-tweet" data-tweet-id="${id}" data-conversation-id="${id}" data-screen-name="ada_ferry" data-name="Ada" data-user-id="42">
<a href="https://web.archive.org/web/${at}/https://twitter.com/ada_ferry">Ada @ada_ferry</a>
<p class="TweetTextSize js-tweet-text tweet-text" lang="en">The ferry did not run in 2018, either</p>
<div class="AdaptiveMedia-photoContainer" data-image-url="https://pbs.twimg.com/media/Abc.png"><img src="${picture}" alt="A pier"></div>
<span class="_timestamp" data-time-ms="1519905600000">1 Mar 2018</span></div></body></html>`;

export const page: CityPage = {
  what: 'a replay of an old page of X by the Wayback Machine',
  address: `https://web.archive.org/web/${at}/${original}`,
  routes: () => ({
    [`web.archive.org/web/${at}/${original}`]: html(markup),
    [picture.replace('https://', '')]: bytes(poster([120, 150, 180], [250, 220, 120]), {
      'content-type': 'image/png',
    }),
  }),
  captures: () => [
    complete({
      id,
      text: 'The ferry did not run in 2018, either',
      source: 'network',
      notices: ['other'],
    }),
  ],
  shows: 'The ferry did not run in 2018, either',
};
