/** Redactions: made, lifted, listed. Each is an event of its own; nothing of the archive changes. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Redaction, RedactionDraft } from '../../contract/model/redaction.ts';
import { inTransaction } from '../../db/handle.ts';
import { listRedactionRows } from '../../db/redaction.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { requireCapture } from '../posts.ts';
import { recordEvent } from '../record.ts';
import { requireReason } from '../review/reason.ts';
import { loadPicture } from './picture.ts';

/** Oldest first; those that were lifted among them. */
export function listRedactions(archive: Archive, captures: readonly string[] | null = null): Redaction[] {
  return listRedactionRows(archive.db, captures);
}

/** Errors: `redaction-not-found`. */
export function requireRedaction(archive: Archive, id: string): Redaction {
  const redaction = listRedactionRows(archive.db, null).find((one) => one.id === id);
  if (redaction !== undefined) return redaction;
  throw new HoldfastError(
    'redaction-not-found',
    `There is no redaction ${id} in this archive. 'holdfast redact list' shows them.`,
  );
}

/**
 * Records what bundles are to withhold from a capture. Errors: `capture-not-found`, `artifact-not-found`, `bad-input` for
 * no reason, words of white space alone, or a picture of which no part can be covered.
 */
export function addRedaction(archive: Archive, { captureId, hides, because }: RedactionDraft): Redaction {
  const capture = requireCapture(archive, captureId);
  const reason = requireReason(because, 'a redaction');
  if (hides.what === 'words' && hides.words.some((word) => word.trim().length < 2))
    throw new HoldfastError('bad-input', 'Name words of two characters or more.');
  if (hides.what !== 'words') {
    const known = capture.artifacts.some(
      ({ sha256, role }) => sha256 === hides.sha256 && role === hides.role,
    );
    if (!known)
      throw new HoldfastError(
        'artifact-not-found',
        `The capture has no such file: ${hides.role} ${hides.sha256}.`,
      );
  }
  if (hides.what === 'regions') loadPicture(archive, hides);
  const id = newId();
  inTransaction(archive.db, () =>
    recordEvent(archive, 'redaction.made', { redaction: id, capture: captureId, hides, because: reason }),
  );
  return requireRedaction(archive, id);
}

/** From here on bundles show what it withheld. Errors: `redaction-not-found`, `nothing-to-do`, `bad-input`. */
export function liftRedaction(archive: Archive, id: string, because: string): Redaction {
  if (requireRedaction(archive, id).lifted)
    throw new HoldfastError('nothing-to-do', 'This redaction was lifted before.');
  const reason = requireReason(because, 'lifting a redaction');
  inTransaction(archive.db, () =>
    recordEvent(archive, 'redaction.lifted', { redaction: id, because: reason }),
  );
  return requireRedaction(archive, id);
}
