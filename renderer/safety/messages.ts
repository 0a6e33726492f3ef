export const safetyMessages = {
  heading: 'Safety',
  intro: 'What keeps this archive from being lost, and from being read by others.',
  browse: 'Choose',
  pathWhat: 'path',
  missingPath: 'Choose where it goes.',
  missingSecret: 'Type what opens the archive now.',

  lockHeading: 'Lock',
  lockHelp:
    'A locked archive asks for its passphrase again. It is locked after some time without a key or the mouse in this window, and when this computer locks its screen or goes to sleep, where the system says so. Work that is under way is ended first. To lock at once: Ctrl+Shift+L, on a Mac Command+Shift+L.',
  lockAfter: 'Lock by itself',
  lockNever: 'Never',
  lockMinutes: (minutes: number) =>
    `After ${minutes === 1 ? 'a minute' : `${minutes} minutes`} without input`,
  lockKept: 'This holds for every archive on this computer.',

  backupHeading: 'Backup',
  backupHelp:
    'A backup is a copy of the whole archive, checked after it was written. Keep it on another disk. It opens with the passphrase that the archive has now, and with the recovery sheets of today.',
  reminder: (days: number | null) => (days === null ? 'No backup yet' : `Backup ${days} days old`),
  noBackup: 'No backup of this archive was ever made. A lost or broken disk loses everything in it.',
  lastBackup: 'Last backup',
  backupOld: (days: number) => `The last backup is ${days} days old.`,
  backupOut: 'Where the backup goes',
  backup: 'Back up now',
  backingUp: 'Backing up',
  backupDone: 'The backup was made and checked',
  theBackup: 'The backup',
  backupSuggested: (day: string) => `backup-${day}.holdfast`,
  sha256: 'SHA-256 of the backup',
  size: 'Size',
  file: 'File',
  events: 'Log',
  eventsOf: (count: string) => `${count} events`,

  sheetHeading: 'Recovery sheet',
  sheetHelp:
    'A sheet of paper that opens the archive without its passphrase, for a second person or a safe. A lost passphrase without such a sheet loses everything: nobody can reset it.',
  sheetWarning:
    'Whoever has the sheet and the file can read everything. Print it, then remove the file, from the wastebasket too.',
  sheetFormat: 'As',
  sheetPdf: 'PDF for printing',
  sheetText: 'Text',
  sheetOut: 'Where the sheet goes',
  sheet: 'Make a recovery sheet',
  sheetDone: 'The recovery sheet was written',
  sheetPlain:
    'This archive is not encrypted: whoever has the file can read it, and there is no key to write down.',
  sheetSuggested: (format: 'pdf' | 'text') =>
    format === 'pdf' ? 'recovery-sheet.pdf' : 'recovery-sheet.txt',
  sheetId: 'Sheet',

  passphraseHeading: 'Passphrase',
  passphraseHelp:
    'Everything is written anew under the new key into a second file, which is checked in full before it takes the place of the first. Until then nothing can be added.',
  passphrasePlainHelp:
    'This archive is not encrypted. With a passphrase it is written anew, encrypted, into a second file, which is checked in full before it takes the place of the first. A disk may hold bytes of the old file for a long time.',
  estimate: (seconds: string, needed: string, free: string) =>
    `This takes about ${seconds} and needs ${needed} of disk until it is done; ${free} are free.`,
  noRoom: 'The disk has too little room for this.',
  newPassphrase: 'New passphrase',
  passphraseAfter:
    'Old recovery sheets do not open the archive any more after this: make a new one. Backups that were made before still open with the old passphrase.',
  passphrasePlainAfter: 'Backups that were made before are still not encrypted.',
  change: 'Change the passphrase',
  encrypt: 'Encrypt with this passphrase',
  changing: 'Changing the passphrase',
  changed: 'The archive has the new passphrase',
  changedAdvice:
    'Recovery sheets that were made before do not open it any more. Make a new one, and destroy the old ones unless you keep backups from before.',
  missingNew: 'Type a new passphrase.',
  differs: 'The two passphrases are not the same.',

  checkHeading: 'Check',
  checkHelp:
    'Reads everything: whether every page is as it was written, whether tables, log and kept bytes hold together. Nothing is changed.',
  check: 'Check the archive',
  checking: 'Checking the archive',
  checkOk: 'The archive is whole',
  checkOkFacts: (pages: string, events: string, artifacts: string) =>
    `${pages}, ${events} and ${artifacts} read and found as they were written.`,
  checkBad: 'The archive is not whole',
  checkAdvice:
    'Lock it and copy the file as it is before anything else. Then restore the newest backup: lock the archive, “Restore a backup”.',

  secretPassphrase: 'Passphrase',
  secretSheet: 'Recovery sheet',
  secretNow: 'What opens the archive now',
  presentPassphrase: 'Present passphrase',
  groups: 'The twelve groups of the sheet',
  groupsHelp: 'With or without the numbers before them; capital letters and spaces do not matter.',
  sheetFile: 'Or the file of the sheet',
} as const;
