/**
 * `npm run demo`: the main job, from saved pages to a verified bundle, by the holdfast command alone. Then openssl and
 * sha256sum say what they think of the bundle, as VERIFY.txt tells a stranger to ask them.
 * `npm run demo -- --open` shows the archive in the window afterwards. Everything is written to demo-out/.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Runs the holdfast command with `--json`; what it printed, parsed. Exit codes other than the expected one end the demo. */
function holdfast(args, expected = 0) {
  const { status, stdout, stderr } = spawnSync(
    projectNode(),
    [join(root, 'cli', 'holdfast.mjs'), ...args, '--json'],
    {
      env: projectEnvironment({ HOLDFAST_PASSPHRASE: passphrase, HOLDFAST_NAME: 'Demo Investigator' }),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== expected) {
    throw new SetupError(`\`holdfast ${args[0]}\` ended with ${status}, not ${expected}: ${stderr.trim()}`);
  }
  return JSON.parse(stdout);
}

/** Runs an independent tool in the unpacked bundle. */
function judge(command, args, cwd) {
  const { status, error, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new SetupError(`${command} did not accept the bundle: ${error?.message ?? stderr.trim()}`);
}

/** The first post of the library that has these words, tagged with the clause. */
function tag(archive, words, clause, because) {
  const [hit] = holdfast(['search', archive, words]).hits;
  if (hit === undefined) throw new SetupError(`No post with '${words}' was read out of the demo's pages.`);
  holdfast(['tag', archive, hit.postId, '--clause', clause, '--quote', words, '--because', because]);
}

function compile() {
  const archive = at('demo.holdfast');
  const bundle = at('demo-bundle.zip');
  holdfast(['init', archive]);
  const imported = holdfast(['import', archive, pages]);
  for (const [words, clause, because] of tags) tag(archive, words, clause, because);
  holdfast([
    'identity',
    'create',
    at('demo-signer.p12'),
    '--name',
    'Demo Investigator',
    '--organisation',
    'Example Monitor',
  ]);
  const compiled = holdfast(['bundle', archive, bundle, '--all', '--identity', at('demo-signer.p12')]);
  return { archive, bundle, imported, compiled };
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

  const { archive, bundle, imported, compiled } = compile();
  const unsure = holdfast(['verify', bundle], 3);
  const trusted = holdfast(['verify', bundle, '--trust', at('demo-signer.pem')]);
  const bag = askStrangersTools(bundle);

  console.log(
    [
      '',
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
