/**
 * `npm run check`: every check that reads the sources and runs nothing of them. One line each; the output of
 * those that failed follows.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPinProblems } from './pins.mjs';
import { againUnderProjectNode, projectEnvironment, projectNode, root, runScript } from './project.mjs';
import { setup } from './setup.mjs';

const modules = join(root, 'node_modules');
const tsc = join(modules, '@typescript', 'native', 'bin', 'tsc');

const checks = [
  {
    name: 'types: archive, main, command line, tests',
    command: [tsc, '--pretty', 'false', '-p', 'tsconfig.json'],
  },
  {
    name: 'types: verify.html',
    command: [tsc, '--pretty', 'false', '-p', 'verify-page/tsconfig.json'],
  },
  { name: 'types: window', command: [tsc, '--pretty', 'false', '-p', 'renderer/tsconfig.json'] },
  {
    name: 'format and lint',
    command: [join(modules, '@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.'],
  },
  {
    name: 'who imports whom',
    command: [
      join(modules, 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      ...[
        'archive',
        'capture',
        'cli',
        'contract',
        'db',
        'evidence',
        'main',
        'preload',
        'renderer',
        'scripts',
      ],
      ...['sites', 'tests', 'verify-page'],
    ].filter((word) => !/^[a-z]+$/.test(word) || existsSync(join(root, word))),
  },
  { name: 'dead code', command: [join(modules, 'knip', 'bin', 'knip.js'), '--treat-config-hints-as-errors'] },
  { name: 'exact versions, clean lock file', run: async () => findPinProblems(root) },
  // schema.sql is generated from the migrations.
  {
    name: 'db/schema.sql is current',
    script: 'db/dump-schema.ts',
    command: ['db/dump-schema.ts', '--check'],
  },
];

/** Runs one check; answers whether it passed, and what it said. */
async function runCheck({ name, command, run, script }) {
  const started = Date.now();
  const outcome = await attempt({ command, run, script });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${outcome.passed ? 'ok  ' : 'FAIL'}  ${name}  ${seconds} s`);
  return { name, ...outcome };
}

async function attempt({ command, run, script }) {
  if (run) {
    const problems = await run();
    return { passed: problems.length === 0, output: problems.join('\n') };
  }
  if (script && !existsSync(join(root, script))) return { passed: false, output: `${script} is not there` };
  return runCommand(command);
}

function runCommand(command) {
  return new Promise((resolve, reject) => {
    const child = spawn(projectNode(), command, { cwd: root, env: projectEnvironment({ FORCE_COLOR: '0' }) });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ passed: code === 0, output }));
  });
}

await runScript(async (args) => {
  await setup({ quiet: true, task: 'check' });
  const again = await againUnderProjectNode(import.meta.url, args);
  if (again !== null) return again;
  const failed = [];
  for (const check of checks) {
    const outcome = await runCheck(check);
    if (!outcome.passed) failed.push(outcome);
  }
  for (const { name, output } of failed) console.log(`\n── ${name}\n${output.trim()}`);
  return failed.length === 0 ? 0 : 1;
});
