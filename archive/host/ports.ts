/** The two ways in which the archive host can be a child: an Electron utility process, or a forked Node. */
import { HoldfastError } from '../../contract/errors.ts';
import type { HostPort } from './port.ts';

/** What Electron gives a utility process. Its types would tie the archive to Electron, which it must not know. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/**
 * The port to the process that started this one.
 * @throws HoldfastError 'bad-usage' when nobody is at the other end: the file was started by hand.
 */
export function portOfThisProcess(): HostPort {
  // Newer Electron only warns about these and goes on: a host in an unknown state must not hold an archive.
  process.on('unhandledRejection', (reason) => {
    process.stderr.write(`archive host: ${reason instanceof Error ? reason.message : String(reason)}\n`);
    process.exit(1);
  });
  const parent = parentPortOf(process);
  if (parent !== null) return utilityPort(parent);
  if (process.send !== undefined) return forkPort(process.send.bind(process));
  throw new HoldfastError(
    'bad-usage',
    'The archive host is started by Holdfast itself and cannot be run by hand. Start Holdfast, or use the holdfast command.',
  );
}

function utilityPort(parent: ParentPort): HostPort {
  return {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) => parent.on('message', (event) => listener(event.data)),
    exit: (code) => process.exit(code),
  };
}

function forkPort(send: NonNullable<typeof process.send>): HostPort {
  return {
    // The error is looked at by nobody: the channel is then gone, which 'disconnect' tells.
    post: (message) => void send(message, undefined, {}, () => undefined),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.once('disconnect', listener),
    exit: (code) => process.exit(code),
  };
}

function parentPortOf(holder: object): ParentPort | null {
  return hasParentPort(holder) ? holder.parentPort : null;
}

function hasParentPort(holder: object): holder is { parentPort: ParentPort } {
  if (!('parentPort' in holder)) return false;
  const port = holder.parentPort;
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port;
}
