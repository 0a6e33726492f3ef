/** An app around main's way of running the command in its own process, for the Electron at hand. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';
import { resolveElectron } from '../../../scripts/electron-runtime.mjs';
import { projectRoot } from '../../support/electron.ts';
import type { Outcome } from '../../support/no-network.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { newDesk, sandbox } from './packs.ts';
import { run } from './run.ts';

/** Runs the text of a CommonJS program with these arguments and this standard input. */
export async function runHereInElectron(program: string, args: string[], input: string): Promise<Outcome> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "run-here", "version": "0.0.1", "main": "dist/index.cjs" }',
  );
  writeFileSync(join(folder, 'program.cjs'), program);
  await bundle(join(folder, 'dist'));
  const desk = newDesk();
  return run(desk, resolveElectron().path, [...sandbox, '--log-level=3', folder, '--', ...args], { input });
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: projectRoot,
    resolve: { conditions: ['node', 'module', 'default'] },
    ssr: { target: 'node', noExternal: true, external: ['electron'] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'node18',
      ssr: join(projectRoot, 'tests', 'pack', 'support', 'run-here.ts'),
      minify: false,
      rolldownOptions: {
        external: (id) => id === 'electron' || id.startsWith('node:') || builtinModules.includes(id),
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  });
}
