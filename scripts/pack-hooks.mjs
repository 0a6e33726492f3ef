/**
 * What electron-builder is told beside electron-builder.yml, which names this file: no modules are collected, what
 * the runtime brings of an application goes out, and the fuses are set and read back.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { root, SetupError } from './project.mjs';
import { thirdPartyNotice } from './third-party.mjs';

/** The first Electron whose fuses are all known here. Older runtimes, which only tests pack, lack the last ones. */
const allFusesSince = 45;

/**
 * The fuses of a pack, for electron-builder's names of platforms. A test pack differs in one: Playwright drives it
 * over Node's inspector.
 * @param {{ kind: 'test' | 'release', platform: 'linux' | 'darwin' | 'win32' }} pack
 * @returns {Record<keyof typeof FuseV1Options, boolean>}
 */
export function wantedFuses({ kind, platform }) {
  return {
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: kind === 'test',
    // Linux has no place for the hash that the archive is compared with.
    EnableEmbeddedAsarIntegrityValidation: platform !== 'linux',
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
    WasmTrapHandlers: true,
  };
}

/**
 * The fuses of an Electron as they stand in its binary; null for those that this version does not have.
 * @returns {Promise<Record<string, boolean | null>>}
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  return Object.fromEntries(
    fuseNames().map((name) => {
      const state = wire[FuseV1Options[name]];
      if (state === FuseState.ENABLE) return [name, true];
      return [name, state === FuseState.DISABLE ? false : null];
    }),
  );
}

/** electron-builder asks whether it shall collect and rebuild modules: no, what is needed stands in `files`. */
export function beforeBuild() {
  writeFileSync(join(root, 'dist', 'third-party.txt'), thirdPartyNotice(root));
  return false;
}

/** Removes what the runtime brings of an application, and sets the fuses before anything is signed. */
export async function afterPack({ appOutDir, packager, electronPlatformName: platform }) {
  const resources = packager.getResourcesDir(appOutDir);
  for (const name of ['app', 'default_app.asar'])
    rmSync(join(resources, name), { recursive: true, force: true });
  await setFuses({ appOutDir, packager, platform });
}

async function setFuses({ appOutDir, packager, platform }) {
  const kind = packager.config.extraMetadata?.holdfastPack?.kind ?? 'release';
  const version = packager.config.electronVersion ?? '';
  const executable = executableOf({ appOutDir, packager, platform });
  const present = await readFuses(executable);
  const wanted = Object.entries(wantedFuses({ kind, platform }));
  const missing = wanted.filter(([name]) => present[name] === null).map(([name]) => name);
  if (missing.length > 0 && !(Number.parseInt(version, 10) < allFusesSince)) {
    throw new SetupError(
      `Electron ${version} has no fuse ${missing.join(', ')}: read its release notes, then say here what shall hold.`,
    );
  }
  const settable = wanted.filter(([name]) => present[name] !== null);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Changing a byte breaks the signature without which a Mac with Apple silicon starts nothing.
    resetAdHocDarwinSignature: platform === 'darwin',
    ...Object.fromEntries(settable.map(([name, on]) => [FuseV1Options[name], on])),
  });
  await compareFuses(executable, Object.fromEntries(settable));
}

async function compareFuses(executable, wanted) {
  const found = await readFuses(executable);
  const wrong = Object.entries(wanted).filter(([name, on]) => found[name] !== on);
  if (wrong.length === 0) return;
  const list = wrong.map(([name, on]) => `${name} is ${found[name]}, not ${on}`).join('; ');
  throw new SetupError(`The fuses of ${executable} are not as they were set: ${list}.`);
}

function executableOf({ appOutDir, packager, platform }) {
  const { productFilename } = packager.appInfo;
  if (platform === 'darwin') return join(appOutDir, `${productFilename}.app`);
  return join(appOutDir, platform === 'win32' ? `${productFilename}.exe` : packager.executableName);
}

/** An enum of numbers has both directions; the names are those that are no number. */
function fuseNames() {
  return Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
}
