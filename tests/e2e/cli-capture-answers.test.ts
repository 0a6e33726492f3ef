import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { requirePost } from '../../archive/posts.ts';
import { checkArchive } from '../support/archive.ts';
import { makeCommandHome, runCommand } from './support/command.ts';

const passphrase = 'four words that nobody guesses';
const postedAt = '2024-03-01T12:00:00.250Z';
const id = String((BigInt(Date.parse(postedAt)) << 16n) + 7n);

let server: Server;
let origin: string;
let folder: string;
let endHome: () => void = () => undefined;
let environment: NodeJS.ProcessEnv;

/** The page shows other words than it was sent: what it shows is not the post. */
const app = `<!doctype html><title>A server</title><div id="app"></div><script>
fetch('/api/v1/statuses/${id}').then((answer) => answer.json()).then((status) => {
  document.getElementById('app').innerHTML = '<article><time datetime="2020-01-01">long ago</time>words of a script</article>';
});
</script>`;

const status = () => ({
  id,
  created_at: postedAt,
  language: 'fa',
  url: `${origin}/@ada/${id}`,
  uri: `${origin}/users/ada/statuses/${id}`,
  content: '<p>می‌خواهم<br>دو خط</p>',
  account: { id: '42', acct: 'ada', display_name: 'Ada', url: `${origin}/@ada` },
  media_attachments: [],
  favourites_count: 5,
});

beforeAll(async () => {
  ({ folder, environment, end: endHome } = await makeCommandHome(passphrase));
  server = createServer((request, response) => {
    if (request.url === `/@ada/${id}`)
      response.setHeader('content-type', 'text/html; charset=utf-8').end(app);
    else if (request.url === `/api/v1/statuses/${id}`)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(status()));
    else response.writeHead(404).end('no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  origin = `http://127.0.0.1:${address.port}`;
});

afterAll(() => {
  server?.close();
  endHome();
});

async function holdfast(...args: string[]): Promise<unknown> {
  return (await runCommand(environment, args)).printed;
}

test.each(['electron', 'chromium'])(
  '%s: the post comes from the body that the network brought',
  async (engine) => {
    const path = join(folder, `${engine}.holdfast`);
    await holdfast('init', path);

    const printed = await holdfast('capture', path, `${origin}/@ada/${id}`, '--engine', engine);

    const { captures } = printed as { captures: { verdict: string; posts: string[] }[] };
    expect(captures.map(({ verdict, posts }) => [verdict, posts.length])).toEqual([['complete', 1]]);
    const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
    const post = requirePost(archive, captures[0]?.posts[0] ?? '');
    expect(post).toMatchObject({
      reader: { name: 'mastodon' },
      content: {
        text: 'می‌خواهم\nدو خط',
        platformId: id,
        author: { platformId: '42', handle: 'ada' },
        postedAt: { value: postedAt },
        otherTimes: [{ value: postedAt }],
        counts: [{ of: 'likes', count: 5 }],
        sourceOfText: { found: 'network', url: `${origin}/api/v1/statuses/${id}` },
      },
    });
    checkArchive(archive);
    closeArchive(archive);
  },
);
