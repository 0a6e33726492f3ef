import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveElectron } from '../../scripts/electron-runtime.mjs';
import { thirdPartyNotice } from '../../scripts/third-party.mjs';
import { projectRoot } from '../support/electron.ts';
import { readAsar } from './support/asar.ts';
import { newDesk, packKinds, packOf, runtime } from './support/packs.ts';
import { run } from './support/run.ts';

const native = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`;

/** Everything that may lie in a pack's asar; nothing else may. */
const allowed = [
  /^package\.json$/,
  /^dist\/build\.json$/,
  /^dist\/(main|preload|page)\/index\.cjs$/,
  /^dist\/host\/host\.cjs$/,
  /^dist\/cli\/holdfast\.cjs$/,
  /^dist\/(host|cli)\/verify\.html$/,
  /^dist\/(host|cli)\/migrations\/\d{3}-[\w-]+\.sql$/,
  /^dist\/renderer\/index\.html$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg|png)$/,
  /^node_modules\/better-sqlite3\/package\.json$/,
  /^node_modules\/better-sqlite3\/lib\/(methods\/)?[\w-]+\.js$/,
];
const unpacked = /^(dist\/(host|cli)|node_modules\/better-sqlite3)\//;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

test.each([
  [['--installers'], 'Installers are made with Electron'],
  [['realease'], "'realease' is no pack"],
])('npm run pack -- %s around a runtime from elsewhere says why not', async (args, sentence) => {
  const desk = newDesk({ ELECTRON_OVERRIDE_DIST_PATH: dirname(resolveElectron().path) });
  const outcome = await run(desk, process.execPath, [join(projectRoot, 'scripts', 'pack.mjs'), ...args]);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(sentence);
});

describe.each(packKinds)('the %s pack', (kind) => {
  const { folder, resources } = packOf(kind);
  const asar = readAsar(join(resources, 'app.asar'));
  const beside = join(resources, 'app.asar.unpacked');

  test('holds the built program and its one native library, and nothing else', () => {
    const others = [...asar.keys()].filter((path) => path !== native && !allowed.some((p) => p.test(path)));
    expect(others).toEqual([]);
    const needed = ['dist/main/index.cjs', 'dist/host/host.cjs', 'dist/cli/holdfast.cjs', native];
    expect([...asar.keys()]).toEqual(expect.arrayContaining(needed));
  });

  test('has exactly what a process other than Electron reads outside the asar', () => {
    const outside = [...asar].filter(([, file]) => file.unpacked).map(([path]) => path);
    expect(outside.toSorted()).toEqual([...asar.keys()].filter((path) => unpacked.test(path)).toSorted());
    expect(filesBelow(beside).toSorted()).toEqual(outside.toSorted());
  });

  test('is what was built, byte for byte', () => {
    for (const [path, file] of asar) {
      // Cleaned of what only development needs.
      if (path.endsWith('package.json')) continue;
      const packed = file.unpacked ? readFileSync(join(beside, path)) : file.bytes;
      expect(packed.equals(readFileSync(join(projectRoot, path))), path).toBe(true);
    }
  });

  test('names itself, and what the program says of it', () => {
    const about: unknown = JSON.parse(asar.get('package.json')?.bytes.toString('utf8') ?? '');
    const fit = !runtime.isStandIn;
    expect(about).toMatchObject({
      name: 'holdfast',
      main: 'dist/main/index.cjs',
      holdfastPack: { kind, electron: runtime.version, fit },
    });
    expect(about).not.toHaveProperty('scripts');
    expect(about).not.toHaveProperty('devDependencies');
    expect(existsSync(join(folder, 'FOR-TESTS-ONLY.txt'))).toBe(kind === 'test' || runtime.isStandIn);
  });

  test('brings the licences: its own, of what is built in, of Electron and Chromium', () => {
    const licence = readFileSync(join(resources, 'licences', 'LICENSE.txt'));
    expect(licence.equals(readFileSync(join(projectRoot, 'LICENSE')))).toBe(true);
    const notice = readFileSync(join(resources, 'licences', 'third-party.txt'), 'utf8');
    expect(notice).toBe(thirdPartyNotice(projectRoot));
    for (const name of ['better-sqlite3-multiple-ciphers', 'zod', 'react', '@mantine/core', 'pkijs']) {
      expect(notice).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    expect(notice).not.toMatch(/\b(A|L)?GPL-\d/);
    expect(existsSync(join(folder, 'LICENSE.electron.txt'))).toBe(true);
    expect(existsSync(join(folder, 'LICENSES.chromium.html'))).toBe(true);
  });

  test('has the command, and beside it no other application, no source, no map', () => {
    const names = readdirSync(resources).toSorted();
    const expected = ['app.asar', 'app.asar.unpacked', 'bin', 'licences'];
    expect(names).toEqual(runtime.isStandIn ? [...expected, 'node'] : expected);
    expect(statSync(join(resources, 'bin', 'holdfast')).mode & 0o111).toBe(0o111);
    expect(filesBelow(folder).filter((path) => /\.(ts|tsx|map|test\.\w+)$/.test(path))).toEqual([]);
  });
});
