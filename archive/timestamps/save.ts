/** A stamp as files, for whoever checks it with openssl: what was stamped, the request, the reply, the answers. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive } from '../archive.ts';
import { fromFileSystem, writeNewFile } from '../new-file.ts';
import { keptBytes, requireToken, stampedBytes } from './stamped.ts';

/**
 * Writes `stamped`, `request.tsq`, `reply.tsr` and `revocation-N.der` into a new folder; gives their paths.
 * Errors: `timestamp-not-found`, `output-exists`, `not-writable`, `disk-full`, `archive-damaged`.
 */
export function saveStamp(archive: Archive, tokenId: string, folder: string): string[] {
  const { subject, tsq, token } = requireToken(archive, tokenId);
  const files: [string, Uint8Array][] = [
    ['stamped', stampedBytes(archive, subject)],
    ['request.tsq', keptBytes(archive, tsq)],
    ['reply.tsr', keptBytes(archive, token.sha256)],
    ...token.answerFiles.map((sha256, i): [string, Uint8Array] => [
      `revocation-${i + 1}.der`,
      keptBytes(archive, sha256),
    ]),
  ];
  try {
    mkdirSync(folder);
  } catch (error) {
    throw fromFileSystem(error, folder);
  }
  return files.map(([name, bytes]) => {
    const path = join(folder, name);
    writeNewFile(path, bytes, 0o644);
    return path;
  });
}
