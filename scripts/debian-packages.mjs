/**
 * What the system must have beside Node: shared libraries for Electron, a display for tests, the tools that
 * judge what we write. As root on a Debian-like system missing ones are installed, otherwise named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './project.mjs';

/** Alternatives, newest last: Debian 13 renamed some libraries. */
const electronLibraries = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
];

/** command → Debian package. */
const displayCommands = { Xvfb: 'xvfb', xauth: 'xauth' };
const displayFonts = {
  '/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf': 'fonts-noto-core',
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc': 'fonts-noto-cjk',
};
/** The tools that judge what we write, by task. */
const judges = {
  none: {},
  demo: { openssl: 'openssl', unzip: 'unzip' },
  bench: { openssl: 'openssl', zip: 'zip' },
  all: {
    openssl: 'openssl',
    certtool: 'gnutls-bin',
    unzip: 'unzip',
    strace: 'strace',
    ip: 'iproute2',
    chromium: 'chromium',
    'chromium-headless-shell': 'chromium-headless-shell',
  },
};

/**
 * @param {{ binary: string | null, display: boolean, judges: keyof typeof judges }} need
 *   `binary`: the executable whose shared libraries must be there; null: no Electron is needed.
 * @returns {{ what: string, packages: string[] }[]} each missing thing with the packages that bring it,
 *   as alternatives
 */
export function missingFromSystem({ binary, display, judges: task }) {
  if (process.platform !== 'linux') return [];
  const missing = [];
  const libraries = binary === null ? [] : missingLibraries(binary);
  if (libraries.length > 0) {
    // Libraries that Electron loads later do not show in its header: install the whole set.
    const more = libraries.length > 3 ? ` and ${libraries.length - 3} more` : '';
    const what = `shared libraries (${libraries.slice(0, 3).join(', ')}${more})`;
    for (const packages of electronLibraries) missing.push({ what, packages });
  }
  const commands = {
    ...(display ? displayCommands : {}),
    ...judges[task],
  };
  for (const [command, name] of Object.entries(commands)) {
    if (!hasCommand(command)) missing.push({ what: command, packages: [name] });
  }
  for (const [file, name] of Object.entries(display ? displayFonts : {})) {
    if (!existsSync(file)) missing.push({ what: 'fonts', packages: [name] });
  }
  return missing;
}

/** Set-up installs twice on a bare machine, its second time a moment later. */
let listsAreFresh = false;

/** Installs what is missing, as root on a Debian-like system; otherwise throws a SetupError that names it. */
export function ensureSystem(need, say) {
  const missing = missingFromSystem(need);
  if (missing.length === 0) return;
  const things = [...new Set(missing.map(({ what }) => what))].join(', ');
  if (!hasCommand('apt-get')) {
    throw new SetupError(
      `This system lacks ${things}: install them with its package manager, then run this again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    const names = missing.map(({ packages }) => packages[0]).join(' ');
    throw new SetupError(
      `This system lacks ${things}: run \`sudo apt-get install -y --no-install-recommends ${names}\`, then this again.`,
    );
  }
  say(`installing Debian packages (missing: ${things}) …`);
  // A bare machine has no package lists; stale ones name versions that are gone, or that lack security
  // updates and install all the same. Where no mirror answers, what the machine has may still do.
  if (!listsAreFresh) apt('apt-get', ['update']);
  listsAreFresh = true;
  if (!aptInstall(missing)) {
    const names = missing.map(choose).join(' ');
    throw new SetupError(
      `\`apt-get install ${names}\` failed: see that this machine reaches its Debian mirror, then run this again.`,
    );
  }
  const still = missingFromSystem(need);
  if (still.length > 0) {
    throw new SetupError(
      `${still.map(({ what }) => what).join(', ')} is still missing after installing ` +
        `${still.map(choose).join(' ')}: install what brings it, then run this again.`,
    );
  }
}

function aptInstall(missing) {
  const names = [...new Set(missing.map(choose))];
  return apt('apt-get', ['install', '-y', '--no-install-recommends', ...names]);
}

function choose({ packages }) {
  return packages.find((name) => apt('apt-cache', ['show', name])) ?? packages[0];
}

function apt(command, args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { env: environment, stdio: 'ignore' }).status === 0;
}

function missingLibraries(binary) {
  const { stdout, error } = spawnSync('ldd', [binary], { encoding: 'utf8' });
  if (error) return [];
  return stdout
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0]);
}

/** Also looks where a user's PATH may not: `ip` lives in /usr/sbin. */
export function hasCommand(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)));
}
