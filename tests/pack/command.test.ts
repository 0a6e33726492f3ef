/** The holdfast command of an installed app. */
import { spawn } from 'node:child_process';
import { copyFileSync, readdirSync, symlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../support/electron.ts';
import { type Desk, newDesk, packOf } from './support/packs.ts';
import { run } from './support/run.ts';
import { runHereInElectron } from './support/run-here-app.ts';

const command = join(packOf('release').resources, 'bin', 'holdfast');
const page = 'singlefile-x.html';

function deskWithPassphrase(): Desk {
  return newDesk({ HOLDFAST_PASSPHRASE: 'correct horse battery staple', HOLDFAST_NAME: 'Dana' });
}

test('makes an archive, imports a page, finds its posts; only the document is on standard output', async () => {
  const desk = deskWithPassphrase();
  const pages = join(projectRoot, 'tests', 'fixtures', 'pages');
  const [name = page] = readdirSync(pages);
  copyFileSync(join(pages, name), join(desk.home, name));
  const json = async (...args: string[]): Promise<unknown> => {
    const outcome = await run(desk, command, [...args, '--json']);
    expect(outcome).toMatchObject({ code: 0 });
    return JSON.parse(outcome.stdout);
  };

  expect(await json('init', 'case.holdfast')).toMatchObject({ encrypted: true });
  expect(await json('import', 'case.holdfast', name)).toMatchObject({ refused: [] });
  expect(await json('status', 'case.holdfast')).toMatchObject({ counts: { captures: 1 } });
  expect(readdirSync(desk.temporary)).toEqual([]);
});

describe('ends as the command does', () => {
  test.each([
    [['status', 'nowhere.holdfast'], 1, '[archive-not-found]'],
    [['nonsense'], 2, "unknown command 'nonsense'"],
    [['status', '--inspect'], 2, "unknown option '--inspect'"],
    [['status', 'https://example.org/?a', '--json'], 1, '[archive-not-found]'],
  ])('%j', async (args, code, words) => {
    const outcome = await run(deskWithPassphrase(), command, args);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(words);
  });

  test('and says nothing of its own', async () => {
    expect(await run(newDesk(), command, ['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });
});

test('works through a link, as the package of a distribution would make one', async () => {
  const desk = newDesk();
  symlinkSync(command, join(desk.home, 'first'));
  symlinkSync('first', join(desk.home, 'second'));
  expect(await run(desk, join(desk.home, 'second'), ['--version'])).toMatchObject({
    code: 0,
    stdout: '0.1.0\n',
  });
});

test('a kill of the app ends the command with it', async () => {
  const desk = newDesk();
  // Waits for a passphrase that is never typed: a fifo that nobody writes to.
  const fifo = join(desk.home, 'fifo');
  expect(await run(desk, 'mkfifo', [fifo])).toMatchObject({ code: 0 });
  const child = spawn(command, ['init', 'a.holdfast', '--passphrase-file', fifo], {
    cwd: desk.home,
    env: desk.env,
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // It opens for writing when the command has opened it for reading.
  const writer = await open(fifo, 'w');
  child.kill('SIGTERM');
  expect(await ended).not.toBe(0);
  await expect.poll(async () => (await run(desk, 'pgrep', ['-f', fifo])).stdout).toBe('');
  await writer.close();
});

describe('in the process of a current Electron', () => {
  test('a program has its arguments, its standard input, its output to the last byte, its exit code', async () => {
    const program = [
      "let typed = '';",
      'exports.finished = (async () => {',
      "  for await (const text of process.stdin.setEncoding('utf8')) typed += text;",
      "  process.stdout.write(JSON.stringify({ args: process.argv.slice(2), typed }) + 'x'.repeat(3_000_000));",
      '  process.exitCode = 3;',
      '})();',
    ].join('\n');
    const outcome = await runHereInElectron(program, ['verify', '--json', 'ä b'], 'words typed');
    const document = JSON.stringify({ args: ['verify', '--json', 'ä b'], typed: 'words typed' });
    expect(outcome.code).toBe(3);
    expect(outcome.stdout.length).toBe(document.length + 3_000_000);
    expect(outcome.stdout.startsWith(document)).toBe(true);
  });

  test('a program that throws is told so', async () => {
    const outcome = await runHereInElectron(
      "exports.finished = Promise.reject(new Error('broken'));",
      [],
      '',
    );
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('holdfast: ');
  });
});
