/**
 * `npm test`: sets up what is missing, then runs the checks, the unit tests, the end-to-end tests in a real
 * Electron and the tests of the packs. Arguments go to all test runs. Files with a failed test are run once
 * more by themselves: a test that passes then is named as unsteady, one that fails again fails the run. Ends
 * with the names of both and the totals.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
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

  const folder = mkdtempSync(join(tmpdir(), 'holdfast-results-'));
  const memory = folderInMemory();
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
      const isInMemory = name === 'unit' && memory !== null;
      const own = isInMemory ? { ...environment, TMPDIR: memory } : environment;
      runs.push(await runVitest({ name, config, args, folder, environment: own }));
      // End-to-end tests look there for what the app may have left.
      if (isInMemory) rmSync(memory, { recursive: true, force: true });
    }
    console.log('');
    console.log(`${checks === 0 ? 'ok  ' : 'FAIL'}  checks`);
    for (const run of runs) console.log(describeRun(run));
    for (const run of runs) for (const line of describeFailures(run)) console.log(line);
    console.log(`total ${((Date.now() - started) / 1000).toFixed(0)} s`);
    const nothingRan = runs.every(({ totals }) => totals === null || totals.passed === 0);
    return checks === 0 && runs.every(isGood) && !nothingRan ? 0 : 1;
  } finally {
    display.stop();
    for (const each of [folder, memory]) if (each !== null) rmSync(each, { recursive: true, force: true });
  }
});

/**
 * Where unit tests write, if there is room: on a disk each commit waits for the disk. Null elsewhere. What is written
 * lasts there as long as these tests ask for, which is until their process is killed.
 */
function folderInMemory() {
  const inMemory = '/dev/shm';
  if (!existsSync(inMemory)) return null;
  const { bavail, bsize } = statfsSync(inMemory);
  if (bavail * bsize < roomInMemory) return null;
  const folder = mkdtempSync(join(inMemory, 'holdfast-tests-'));
  if (runsProgramsIn(folder)) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

function runsProgramsIn(folder) {
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  return spawnSync(program).status === 0;
}

async function runVitest({ name, config, args, folder, environment }) {
  const first = await runOnce({ name, config, args, folder, environment });
  if (first.failures.length === 0) return first;
  const files = [...new Set(first.failures.map(({ file }) => file))];
  console.log(`\n${name} tests, once more: ${files.map((file) => relative(root, file)).join(' ')}`);
  const second = await runOnce({ name: `${name}-again`, config, args: files, folder, environment });
  // A second run that ended without a result says nothing of any test.
  if (second.totals === null) return first;
  const again = new Set(second.failures.map(keyOf));
  const steady = first.failures.filter((failure) => !again.has(keyOf(failure)));
  const { passed, skipped } = first.totals;
  const failed = second.failures.length;
  const totals = { passed: passed + first.failures.length - failed, failed, skipped };
  return { ...first, code: second.code, totals, failures: second.failures, unsteady: steady };
}

async function runOnce({ name, config, args, folder, environment }) {
  const output = join(folder, `${name}.json`);
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
    { cwd: root, env: environment },
  );
  const filtered = args.length > 0;
  if (!existsSync(output)) return { name, code, filtered, totals: null, failures: [], unsteady: [] };
  const report = JSON.parse(readFileSync(output, 'utf8'));
  const failures = report.testResults.flatMap(failuresOf);
  const totals = {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return { name, code, filtered, totals, failures, unsteady: [] };
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
