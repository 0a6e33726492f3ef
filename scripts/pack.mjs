/**
 * `npm run pack`: from electron-builder.yml, and offline, two unpacked packs in dist/packs/: *test*, which Playwright can
 * drive, and *release*, which differs in one fuse and its mark. Words choose: `npm run pack -- release`.
 * `npm run pack -- --installers` makes the installers of this platform, on machines with the Electron that the product
 * is built for (docs/release.md).
 */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveElectron } from './electron-runtime.mjs';
import { againUnderProjectNode, isStarted, projectNode, root, runScript, SetupError } from './project.mjs';
import { setup } from './setup.mjs';

const kinds = ['test', 'release'];

/** Where an unpacked pack lies, and what it is started by; for the platform of this machine. */
export function packLocation(kind, projectRoot = root) {
  const output = join(projectRoot, 'dist', 'packs', kind);
  if (process.platform === 'darwin') {
    const folder = join(output, process.arch === 'arm64' ? 'mac-arm64' : 'mac');
    const contents = join(folder, 'Holdfast.app', 'Contents');
    return {
      folder,
      executable: join(contents, 'MacOS', 'Holdfast'),
      resources: join(contents, 'Resources'),
    };
  }
  const system = process.platform === 'win32' ? 'win' : 'linux';
  const folder = join(output, `${system}${process.arch === 'x64' ? '' : `-${process.arch}`}-unpacked`);
  const name = process.platform === 'win32' ? 'Holdfast.exe' : 'holdfast-desktop';
  return { folder, executable: join(folder, name), resources: join(folder, 'resources') };
}

/** Makes one unpacked pack around the Electron at hand. */
async function pack(kind, electron) {
  const fit = electron.version === builtFor();
  const { build, Platform } = await import('electron-builder');
  const location = packLocation(kind);
  rmSync(location.folder, { recursive: true, force: true });
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    config: {
      extends: 'electron-builder.yml',
      directories: { output: join('dist', 'packs', kind) },
      electronDist: runtimeFolder(electron),
      electronVersion: electron.version,
      extraMetadata: { holdfastPack: { kind, electron: electron.version, fit } },
    },
  });
  if (!fit) addNode(location.resources);
  if (kind === 'test' || !fit) markForTests(kind, electron, location.folder);
  return location;
}

/** The installers of this platform, signed where the environment has what electron-builder signs with. */
async function packInstallers(electron) {
  if (electron.kind !== 'own') {
    throw new SetupError(
      `Installers are made with Electron ${builtFor()} as its package fetches it, and here is ${electron.version} (${electron.kind}): see docs/release.md.`,
    );
  }
  const { HOLDFAST_HOMEPAGE: homepage, HOLDFAST_MAINTAINER: maintainer } = process.env;
  if (process.platform === 'linux' && !(homepage && maintainer)) {
    throw new SetupError(
      'A deb names where it comes from: set HOLDFAST_HOMEPAGE and HOLDFAST_MAINTAINER ("Name <address>").',
    );
  }
  const { build, Platform } = await import('electron-builder');
  await build({
    projectDir: root,
    targets: Platform.current().createTarget(),
    config: {
      extends: 'electron-builder.yml',
      directories: { output: join('dist', 'packs', 'installers') },
      electronDist: runtimeFolder(electron),
      electronVersion: electron.version,
      ...(maintainer ? { linux: { maintainer } } : {}),
      extraMetadata: {
        ...(homepage ? { homepage } : {}),
        holdfastPack: { kind: 'release', electron: electron.version, fit: true },
      },
    },
  });
}

/** The folder that holds the whole runtime; on a Mac the binary lies deep in an application's folder. */
function runtimeFolder({ path }) {
  const up = process.platform === 'darwin' ? ['..', '..', '..', '..'] : ['..'];
  return join(path, ...up);
}

function builtFor() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
}

/** The Electron at hand is too old for the archive host, which then runs under a Node of its own beside the app. */
function addNode(resources) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const source = join(root, 'node_modules', 'node', 'bin', name);
  cpSync(existsSync(source) ? source : projectNode(), join(resources, 'node', 'bin', name), {
    dereference: true,
  });
}

function markForTests(kind, { version }, folder) {
  const why =
    kind === 'test'
      ? 'A debugger can read everything that this copy shows.'
      : `Its Electron is ${version} and not ${builtFor()}, which the program is built for.`;
  writeFileSync(
    join(folder, 'FOR-TESTS-ONLY.txt'),
    `This copy of Holdfast is for its tests. ${why}\nNever use it on real material, and give it to nobody.\n`,
  );
}

async function main(args) {
  const installers = args.includes('--installers');
  const words = args.filter((word) => word !== '--installers');
  const unknown = words.find((word) => !kinds.includes(word));
  if (unknown !== undefined) {
    throw new SetupError(`'${unknown}' is no pack: say ${kinds.join(' or ')}, or --installers.`);
  }
  await setup({ quiet: true, task: 'start' });
  const again = await againUnderProjectNode(import.meta.url, args);
  if (again !== null) return again;
  const electron = resolveElectron();
  if (installers) {
    await packInstallers(electron);
    return 0;
  }
  for (const kind of words.length > 0 ? words : kinds) {
    const { folder } = await pack(kind, electron);
    console.error(`holdfast: ${kind} pack in ${pathToFileURL(folder)}`);
  }
  return 0;
}

if (isStarted(import.meta.url)) await runScript(main);
