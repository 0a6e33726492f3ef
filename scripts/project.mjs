/**
 * Where things are, and how a script ends. Plain JavaScript for Node 18 and later, without packages:
 * it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** `v24.21.0`: the Node that the project's own code and tools run under. */
export const projectNodeVersion = `v${readFileSync(join(root, '.nvmrc'), 'utf8').trim()}`;

/** The Node that comes with the npm packages. */
export function projectNode(projectRoot = root) {
  return process.platform === 'win32'
    ? join(projectRoot, 'node_modules', 'node', 'bin', 'node.exe')
    : join(projectRoot, 'node_modules', '.bin', 'node');
}

/** A failure that the reader can do something about: its message is one sentence that says what. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Was this module started, rather than imported? */
export function isStarted(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(moduleUrl));
}

/**
 * Runs a script's main function; what it returns is the exit code.
 * A SetupError is printed as its sentence (exit 1); anything else is a defect and keeps its stack.
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0;
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    console.error(`holdfast: ${sentence}`);
    process.exitCode = 1;
  }
}

function sentenceOf(error) {
  if (error instanceof SetupError) return error.message;
  if (error.code === 'ENOSPC')
    return `The disk is full (${error.path ?? 'on writing'}): make room, then run this again.`;
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code) && error.path) {
    return `${error.path} cannot be written (${error.code}): run this as the user who owns the project's folder.`;
  }
  return null;
}

/**
 * The environment for children: the project's tools first, so that `node` means the project's Node; and on Linux names of
 * files in UTF-8 where nothing is said of them, or Chromium finds no file whose name is not ASCII.
 */
export function projectEnvironment(extra = {}) {
  const { LC_ALL, LC_CTYPE, LANG } = process.env;
  const isSaid = (LC_ALL || LC_CTYPE || LANG || 'C') !== 'C' || process.platform !== 'linux';
  return {
    ...process.env,
    ...(isSaid ? {} : { LC_ALL: 'C.UTF-8' }),
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    ...extra,
  };
}

/**
 * Runs a command in place of this process: same terminal, signals passed on.
 * Answers its exit code; 128 + n when signal n ended it, as shells do.
 */
export function passOn(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const listeners = new Map();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      // A terminal sends Ctrl-C to the whole group: passed on as well, the child would get it twice.
      const listener = signal === 'SIGINT' && process.stdin.isTTY ? () => {} : () => child.kill(signal);
      listeners.set(signal, listener);
      process.on(signal, listener);
    }
    const settle = (act) => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
      act();
    };
    child.on('error', (error) => settle(() => reject(error)));
    child.on('exit', (code, signal) => settle(() => resolve(code ?? 128 + (signalNumbers[signal] ?? 0))));
  });
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/**
 * Null when this process runs under the project's Node; otherwise runs the script again under it and
 * answers the exit code. To be called after the packages are installed.
 */
export async function againUnderProjectNode(scriptUrl, args) {
  if (process.version === projectNodeVersion) return null;
  return passOn(projectNode(), [fileURLToPath(scriptUrl), ...args], { env: projectEnvironment() });
}
