import type { ArchiveStatus } from '../../contract/model/archive.ts';

/** Days from which a backup is called old. */
export const oldFrom = 14;

/** What the menu quietly says: null days for no backup at all; null where nothing is to be said. */
export function backupReminder(
  archive: Pick<ArchiveStatus, 'lastBackup' | 'counts'>,
  now: Date,
): { days: number | null } | null {
  // An archive without a capture has nothing to lose yet.
  if (archive.counts.captures === 0) return null;
  if (archive.lastBackup === null) return { days: null };
  const days = backupAge(archive.lastBackup.time, now);
  return days >= oldFrom ? { days } : null;
}

/** Whole days since `time` (RFC 3339), by this computer's clock; 0 for a time that is still to come. */
export function backupAge(time: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(time)) / 86_400_000));
}
