export const welcomeMessages = {
  heading: 'Open or create an archive',
  intro:
    'An archive is one file that holds everything you preserve: the bytes as they were received, what was read from them, your tags, and a log of every act.',
  openTab: 'Open an archive',
  createTab: 'Create an archive',
  restoreTab: 'Restore a backup',
  path: 'Archive file',
  newPath: 'Where the new archive goes',
  browse: 'Choose',
  who: 'Who works',
  asName: 'A name',
  asIdentity: 'An identity',
  identityHelp:
    'Its key signs the opening of this session. Your name stands as proven beside everything you do here, not as claimed.',
  identity: 'Identity file (.p12)',
  identityPassphrase: 'Passphrase of the identity',
  name: 'Your name',
  nameHelp: 'Written beside everything you do, and shown as claimed: nobody has checked it.',
  passphrase: 'Passphrase',
  passphraseHelp: 'Leave it empty for an archive that is not encrypted.',
  haveSheet: 'I have a recovery sheet',
  missingSheet: 'Type the groups of the sheet, or choose its file.',
  restoreHelp:
    'Makes a new archive from a backup, which stays as it is. The backup is checked first, and the log of the new archive says that it was restored, from when, and by whom.',
  backupPath: 'Backup file',
  backupPassphraseHelp:
    'The one that the archive had when the backup was made. Leave it empty for a backup that is not encrypted.',
  restore: 'Restore',
  restoring: 'Restoring',
  restored: 'The archive was restored and checked',
  restoredHelp:
    'Do not go on working with the archive that the backup was made of: each would then hold what the other lacks.',
  openRestored: 'Open it',
  lockedIdle: (minutes: number) =>
    `Locked after ${minutes === 1 ? 'a minute' : `${minutes} minutes`} without input. Nothing is lost.`,
  lockedSystem: 'Locked with this computer’s screen, or because it went to sleep. Nothing is lost.',
  open: 'Open',
  create: 'Create archive',
  losesAll:
    'If the passphrase is lost, everything in the archive is lost. Nobody can reset it. Write it down and keep it somewhere safe, apart from this computer.',
  plain: 'Create it without encryption',
  plainWarning:
    'Anyone who gets hold of this file can read everything in it: posts, names, notes. Choose this only for material that is public anyway, or where the disk is encrypted and nobody else uses it.',
  plainConfirm: 'I understand that this archive can be read by anyone who has the file',
  while:
    'While an archive is open, two files stand beside it (ending in -wal and -shm); they belong to it, so copy an archive only after locking it. Keep it on a disk of this computer, not on a network share.',
  suggestedName: 'evidence.holdfast',
  missingPath: 'Choose a file.',
  missingName: 'Type your name.',
  missingPassphrase: 'Type a passphrase.',
  differs: 'The two passphrases are not the same.',
  missingConfirm: 'Tick that you understand, or use a passphrase.',
  verifyOnly:
    'To check a bundle that you received, no archive is needed: choose “Verify a bundle” in the menu.',
} as const;
