/**
 * Starts the archive host. The one place that knows that an Electron can be too old for it: better-sqlite3 needs
 * Node-API 10 and takes the whole process down where it is missing.
 */
import { utilityProcess } from 'electron';
import type { HostProcess } from './host-process.ts';
import { type HostLocation, hostEnvironment, isFit, launchUnderNode } from './host-under-node.ts';

const neededNodeApi = 10;

/** Whether the Node inside this Electron can run the host itself. */
export function canRunHost(versions: { napi?: string | undefined; modules?: string; node: string }): boolean {
  return Number(versions.napi ?? 0) >= neededNodeApi && isFit(versions.node);
}

/**
 * Starts the host as a utility process, or under the project's own Node where Electron is too old.
 * @throws HoldfastError 'unfit-node' when that Node is missing or too old.
 */
export async function launchHost(location: HostLocation): Promise<HostProcess> {
  if (canRunHost(process.versions)) return launchUtility(location.hostPath);
  return launchUnderNode(location);
}

/** The host inside Electron. Exported for the test of this transport in an Electron that could not run the real one. */
export function launchUtility(hostPath: string): HostProcess {
  const child = utilityProcess.fork(hostPath, [], {
    env: hostEnvironment(process.env),
    serviceName: 'Holdfast archive host',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let gone = false;
  child.once('exit', () => {
    gone = true;
  });
  return {
    node: process.versions.node,
    get pid() {
      return child.pid;
    },
    post: (message) => {
      if (!gone) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', (code) => listener(`exit code ${code}`)),
    kill: () => void child.kill(),
  };
}
