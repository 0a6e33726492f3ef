/** Days from which a backup is called old. */
export const oldFrom = 14;

/** Whole days since `time` (RFC 3339), by this computer's clock; 0 for a time that is still to come. */
export function backupAge(time: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(time)) / 86_400_000));
}
