/** The shell as it is, around a window and an archive host made for tests. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../support/bundle.ts';
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
  await bundle('main/index.ts', join(folder, 'dist', 'main', 'index.cjs'), { replaced });
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
