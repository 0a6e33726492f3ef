/**
 * The folder in which the user's own browser keeps its profile for Holdfast: one that was made for it. Never the profile
 * that somebody browses with, and never one that a browser has open.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { HoldfastError } from '../../contract/errors.ts';
import { isRunning } from '../chromium.ts';

const mark = 'holdfast-profile.txt';
const markText = `This folder is the profile of a browser that Holdfast starts (the second door).

Whoever can read this folder can act as whoever is signed in here: cookies, stored pages and
the list of visited addresses lie in it in the open. Holdfast neither encrypts nor deletes it.
Keep it on an encrypted disk, and delete it when it is no longer needed.
`;

/** Where browsers keep what people browse with, below the home folder. */
const usualFolders: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['.config', 'snap', '.var/app', '.mozilla'],
  darwin: ['Library/Application Support'],
  win32: ['AppData'],
};
const browsers = /chrom|google|edge|brave|vivaldi|opera|mozilla|firefox/i;

/**
 * The folder, absolute, made and marked where it was not there or was empty. `home`: of the user.
 * Errors: `profile-not-separate` for a browser's own folder and for any that holds something else; `profile-in-use`;
 * `not-writable`.
 */
export function openProfile(folder: string, home: string = homedir()): string {
  const path = real(resolve(folder));
  for (const usual of usualFolders[process.platform] ?? []) {
    const inside = relative(real(join(home, usual)), path);
    const isInside = inside === '' || (!inside.startsWith('..') && !isAbsolute(inside));
    if (isInside && (inside === '' || browsers.test(inside)))
      throw notSeparate(path, 'where a browser keeps its own');
  }
  if (path === real(home)) throw notSeparate(path, 'your home folder');
  if (existsSync(path) && !existsSync(join(path, mark)) && readdirSync(path).length > 0)
    throw notSeparate(path, 'not empty, and was not made for this');
  if (isInUse(path)) {
    throw new HoldfastError(
      'profile-in-use',
      `A browser has the profile ${path} open. Close that browser, then try again.`,
    );
  }
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!existsSync(join(path, mark))) writeFileSync(join(path, mark), markText, { mode: 0o600 });
  } catch (cause) {
    throw new HoldfastError('not-writable', `The folder ${path} cannot be written. Choose another.`, {
      cause,
    });
  }
  return path;
}

function notSeparate(path: string, why: string): HoldfastError {
  return new HoldfastError(
    'profile-not-separate',
    `The folder ${path} is ${why}. Choose a new or empty folder: the profile in it is for Holdfast alone.`,
  );
}

/** Links followed as far as the path is there. */
function real(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(real(above), relative(above, path));
}

/** Chromium marks it: a link named SingletonLock to "host-pid"; on Windows a file that is there while it is open. */
function isInUse(path: string): boolean {
  if (existsSync(join(path, 'lockfile'))) return true;
  const link = join(path, 'SingletonLock');
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) return false;
  const [, host, pid] = /^(.*)-(\d+)$/.exec(readlinkSync(link)) ?? [];
  // On another computer, over a network share: nobody here can tell that it has ended.
  if (host !== hostname()) return true;
  return isRunning(Number(pid));
}
