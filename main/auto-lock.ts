/** The idle lock in Electron: what counts as input, what the system says, where the setting is kept. */
import { app, powerMonitor, type WebContents } from 'electron';
import { IdleLock } from './idle-lock.ts';
import type { ShellHandlers } from './ipc.ts';
import { keepIdleMinutes, readIdleMinutes } from './lock-settings.ts';
import { pushToAll } from './push.ts';

export interface AutoLock {
  lock: IdleLock;
  handlers: Pick<ShellHandlers, 'lock.settings' | 'lock.set'>;
}

/** A window that comes up under the pointer gets these without anybody being there. */
const noInput: ReadonlySet<string> = new Set(['mouseEnter', 'mouseLeave']);

/**
 * To be called when the app is ready. `settingsPath`: the file of the setting; `rate`: seconds of the idle time that pass
 * in one; `lock` locks the archive.
 * Linux without X11 or a desktop that tells us has no 'lock-screen': there only the idle time and sleep lock.
 */
export function startAutoLock(settingsPath: string, rate: number, lock: () => Promise<void>): AutoLock {
  const idle = new IdleLock(
    {
      now: () => performance.now() * rate,
      after: (milliseconds, act) => {
        const timer = setTimeout(act, milliseconds / rate);
        return () => clearTimeout(timer);
      },
      lock,
      tell: (news) => pushToAll('idleLock', news),
    },
    readIdleMinutes(settingsPath),
  );
  const watch = (contents: WebContents): void => {
    contents.on('input-event', (_event, { type }) => {
      if (!noInput.has(type)) idle.input();
    });
  };
  app.on('web-contents-created', (_event, contents) => watch(contents));
  powerMonitor.on('lock-screen', () => idle.systemLocked());
  powerMonitor.on('suspend', () => idle.systemLocked());
  return {
    lock: idle,
    handlers: {
      'lock.settings': async () => ({ idleMinutes: readIdleMinutes(settingsPath) }),
      'lock.set': async ({ idleMinutes }) => {
        keepIdleMinutes(settingsPath, idleMinutes);
        idle.setMinutes(idleMinutes);
        return { idleMinutes };
      },
    },
  };
}
