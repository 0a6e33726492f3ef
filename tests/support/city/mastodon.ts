/** Mastodon's pages as they come: an application that asks its server for the post. */
import { html, type Route } from '../site-server.ts';

export interface Status {
  id: string;
  text: string;
  /** Of the page, and of the answer with the post. */
  path: string;
  api: string;
  json: Record<string, unknown>;
}

export function status({ host, id, text }: { host: string; id: string; text: string }): Status {
  const path = `/@ada/${id}`;
  return {
    id,
    text,
    path,
    api: `/api/v1/statuses/${id}`,
    json: {
      id,
      created_at: '2024-03-09T08:00:00.000Z',
      language: 'en',
      url: `https://${host}${path}`,
      uri: `https://${host}/users/ada/statuses/${id}`,
      content: `<p>${text}</p>`,
      account: { id: '42', acct: 'ada', display_name: 'Ada', url: `https://${host}/@ada` },
      media_attachments: [],
      favourites_count: 5,
    },
  };
}

/** `before`: a promise, in script, that the application waits for. */
export function mastodonApp({ api }: Status, before = 'Promise.resolve()'): Route {
  return html(`<title>A server</title><div id="mastodon"></div><script>
    (${before}).then(() => fetch(${JSON.stringify(api)})).then((answer) => answer.json()).then(({ content }) => {
      document.getElementById('mastodon').innerHTML = '<div class="status__content">' + content + '</div>';
    });
  </script>`);
}
