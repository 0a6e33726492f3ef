/** Real recordings by both engines: their WACZ in the programs of others, and no secret in anything that leaves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { listCaptures, requireCapture } from '../../archive/posts.ts';
import { followResource } from '../../archive/recording/replay.ts';
import { nodeCrc32 } from '../../evidence/zip/crc32-node.ts';
import { contentOf, openZip } from '../../evidence/zip/reader.ts';
import { planted, plantedSite } from '../capture/support/planted.ts';
import { checkedByWarcio } from '../evidence/wacz/judges.ts';
import { replayWebPage } from '../evidence/wacz/replay-web-page.ts';
import { poster } from '../support/page-fixtures/picture.ts';
import { formsOf, unpacked } from '../support/planted.ts';
import { bytes, html, type Route, type Site, serveSite } from '../support/site-server.ts';
import { filesOfZip } from '../support/zip-files.ts';
import { makeCommandHome, runCommand } from './support/command.ts';

const passphrase = 'four words that nobody guesses';
const words = 'The 6:40 ferry did not run. — Fähre, паром, 渡船, فیری';
const picture = poster([90, 120, 150], [240, 200, 90]);
/** 'سلام' in windows-1256. */
const old = Buffer.concat([Buffer.from('<p id="old">'), Buffer.from('d3e1c7e3', 'hex')]);

const forward =
  (to: string): Route =>
  (_request, response) =>
    response.writeHead(302, { location: to }).end();
const routes: Record<string, Route> = {
  '/go': forward('/post'),
  '/post': html(
    `<link rel="stylesheet" href="/board.css"><article><p id="text">${words}</p><time datetime="2026-03-04T09:30:00Z"></time>
     <img id="photo" src="/photo"></article><p id="answer">…</p><iframe id="frame" src="/old"></iframe>
     <script>
       fetch('/api', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"post":7}' })
         .then((answer) => answer.json()).then(({ said }) => { document.getElementById('answer').textContent = said; });
     </script>`,
  ),
  '/board.css': bytes(Buffer.from('#text { color: rgb(1, 2, 3) }'), { 'content-type': 'text/css' }),
  '/photo': forward('/media/photo.png'),
  '/media/photo.png': bytes(picture, { 'content-type': 'image/png' }),
  '/api': bytes(Buffer.from('{"said":"by anna, 12 likes"}'), { 'content-type': 'application/json' }),
  '/old': bytes(old, { 'content-type': 'text/html; charset=windows-1256' }),
};

let site: Site;
let folder: string;
let endHome: () => void = () => undefined;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  ({ folder, environment, end: endHome } = await makeCommandHome(passphrase));
  site = await serveSite(routes);
});

afterAll(async () => {
  await site?.close();
  endHome();
});

async function holdfast(...args: string[]): Promise<unknown> {
  return (await runCommand(environment, args)).printed;
}

/** The WACZ of the one capture, its WARC, and the picture as the replay without script finds it. */
async function recorded(path: string) {
  const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
  try {
    const captureId = listCaptures(archive, 0, 1).captures[0]?.id ?? '';
    const { artifacts } = requireCapture(archive, captureId);
    const sha256 = artifacts.find(({ role }) => role === 'wacz')?.sha256 ?? '';
    const wacz = Buffer.concat([...readStored(archive, findArtifact(archive, sha256))]);
    const shown = await followResource(archive, captureId, `${site.origin}/photo`);
    const frame = await followResource(archive, captureId, `${site.origin}/old`);
    const shownBytes = Buffer.concat([...readStored(archive, shown.stored)]);
    return { wacz, shown, shownBytes, frame };
  } finally {
    closeArchive(archive);
  }
}

async function warcOf(wacz: Buffer): Promise<Buffer> {
  const source = {
    size: wacz.length,
    read: async (at: number, length: number) => wacz.subarray(at, at + length),
  };
  const entry = (await openZip(source)).entries.find(({ name }) => name === 'archive/data.warc');
  if (entry === undefined) throw new Error('there is no WARC in it');
  const parts: Buffer[] = [];
  for await (const piece of contentOf(source, entry, nodeCrc32)) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}

