/**
 * Puts a kept passphrase where the window said null: on its way from the window to the host, so that the window never
 * sees it. What is not kept stays null, and the host asks for it.
 */
import { type HostChannel, hostChannels } from '../../contract/channels.ts';
import type { Keychain } from './keychain.ts';

type Kept = Pick<Keychain, 'passphraseFor'>;

/** `input` is what the window sent, unchecked: what the contract does not take is passed on as it is, for the host to refuse. */
export function fillIn(kept: Kept, channel: HostChannel, input: unknown): unknown {
  const file = <F extends { path: string; passphrase: string | null }>(identity: F): F =>
    identity.passphrase === null ? { ...identity, passphrase: kept.passphraseFor(identity.path) } : identity;
  switch (channel) {
    case 'archive.open':
    case 'archive.create': {
      const parsed = hostChannels['archive.open'].input.safeParse(input);
      if (!parsed.success) return input;
      const { identity } = parsed.data;
      return identity == null ? input : { ...parsed.data, identity: file(identity) };
    }
    case 'identity.show': {
      const parsed = hostChannels[channel].input.safeParse(input);
      return parsed.success ? file(parsed.data) : input;
    }
    case 'signers.add': {
      const parsed = hostChannels[channel].input.safeParse(input);
      return parsed.success ? file(parsed.data) : input;
    }
    case 'signers.replace': {
      const parsed = hostChannels[channel].input.safeParse(input);
      if (!parsed.success) return input;
      const { oldIdentity, successor } = parsed.data;
      return {
        ...parsed.data,
        oldIdentity: oldIdentity === null ? null : file(oldIdentity),
        successor: file(successor),
      };
    }
    case 'bundle.compile': {
      const parsed = hostChannels[channel].input.safeParse(input);
      if (!parsed.success || parsed.data.identityPassphrase !== null) return input;
      return { ...parsed.data, identityPassphrase: kept.passphraseFor(parsed.data.identityPath) };
    }
    case 'bundle.certify': {
      const parsed = hostChannels[channel].input.safeParse(input);
      return parsed.success ? { ...parsed.data, identity: file(parsed.data.identity) } : input;
    }
    default:
      return input;
  }
}
