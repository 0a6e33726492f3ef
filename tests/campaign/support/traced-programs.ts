/** The app and the command line as they are built, but for the modules that write down what was acknowledged. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../support/bundle.ts';
import { projectRoot } from '../../support/electron.ts';

/** Makes the folder of an app: what `electron FOLDER` takes. `dist/` must be built. */
export async function buildTracedApp(folder: string): Promise<void> {
  const dist = join(folder, 'dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'holdfast-traced', version: '0.0.1', main: 'dist/main/index.cjs' }),
  );
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  for (const part of ['preload', 'host', 'renderer'])
    cpSync(join(projectRoot, 'dist', part), join(dist, part), { recursive: true });
  await bundle('main/index.ts', join(dist, 'main', 'index.cjs'), {
    replaced: { 'main/capture-view/host-sink.ts': 'tests/campaign/support/traced-host-sink.ts' },
  });
}

/** Makes the folder of a command line; the path of its program. */
export async function buildTracedCommand(folder: string): Promise<string> {
  const program = join(folder, 'cli', 'holdfast.cjs');
  mkdirSync(join(folder, 'cli'), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  symlinkSync(join(projectRoot, 'db', 'migrations'), join(folder, 'cli', 'migrations'));
  await bundle('cli/main.ts', program, {
    replaced: {
      'archive/recording/sink.ts': 'tests/campaign/support/traced-recording-sink.ts',
      'archive/import/import-file.ts': 'tests/campaign/support/traced-import-file.ts',
    },
    target: 'node22',
  });
  return program;
}
