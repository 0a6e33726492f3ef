/** Building a part of the program for a test, as `scripts/build.mjs` does, with some of its modules replaced. */
import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from './electron.ts';

const external = ['electron', 'better-sqlite3'];

/**
 * Writes one CommonJS file. `replaced`: modules that others take the place of, as paths from the project's root; what
 * takes the place may import what it replaces.
 */
export async function bundle(
  entry: string,
  file: string,
  options: { replaced?: Record<string, string>; target?: 'node18' | 'node22' } = {},
): Promise<void> {
  const { replaced = {}, target = 'node18' } = options;
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
          const other = others.get(found?.id ?? '');
          return other === undefined || other === importer ? null : other;
        },
      },
    ],
    logLevel: 'warn',
    root: projectRoot,
    resolve: { conditions: ['node', 'module', 'default'] },
    ssr: { target: 'node', noExternal: true, external },
    build: {
      outDir: dirname(file),
      emptyOutDir: false,
      target,
      ssr: join(projectRoot, entry),
      minify: false,
      rolldownOptions: {
        external: (id) => external.includes(id) || id.startsWith('node:') || builtinModules.includes(id),
        output: { format: 'cjs', entryFileNames: basename(file), codeSplitting: false },
      },
    },
  });
}
