/** The npm packages of the project: are they the ones that the lock file names, and if not, install them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, projectNodeVersion, SetupError } from './project.mjs';

export function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Makes node_modules fit the lock file. `installed` is the hash of the lock file at the last run, or null.
 * Answers the hash that now holds. Throws SetupError.
 */
export function ensurePackages({ root, installed, say }) {
  const wanted = lockHash(root);
  if (installed !== wanted && !lockIsInstalled(root)) {
    say('installing the npm packages …');
    // Not `npm ci`: it demands that the lock names the binaries of every platform, even of those that the
    // registry at hand does not carry. What the lock names is installed as it says, by hash.
    // Without scripts: older npm versions would compile better-sqlite3, which brings its own binaries.
    runNpm(['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], root);
  }
  ensureNode(root, say);
  return wanted;
}

/** Did somebody else (npm ci, npm install) already install exactly what the lock file names? */
export function lockIsInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    if (found === undefined) return Boolean(entry.optional || entry.devOptional || entry.peer);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** The package `node` fetches its binary with an install script, which npm may have been told to skip. */
function ensureNode(root, say) {
  if (nodeVersionOf(projectNode(root)) === projectNodeVersion) return;
  say(`fetching Node ${projectNodeVersion.slice(1)} …`);
  const folder = join(root, 'node_modules', 'node');
  const { status, output } = run(process.execPath, ['installArchSpecificPackage.js'], folder);
  linkNode(root);
  const version = nodeVersionOf(projectNode(root));
  if (version === projectNodeVersion) return;
  const found = version === null ? 'none that runs' : version;
  throw new SetupError(
    `Node ${projectNodeVersion} was expected in node_modules/.bin and ${found} is there: see that npm reaches ` +
      `its registry, then run \`npm run setup\` again.${status === 0 ? '' : `\n${lastLines(output)}`}`,
  );
}

/** npm makes no link to a program that was not there when it installed. */
function linkNode(root) {
  if (process.platform === 'win32') return;
  const link = projectNode(root);
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync('../node/bin/node', link);
}

/** `v24.21.0`; null when there is no Node at that path or it does not run. */
export function nodeVersionOf(path) {
  if (!existsSync(path)) return null;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Runs npm quietly; its last words are shown only when it fails. Throws SetupError. */
export function runNpm(args, cwd) {
  const { status, output, error } = run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, cwd);
  if (status === 0) return;
  const why = error ? error.message : `exit code ${status}`;
  throw new SetupError(
    `\`npm ${args[0]}\` failed (${why}): see that npm reaches its registry and that the disk has room, then run ` +
      `\`npm run setup\` again.\n${lastLines(output)}`,
  );
}

function run(command, args, cwd) {
  const environment = { ...process.env };
  // Set by a surrounding `npm run`; it would send a nested npm to the wrong folder.
  delete environment.npm_config_local_prefix;
  const result = spawnSync(command, args, {
    cwd,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  return {
    status: result.status,
    error: result.error,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}`,
  };
}

function lastLines(text) {
  return text.trim().split('\n').slice(-12).join('\n');
}
