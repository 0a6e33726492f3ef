/**
 * What the archive remembers for one user at one computer. The path of an identity file lies here and not in a
 * settings file beside the program: whoever looks at the computer must not learn from it who signs what; and never
 * its passphrase.
 */
import { hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { inTransaction } from '../db/handle.ts';
import { getSetting, putSetting } from '../db/machine-setting.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import type { Archive } from './archive.ts';

/** Only a hash: an archive that is passed on should not say on which machines it lay. */
function machineOf(archive: Archive): string {
  const words = ['holdfast/machine/1', archive.info.archiveId, hostname(), userInfo().username];
  return toHex(nodeSha256.of(new TextEncoder().encode(words.join('\0'))));
}

/** The identity file used last here; null before the first. */
export function lastIdentityPath(archive: Archive): string | null {
  return getSetting(archive.db, machineOf(archive), 'identity-path');
}

/** Remembers the path of the identity file just used, made absolute. */
export function rememberIdentityPath(archive: Archive, path: string): void {
  inTransaction(archive.db, () => putSetting(archive.db, machineOf(archive), 'identity-path', resolve(path)));
}
