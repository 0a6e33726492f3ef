/** Printing by the app: it waits for a report, asks for its files, and hands back what it printed. */
import { HoldfastError } from '../../contract/errors.ts';
import { send } from '../host/port.ts';
import type { HostHandlers } from '../host/serve.ts';
import type { Printed, PrintJob, PrintReport } from './print.ts';

type PrintChannel = Extract<keyof HostHandlers, `printing.${string}`>;

interface Running {
  job: PrintJob;
  resolve(printed: Printed): void;
  reject(error: unknown): void;
}

export class PrintDesk {
  /** Tells whoever waits whether there is something to print. */
  #waiting: ((isThere: boolean) => void) | null = null;
  #running: Running | null = null;

  /** Null: nobody waits to print. */
  printer(): PrintReport | null {
    const waiting = this.#waiting;
    if (waiting === null) return null;
    return (job, signal) =>
      new Promise<Printed>((resolve, reject) => {
        this.#waiting = null;
        this.#running = { job, resolve, reject };
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
        waiting(true);
      });
  }

  /** Nothing more will be printed: whoever waits goes. */
  end(): void {
    this.#waiting?.(false);
    this.#waiting = null;
    this.#running = null;
  }

  readonly handlers: Pick<HostHandlers, PrintChannel> = {
    'printing.next': async (_input, { signal }) => {
      const waiting = await new Promise<boolean>((resolve) => {
        this.#waiting?.(false);
        this.#waiting = resolve;
        signal.addEventListener('abort', () => resolve(false), { once: true });
      });
      return { waiting };
    },
    'printing.file': async ({ path }, context) => {
      const found = this.#running?.job.file(path) ?? null;
      if (found === null)
        throw new HoldfastError('file-not-found', `Nothing that is to be printed has the path ${path}.`);
      await send(found.open(), context);
      return { mediaType: found.mediaType, size: found.size };
    },
    'printing.done': async ({ engine }, { bytesIn }) => {
      const running = this.#running;
      this.#running = null;
      if (running === null) throw new HoldfastError('nothing-to-do', 'Nothing is being printed.');
      if (engine === null) {
        running.reject(new HoldfastError('io-failed', 'The app could not print it.'));
        return {};
      }
      await new Promise<void>((resolve) => {
        running.resolve({ engine, pdf: toTheEnd(bytesIn(), resolve) });
      });
      return {};
    },
  };
}

/** Tells when nobody reads any more. */
async function* toTheEnd(
  bytes: AsyncIterable<Uint8Array>,
  ended: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* bytes;
  } finally {
    ended();
  }
}
