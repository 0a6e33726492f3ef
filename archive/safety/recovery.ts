/** The recovery sheet as a file: the key leaves the archive, and the log says so. */
import { extname, resolve } from 'node:path';
import { HoldfastError } from '../../contract/errors.ts';
import type { RecoverySheetReport, Secret } from '../../contract/model/safety.ts';
import { type ArchiveKey, sameKey } from '../../db/cipher.ts';
import { inTransaction } from '../../db/handle.ts';
import { pageSize } from '../../db/page-size.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { concatBytes } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import { sheetAsPdf } from '../../evidence/recovery/pdf.ts';
import { recoverySheet, sheetAsText } from '../../evidence/recovery/sheet.ts';
import type { Archive } from '../archive.ts';
import { writeNewFile } from '../new-file.ts';
import { recordEvent } from '../record.ts';
import { keyOf } from '../unlock.ts';

/**
 * Whether `secret` is what opens this archive: asked of whoever sits before an open one.
 * Errors: `wrong-passphrase`, `recovery-key-unreadable`, `recovery-key-wrong`.
 */
export async function requireSecret(archive: Archive, secret: Secret): Promise<ArchiveKey> {
  const { key } = archive;
  if (key === null) {
    throw new HoldfastError('bad-input', 'This archive is not encrypted: it has no passphrase and no key.');
  }
  const given = await keyOf(key.salt, secret);
  const isSame = sameKey(given, key);
  given.key.fill(0);
  if (isSame) return key;
  throw 'passphrase' in secret
    ? new HoldfastError('wrong-passphrase', 'This is not the passphrase of the open archive.')
    : new HoldfastError('recovery-key-wrong', 'This recovery sheet is not of the open archive.');
}

/**
 * Writes a recovery sheet to `path`, a PDF where the name ends in `.pdf`, else text; readable by its owner alone.
 * Errors: those of `requireSecret`, `bad-input` for a plain archive, `output-exists`, `not-writable`, `disk-full`.
 */
export async function writeRecoverySheet(
  archive: Archive,
  path: string,
  secret: Secret,
): Promise<RecoverySheetReport> {
  const { key, salt } = await requireSecret(archive, secret);
  const target = resolve(path);
  const format = extname(target).toLowerCase() === '.pdf' ? 'pdf' : 'text';
  const sheetId = newId();
  const lines = recoverySheet(nodeSha256, {
    archiveId: archive.info.archiveId,
    sheetId,
    madeAt: archive.clock(),
    pageSize,
    secret: concatBytes(key, salt),
  });
  // Recorded first: no sheet may lie about of which the log does not know.
  inTransaction(archive.db, () => recordEvent(archive, 'recovery.exported', { sheet: sheetId, format }));
  writeNewFile(target, format === 'pdf' ? sheetAsPdf(lines) : sheetAsText(lines), 0o600);
  return { sheetId, path: target, format };
}
