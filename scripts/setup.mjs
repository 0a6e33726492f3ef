/**
 * Brings a fresh clone to where everything runs: npm packages and the project's own Node, Debian packages,
 * an Electron, the build. Plain JavaScript for Node 18 and later without node_modules. With nothing missing
 * it takes under a second and needs no network.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSystem } from './debian-packages.mjs';
import { describeElectron, ensureElectron } from './electron-runtime.mjs';
import { ensurePackages } from './npm-packages.mjs';
import {
  isStarted,
  passOn,
  projectEnvironment,
  projectNode,
  root,
  runScript,
  SetupError,
} from './project.mjs';
import { buildState } from './sources.mjs';

/** What each task needs beside the npm packages and the build. */
const needs = {
  all: { electron: true, display: true, judges: 'all' },
  test: { electron: true, display: true, judges: 'all' },
  start: { electron: true, display: false, judges: 'none' },
  demo: { electron: true, display: true, judges: 'demo' },
  'demo-open': { electron: true, display: true, judges: 'demo' },
  bench: { electron: false, display: false, judges: 'bench' },
  campaign: { electron: true, display: true, judges: 'all' },
  check: null,
};

const stampFile = join(root, 'node_modules', '.holdfast-setup.json');

/**
 * @param {{ quiet?: boolean, task?: keyof typeof needs }} options
 *   `quiet`: says nothing where nothing is to be done; `task`: what is to be run afterwards, which decides
 *   what must be there ('check' needs the npm packages alone, and no build)
 * @returns {Promise<{ electron: { path: string, version: string, kind: string } | null }>}
 * @throws SetupError: one sentence that says what to do
 */
export async function setup({ quiet = false, task = 'all' } = {}) {
  const say = (line) => console.error(`holdfast: ${line}`);
  refuseOldNode();
  const stamp = readStamp();
  stamp.lock = ensurePackages({ root, installed: stamp.lock, say });
  writeStamp(stamp);
  const need = needs[task];
  if (!need) return { electron: null };

  // The tools first: a machine that lacks them should say so before it fetches a hundred megabytes.
  const display = need.display && !process.env.DISPLAY;
  ensureSystem({ binary: null, display, judges: need.judges }, say);
  let electron = null;
  if (need.electron) {
    const outcome = await ensureElectron({ refused: stamp.electronRefused, say });
    electron = outcome.electron;
    stamp.electronRefused = outcome.refused;
    writeStamp(stamp);
    ensureSystem({ binary: electron.path, display: false, judges: 'none' }, say);
    if (!quiet || electron.kind === 'stand-in') say(describeElectron(electron));
  }
  if (buildState(root) !== 'current') await build(say);
  return { electron };
}

async function build(say) {
  say('building …');
  const code = await passOn(projectNode(), [join(root, 'scripts', 'build.mjs')], {
    env: projectEnvironment(),
  });
  if (code !== 0) throw new SetupError('The build failed: see its messages above.');
}

function refuseOldNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 18) return;
  throw new SetupError(
    `Node 18 or later was expected and this is ${process.version}: install a later one, then run this again.`,
  );
}

/** @returns {{ lock: string | null, electronRefused: string | null }} */
function readStamp() {
  const nothing = { lock: null, electronRefused: null };
  if (!existsSync(stampFile)) return nothing;
  try {
    return { ...nothing, ...JSON.parse(readFileSync(stampFile, 'utf8')) };
  } catch {
    // Half written by a killed run: as if there had been none.
    return nothing;
  }
}

function writeStamp(stamp) {
  const text = `${JSON.stringify(stamp, null, 2)}\n`;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === text) return;
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampFile, text);
}

if (isStarted(import.meta.url)) {
  await runScript(async () => {
    await setup();
    console.error('holdfast: everything is set up');
  });
}
