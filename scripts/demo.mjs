/**
 * `npm run demo`: the main job, from pages on a server to a verified bundle, by the holdfast command alone. Pages are
 * served on loopback and captured in a real Electron; files that others saved are imported. Then openssl and sha256sum
 * say what they think of the bundle, as VERIFY.txt tells a stranger to ask them.
 * `npm run demo -- --open` shows the archive in the window afterwards. Everything is written to demo-out/.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ensureDisplay } from './display.mjs';
import { sandboxArguments } from './electron-runtime.mjs';
import { passOn, projectEnvironment, projectNode, root, runScript, SetupError } from './project.mjs';
import { setup } from './setup.mjs';

const out = join(root, 'demo-out');
const pages = join(root, 'tests', 'fixtures', 'pages');
const at = (name) => join(out, name);
/** A demonstration has no secrets: its passphrase lies beside it. */
const passphrase = 'demo: not a secret';

/** Words of the demo's posts, the clause that they are assessed against, and why. */
const tags = [
  [
    'we will come for every last one of them',
    'x/violent-speech',
    'Announces an attack on the people who counted the votes; it is addressed to nobody else.',
  ],
  ['به آن‌ها رحم نخواهیم کرد', 'x/violent-speech', 'Says that twelve named officials will be shown no mercy.'],
  [
    'people from the upper valley are not welcome at our stalls any more',
    'meta/hateful-conduct',
    'Calls for shutting people out of a market because of where they come from.',
  ],
];

/** Captured from a server, and imported as others saved them. */
const served = ['chirp-post.singlefile.html', 'payam-post.fa.html', 'agora-thread.html'];
const saved = ['ferry-board.warc.gz', 'pier-post.mhtml', 'minbar-post.windows-1256.html'];

let display = {};

/**
 * Runs the holdfast command with `--json`; what it printed, parsed. Exit codes other than the expected one end the
 * demo. Not synchronous: this process serves the pages meanwhile.
 */
async function holdfast(args, expected = 0) {
  const child = spawn(projectNode(), [join(root, 'cli', 'holdfast.mjs'), ...args, '--json'], {
    env: projectEnvironment({
      HOLDFAST_PASSPHRASE: passphrase,
      HOLDFAST_NAME: 'Demo Investigator',
      ...display,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const read = async (stream) => {
    let text = '';
    for await (const piece of stream.setEncoding('utf8')) text += piece;
    return text;
  };
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [stdout, stderr, status] = await Promise.all([read(child.stdout), read(child.stderr), ended]);
  if (status !== expected) {
    throw new SetupError(
      `\`holdfast ${args[0]}\` ended with ${status}, not ${expected}: ${stderr.trim() || stdout.trim()}`,
    );
  }
  return JSON.parse(stdout);
}

/** The demo's pages on loopback; nothing else is served. */
function serve() {
  const server = createServer((request, response) => {
    const name = served.find((page) => request.url === `/${page}`);
    if (name === undefined) response.writeHead(404).end('not here');
    else response.setHeader('content-type', 'text/html; charset=utf-8').end(readFileSync(join(pages, name)));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, server }),
    );
  });
}

/** Runs an independent tool in the unpacked bundle. */
function judge(command, args, cwd) {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new SetupError(`${command} did not accept the bundle: ${error?.message ?? stderr.trim()}`);
}

/** The first post of the library that has these words, tagged with the clause. */
async function tag(archive, words, clause, because) {
  const [hit] = (await holdfast(['search', archive, words])).hits;
  if (hit === undefined) throw new SetupError(`No post with '${words}' was read out of the demo's pages.`);
  await holdfast(['tag', archive, hit.postId, '--clause', clause, '--quote', words, '--because', because]);
}

async function compile() {
  const archive = at('demo.holdfast');
  const bundle = at('demo-bundle.zip');
  await holdfast(['init', archive]);
  const { origin, server } = await serve();
  const addresses = served.map((page) => `${origin}/${page}`);
  const captured = await holdfast(['capture', archive, ...addresses, '--engine', 'electron']);
  server.close();
  const imported = await holdfast(['import', archive, ...saved.map((name) => join(pages, name))]);
  for (const [words, clause, because] of tags) await tag(archive, words, clause, because);
  const signer = at('demo-signer.p12');
  await holdfast([
    'identity',
    'create',
    signer,
    '--name',
    'Demo Investigator',
    '--organisation',
    'Example Monitor',
  ]);
  const compiled = await holdfast(['bundle', archive, bundle, '--all', '--identity', signer]);
  return { archive, bundle, captured, imported, compiled };
}

/** The commands of VERIFY.txt, on the unpacked bundle. */
function askStrangersTools(bundle) {
  judge('unzip', ['-q', bundle, '-d', at('unpacked')], out);
  const bag = join(at('unpacked'), readdirSync(at('unpacked'))[0]);
  judge('sha256sum', ['--strict', '--quiet', '-c', 'tagmanifest-sha256.txt'], bag);
  judge('sha256sum', ['--strict', '--quiet', '-c', 'manifest-sha256.txt'], bag);
  judge(
    'openssl',
    ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'sig/tagmanifest-sha256.txt.p7s'].concat(
      ['-content', 'tagmanifest-sha256.txt', '-CAfile', 'sig/signer.pem', '-out', '/dev/null'],
    ),
    bag,
  );
  return bag;
}

await runScript(async (args) => {
  const open = args.includes('--open');
  const { electron } = await setup({ quiet: true, task: open ? 'demo-open' : 'demo' });
  const started = Date.now();
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  writeFileSync(at('passphrase.txt'), `${passphrase}\n`);

  const xvfb = await ensureDisplay();
  display = xvfb.environment;
  const { archive, bundle, captured, imported, compiled } = await compile();
  const unsure = await holdfast(['verify', bundle], 3);
  const trusted = await holdfast(['verify', bundle, '--trust', at('demo-signer.pem')]);
  const bag = askStrangersTools(bundle);
  xvfb.stop();

  console.log(
    [
      '',
      ...captured.captures.map(
        ({ verdict, posts, bytes, url, reasons }) =>
          `captured   ${verdict.padEnd(10)} ${posts.length} posts, ${bytes} bytes  ${url}${reasons.map(({ message }) => `\n           ${message}`).join('')}`,
      ),
      `imported   ${imported.captures.length} files, ${imported.posts.length} posts, ${imported.artifacts.length} artifacts, ${imported.refused.length} refused`,
      `tagged     ${tags.length} posts, with the words and the reason`,
      `bundle     ${compiled.files} files, ${compiled.size} bytes, SHA-256 ${compiled.sha256.slice(0, 16)}…`,
      `verified   holdfast: ${unsure.verdict} without, ${trusted.verdict} with the signer’s certificate`,
      '           sha256sum: every listed file unchanged; openssl: the signature is good',
      '',
      `archive    ${archive}   (passphrase: ${passphrase})`,
      `bundle     ${bundle}`,
      `unpacked   ${bag}   (report.html under data/, commands for strangers in VERIFY.txt)`,
      `signer     ${at('demo-signer.p12')} and .pem`,
      `took       ${((Date.now() - started) / 1000).toFixed(1)} s`,
    ].join('\n'),
  );
  if (!open) return 0;
  return passOn(electron.path, [...sandboxArguments(electron.path), root, archive], {
    env: projectEnvironment(),
  });
});
