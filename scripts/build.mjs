/**
 * Builds dist/: main, preload, archive host and command line as one CommonJS file each, the window, and verify.html.
 * Not minified, except for the last two: a stack trace and an auditor can read what runs.
 */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { againUnderProjectNode, isStarted, root, runScript, SetupError } from './project.mjs';
import { setup } from './setup.mjs';
import { recordBuild, sourceHash } from './sources.mjs';
import { buildVerifyPage } from './verify-page.mjs';

/** What stays outside of every bundle: Electron brings itself, better-sqlite3 brings a native library. */
const external = ['electron', 'better-sqlite3'];

const nodeBundles = [
  // Node 18 is what Electron 25 brings; electron.md says why main must not ask for more.
  { entry: 'main/index.ts', file: 'main/index.cjs', target: 'node18', mayRequire: ['electron', 'node'] },
  { entry: 'preload/index.ts', file: 'preload/index.cjs', target: 'node18', mayRequire: ['electron'] },
  { entry: 'preload/page.ts', file: 'page/index.cjs', target: 'node18', mayRequire: ['electron'] },
  {
    entry: 'archive/host.ts',
    file: 'host/host.cjs',
    target: 'node22',
    mayRequire: ['better-sqlite3', 'node'],
  },
  {
    entry: 'cli/main.ts',
    file: 'cli/holdfast.cjs',
    target: 'node22',
    mayRequire: ['better-sqlite3', 'node'],
  },
];

/** Builds everything into `folder` (absolute). */
async function buildAll(folder) {
  const vite = await import('vite');
  const build = async (options) => {
    try {
      return await vite.build(options);
    } catch (error) {
      throw new SetupError(
        `The build found errors in the sources.\n${stripVTControlCharacters(error.message)}`,
      );
    }
  };
  for (const bundle of nodeBundles) await buildForNode(build, bundle, folder);
  await buildWindow(build, folder);
  copyMigrations(folder);
  await placeVerifyPage(build, folder);
}

async function buildForNode(build, bundle, folder) {
  const { entry, file, target } = bundle;
  const outDir = join(folder, file, '..');
  const built = await build({
    ...common,
    root,
    resolve: { conditions: ['node', 'module', 'default'] },
    ssr: { target: 'node', noExternal: true, external },
    build: {
      ...commonBuild,
      outDir,
      target,
      ssr: join(root, entry),
      minify: false,
      rolldownOptions: {
        external: (id) => external.includes(id) || isBuiltin(id),
        output: {
          format: 'cjs',
          strict: true,
          entryFileNames: file.split('/').at(-1),
          codeSplitting: false,
        },
      },
    },
  });
  refuseOtherRequires(built, bundle);
}

/** What the window needs of the builder stands in its own file, which its tests use as well. */
async function buildWindow(build, folder) {
  await build({
    ...common,
    configFile: join(root, 'renderer', 'vite.config.ts'),
    build: { ...commonBuild, outDir: join(folder, 'renderer') },
  });
}

/** The database reads its migrations from the folder beside the code that runs them. */
function copyMigrations(folder) {
  for (const part of ['host', 'cli']) {
    cpSync(join(root, 'db', 'migrations'), join(folder, part, 'migrations'), { recursive: true });
  }
}

/** Whoever builds or checks bundles reads the page from the folder of the code that does. */
async function placeVerifyPage(build, folder) {
  const page = await buildVerifyPage(build);
  for (const part of ['host', 'cli', 'verify-page']) {
    mkdirSync(join(folder, part), { recursive: true });
    writeFileSync(join(folder, part, 'verify.html'), page);
  }
}

const common = { configFile: false, logLevel: 'warn', mode: 'production' };
const commonBuild = { emptyOutDir: true, sourcemap: false, reportCompressedSize: false };

/** A preload that requires more than electron does not load in a sandbox; better-sqlite3 would crash main. */
function refuseOtherRequires({ output }, { entry, mayRequire }) {
  const names = output.flatMap((chunk) => [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]);
  const allowed = (id) => mayRequire.includes(id) || (mayRequire.includes('node') && isBuiltin(id));
  const others = [...new Set(names)].filter((id) => !allowed(id));
  if (others.length === 0) return;
  throw new SetupError(
    `What ${entry} is built to may require ${mayRequire.join(', ')} and requires ${others.join(', ')}: see what imports it.`,
  );
}

function isBuiltin(id) {
  return id.startsWith('node:') || builtinModules.includes(id);
}

async function main(args) {
  await setup({ quiet: true, task: 'check' });
  const again = await againUnderProjectNode(import.meta.url, args);
  if (again !== null) return again;
  const hash = sourceHash(root);
  const dist = join(root, 'dist');
  const staging = join(root, 'dist', `.staging-${process.pid}`);
  const finished = ['main', 'preload', 'page', 'host', 'cli', 'renderer', 'verify-page', 'build.json'];
  try {
    mkdirSync(staging, { recursive: true });
    await buildAll(staging);
    recordBuild(staging, hash);
    // The record goes first and comes back last: killed in between, the build counts as missing.
    for (const name of finished.toReversed()) rmSync(join(dist, name), { recursive: true, force: true });
    for (const name of finished) {
      if (existsSync(join(staging, name))) renameSync(join(staging, name), join(dist, name));
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return 0;
}

if (isStarted(import.meta.url)) await runScript(main);
