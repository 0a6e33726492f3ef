/** The archive host as a child of its own Node, with a message channel that clones as Electron's does. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HoldfastError } from '../contract/errors.ts';
import type { HostProcess } from './host-process.ts';

const neededNode = [22, 14] as const;

export interface HostLocation {
  /** The bundled host, a file outside any asar. */
  hostPath: string;
  /** Folders in which a Node of our own may lie: the project, or what lies beside a packaged app. */
  nodeRoots: readonly string[];
}

/** The environment of the host: what could change its Node, and every passphrase, stays behind. */
export function hostEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !/^(NODE_|ELECTRON_|HOLDFAST_.*PASSPHRASE)/i.test(name)) kept[name] = value;
  }
  return kept;
}

/**
 * Starts the host under a Node of our own, and not the one that happens to be on the PATH.
 * @throws HoldfastError 'unfit-node' when there is none, or it is too old.
 */
export async function launchUnderNode(location: HostLocation): Promise<HostProcess> {
  const { path, version } = await findFitNode(location.nodeRoots);
  // Not fork(): Electron replaces it and adds ELECTRON_RUN_AS_NODE.
  const child = spawn(path, [location.hostPath], {
    env: hostEnvironment(process.env),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    windowsHide: true,
  });
  return childHost(child, version);
}

/**
 * A Node of our own in one of these folders, and its version.
 * @throws HoldfastError 'unfit-node' when there is none, or it is too old.
 */
export async function findFitNode(roots: readonly string[]): Promise<{ path: string; version: string }> {
  const path = findNode(roots);
  const version = await versionOf(path, hostEnvironment(process.env));
  if (!isFit(version)) {
    throw unfit(`Expected Node ${neededNode.join('.')} or later at ${path}, found ${version}.`);
  }
  return { path, version };
}

/** A spawned Node with an 'advanced' channel as the host. */
export function childHost(child: ChildProcess, node: string): HostProcess {
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    child.once('error', (error) => resolve(error.message));
  });
  return {
    node,
    pid: child.pid,
    // A message that cannot be sent is lost with the process; its exit says so.
    post: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exited.then(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}

function findNode(roots: readonly string[]): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = roots.flatMap((root) => [
    join(root, 'node_modules', 'node', 'bin', name),
    join(root, 'node_modules', '.bin', name),
    join(root, 'node', 'bin', name),
  ]);
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) {
    throw unfit(`Expected Node ${neededNode.join('.')} or later in ${roots.join(' or ')}, found none.`);
  }
  return found;
}

async function versionOf(node: string, env: Record<string, string>): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(node, ['--version'], { env, windowsHide: true });
    return stdout.trim().replace(/^v/, '');
  } catch (cause) {
    throw unfit(`Expected Node ${neededNode.join('.')} or later at ${node}, but it does not run.`, cause);
  }
}

/** Whether a Node of this version runs better-sqlite3: Node-API 10. */
export function isFit(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1]);
}

function unfit(found: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'unfit-node',
    `The archive host cannot be started: ${found} Run 'npm run setup', or install Holdfast again.`,
    { cause },
  );
}
