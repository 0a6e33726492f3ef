/** The window's calls about the keychain. */
import { fromFailure } from '../../contract/errors.ts';
import type { HostClient } from '../host-client.ts';
import type { ShellHandlers } from '../ipc.ts';
import type { Keychain } from './keychain.ts';

type KeychainHandlers = Pick<ShellHandlers, 'keychain.status' | 'keychain.keep' | 'keychain.forget'>;

export function keychainHandlers(host: HostClient, keychain: Keychain): KeychainHandlers {
  return {
    'keychain.status': async () => keychain.status(),
    'keychain.keep': async ({ path, passphrase }) => {
      // One that opens nothing would be offered again and again.
      const shown = await host.call('identity.show', { path, passphrase });
      if (!shown.ok) throw fromFailure(shown.error);
      keychain.keep(path, passphrase);
      return keychain.status();
    },
    'keychain.forget': async ({ path }) => {
      keychain.forget(path);
      return keychain.status();
    },
  };
}
