/** A persona while it is worn: put on before the first page, and what it left behind kept at the end. */
import { BrowserWindow, type WebContents } from 'electron';
import { type CaptureCircumstances, circumstancesUnder } from '../../capture/circumstances.ts';
import { BlockedCount } from '../../capture/look-only/look-only.ts';
import { guiseOf } from '../../capture/persona/guise.ts';
import { type KeptSession, keepSessionOf, type SessionKeeper } from '../../capture/persona/merge-sessions.ts';
import { requireAllPut } from '../../capture/persona/not-applied.ts';
import { putSession, takeSession } from '../../capture/persona/session-state.ts';
import type { TrailPage } from '../../capture/persona/trail.ts';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import {
  type Access,
  mostSessionBytes,
  type Persona,
  sessionStateSchema,
} from '../../contract/model/persona.ts';
import type { Door } from '../../contract/model/trail.ts';
import type { ViewState } from '../../contract/model/view.ts';
import { once } from '../../contract/once.ts';
import { askHost } from '../ask-host.ts';
import { electronCdp } from '../electron-cdp.ts';
import type { HostClient } from '../host-client.ts';
import type { CaptureSession, Worn } from './capture-session.ts';
import { Dresser } from './dresser.ts';
import { pagePreferences } from './page-preferences.ts';
import { plainUserAgent } from './user-agent.ts';

type Host = Pick<HostClient, 'call'>;

/** Errors: those of the archive. */
async function openSession(host: Host, named: string): Promise<{ persona: Persona; begun: KeptSession }> {
  const parts: Uint8Array[] = [];
  const { persona, version } = await askHost(
    host,
    'personaSession.open',
    { persona: named },
    { onBytes: (bytes) => void parts.push(bytes) },
  );
  const state = sessionStateSchema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
  return { persona, begun: { state, version } };
}

/** The persona with what is kept of its session. Errors: those of the archive. */
export async function wear(host: Host, named: string, ownUserAgent: string): Promise<Worn> {
  const { persona, begun } = await openSession(host, named);
  const version = process.versions.chrome;
  return {
    persona,
    begun,
    guise: guiseOf(persona, { version, userAgent: plainUserAgent(ownUserAgent, version) }),
  };
}

/** What the window shows of it around the page. */
export function signOf({ id, name, colour, proxy }: Persona): NonNullable<ViewState['persona']> {
  return { id, name, colour, hasProxy: proxy !== null };
}

/**
 * Puts the kept session back and makes the page say what the persona says. Null: it says nothing of itself.
 * Rejects where any of it is refused; then nothing may be loaded.
 */
export async function dress(contents: WebContents, capture: CaptureSession): Promise<Dresser | null> {
  const { worn } = capture;
  if (worn === null) return null;
  requireAllPut(await inOwnPage(capture, (session) => putSession(session, worn.begun.state)));
  return worn.guise === null ? null : Dresser.dress(contents, worn.guise);
}

/**
 * Takes the session out of the browser and has the archive keep it, beside what others kept of it meanwhile. `byHand`: a
 * person looked at its pages. Errors: those of the archive; CdpError.
 */
export async function keep(host: Host, capture: CaptureSession, byHand: boolean): Promise<void> {
  const { worn } = capture;
  if (worn === null) return;
  const { begun } = worn;
  const personaId = worn.persona.id;
  const left = await inOwnPage(capture, (session) =>
    takeSession(session, capture.origins, begun.state.storage),
  );
  const keeper: SessionKeeper = {
    open: async () => (await openSession(host, personaId)).begun,
    keep: async (state, version) => {
      const bytes = Buffer.from(JSON.stringify(state));
      if (bytes.length > mostSessionBytes)
        throw new HoldfastError('file-too-large', 'The session is too large to be kept.');
      const sent = { bytesIn: once(bytes) };
      return (await askHost(host, 'personaSession.keep', { personaId, version }, sent)).outcome;
    },
  };
  await keepSessionOf(keeper, begun, left, byHand);
}

/** What was captured meanwhile is sealed, and nothing takes it back: that the session is not kept is only told. */
export function tellNotKept(error: unknown): void {
  process.stderr.write(`holdfast: a session was not kept: ${toFailure(error).message}\n`);
}

/** A page that nobody sees, in the same session; its addresses are answered by us. */
async function inOwnPage<T>(
  capture: CaptureSession,
  act: (session: ReturnType<typeof electronCdp>) => Promise<T>,
): Promise<T> {
  const window = new BrowserWindow({ show: false, webPreferences: pagePreferences(capture.session) });
  try {
    // Before its first load every command of the debugger fails.
    await window.loadURL('about:blank');
    return await act(electronCdp(window.webContents));
  } finally {
    window.destroy();
  }
}

/** For the recorder. Counts what look-only keeps back from now on. */
export function circumstancesOf(
  capture: CaptureSession,
  url: string,
  access: Access,
  dresser: Dresser | null,
): CaptureCircumstances {
  const { worn, lookOnly } = capture;
  const blocked = new BlockedCount();
  lookOnly.counting = blocked;
  return {
    ...circumstancesUnder(worn, url, access, lookOnly.isOn ? { by: 'session', blocked } : null),
    ...(dresser === null ? {} : { onReleased: () => dresser.resume() }),
  };
}

/** One that pages may be looked at with. Errors: those of the archive; `persona-not-found`. */
export async function activePersona(host: Host, id: string): Promise<Persona> {
  const { personas } = await askHost(host, 'personas.list', {});
  const persona = personas.find((one) => one.id === id && !one.retired);
  if (persona !== undefined) return persona;
  throw new HoldfastError('persona-not-found', 'This persona is not there, or was retired. Choose another.');
}

/** Whether the open archive keeps a trail: in clear on the disk it would be anybody's. Errors: those of the archive. */
export async function keepsTrail(host: Host): Promise<boolean> {
  return (await askHost(host, 'archive.status', {}))?.encrypted === true;
}

/** Notes that a page was asked for by hand, and in the trail which; null: not which. Rejects with the errors of the archive. */
export async function noteVisit(
  host: Host,
  persona: string,
  page: TrailPage | null,
  door: Door,
): Promise<void> {
  await askHost(host, 'personaTurn.take', { persona, byHand: true });
  if (page !== null) await askHost(host, 'trail.add', { persona, door, ...page });
}
