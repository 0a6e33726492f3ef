/** A page that opens windows, asks for permissions, asks questions and does not want to be left. */
import { bytes, html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const words = 'This page wants everything.';

export const page: CityPage = {
  what: 'a page that opens windows, asks for permissions and files, asks questions, and does not want to be left',
  address: 'https://board.pier-nine.example/notice/13',
  routes: () => ({
    'board.pier-nine.example/notice/13': html(`<title>Board</title>
      <article><p>${words}</p><time datetime="2024-03-13T08:00:00Z"></time></article><script>
        open('/13/window'); open('https://ads.pier-ten.example/13/window', '_blank', 'noopener');
        alert('hello'); confirm('sure?'); prompt('your name?'); print();
        Notification.requestPermission().catch(() => {});
        navigator.geolocation.getCurrentPosition(() => {}, () => {});
        navigator.mediaDevices?.getUserMedia({ audio: true, video: true }).catch(() => {});
        navigator.clipboard.readText().catch(() => {});
        document.documentElement.requestFullscreen().catch(() => {});
        const link = document.createElement('a');
        link.href = '/13/file'; link.download = 'file.bin'; link.click();
        location.href = 'mailto:someone@pier-nine.example';
        addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'stay'; });
        addEventListener('unload', () => navigator.sendBeacon('/13/left'));
      </script>`),
    'board.pier-nine.example/13/file': bytes(Buffer.from('a file'), {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    }),
    'board.pier-nine.example/13/window': html('<p>A window</p>'),
  }),
  captures: () => [complete({ id: null, text: words })],
  shows: words,
  unrecorded: () => ({ 'board.pier-nine.example/13/file': 'a download, which is refused' }),
};
