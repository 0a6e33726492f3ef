/** The shell as it is, around a window and an archive host made for tests. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../../support/electron.ts';

/**
 * Builds an app into a new temporary folder; `remove` takes it away again. With `recorder: 'test'` the capture view
 * gets the recorder of test-recorder.ts, which does what its page's address says.
 */
export async function buildTestApp(
  options: { recorder?: 'test' } = {},
): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-app-'));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'holdfast-test', version: '0.0.1', main: 'dist/main/index.cjs' }),
  );
  // The host's own Node is looked for where the app lies.
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(projectRoot, 'node_modules', 'node'), join(folder, 'node_modules', 'node'));
  const replaced = options.recorder === 'test' ? { 'main/capture-view/record.ts': testRecorder } : {};
  await bundle('main/index.ts', join(folder, 'dist', 'main', 'index.cjs'), replaced);
  await bundle('preload/index.ts', join(folder, 'dist', 'preload', 'index.cjs'));
  await bundle('preload/page.ts', join(folder, 'dist', 'page', 'index.cjs'));
  await bundle('tests/main/support/test-host.ts', join(folder, 'dist', 'host', 'host.cjs'));
  await bundle('tests/e2e/support/utility-echo.ts', join(folder, 'dist', 'utility-echo', 'index.cjs'));
  cpSync(join(projectRoot, 'tests', 'e2e', 'support', 'window'), join(folder, 'dist', 'renderer'), {
    recursive: true,
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const testRecorder = 'tests/e2e/support/test-recorder.ts';

/** One CommonJS file, as `scripts/build.mjs` makes it. `replaced`: modules that others take the place of. */
async function bundle(entry: string, file: string, replaced: Record<string, string> = {}): Promise<void> {
  const others = new Map(
    Object.entries(replaced).map(([from, to]) => [join(projectRoot, from), join(projectRoot, to)]),
  );
  await build({
    configFile: false,
    plugins: [
      {
        name: 'replaced-modules',
        enforce: 'pre',
        async resolveId(id, importer) {
          const found = await this.resolve(id, importer, { skipSelf: true });
          return others.get(found?.id ?? '') ?? null;
        },
      },
    ],
    logLevel: 'warn',
    root: projectRoot,
    resolve: { conditions: ['node', 'module', 'default'] },
    ssr: { target: 'node', noExternal: true, external: ['electron'] },
    build: {
      outDir: dirname(file),
      emptyOutDir: true,
      target: 'node18',
      ssr: join(projectRoot, entry),
      minify: false,
      rolldownOptions: {
        external: (id) => id === 'electron' || id.startsWith('node:') || builtinModules.includes(id),
        output: { format: 'cjs', entryFileNames: file.split('/').at(-1) ?? '', codeSplitting: false },
      },
    },
  });
}
