/** A persona while it is worn: put on before the first page, and what it left behind kept at the end. */
import { BrowserWindow, type WebContents } from 'electron';
import { type CaptureCircumstances, circumstancesUnder } from '../../capture/circumstances.ts';
import { BlockedCount } from '../../capture/look-only/look-only.ts';
import { guiseOf } from '../../capture/persona/guise.ts';
import { requireAllPut } from '../../capture/persona/not-applied.ts';
import { putSession, takeSession } from '../../capture/persona/session-state.ts';
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import { type Access, mostSessionBytes, sessionStateSchema } from '../../contract/model/persona.ts';
import type { ViewState } from '../../contract/model/view.ts';
import { askHost } from '../ask-host.ts';
import { electronCdp } from '../electron-cdp.ts';
import type { HostClient } from '../host-client.ts';
import type { CaptureSession, Worn } from './capture-session.ts';
import { Dresser } from './dresser.ts';
import { pagePreferences } from './page-preferences.ts';
import { plainUserAgent } from './user-agent.ts';

type Host = Pick<HostClient, 'call'>;

/** The persona with what is kept of its session. Errors: those of the archive. */
export async function wear(host: Host, named: string, ownUserAgent: string): Promise<Worn> {
  const parts: Uint8Array[] = [];
  const persona = await askHost(
    host,
    'personaSession.open',
    { persona: named },
    { onBytes: (bytes) => void parts.push(bytes) },
  );
  const state = sessionStateSchema.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
  const version = process.versions.chrome;
  return {
    persona,
    state,
    guise: guiseOf(persona, { version, userAgent: plainUserAgent(ownUserAgent, version) }),
  };
}

/** What the window shows of it around the page. */
export function signOf({ persona: { id, name, colour, proxy } }: Worn): ViewState['persona'] {
  return { id, name, colour, hasProxy: proxy !== null };
}

/**
 * Puts the kept session back and makes the page say what the persona says. Null: it says nothing of itself.
 * Rejects where any of it is refused; then nothing may be loaded.
 */
export async function dress(contents: WebContents, capture: CaptureSession): Promise<Dresser | null> {
  const { worn } = capture;
  if (worn === null) return null;
  requireAllPut(await inOwnPage(capture, (session) => putSession(session, worn.state)));
  return worn.guise === null ? null : Dresser.dress(contents, worn.guise);
}

/** Takes the session out of the browser and has the archive keep it. Errors: those of the archive; CdpError. */
export async function keep(host: Host, capture: CaptureSession): Promise<void> {
  const { worn } = capture;
  if (worn === null) return;
  const state = await inOwnPage(capture, (session) => takeSession(session, capture.origins));
  const bytes = Buffer.from(JSON.stringify(state));
  if (bytes.length > mostSessionBytes)
    throw new HoldfastError('file-too-large', 'The session is too large to be kept.');
  await askHost(host, 'personaSession.keep', { personaId: worn.persona.id }, { bytesIn: once(bytes) });
}

/** What was captured meanwhile is sealed, and nothing takes it back: that the session is not kept is only told. */
export function tellNotKept(error: unknown): void {
  process.stderr.write(`holdfast: a session was not kept: ${toFailure(error).message}\n`);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
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
export function circumstancesOf(capture: CaptureSession, url: string, access: Access): CaptureCircumstances {
  const { worn, lookOnly } = capture;
  const blocked = new BlockedCount();
  lookOnly.counting = blocked;
  return circumstancesUnder(worn, url, access, lookOnly.isOn ? { by: 'session', blocked } : null);
}
