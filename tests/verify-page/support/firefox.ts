/**
 * Debian's Firefox, driven by WebDriver BiDi (w3c.github.io/webdriver-bidi) over its own socket: Playwright drives a
 * Firefox of its own making only.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, OpenPage } from './browser.ts';

export const firefoxPath = '/usr/bin/firefox-esr';
export const hasFirefox = existsSync(firefoxPath);

/** Nothing that Firefox would ask its maker for by itself; everything else goes to the proxy. */
function preferences(proxy: URL): string {
  const values: Record<string, string | number | boolean> = {
    'network.proxy.type': 1,
    'network.proxy.http': proxy.hostname,
    'network.proxy.http_port': Number(proxy.port),
    'network.proxy.ssl': proxy.hostname,
    'network.proxy.ssl_port': Number(proxy.port),
    'network.proxy.no_proxies_on': '',
    'network.proxy.allow_hijacking_localhost': true,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'app.normandy.enabled': false,
    'app.update.enabled': false,
    'browser.safebrowsing.update.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'datareporting.policy.dataSubmissionEnabled': false,
    'extensions.getAddons.cache.enabled': false,
    'services.settings.server': 'data:,',
    'toolkit.telemetry.server': 'data:,',
  };
  return Object.entries(values)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

export async function startFirefox(proxy: string): Promise<Browser & { pid: number }> {
  const profile = mkdtempSync(join(tmpdir(), 'holdfast-firefox-'));
  writeFileSync(join(profile, 'user.js'), preferences(new URL(proxy)));
  const child = spawn(
    firefoxPath,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
    },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const session = await Session.connect(`${await listeningAt(child)}/session`);
  return {
    pid: child.pid ?? 0,
    open: (address, before) => openPage(session, address, before),
    close: async () => {
      await session.send('browser.close', {}).catch(() => undefined);
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function listeningAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('close', () => reject(new Error(`Firefox ended: ${said.slice(0, 2000)}`)));
  });
}

interface Message {
  id?: number;
  type: 'success' | 'error' | 'event';
  method?: string;
  result?: unknown;
  params?: { context?: string; source?: { context?: string }; request?: { url: string }; text?: string };
  error?: string;
  message?: string;
}

class Session {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #listeners = new Set<(message: Message) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(String(data)));
    socket.onclose = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox went away'));
    };
  }

  static async connect(address: string): Promise<Session> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error(`no connection to ${address}`));
    });
    const session = new Session(socket);
    await session.send('session.new', { capabilities: {} });
    await session.send('session.subscribe', { events: ['network.beforeRequestSent', 'log.entryAdded'] });
    return session;
  }

  send<Result = unknown>(method: string, params: object): Promise<Result> {
    const id = ++this.#last;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as Result), reject });
    });
  }

  listen(listener: (message: Message) => void): void {
    this.#listeners.add(listener);
  }

  #receive(message: Message): void {
    if (message.id === undefined) for (const listener of this.#listeners) listener(message);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.type === 'success') waiting?.resolve(message.result);
      else waiting?.reject(new Error(`${message.error}: ${message.message}`));
    }
  }
}

interface Evaluated {
  type: 'success' | 'exception';
  result?: { value?: string; sharedId?: string };
  exceptionDetails?: { text: string };
}

async function openPage(session: Session, address: string, before?: string): Promise<OpenPage> {
  const { context } = await session.send<{ context: string }>('browsingContext.create', { type: 'tab' });
  const [requests, complaints]: [string[], string[]] = [[], []];
  session.listen(({ method, params }) => {
    if (method === 'network.beforeRequestSent' && params?.context === context)
      requests.push(params.request?.url ?? '');
    if (method === 'log.entryAdded' && params?.source?.context === context)
      complaints.push(params.text ?? '');
  });
  if (before !== undefined)
    await session.send('script.addPreloadScript', {
      functionDeclaration: `() => { ${before} }`,
      contexts: [context],
    });
  await session.send('browsingContext.navigate', { context, url: address, wait: 'complete' });
  const evaluate = async (expression: string) => {
    const found = await session.send<Evaluated>('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
    });
    if (found.type === 'exception') throw new Error(found.exceptionDetails?.text);
    return found.result;
  };
  return {
    evaluate: async (expression) => {
      const found = await evaluate(`(async () => JSON.stringify((await (${expression})) ?? null))()`);
      return JSON.parse(found?.value ?? 'null');
    },
    choose: async (path) => {
      const field = await evaluate(`document.getElementById('file')`);
      await session.send('input.setFiles', {
        context,
        element: { sharedId: field?.sharedId },
        files: [path],
      });
    },
    requests: () => requests,
    complaints: () => complaints,
    close: async () => {
      await session.send('browsingContext.close', { context });
    },
  };
}
