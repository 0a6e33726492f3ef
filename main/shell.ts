/** The calls that main itself answers: dialogs, the clipboard, the capture view, the file manager, what runs here. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { app, clipboard, shell } from 'electron';
import { fromFailure, HoldfastError } from '../contract/errors.ts';
import type { ImportReport } from '../contract/model/capture.ts';
import { once } from '../contract/once.ts';
import type { CaptureView } from './capture-view/capture-view.ts';
import { viewHandlers } from './capture-view/handlers.ts';
import { clipboardPicture } from './clipboard-picture.ts';
import { askForOpen, askForSave } from './dialogs.ts';
import type { HostClient } from './host-client.ts';
import type { ShellHandlers } from './ipc.ts';
import { keychainHandlers } from './keychain/handlers.ts';
import type { Keychain } from './keychain/keychain.ts';
import type { SecondDoor } from './second-door/second-door.ts';
import { askForTimestamp } from './timestamp-session.ts';

/**
 * `archivePath` answers which archive the command line or the system asked to open, if any; `lockSettings` are those of
 * the lock that comes by itself; `unseen` captures without anybody looking; `door` is the user's own browser; `notForUsers` says why this copy of the program is for tests only.
 */
export function shellHandlers(
  host: HostClient,
  view: CaptureView,
  keychain: Keychain,
  archivePath: () => string | null,
  lockSettings: Pick<ShellHandlers, 'lock.settings' | 'lock.set'>,
  unseen: Pick<ShellHandlers, 'batch.run' | 'watch.run'>,
  door: SecondDoor,
  notForUsers: string | null,
): ShellHandlers {
  return {
    ...viewHandlers(view, door),
    ...lockSettings,
    ...unseen,
    ...door.handlers,
    ...keychainHandlers(host, keychain),
    'dialog.open': ({ kind }, window) => askForOpen(kind, window),
    'dialog.save': ({ kind, suggestedName }, window) => askForSave(kind, suggestedName, window),
    'clipboard.import': () => importClipboard(host, new Date()),
    'timestamps.ask': (input, _window, { signal }) => askForTimestamp(host, input, signal),
    'clipboard.write': async ({ text }) => {
      await clipboard.writeText(text);
      return {};
    },
    'shell.showInFolder': async ({ path }) => {
      if (!isAbsolute(path) || !existsSync(path)) {
        throw new HoldfastError('file-not-found', `There is no file at ${path} any more.`);
      }
      shell.showItemInFolder(path);
      return {};
    },
    'shell.info': async () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      node: process.versions.node,
      hostNode: host.node,
      archivePath: archivePath(),
      notForUsers,
    }),
  };
}

/** The picture on the clipboard as a PNG file of its own, named after when it was pasted (UTC). */
async function importClipboard(host: HostClient, now: Date): Promise<ImportReport> {
  const png = await clipboardPicture();
  if (png === null) {
    throw new HoldfastError(
      'bad-input',
      'Expected a picture on the clipboard, found none. Copy the picture again, then paste.',
    );
  }
  const name = `clipboard-${now.toISOString().replaceAll(':', '-')}.png`;
  const result = await host.call('import.stream', { name }, { bytesIn: once(png) });
  if (!result.ok) throw fromFailure(result.error);
  return result.value;
}
