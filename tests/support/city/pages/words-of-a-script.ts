/** A post whose words no answer holds: the page's script puts them together. */
import { html } from '../../site-server.ts';
import { type CityPage, complete } from '../page.ts';

const text = 'Nobody sent these words as they stand.';
const hidden = [...text].map((letter) => letter.charCodeAt(0) ^ 42);

export const page: CityPage = {
  what: 'a post whose words stand in the page as rendered and in no answer',
  address: 'https://board.pier-nine.example/notice/10',
  routes: () => ({
    'board.pier-nine.example/notice/10': html(`<title>Board</title><main></main><script>
      const article = document.createElement('article');
      article.innerHTML = '<p></p><time datetime="2024-03-10T08:00:00Z">10 March</time>';
      article.firstChild.textContent = String.fromCharCode(...${JSON.stringify(hidden)}.map((code) => code ^ 42));
      document.querySelector('main').append(article);
    </script>`),
  }),
  captures: () => [complete({ id: null, text, source: 'rendered-page' })],
  shows: text,
  inTests: true,
};
