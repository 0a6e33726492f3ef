/**
 * The session of one opening of the capture view: in memory, the only one that reaches the network, and forgotten
 * at the end. Everything else that a page may ask for is refused and taken down.
 */
import { randomUUID } from 'node:crypto';
import { type Session, session } from 'electron';
import type { Guise } from '../../capture/persona/guise.ts';
import type { KeptSession } from '../../capture/persona/merge-sessions.ts';
import { originOf } from '../../capture/persona/session-state.ts';
import type { Persona } from '../../contract/model/persona.ts';
import { parseProxy, proxyBypass, proxyRules } from '../../contract/proxy.ts';
import { ServerCertificates } from './certificates.ts';
import { LookOnlyGate } from './look-only-gate.ts';
import { Refusals } from './refusals.ts';
import { plainUserAgent } from './user-agent.ts';

/** A persona with what is kept of its session, and what it makes pages and workers say. */
export interface Worn {
  persona: Persona;
  begun: KeptSession;
  guise: Guise | null;
}

const sessions = new WeakMap<Session, CaptureSession>();

export class CaptureSession {
  readonly session: Session;
  readonly certificates = new ServerCertificates();
  readonly refusals: Refusals;
  readonly lookOnly: LookOnlyGate;
  /** Null: a fresh session. */
  readonly worn: Worn | null;
  readonly #origins = new Set<string>();

  /** A new session under a name that no other has; `onRefusal` hears of everything that is refused in it. */
  constructor(onRefusal: () => void, worn: Worn | null = null) {
    this.worn = worn;
    this.lookOnly = new LookOnlyGate(onRefusal);
    // Without `persist:` nothing of it is written to disk.
    this.session = session.fromPartition(`holdfast-capture-${randomUUID()}`, { cache: false });
    this.refusals = new Refusals(onRefusal);
    sessions.set(this.session, this);
    this.#openNetwork();
    this.#refuseTheRest();
  }

  /** The capture session behind an Electron session; null where it is another, which reaches no network. */
  static of(session: Session): CaptureSession | null {
    return sessions.get(session) ?? null;
  }

  /** Origins of pages that were visited or whose storage was put back. */
  get origins(): string[] {
    return [
      ...new Set([...(this.worn?.begun.state.storage.map(({ origin }) => origin) ?? []), ...this.#origins]),
    ];
  }

  /** A page of this address was there. */
  visited(url: string): void {
    const origin = originOf(url);
    if (origin !== null) this.#origins.add(origin);
  }

  /**
   * Resolves when the network may be used: until then the session's proxy leads nowhere. A persona's proxy takes its
   * place, for every address and without another way where it does not answer.
   */
  async ready(): Promise<void> {
    const proxy = this.worn?.persona.proxy ?? null;
    if (proxy === null) {
      await this.session.setProxy({ mode: 'system' });
      return;
    }
    const address = parseProxy(proxy);
    if (address === null) throw new Error('the proxy of the persona is not understood');
    await this.session.setProxy({ proxyRules: proxyRules(address), proxyBypassRules: proxyBypass });
  }

  /** Breaks every connection and forgets cookies, stores, caches and passwords. */
  async end(): Promise<void> {
    this.session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (_details, answer) =>
      answer({ cancel: true }),
    );
    await this.session.closeAllConnections();
    await Promise.all([
      this.session.clearStorageData(),
      this.session.clearCache(),
      this.session.clearAuthCache(),
      this.session.clearHostResolverCache(),
    ]);
  }

  /** Takes the place of the default deny, which every session starts with (lockdown.ts). */
  #openNetwork(): void {
    const target = this.session;
    target.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (request, answer) => {
      const isOfWeb = /^(https?|wss?|data|blob):/i.test(request.url);
      answer({ cancel: !isOfWeb || this.lookOnly.blocks(request) });
    });
    // -3: what Chromium makes of it counts; this only looks. A refused one comes back as 'certificate-error'.
    target.setCertificateVerifyProc((request, answer) => {
      this.certificates.note(request.hostname, request.certificate, request.verificationResult);
      answer(-3);
    });
    // Also of what no debugger attaches to; pages and workers are told once more, with all that belongs to it.
    const plain = plainUserAgent(target.getUserAgent(), process.versions.chrome);
    const languages = this.worn?.persona.languages ?? [];
    const said = this.worn?.persona.userAgent ?? plain;
    if (languages.length === 0) target.setUserAgent(said);
    else target.setUserAgent(said, languages.join(','));
  }

  #refuseTheRest(): void {
    this.session.setPermissionRequestHandler((_contents, permission, answer, details) => {
      const from = 'requestingUrl' in details ? details.requestingUrl : '';
      // A link that wants another program, such as mailto:, asks for a permission of this name.
      const wanted = 'externalURL' in details ? `${permission}: ${details.externalURL ?? ''}` : permission;
      this.refusals.add('permission', from === '' ? wanted : `${wanted} (${from})`);
      answer(false);
    });
    this.session.on('will-download', (_event, item) => this.refusals.add('download', item.getURL()));
  }
}
