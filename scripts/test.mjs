/**
 * `npm test`: sets up what is missing, then runs the checks, the unit tests, the end-to-end tests in a real
 * Electron and the tests of the packs. Arguments go to all test runs. Ends with the totals.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDisplay } from './display.mjs';
import {
  againUnderProjectNode,
  passOn,
  projectEnvironment,
  projectNode,
  root,
  runScript,
} from './project.mjs';
import { setup } from './setup.mjs';

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

await runScript(async (args) => {
  const started = Date.now();
  if (process.env.HOLDFAST_SET_UP !== '1') await setup({ task: 'test' });
  process.env.HOLDFAST_SET_UP = '1';
  const again = await againUnderProjectNode(import.meta.url, args);
  if (again !== null) return again;

  const results = mkdtempSync(join(tmpdir(), 'holdfast-results-'));
  const display = await ensureDisplay();
  try {
    const environment = projectEnvironment(display.environment);
    const checks = await passOn(projectNode(), [join(root, 'scripts', 'check.mjs')], { env: environment });
    const runs = [];
    for (const [name, config] of [
      ['unit', 'vitest.config.ts'],
      ['end-to-end', 'vitest.e2e.config.ts'],
      ['pack', 'vitest.pack.config.ts'],
    ]) {
      console.log(`\n${name} tests`);
      runs.push(await runVitest({ name, config, args, results, environment }));
    }
    console.log('');
    console.log(`${checks === 0 ? 'ok  ' : 'FAIL'}  checks`);
    for (const run of runs) console.log(describeRun(run));
    console.log(`total ${((Date.now() - started) / 1000).toFixed(0)} s`);
    const nothingRan = runs.every(({ totals }) => totals === null || totals.passed === 0);
    return checks === 0 && runs.every(isGood) && !nothingRan ? 0 : 1;
  } finally {
    display.stop();
    rmSync(results, { recursive: true, force: true });
  }
});

async function runVitest({ name, config, args, results, environment }) {
  const file = join(results, `${name}.json`);
  const code = await passOn(
    projectNode(),
    [
      vitest,
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      // A filter may fit only one of the runs.
      ...(args.length > 0 ? ['--passWithNoTests'] : []),
      ...args,
    ],
    { cwd: root, env: environment },
  );
  if (!existsSync(file)) return { name, code, filtered: args.length > 0, totals: null };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const totals = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.testResults.filter(brokeOutsideTests).length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return { name, code, filtered: args.length > 0, totals };
}

/** A file that failed before or beside its tests, such as in an import. */
function brokeOutsideTests({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}

/**
 * With a filter most tests are skipped, and that is meant. Without one, unit tests skip only what reads data
 * that lies outside the project; an end-to-end test that is skipped hides a missing Electron.
 */
function isGood({ name, code, filtered, totals }) {
  if (code !== 0) return false;
  return filtered || (totals !== null && (name === 'unit' || totals.skipped === 0));
}

function describeRun(run) {
  const { name, totals } = run;
  const counts =
    totals === null
      ? 'no result'
      : `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
  return `${isGood(run) ? 'ok  ' : 'FAIL'}  ${name} tests: ${counts}`;
}
