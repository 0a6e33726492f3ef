/** YouTube: a video in the page's script, and comments that the page asks for. */
import { comments, entity, player, watchPage } from '../../../sites/youtube/answers.ts';
import { poster } from '../../page-fixtures/picture.ts';
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const video = 'harb0urN1te';
const cover = 'https://i.ytimg.com/vi/harb0urN1te/hq.png';
const given = player();
const details = {
  ...(given.videoDetails as Record<string, unknown>),
  videoId: video,
  thumbnail: { thumbnails: [{ url: cover }] },
};
const asking = `<img src="${cover}" alt=""><p id="c"></p><script>fetch('/youtubei/v1/next?prettyPrint=false',{method:'POST',body:'{}'}).then((a)=>a.json()).then((a)=>{document.getElementById('c').textContent=a.frameworkUpdates.entityBatchUpdate.mutations[0].payload.commentEntityPayload.properties.content.content})</script></body>`;

export const page: CityPage = {
  what: 'a video of YouTube with a comment',
  address: `https://www.youtube.com/watch?v=${video}`,
  routes: () => ({
    'www.youtube.com/watch': html(watchPage({ ...given, videoDetails: details }).replace('</body>', asking)),
    'www.youtube.com/youtubei/v1/next': bytes(Buffer.from(JSON.stringify(comments(entity()))), {
      'content-type': 'application/json; charset=UTF-8',
    }),
    'i.ytimg.com/vi/harb0urN1te/hq.png': bytes(poster([40, 60, 90], [240, 240, 200]), {
      'content-type': 'image/png',
    }),
  }),
  captures: () => [
    complete(
      { id: video, text: 'First line\nhttps://example.org/ می‌خواهم', source: 'network', notices: ['other'] },
      { id: 'UgxAAAAAAAAAAAAAAAAAAAAA', text: 'words below', source: 'network' },
    ),
  ],
  shows: 'words below',
};
