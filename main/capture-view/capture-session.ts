/**
 * The session of one opening of the capture view: in memory, the only one that reaches the network, and forgotten
 * at the end. Everything else that a page may ask for is refused and taken down.
 */
import { randomUUID } from 'node:crypto';
import { type Session, session } from 'electron';
import { ServerCertificates } from './certificates.ts';
import { Refusals } from './refusals.ts';
import { plainUserAgent } from './user-agent.ts';

const sessions = new WeakMap<Session, CaptureSession>();

export class CaptureSession {
  readonly session: Session;
  readonly certificates = new ServerCertificates();
  readonly refusals: Refusals;

  /** A new session under a name that no other has; `onRefusal` hears of everything that is refused in it. */
  constructor(onRefusal: () => void) {
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

  /** Resolves when the network may be used: until then the session's proxy leads nowhere. */
  async ready(): Promise<void> {
    await this.session.setProxy({ mode: 'system' });
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
    target.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, answer) => {
      answer({ cancel: !/^(https?|wss?|data|blob):/i.test(url) });
    });
    // -3: what Chromium makes of it counts; this only looks. A refused one comes back as 'certificate-error'.
    target.setCertificateVerifyProc((request, answer) => {
      this.certificates.note(request.hostname, request.certificate, request.verificationResult);
      answer(-3);
    });
    target.setUserAgent(plainUserAgent(target.getUserAgent(), process.versions.chrome));
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
