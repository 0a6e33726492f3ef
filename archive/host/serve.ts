/**
 * The archive host's side of the contract: takes messages from a port, runs the handlers, answers.
 * Nothing throws across the port and every request is answered exactly once.
 */
import { z } from 'zod';
import {
  type HostChannel,
  type HostOutput,
  type HostRequest,
  hostChannels,
} from '../../contract/channels.ts';
import { HoldfastError, type Result } from '../../contract/errors.ts';
import { type ToHost, toHostSchema } from '../../contract/wire.ts';
import { HostCall } from './call.ts';
import type { CallContext, HostPort } from './port.ts';

export type { CallContext, HostPort } from './port.ts';

/** One handler a channel; it throws `HoldfastError`, and what else it throws becomes `internal`. */
export type HostHandlers = {
  [C in HostChannel]: (input: HostRequest<C>, context: CallContext) => Promise<HostOutput<C>>;
};

type AnyHandler = (input: unknown, context: CallContext) => Promise<unknown>;

/**
 * Serves `handlers` over `port` until it is told to shut down: then every open call is cancelled and answered,
 * `close` runs, 'closed' is posted, and the process ends with the second 'shutdown', which acknowledges that
 * 'closed' was read: a process that exits right after posting can lose what it posted.
 */
export function serveHost(port: HostPort, handlers: HostHandlers, close: () => Promise<void>): void {
  const calls = new Map<number, HostCall>();
  const running = new Set<Promise<void>>();
  let closing: Promise<void> | null = null;

  const shutDown = (): Promise<void> => {
    closing ??= (async () => {
      for (const call of calls.values()) call.cancel('Holdfast is closing.');
      await Promise.all(running);
      await close();
    })();
    return closing;
  };

  const request = (message: ToHost & { type: 'request' }): void => {
    if (calls.has(message.id)) {
      report(`request ${message.id} came twice; the second was ignored`);
      return;
    }
    const found = findChannel(message.channel);
    const call = new HostCall(message.id, port, found?.bytes === 'in');
    calls.set(message.id, call);
    const work = answer(message, closing !== null, handlers, call).then((result) => {
      calls.delete(message.id);
      call.reply(result);
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  };

  const receive = (message: ToHost): void => {
    // A call that was already answered may still get bytes, credit or a cancel that were on their way.
    if (message.type === 'request') request(message);
    else if (message.type === 'cancel') calls.get(message.id)?.cancel('Cancelled at your request.');
    else if (message.type === 'bytes') calls.get(message.id)?.receive(message.bytes);
    else if (message.type === 'bytes-end') calls.get(message.id)?.receiveEnd(message.failure);
    else if (message.type === 'credit') calls.get(message.id)?.credit(message.bytes);
    else if (closing !== null) void closing.finally(() => port.exit?.(0));
    else {
      shutDown().then(
        () => port.post({ type: 'closed' }),
        (error: unknown) => {
          report(
            `the archive could not be closed: ${error instanceof Error ? error.message : String(error)}`,
          );
          port.exit?.(1);
        },
      );
    }
  };

  port.onMessage((raw) => {
    const parsed = toHostSchema.safeParse(raw);
    if (parsed.success) receive(parsed.data);
    else refuse(port, raw, parsed.error);
  });
  port.onGone?.(() => {
    shutDown().then(
      () => port.exit?.(0),
      () => port.exit?.(1),
    );
  });
  port.post({ type: 'ready', pid: process.pid });
}

interface FoundChannel {
  name: HostChannel;
  input: z.ZodType;
  bytes: 'in' | 'out' | null;
}

function findChannel(name: string): FoundChannel | null {
  if (!isHostChannel(name)) return null;
  const entry: { input: z.ZodType; bytes?: 'in' | 'out' } = hostChannels[name];
  return { name, input: entry.input, bytes: entry.bytes ?? null };
}

function isHostChannel(name: string): name is HostChannel {
  return Object.hasOwn(hostChannels, name);
}

async function answer(
  message: { channel: string; input?: unknown },
  closing: boolean,
  handlers: HostHandlers,
  call: HostCall,
): Promise<Result<unknown>> {
  try {
    if (closing) {
      throw new HoldfastError('host-stopped', 'The archive is being closed. Open it again, then try again.');
    }
    const channel = findChannel(message.channel);
    if (channel === null) {
      throw new HoldfastError(
        'not-allowed',
        `The archive host knows no call named ${JSON.stringify(message.channel)}.`,
      );
    }
    const input = channel.input.safeParse(message.input);
    if (!input.success) throw badInput(channel.name, input.error);
    // The table's types tie input to handler; the compiler cannot follow that through a name known only at run time.
    const handler = handlers[channel.name] as AnyHandler;
    return { ok: true, value: await handler(input.data, call.context) };
  } catch (error) {
    return { ok: false, error: call.failure(error) };
  }
}

/** `bad-input` in words: every place that is wrong, and what stands there by type, never by value. */
function badInput(channel: string, error: z.ZodError): HoldfastError {
  const places = error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return `${path === '' ? 'the input' : path}: ${issue.message}`;
  });
  return new HoldfastError(
    'bad-input',
    `The call ${channel} was given something that it cannot take. ${places.join('; ')}.`,
    {
      details: { channel, path: error.issues[0]?.path.map(String).join('.') ?? '' },
      cause: error,
    },
  );
}

const addressed = z.object({ type: z.literal('request'), id: z.number().int().nonnegative() });

/** Answers a malformed request where it says which one it is; the content of a message is never logged. */
function refuse(port: HostPort, raw: unknown, error: z.ZodError): void {
  const request = addressed.safeParse(raw);
  if (request.success) {
    const failure = new HoldfastError(
      'bad-input',
      'The archive host was sent a request that it cannot read.',
      {
        cause: error,
      },
    );
    const { code, message, details } = failure;
    port.post({
      type: 'reply',
      id: request.data.id,
      result: { ok: false, error: { code, message, details } },
    });
    return;
  }
  const where = error.issues.map((issue) => `${issue.path.map(String).join('.')} ${issue.code}`).join(', ');
  report(`a message that is none of the known ones was ignored (${where})`);
}

function report(text: string): void {
  process.stderr.write(`archive host: ${text}\n`);
}
