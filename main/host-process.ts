/** The archive host as a child process, however it was started. */
import type { ToHost } from '../contract/wire.ts';

export interface HostProcess {
  /** The version of the Node that runs the host, such as `24.21.0`. */
  readonly node: string;
  readonly pid: number | undefined;
  /** Never throws: a message to a process that is gone is lost, and `onExit` says so. */
  post(message: ToHost): void;
  onMessage(listener: (raw: unknown) => void): void;
  /** Told once, also when it never came up; `reason` in words: 'exit code 1', 'signal SIGKILL'. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once. */
  kill(): void;
}

/** Starts a host; rejects with `unfit-node` or `host-stopped` when there is no way to. */
export type LaunchHost = () => Promise<HostProcess>;
