/** A host in this very process behind a real message channel: structured clone and its own turn of the loop. */
import { MessageChannel } from 'node:worker_threads';
import { type HostHandlers, type HostPort, serveHost } from '../../../archive/host/serve.ts';
import type { FromHost, ToHost } from '../../../contract/wire.ts';
import { HostClient } from '../../../main/host-client.ts';
import type { HostProcess } from '../../../main/host-process.ts';

export interface Wire {
  toHost: ToHost[];
  fromHost: FromHost[];
  states: string[];
}

export interface Pair {
  client: HostClient;
  wire: Wire;
  /** Puts anything on the wire, as a defect of main would. */
  inject(raw: unknown): void;
  /** As if the process had died. */
  die(): void;
  starts(): number;
}

/** `close` runs when the host is told to shut down. */
export function pair(handlers: HostHandlers, close: () => Promise<void> = async () => undefined): Pair {
  const wire: Wire = { toHost: [], fromHost: [], states: [] };
  let current: { inject(raw: unknown): void; die(): void } | null = null;
  let starts = 0;
  const launch = async (): Promise<HostProcess> => {
    starts += 1;
    const { port1, port2 } = new MessageChannel();
    const exits: Array<(reason: string) => void> = [];
    const exit = (reason: string): void => {
      port1.close();
      port2.close();
      for (const listener of exits.splice(0)) listener(reason);
    };
    const hostSide: HostPort = {
      post: (message) => {
        wire.fromHost.push(message);
        port2.postMessage(message);
      },
      onMessage: (listener) => void port2.on('message', listener),
      exit: (code) => exit(`exit code ${code}`),
    };
    current = { inject: (raw) => port1.postMessage(raw), die: () => exit('signal SIGKILL') };
    // The host comes up a turn later, as a process does.
    setImmediate(() => serveHost(hostSide, handlers, close));
    return {
      node: process.versions.node,
      pid: process.pid,
      post: (message) => {
        wire.toHost.push(message);
        port1.postMessage(message);
      },
      onMessage: (listener) => void port1.on('message', listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => exit('signal SIGKILL'),
    };
  };
  return {
    client: new HostClient(launch, (state) => wire.states.push(state.state)),
    wire,
    inject: (raw) => current?.inject(raw),
    die: () => current?.die(),
    starts: () => starts,
  };
}

/** Polls at every turn of the loop; the runner's own time limit ends what never comes. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
