/** The window's calls: one handler for each channel of the contract that the window may use, and no other. */
import { BrowserWindow, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import {
  type HostChannel,
  hostChannels,
  type PushMessage,
  type ShellChannel,
  type ShellOutput,
  shellChannels,
} from '../contract/channels.ts';
import { HoldfastError, type Result, toFailure } from '../contract/errors.ts';
import { idSchema, type Progress } from '../contract/model/common.ts';
import type { HostClient } from './host-client.ts';
import { fillIn } from './keychain/fill-in.ts';
import type { Keychain } from './keychain/keychain.ts';
import { isWindowUrl } from './own-urls.ts';
import { pushTo, pushToAll } from './push.ts';

/** How long work is cancelled and says how far it is; without a call id nobody does either. */
export interface LongWork {
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/** What main itself answers; a handler gets parsed input and the window that asked. */
export type ShellHandlers = {
  [C in ShellChannel]: (
    input: z.output<(typeof shellChannels)[C]['input']>,
    window: BrowserWindow,
    work: LongWork,
  ) => Promise<ShellOutput<C>>;
};

export interface WindowCalls {
  host: HostClient;
  shell: ShellHandlers;
  /** Why no archive may be unlocked in this run; null when it may. */
  unlockRefused: string | null;
  /** Told after an archive was opened or created. */
  onOpened(): void;
  /** Passphrases that a user has asked to keep; the window says null for them. */
  keychain: Pick<Keychain, 'passphraseFor'>;
  /** Told before an archive is locked; the lock waits for it. Never rejects. */
  onLocking(): Promise<void>;
  /** Told before a persona is changed or loses its session: what it has open ends first. Never rejects. */
  onPersonaEnds(personaId: string): Promise<void>;
  /** Told before a bundle is compiled, whose report is to be printed. Never rejects. */
  onCompiling(): void;
  /** Told after an archive was locked. */
  onLocked(): void;
  /** Told of work that a lock which comes by itself must not stop. */
  onWork<T>(work: Promise<T>): Promise<T>;
}

const changedBy: Partial<Record<HostChannel | ShellChannel, PushMessage<'changed'>['what']>> = {
  'archive.create': 'archive',
  'archive.open': 'archive',
  'archive.lock': 'archive',
  'archive.rebuild': 'archive',
  'archive.backup': 'archive',
  'archive.recoverySheet': 'archive',
  'passphrase.change': 'archive',
  'import.files': 'posts',
  'capture.reread': 'posts',
  'clipboard.import': 'posts',
  'view.capture': 'posts',
  'purge.capture': 'posts',
  'keeping.hold': 'posts',
  'keeping.lift': 'posts',
  'keeping.retain': 'posts',
  'door.capture': 'posts',
  'trail.purge': 'trail',
  'batch.open': 'posts',
  'batch.end': 'posts',
  'batch.run': 'posts',
  'watch.add': 'posts',
  'watch.set': 'posts',
  'watch.run': 'posts',
  'tags.add': 'tags',
  'tags.addMany': 'tags',
  'reports.add': 'tags',
  'tags.review': 'tags',
  'palette.set': 'tags',
  'phrases.add': 'tags',
  'phrases.remove': 'tags',
  'codings.draw': 'tags',
  'cases.make': 'cases',
  'cases.add': 'cases',
  'cases.change': 'cases',
  'cases.label': 'cases',
  'cases.note': 'cases',
  'cases.move': 'cases',
  'cases.remove': 'cases',
  'personas.add': 'personas',
  'personas.change': 'personas',
  'personas.retire': 'personas',
  'personas.clearSession': 'personas',
  'view.close': 'personas',
  'policies.import': 'policies',
  'policies.state': 'policies',
  'policies.link': 'policies',
  'policies.correct': 'policies',
  'signers.add': 'archive',
  'signers.replace': 'archive',
  'bundle.compile': 'archive',
  'redactions.add': 'archive',
  'redactions.lift': 'archive',
  'timestamps.request': 'timestamps',
  'timestamps.attach': 'timestamps',
  'timestamps.ask': 'timestamps',
};

/** What is not stopped by a lock that comes by itself. */
const longWork = new Set<HostChannel | ShellChannel>([
  'archive.rebuild',
  'archive.backup',
  'archive.restore',
  'archive.check',
  'passphrase.change',
  'purge.capture',
  'import.files',
  'clipboard.import',
  'bundle.compile',
  'bundle.certify',
  'bundle.preview',
  'log.verify',
  'timestamps.ask',
  'view.capture',
  'door.capture',
  'batch.run',
  'watch.run',
]);

const personaEnds = new Set<HostChannel>(['personas.change', 'personas.clearSession', 'personas.retire']);
const ofPersona = z.object({ personaId: idSchema });

const callIdSchema = z.number().int().nonnegative().optional();

/** Answers the window's calls from now on. */
export function serveWindowCalls(calls: WindowCalls): void {
  const running = new Map<string, AbortController>();
  for (const channel of windowHostChannels()) {
    handle(channel, async (input, contents, callId) => {
      if (channel === 'archive.lock') await calls.onLocking();
      // A page that is open would go on as what the persona was, and its session would be kept again.
      if (personaEnds.has(channel)) {
        const ending = ofPersona.safeParse(input).data;
        if (ending !== undefined) await calls.onPersonaEnds(ending.personaId);
      }
      if (channel === 'bundle.compile') calls.onCompiling();
      const call = callHost(calls, running, channel, input, contents, callId);
      const result = await (longWork.has(channel) ? calls.onWork(call) : call);
      if (channel === 'archive.lock' && result.ok) calls.onLocked();
      if ((channel === 'archive.open' || channel === 'archive.create') && result.ok) calls.onOpened();
      return result;
    });
  }
  for (const channel of shellChannelNames()) {
    handle(channel, (input, contents, callId) => {
      const call = withCallId(running, contents, callId, (work) =>
        callShell(calls.shell, channel, input, contents, work),
      );
      return longWork.has(channel) ? calls.onWork(call) : call;
    });
  }
  ipcMain.on('cancel', (event, callId: unknown) => {
    if (isFromWindow(event)) running.get(callKey(event.sender, callId))?.abort();
  });
}

/** Calls that carry bytes, and the recorder's, are for main alone: big bytes never pass through the window. */
function windowHostChannels(): HostChannel[] {
  return hostChannelNames().filter(
    (channel) =>
      !('bytes' in hostChannels[channel]) &&
      !channel.startsWith('recording.') &&
      !channel.startsWith('printing.') &&
      !channel.startsWith('personaSession.') &&
      !channel.startsWith('personaTurn.') &&
      channel !== 'trail.add',
  );
}

function hostChannelNames(): HostChannel[] {
  return Object.keys(hostChannels) as HostChannel[];
}

function shellChannelNames(): ShellChannel[] {
  return Object.keys(shellChannels) as ShellChannel[];
}

type Answer = (input: unknown, contents: WebContents, callId: number | undefined) => Promise<Result<unknown>>;

function handle(channel: HostChannel | ShellChannel, answer: Answer): void {
  ipcMain.handle(channel, async (event, input: unknown, callId: unknown): Promise<Result<unknown>> => {
    // Before any await: the frame may have become another page by then.
    const trusted = isFromWindow(event);
    try {
      if (!trusted) {
        throw new HoldfastError('not-allowed', `Only the window of Holdfast may call ${channel}.`);
      }
      const id = callIdSchema.safeParse(callId);
      if (!id.success) {
        throw new HoldfastError(
          'bad-input',
          `The call ${channel} needs a whole number as its call id, or none.`,
        );
      }
      const result = await answer(input, event.sender, id.data);
      const what = changedBy[channel];
      // An import that broke off may have stored some of its files.
      if (what !== undefined && (result.ok || what === 'posts')) pushToAll('changed', { what });
      return result;
    } catch (error) {
      return { ok: false, error: toFailure(error) };
    }
  });
}

/** Whether the main frame of one of our windows asks, while it shows our own page. */
function isFromWindow(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame === undefined || !isWindowUrl(frame.url)) return false;
  return frame.parent === null && BrowserWindow.fromWebContents(event.sender) !== null;
}

async function callHost(
  calls: WindowCalls,
  running: Map<string, AbortController>,
  channel: HostChannel,
  input: unknown,
  contents: WebContents,
  callId: number | undefined,
): Promise<Result<unknown>> {
  if (calls.unlockRefused !== null && (channel === 'archive.open' || channel === 'archive.create')) {
    throw new HoldfastError('not-allowed', calls.unlockRefused);
  }
  const whole = fillIn(calls.keychain, channel, input);
  if (callId === undefined) return calls.host.forward(channel, whole);
  return withCallId(running, contents, callId, (work) => calls.host.forward(channel, whole, work));
}

/** Lets `work` be cancelled under its id and push its progress under it. */
async function withCallId<T>(
  running: Map<string, AbortController>,
  contents: WebContents,
  callId: number | undefined,
  work: (options: LongWork) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  if (callId === undefined) return work({ signal: abort.signal, onProgress: () => undefined });
  const key = callKey(contents, callId);
  if (running.has(key)) {
    throw new HoldfastError(
      'bad-input',
      `The call id ${callId} belongs to a call that is still running. Choose another.`,
    );
  }
  running.set(key, abort);
  try {
    return await work({
      signal: abort.signal,
      onProgress: (progress) => pushTo(contents, 'progress', { callId, ...progress }),
    });
  } finally {
    running.delete(key);
  }
}

function callKey(contents: WebContents, callId: unknown): string {
  return `${contents.id}:${String(callId)}`;
}

async function callShell(
  shell: ShellHandlers,
  channel: ShellChannel,
  input: unknown,
  contents: WebContents,
  work: LongWork,
): Promise<Result<unknown>> {
  const window = BrowserWindow.fromWebContents(contents);
  if (window === null) throw new HoldfastError('cancelled', 'The window was closed.');
  const parsed = shellChannels[channel].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue?.path.map(String).join('.') ?? '';
    throw new HoldfastError(
      'bad-input',
      `The call ${channel} cannot take ${path || 'its input'}: ${issue?.message}.`,
      {
        cause: parsed.error,
      },
    );
  }
  // The table's types tie input to handler; the compiler cannot follow that through a name known only at run time.
  const handler = shell[channel] as (
    input: unknown,
    window: BrowserWindow,
    work: LongWork,
  ) => Promise<unknown>;
  return { ok: true, value: await handler(parsed.data, window, work) };
}
