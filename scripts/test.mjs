/**
 * `npm test`: sets up what is missing, then runs the checks, the unit tests and beside them the end-to-end tests in
 * a real Electron, and the tests of the packs. Arguments go to all test runs. Files with a failed test are run once
 * more by themselves: a test that passes then is named as unsteady, one that fails again fails the run. Ends with
 * the names of both and the totals.
 */
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

/** Bytes that tests may need at once. */
const roomInMemory = 6 * 1024 ** 3;
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

await runScript(async (args) => {
  const started = Date.now();
  if (process.env.HOLDFAST_SET_UP !== '1') await setup({ task: 'test' });
  process.env.HOLDFAST_SET_UP = '1';
  const again = await againUnderProjectNode(import.meta.url, args);
  if (again !== null) return again;

  const folder = temporaryFolder();
  const display = await ensureDisplay();
  try {
    const environment = projectEnvironment({ ...display.environment, TMPDIR: folder });
    const checks = await passOn(projectNode(), [join(root, 'scripts', 'check.mjs')], { env: environment });
    const order = { args, folder, environment };
    // End-to-end tests wait a third of their time: beside the unit tests they take little of it.
    console.log('\nunit tests, printed when they are done, and beside them end-to-end tests');
    const log = join(folder, 'unit.log');
    const unit = runOnce({ ...order, name: 'unit', config: 'vitest.config.ts', log });
    const endToEnd = await runOnce({ ...order, name: 'end-to-end', config: 'vitest.e2e.config.ts' });
    const first = [await unit, endToEnd];
    console.log(`\n${readFileSync(log, 'utf8')}`);
    console.log('\npack tests');
    first.push(await runOnce({ ...order, name: 'pack', config: 'vitest.pack.config.ts' }));
    const runs = [];
    for (const run of first) runs.push(await onceMore(run, order));
    console.log('');
    console.log(`${checks === 0 ? 'ok  ' : 'FAIL'}  checks`);
    for (const run of runs) console.log(describeRun(run));
    for (const run of runs) for (const line of describeFailures(run)) console.log(line);
    console.log(`total ${((Date.now() - started) / 1000).toFixed(0)} s`);
    const nothingRan = runs.every(({ totals }) => totals === null || totals.passed === 0);
    return checks === 0 && runs.every(isGood) && !nothingRan ? 0 : 1;
  } finally {
    display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * Everything that the tests write lies here: in memory where there is room for it, since on a disk each commit waits
 * for the disk. What is written lasts there as long as tests ask for, which is until their process is killed.
 */
function temporaryFolder() {
  const inMemory = '/dev/shm';
  if (existsSync(inMemory)) {
    const { bavail, bsize } = statfsSync(inMemory);
    const folder = bavail * bsize < roomInMemory ? null : mkdtempSync(join(inMemory, 'holdfast-tests-'));
    if (folder !== null && runsProgramsIn(folder)) return folder;
    if (folder !== null) rmSync(folder, { recursive: true });
  }
  return mkdtempSync(join(tmpdir(), 'holdfast-tests-'));
}

function runsProgramsIn(folder) {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  return spawnSync(program).status === 0;
}

/** Files with a failed test by themselves, with nothing beside them. */
async function onceMore(first, order) {
  const { name, config } = first;
  if (first.failures.length === 0) return first;
  const files = [...new Set(first.failures.map(({ file }) => file))];
  console.log(`\n${name} tests, once more: ${files.map((file) => relative(root, file)).join(' ')}`);
  const second = await runOnce({ ...order, name: `${name}-again`, config, args: files });
  // A second run that ended without a result says nothing of any test.
  if (second.totals === null) return first;
  const again = new Set(second.failures.map(keyOf));
  const steady = first.failures.filter((failure) => !again.has(keyOf(failure)));
  const { passed, skipped } = first.totals;
  const failed = second.failures.length;
  const totals = { passed: passed + first.failures.length - failed, failed, skipped };
  return { ...first, code: second.code, totals, failures: second.failures, unsteady: steady };
}

/** What is printed goes to the file `log`, if there is one. */
async function runOnce({ name, config, args, folder, environment, log }) {
  const output = join(folder, `${name}.json`);
  const printed = log === undefined ? null : openSync(log, 'w');
  const code = await passOn(
    projectNode(),
    [
      vitest,
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${output}`,
      // A filter may fit only one of the runs.
      ...(args.length > 0 ? ['--passWithNoTests'] : []),
      ...args,
    ],
    {
      cwd: root,
      env: environment,
      ...(printed === null ? {} : { stdio: ['ignore', printed, printed] }),
    },
  );
  if (printed !== null) closeSync(printed);
  const filtered = args.length > 0;
  if (!existsSync(output)) return { name, config, code, filtered, totals: null, failures: [], unsteady: [] };
  const report = JSON.parse(readFileSync(output, 'utf8'));
  const failures = report.testResults.flatMap(failuresOf);
  const totals = {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return { name, config, code, filtered, totals, failures, unsteady: [] };
}

/** The failed tests of a file, or the file itself, if it failed before or beside its tests, such as in an import. */
function failuresOf({ name: file, status, message, assertionResults }) {
  if (status !== 'failed') return [];
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return [{ file, test: '(the file)', message: message ?? '' }];
  return failed.map(({ fullName, failureMessages }) => ({
    file,
    test: fullName,
    message: failureMessages[0] ?? '',
  }));
}

function keyOf({ file, test }) {
  return `${file}\n${test}`;
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

/** A line for each test that failed, or failed once, and the first lines of what it said. */
function describeFailures({ failures, unsteady }) {
  return [
    ...failures.map((failure) => ['FAIL    ', failure]),
    ...unsteady.map((failure) => ['unsteady', failure]),
  ].flatMap(([word, { file, test, message }]) => [
    `${word}  ${relative(root, file)}: ${test}`,
    ...message
      .split('\n')
      .slice(0, 6)
      .map((line) => `          ${line.slice(0, 240)}`),
  ]);
}
