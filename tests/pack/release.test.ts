/** The release pack, as a user has it: started by arguments, judged by exit code and what is left behind. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runWithoutNetwork, traceNetwork } from '../support/no-network.ts';
import { evaluateOverPort } from './support/attack.ts';
import { newDesk, packOf, runtime, sandbox, smokeReport } from './support/packs.ts';
import { run } from './support/run.ts';

const { executable, resources } = packOf('release');
const smoke = [...sandbox, '--smoke-test'];

describe('the release pack works', () => {
  test('in an empty home, and reaches no network', async () => {
    const desk = newDesk();
    const { code, stdout, trace } = await traceNetwork(executable, smoke, { cwd: desk.home, env: desk.env });
    expect(smokeReport(stdout)).toMatchObject({
      ok: true,
      kind: 'release',
      electron: runtime.version,
      notForUsers: runtime.isStandIn ? expect.stringContaining(runtime.version) : null,
      hostNode: expect.stringMatching(/^2[2-9]\./),
      events: 5,
    });
    expect(code).toBe(0);
    expect(trace.outside).toEqual([]);
    expect(trace.names).toEqual([]);
    expect(readdirSync(desk.temporary)).toEqual([]);
  });

  test('where no network is', async () => {
    const desk = newDesk();
    const { code, stdout } = await runWithoutNetwork(executable, smoke, { cwd: desk.home, env: desk.env });
    expect(smokeReport(stdout).ok).toBe(true);
    expect(code).toBe(0);
  });

  test('without a HOME', async () => {
    const { HOME: _home, ...env } = newDesk().env;
    const desk = newDesk();
    const { code, stdout } = await run({ ...desk, env }, executable, smoke);
    expect(smokeReport(stdout).ok).toBe(true);
    expect(code).toBe(0);
  });
});

describe('the release pack unlocks nothing for a debugger', () => {
  test.each([
    ['--remote-debugging-port=0'],
    ['-remote-debugging-port=0'],
    ['--Remote-Debugging-Port=0'],
    ['--remote-debugging-pipe'],
    ['--inspect=0'],
    ['--inspect-brk=0'],
    ['--inspect-port=0'],
  ])('%s', async (argument) => {
    const desk = newDesk();
    const outcome = await run(desk, executable, [...sandbox, argument, '--smoke-test'], {
      debuggingPipe: argument.endsWith('pipe'),
    });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('[not-allowed]');
    expect(outcome.stderr).not.toContain('Debugger listening');
    expect(outcome.stdout).toBe('');
  });

  test('that has reached into the window through a port; a test pack would have obeyed', async () => {
    const desk = newDesk();
    const path = join(desk.home, 'stolen.holdfast');
    const call = `window.holdfast.createArchive(${JSON.stringify({ path, passphrase: 'a b c d e f', actorName: 'x' })})`;
    const args = [...sandbox, '--ozone-platform=x11'];
    const answer = await evaluateOverPort(executable, args, desk, call);
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(existsSync(path)).toBe(false);

    expect(await evaluateOverPort(packOf('test').executable, args, desk, call)).toMatchObject({ ok: true });
    expect(existsSync(path)).toBe(true);
  });

  test('and the command refuses as well', async () => {
    const desk = newDesk({ HOLDFAST_PASSPHRASE: 'a b c d e f' });
    const outcome = await run(desk, executable, [
      ...sandbox,
      '--inspect=0',
      '--cli',
      '--',
      'init',
      'a.holdfast',
    ]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('[not-allowed]');
    expect(existsSync(join(desk.home, 'a.holdfast'))).toBe(false);
  });
});

describe('the release pack runs no code but its own', () => {
  test('not as a Node, not by NODE_OPTIONS', async () => {
    const desk = newDesk();
    const proof = join(desk.home, 'ran');
    const evil = join(desk.home, 'evil.cjs');
    writeFileSync(evil, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`);
    const env = { ...desk.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${evil}` };
    const { code, stdout } = await run({ ...desk, env }, executable, smoke);
    expect(smokeReport(stdout).ok).toBe(true);
    expect(code).toBe(0);
    expect(existsSync(proof)).toBe(false);
  });

  test('not a folder that was put where Electron looks first', async () => {
    const planted = join(resources, 'app');
    mkdirSync(planted);
    try {
      writeFileSync(join(planted, 'package.json'), '{ "name": "planted", "main": "main.js" }');
      writeFileSync(join(planted, 'main.js'), 'process.exit(42)');
      const { code, stdout } = await run(newDesk(), executable, smoke);
      expect(smokeReport(stdout).ok).toBe(true);
      expect(code).toBe(0);
    } finally {
      rmSync(planted, { recursive: true });
    }
  });
});
