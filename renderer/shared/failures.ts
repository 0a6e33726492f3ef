/** Every error code in words: what happened, and what to do about it. */
import type { ErrorCode } from '../../contract/errors.ts';

interface Words {
  title: string;
  advice: string;
}

export const failureWords: Record<ErrorCode, Words> = {
  'archive-exists': {
    title: 'There is already a file with this name',
    advice: 'Choose another name, or open the existing archive. Holdfast never writes over a file.',
  },
  'archive-not-found': {
    title: 'There is no archive at this path',
    advice: 'Check the path, or choose the file again.',
  },
  'archive-in-use': {
    title: 'Another program holds this archive',
    advice:
      'Close the other Holdfast window or command that has it open, then try again. Only one may hold an archive at a time.',
  },
  'archive-not-open': { title: 'No archive is open', advice: 'Open an archive first.' },
  'archive-already-open': {
    title: 'An archive is open already',
    advice: 'Lock it first, then open the other one.',
  },
  'not-an-archive': {
    title: 'This file is not a Holdfast archive',
    advice: 'Choose a .holdfast file. An archive without a passphrase must be opened without one.',
  },
  'wrong-passphrase': {
    title: 'The passphrase does not open this archive',
    advice:
      'Type it again and watch for capital letters and the keyboard layout. Nothing was changed. Without the passphrase nobody can open the archive, the makers of Holdfast included.',
  },
  'archive-newer': {
    title: 'A newer Holdfast wrote this archive',
    advice: 'Open it with that version or a later one. This version leaves the file as it is.',
  },
  'archive-damaged': {
    title: 'The archive is damaged',
    advice: 'Make a copy of the file before anything else, then restore a backup.',
  },
  'archive-gone': {
    title: 'The archive is no longer where it was opened',
    advice:
      'Nothing was written after that. Connect the disk again or put the folder back, lock the archive, and open it again.',
  },
  'archive-busy': {
    title: 'Other work on the archive is under way',
    advice: 'Wait until it has ended, or stop it, then try again.',
  },
  'recovery-key-unreadable': {
    title: 'The recovery key holds a typing error',
    advice: 'Compare the groups with the sheet. Each has its number, eight digits and two that check them.',
  },
  'recovery-key-wrong': {
    title: 'This recovery sheet does not open this archive',
    advice:
      'Look for the newest sheet: each change of the passphrase makes older ones useless. The archive id and the date stand on the sheet.',
  },
  'append-only': {
    title: 'What was captured cannot be changed',
    advice: 'Nothing was changed. Add a new capture or tag instead.',
  },
  'disk-full': {
    title: 'The disk is full',
    advice: 'Free some space and try again. What was acknowledged is safe.',
  },
  'not-writable': {
    title: 'The folder cannot be written to',
    advice: 'Choose a folder that you may write to.',
  },
  'file-not-found': { title: 'The file was not found', advice: 'Check the path, or choose the file again.' },
  'not-a-file': { title: 'This is not a file', advice: 'Choose a file, not a folder or a device.' },
  'file-unreadable': {
    title: 'The file cannot be read',
    advice: 'Check that you may read it, and that its disk is connected.',
  },
  'io-failed': { title: 'Reading or writing failed', advice: 'Check the disk and try again.' },
  'unfit-node': {
    title: 'The archive host cannot run here',
    advice: 'Install Holdfast again, with the version of Node that it names.',
  },
  'host-stopped': {
    title: 'The archive host has stopped',
    advice: 'Open the archive again. Nothing that was acknowledged is lost.',
  },
  'bad-usage': {
    title: 'This cannot be done in this way',
    advice: 'Check what was filled in, then try again.',
  },
  'bad-input': {
    title: 'Something that was filled in cannot be used',
    advice: 'Correct it, then try again.',
  },
  'passphrase-missing': {
    title: 'A passphrase is needed',
    advice: 'This archive is encrypted. Type its passphrase.',
  },
  'file-empty': { title: 'The file is empty', advice: 'Ask for the file again; nothing was stored.' },
  'file-too-large': {
    title: 'The file is too large',
    advice: 'Nothing was stored. Split the file, or save it in another format.',
  },
  'file-not-understood': {
    title: 'The format is not understood',
    advice: 'Holdfast reads saved pages (HTML, MHTML), WARC and WACZ files and pictures.',
  },
  'warc-damaged': {
    title: 'The WARC file is damaged',
    advice: 'Ask for the file again, and compare its hash with the sender.',
  },
  'mhtml-damaged': {
    title: 'The MHTML file is damaged',
    advice: 'Ask for the file again, and compare its hash with the sender.',
  },
  'nothing-to-do': { title: 'There is nothing to do', advice: 'Import something first.' },
  'policy-is-html': {
    title: 'This is a page, not the text of a policy',
    advice: 'Save its text, or capture the page.',
  },
  'policy-not-the-page': {
    title: 'This is an error page, not the text of a policy',
    advice: 'Look for the text of that day elsewhere, or capture the page again.',
  },
  'policy-not-text': { title: 'This file is no text', advice: 'Save it as plain text or Markdown in UTF-8.' },
  'policy-undated': {
    title: 'Nothing says when this text was seen',
    advice: 'Put the day before its name, such as 20201203_rules.md.',
  },
  'policy-dated-in-future': {
    title: 'This text is dated in the future',
    advice: 'Check the name of the file, and the clock of this computer.',
  },
  'policy-date-twice': {
    title: 'Another text is there for the same time',
    advice: 'Compare the two and keep the one that was seen then.',
  },
  'policy-clause-conflict': { title: 'These are two clauses', advice: 'Both stand in one version.' },
  'git-failed': {
    title: 'The repository could not be read',
    advice: 'Check that it is whole, and that git is there.',
  },
  'policy-not-found': {
    title: 'There is no such policy',
    advice: 'Check the folder, and the names of platform and policy.',
  },
  'policy-version-not-found': {
    title: 'There is no such version',
    advice: 'Choose a version from the list.',
  },
  'capture-not-found': { title: 'This capture is not in the archive', advice: 'Go back to the library.' },
  'bundle-holds-purged': {
    title: 'This bundle holds something that was purged here',
    advice: 'Nothing of it was taken in. Ask for a bundle without it.',
  },
  'capture-purged': {
    title: 'This capture was purged',
    advice: 'Nothing of it is here any more. The list of captures says why and by what right.',
  },
  'capture-held': {
    title: 'This capture is under a legal hold',
    advice: 'Whoever may lift the hold must do that first.',
  },
  'capture-not-held': { title: 'This capture is under no legal hold', advice: 'Look at it again.' },
  'purge-not-confirmed': {
    title: 'The id was typed otherwise',
    advice: 'Nothing was purged. Compare the id, and type it again.',
  },
  'post-not-found': { title: 'This post is not in the archive', advice: 'Go back to the library.' },
  'clause-not-found': { title: 'There is no such clause', advice: 'Choose a clause from the list.' },
  'artifact-not-found': { title: 'These bytes are not in the archive', advice: 'Go back to the library.' },
  'checkpoint-not-found': {
    title: 'There is no such checkpoint',
    advice: 'Sign what is recorded now, then try again.',
  },
  'quote-not-in-post': {
    title: 'The quoted words do not stand at this place',
    advice: 'Select the words in the text again.',
  },
  'tag-not-found': { title: 'This tag is not in the archive', advice: 'Open its post again.' },
  'own-tag': {
    title: 'You set this tag yourself',
    advice: 'A second person has to agree to it. You can withdraw it.',
  },
  'phrase-not-found': { title: 'This phrase is not on the list', advice: 'Open the list again.' },
  'coding-not-found': { title: 'This sample is not in the archive', advice: 'Open the list again.' },
  'coding-open': {
    title: 'You have not judged every post of this sample yet',
    advice: 'What others said is shown when you have finished.',
  },
  'reading-differs': {
    title: 'The capture was read again meanwhile',
    advice: 'Look at the difference again, then keep it.',
  },
  'batch-not-found': {
    title: 'This batch is not in the archive',
    advice: 'Choose another from the list.',
  },
  'watch-not-found': {
    title: 'This is not on the watch list of the archive',
    advice: 'Choose another from the list.',
  },
  'case-not-found': {
    title: 'This case is not in the archive',
    advice: 'Choose another from the list, or make one.',
  },
  'case-name-taken': {
    title: 'Another case has this name, or one that looks like it',
    advice: 'Choose another name: cases that look alike are mixed up.',
  },
  'exhibit-not-found': {
    title: 'The case has no exhibit with this number',
    advice: 'It may have been removed. Look at the list of exhibits.',
  },
  'exhibit-known': {
    title: 'This is an exhibit of the case already',
    advice: 'It has its number; nothing was added.',
  },
  'persona-not-found': {
    title: 'There is no such persona',
    advice: 'Choose one of those that Personas lists, or make one.',
  },
  'persona-name-taken': {
    title: 'A persona has this name already',
    advice: 'Two that look alike are mixed up: choose another name.',
  },
  'persona-retired': {
    title: 'This persona was retired',
    advice: 'It makes no more captures. Choose another one, or make one.',
  },
  'profile-in-use': {
    title: 'A browser has this profile open',
    advice: 'Close that browser, then try again.',
  },
  'profile-not-separate': {
    title: 'This folder is not for Holdfast alone',
    advice: 'Choose a new or empty folder.',
  },
  'persona-not-applied': {
    title: 'The persona could not be put on',
    advice: 'Nothing was asked for under it. Change the persona or clear its session, then try again.',
  },
  'identity-unreadable': {
    title: 'The identity file cannot be read',
    advice: 'Choose a .p12 file, or make a new identity.',
  },
  'identity-wrong-passphrase': {
    title: 'The passphrase does not open this identity',
    advice: 'Type it again. An identity has its own passphrase, which may differ from that of the archive.',
  },
  'identity-not-supported': {
    title: 'This kind of key cannot sign a bundle',
    advice: 'Use a key on P-256 or P-384, or RSA of at least 3072 bits; or make a new identity.',
  },
  'identity-expired': {
    title: 'The certificate has ended',
    advice: 'What it signed before stays valid. Ask for a new certificate, or make a new identity.',
  },
  'signer-not-found': {
    title: 'This signer is not in the archive',
    advice: 'Look at the list of signers, and choose one of them.',
  },
  'signer-known': {
    title: 'This signer is in the archive already',
    advice: 'Nothing was changed.',
  },
  'signer-replaced': {
    title: 'This identity was replaced',
    advice: 'Use the identity that took its place. Bundles signed before stay valid.',
  },
  'keychain-not-available': {
    title: 'The passphrase is not kept',
    advice: 'Type the passphrase each time. That is the safer way in any case.',
  },
  'output-exists': {
    title: 'There is already a file with this name',
    advice: 'Choose another name. Holdfast never writes over a file.',
  },
  'bundle-not-readable': {
    title: 'This file cannot be read as a bundle',
    advice: 'Choose the .zip file as it was received.',
  },
  'bundle-self-check-failed': {
    title: 'The finished bundle did not pass its own check',
    advice: 'It was not kept. Check the disk, then compile again.',
  },
  'timestamp-refused': {
    title: 'The timestamp was not accepted',
    advice: 'Nothing was attached. Ask the authority again, or another one.',
  },
  'timestamp-not-asked-for': {
    title: 'This reply answers no open request of this archive',
    advice: 'Check that it is the right archive and the right file. One reply belongs to one request.',
  },
  'timestamp-not-found': { title: 'This timestamp is not in the archive', advice: 'Look at the list again.' },
  'authority-not-reached': {
    title: 'The authority could not be reached',
    advice: 'Check the address and the connection. The request is kept; it can also travel as a file.',
  },
  'bundle-refused': {
    title: 'The bundle did not pass its check',
    advice: 'Nothing of it was taken in. Ask whoever sent it for the bundle again.',
  },
  'leak-found': {
    title: 'The bundle would let something out that nobody decided to',
    advice: 'No bundle was made. Under ‘What leaves’, show what leaves, and tick what may go or withhold it.',
  },
  'redaction-not-found': {
    title: 'There is no such redaction',
    advice: 'Look at the list of what is withheld again.',
  },
  'redaction-impossible': {
    title: 'What is to be hidden would still be there',
    advice: 'Nothing was written. Withhold it in the named captures too, or leave them out.',
  },
  'log-forked': {
    title: 'The bundle shows another history of a known custody log',
    advice:
      'It was not taken in. Both heads are kept in this archive’s custody log as evidence. Ask whoever made the bundles.',
  },
  cancelled: { title: 'Cancelled', advice: 'You can start again at any time.' },
  'not-allowed': { title: 'This is not allowed', advice: 'Holdfast refused it to keep the archive safe.' },
  internal: {
    title: 'Something went wrong inside Holdfast',
    advice: 'Nothing that was acknowledged is lost. Please report the sentence above.',
  },
};

/** A warning or a refusal carries its code as plain text; null for a code whose message says it all. */
export function titleOfCode(code: string): string | null {
  return Object.entries(failureWords).find(([known]) => known === code)?.[1].title ?? null;
}
