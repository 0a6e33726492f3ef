/** `holdfast capture` by both engines: the same page, the same bytes, the same post. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findArtifact, readStored } from '../../archive/blobs.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { listPosts, requirePost } from '../../archive/posts.ts';
import { findResource } from '../../archive/recording/replay.ts';
import { listSigners } from '../../archive/signers.ts';
import { listEvents } from '../../archive/status.ts';
import { checkArchive } from '../support/archive.ts';
import { projectRoot } from '../support/electron.ts';
import { makeCommandHome, runCommand } from './support/command.ts';

const passphrase = 'four words that nobody guesses';
const page = readFileSync(join(projectRoot, 'tests', 'fixtures', 'pages', 'minbar-post.windows-1256.html'));

let server: Server;
let origin: string;
let folder: string;
let endHome: () => void = () => undefined;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  ({ folder, environment, end: endHome } = await makeCommandHome(passphrase));
  server = createServer((request, response) => {
    if (request.url === '/post')
      response.setHeader('content-type', 'text/html; charset=windows-1256').end(page);
    else if (request.url === '/cut')
      response.writeHead(200, { 'content-length': '5000', 'content-type': 'text/html' }).write('<p>half');
    else if (request.url === '/broken')
      response
        .setHeader('content-type', 'text/html')
        .end('<p>Words</p><script>for (const path of ["/cut.bin", "/hang.bin"]) fetch(path)</script>');
    else if (request.url?.endsWith('.bin'))
      response.writeHead(200, { 'content-length': '5000' }).write('half');
    else response.writeHead(404).end('no');
    if (request.url === '/cut.bin') setImmediate(() => response.destroy());
    if (request.url === '/cut') setImmediate(() => response.destroy());
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

const holdfast = (...args: string[]) => runCommand(environment, args);

test.each(['electron', 'chromium'])(
  '%s records the page byte for byte, reads its post, and says what is missing',
  async (engine) => {
    const path = join(folder, `${engine}.holdfast`);
    await holdfast('init', path);

    const { status, printed } = await holdfast(
      'capture',
      path,
      `${origin}/post`,
      `${origin}/gone`,
      `${origin}/cut`,
      '--engine',
      engine,
    );

    expect({ status, printed }).toMatchObject({
      status: 1,
      printed: {
        engine,
        captures: [
          { url: `${origin}/post`, verdict: 'complete', reasons: [] },
          { url: `${origin}/gone`, verdict: 'failed', reasons: [{ code: 'navigation-failed' }] },
          { url: `${origin}/cut` },
        ],
        refused: [],
      },
    });
    const { captures } = printed as { captures: { id: string; verdict: string }[] };
    expect(captures[2]?.verdict).not.toBe('complete');
    const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
    const [post] = listPosts(archive, 'مجلس', 0, 5).posts;
    expect(requirePost(archive, post?.postId ?? '').content.sourceOfText).toMatchObject({ found: 'network' });
    const body = findResource(archive, captures[0]?.id ?? '', `${origin}/post`);
    const bytes = Buffer.concat([
      ...readStored(archive, findArtifact(archive, createHash('sha256').update(page).digest('hex'))),
    ]);
    expect({ size: body.size, same: bytes.equals(page) }).toEqual({ size: page.length, same: true });
    checkArchive(archive);
    closeArchive(archive);
  },
);

test.each(['electron', 'chromium'])(
  '%s: an answer cut short and one that hangs make the capture incomplete, each with its reason',
  async (engine) => {
    const archive = join(folder, `${engine}-broken.holdfast`);
    await holdfast('init', archive);

    const { printed } = await holdfast('capture', archive, `${origin}/broken`, '--engine', engine);

    const { captures } = printed as {
      captures: { verdict: string; reasons: { code: string; message: string }[] }[];
    };
    expect(captures.map(({ verdict }) => verdict)).toEqual(['incomplete']);
    expect(captures[0]?.reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['response-truncated', 'response-hangs']),
    );
    const told = captures[0]?.reasons.map(({ message }) => message).join('\n');
    for (const path of ['/cut.bin', '/hang.bin']) expect(told).toContain(path);
  },
);

test.each(['electron', 'chromium'])('what %s recorded is bundled and verified', async (engine) => {
  const [path, bundle] = [join(folder, `${engine}-bundle.holdfast`), join(folder, `${engine}.zip`)];
  const identity = join(folder, `${engine}.p12`);
  await holdfast('init', path);
  await holdfast('capture', path, `${origin}/post`, '--engine', engine);
  await holdfast('identity', 'create', identity, '--name', 'Dana Desk');

  await holdfast('bundle', path, bundle, '--no-pdf', '--all', '--identity', identity);

  const verified = await holdfast('verify', bundle, '--trust', identity.replace('.p12', '.pem'));
  expect(verified).toMatchObject({ status: 0, printed: { verdict: 'trusted' } });
});

test('the app records under an identity, whose passphrase is in no argument of any process', async () => {
  const path = join(folder, 'proven.holdfast');
  const identity = join(folder, 'ida.p12');
  const secret = 'of the identity, and of nothing else';
  environment.HOLDFAST_IDENTITY_PASSPHRASE = secret;
  await holdfast('identity', 'create', identity, '--name', 'Ida Signer');
  await holdfast('init', path);
  const seen = new Set<string>();
  // While the page is asked for, every process of the app runs.
  server.prependOnceListener('request', () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        seen.add(readFileSync(join('/proc', pid, 'cmdline'), 'utf8'));
      } catch {
        // A process that ended meanwhile.
      }
    }
  });

  const { status, printed } = await holdfast(
    'capture',
    path,
    `${origin}/post`,
    '--engine',
    'electron',
    '--identity',
    identity,
  );

  expect({ status, printed }).toMatchObject({
    status: 0,
    printed: { captures: [{ verdict: 'complete' }], refused: [] },
  });
  const lines = [...seen];
  expect(lines.some((line) => line.includes('--capture-job'))).toBe(true);
  expect(lines.filter((line) => line.includes(secret) || line.includes(passphrase))).toEqual([]);
  const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
  const sealed = listEvents(archive, { before: null, limit: 50 }).events.find(
    ({ kind }) => kind === 'capture.sealed',
  );
  expect(sealed?.actor).toMatchObject({ name: 'Ida Signer', basis: 'proven' });
  expect(listSigners(archive)).toMatchObject([{ label: 'Ida Signer', state: 'proven', sessions: 1 }]);
  checkArchive(archive);
  closeArchive(archive);

  environment.HOLDFAST_IDENTITY_PASSPHRASE = 'wrong';
  const refused = await holdfast(
    'capture',
    path,
    `${origin}/post`,
    '--engine',
    'electron',
    '--identity',
    identity,
  );
  expect(refused).toMatchObject({ status: 1, printed: { error: { code: 'identity-wrong-passphrase' } } });
  delete environment.HOLDFAST_IDENTITY_PASSPHRASE;
});

test('a job that nobody listens to any more ends, instead of asking somebody in a dialog', async () => {
  const { resolveElectron, sandboxArguments } = await import('../../scripts/electron-runtime.mjs');
  const { path } = resolveElectron();
  const own = [
    '--ozone-platform=x11',
    projectRoot,
    `--user-data-dir=${join(folder, 'job')}`,
    '--capture-job',
  ];
  const child = spawn(path, [...sandboxArguments(path), ...own], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: environment,
  });
  child.stdout.destroy();
  const job = { archivePath: join(folder, 'none.holdfast'), passphrase, actorName: 'Tess Ter', urls: [] };
  child.stdin.end(JSON.stringify(job));
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1);
});