test.each(['electron', 'chromium'])(
  'what %s recorded is whole for warcio, and shown by ReplayWeb.page',
  async (engine) => {
    const path = join(folder, `${engine}.holdfast`);
    await holdfast('init', path);
    expect(await holdfast('capture', path, `${site.origin}/go`, '--engine', engine)).toMatchObject({
      captures: [{ verdict: 'complete', finalUrl: `${site.origin}/post` }],
    });

    const { wacz, shown, shownBytes, frame } = await recorded(path);

    expect(shown).toMatchObject({
      status: 200,
      mediaType: 'image/png',
      url: `${site.origin}/media/photo.png`,
    });
    expect(shownBytes.equals(picture)).toBe(true);
    expect(frame).toMatchObject({ charset: 'windows-1256' });
    const { records, wrong } = await checkedByWarcio(await warcOf(wacz));
    expect(wrong).toEqual([]);
    expect(records.response).toBeGreaterThanOrEqual(7);
    const replay = await replayWebPage(wacz);
    try {
      const page = await replay.show(`${site.origin}/go`, `${site.origin}/post`);
      await page.locator('#text', { hasText: words }).waitFor();
      expect(await page.locator('#text').textContent()).toBe(words);
      expect(await page.evaluate('getComputedStyle(document.getElementById("text")).color')).toBe(
        'rgb(1, 2, 3)',
      );
      expect(await page.evaluate('photo.decode().then(() => photo.naturalWidth)')).toBe(320);
      await page.getByText('by anna, 12 likes').waitFor();
      expect(await page.frameLocator('#frame').locator('#old').textContent()).toBe('سلام');
      expect(replay.elsewhere).toEqual([]);
    } finally {
      await replay.close();
    }
  },
);

test.each(['electron', 'chromium'])(
  'what exhibits need of what %s recorded is whole for warcio, and shown by ReplayWeb.page',
  async (engine) => {
    const path = join(folder, `cut-${engine}.holdfast`);
    const [identity, bundle] = [join(folder, `cut-${engine}.p12`), join(folder, `cut-${engine}.zip`)];
    await holdfast('init', path);
    await holdfast('capture', path, `${site.origin}/go`, '--engine', engine);
    await holdfast('identity', 'create', identity, '--name', 'Ida');
    await holdfast('bundle', path, bundle, '--no-pdf', '--all', '--identity', identity, '--wacz', 'exhibits');

    const files = await filesOfZip(bundle);
    const name = [...files.keys()].find((each) => each.endsWith('/exhibits.wacz')) ?? '';
    const cut = Buffer.from(files.get(name) ?? []);
    const warc = await warcOf(cut);
    expect((await checkedByWarcio(warc)).wrong).toEqual([]);
    expect(['by anna, 12 likes', '/old HTTP'].filter((each) => warc.includes(each))).toEqual([]);
    const replay = await replayWebPage(cut);
    try {
      const page = await replay.show(`${site.origin}/go`, `${site.origin}/post`);
      await page.locator('#text', { hasText: words }).waitFor();
      expect(await page.evaluate('getComputedStyle(document.getElementById("text")).color')).toBe(
        'rgb(1, 2, 3)',
      );
      expect(await page.evaluate('photo.decode().then(() => photo.naturalWidth)')).toBe(320);
      expect(await page.locator('#answer').textContent()).not.toContain('anna');
      expect(replay.elsewhere).toEqual([]);
    } finally {
      await replay.close();
    }
  },
);

test.each(['electron', 'chromium'])(
  'no secret of a page that %s recorded stands in its bundle',
  async (engine) => {
    const path = join(folder, `planted-${engine}.holdfast`);
    const [identity, bundle] = [join(folder, `${engine}.p12`), join(folder, `${engine}.zip`)];
    const secrets = await serveSite(plantedSite);
    await holdfast('init', path);
    // The user name and the password of a sign-in are withheld at their places; a page may show a user name.
    const asked = `${secrets.origin}/?token=${planted.query}#access_token=${planted.fragment}`;
    const { captures } = (await holdfast('capture', path, asked, '--engine', engine)) as {
      captures: { finalUrl: string }[];
    };
    await secrets.close();
    expect(captures[0]?.finalUrl).toMatch(/\?sid=withheld:\w{16}#access_token=withheld:\w{16}$/);
    await holdfast('identity', 'create', identity, '--name', 'Ida');
    expect(await holdfast('bundle', path, bundle, '--no-pdf', '--all', '--identity', identity)).toBeTruthy();

    const everything = unpacked(readFileSync(bundle));
    const standing = Object.entries(planted).flatMap(([name, secret]) =>
      formsOf(secret).flatMap((form) =>
        everything
          .filter((one) => one.includes(form))
          .map((one) => `${name}: ${one.toString('latin1').slice(0, 80)}`),
      ),
    );
    expect(standing).toEqual([]);
    expect(everything.some((one) => one.includes('withheld:'))).toBe(true);
  },
);
