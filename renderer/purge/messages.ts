import type { PurgeLine, PurgePlan } from '../../contract/model/purge.ts';
import { counted } from '../shared/sizes.ts';

export const purgeMessages = {
  section: 'Keeping and purging',
  held: (since: string, by: string) =>
    `Under a legal hold since ${since}, set by ${by}. It cannot be purged.`,
  hold: 'Put under a legal hold',
  lift: 'Lift the legal hold',
  liftTitle: 'Why the hold is lifted',
  holdTitle: 'Why it must not be purged',
  keptUntil: (day: string) => `To be kept until ${day}.`,
  keptUntilPassed: (day: string) => `Was to be kept until ${day}. Nothing is purged by itself.`,
  setUntil: 'Set a date until which it is kept',
  changeUntil: 'Change the date',
  until: 'Keep until (the last day, UTC; empty: no date)',
  untilWrong: 'A day, such as 2027-01-31, or nothing.',
  because: 'Reason',
  becauseHelp: 'It stays in the custody log.',
  becauseMissing: 'Say why.',
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  open: 'Purge this capture',
  title: 'Purge this capture',
  intro:
    'A purge is for what nobody may keep: illegal material, a duty to erase, the order of a court. It destroys the bytes, posts, tags and documents for good. Their leaves stay in the custody log, and say nothing.',
  running: 'Purging',
  destroyed: 'What is destroyed',
  stays: 'What stays',
  outOfReach: 'What a purge cannot reach',
  outOfReachHelp: 'Find each of these, and have it destroyed wherever it went.',
  noneOutOfReach: 'No bundle and no backup that the custody log knows of holds it.',
  bundle: 'Bundle',
  backup: 'Backup',
  authority: 'Authority',
  authorityHelp: 'By what right: a court’s order, a duty to erase, a law. It stays in the custody log.',
  authorityMissing: 'Say by what right.',
  keepAddress: 'Keep its address, and when it was captured, in the log',
  confirm: (part: string) => `Type the last six characters of its id: ${part}`,
  confirmWrong: 'These are other characters than those of the id.',
  purge: 'Purge for good',
  done: (leaf: number) => `Purged by leaf ${leaf} of the custody log.`,
  cleaned: 'Nothing of it is left in the archive’s files.',
  notCleaned: (why: string) =>
    `Traces of it may still be in the archive’s file. ${why} Holdfast tries again when the archive is opened next.`,
  due: (count: number) =>
    `${counted(count, 'capture')} past the date until which ${count === 1 ? 'it was' : 'they were'} to be kept`,
  dueHelp: 'Open each, look at it, and purge it. Nothing is purged by itself.',
  dueOne: (captureId: string, day: string) => `${captureId}, to be kept until ${day}`,
  purgedTitle: (count: number) => `Purged: ${count}`,
  purgedHelp: 'What was destroyed on purpose. Only these lines and the leaves of the log are left.',
  captureId: 'Capture',
  when: 'When and by whom',
  why: 'Why, and by what right',
  stopped: 'stopped while it was being recorded',
} as const;

export function destroyedLines({ destroyed, along, watches }: PurgePlan): string[] {
  const { posts, tags, reviews, others, artifacts } = destroyed;
  return [
    `${counted(posts, 'post')}, ${counted(tags, 'tag')} and ${counted(reviews, 'review')}, with their documents`,
    `${counted(artifacts, 'artifact')} that no other capture has`,
    ...(others === 0
      ? []
      : [`${counted(others, 'other act')} about it alone, such as checks, statements and reports`]),
    ...along.map(
      ({ sourceName }) =>
        `the file of the bundle ${sourceName}, which holds it; what else came in it stays, without the bundle’s signature`,
    ),
    ...(watches === 0
      ? []
      : [`${counted(watches, 'entry')} of the watch list would capture it again: ended for good`]),
  ];
}

export function stayingLines({ stays, alsoIn }: PurgePlan): string[] {
  return [
    'its leaves in the custody log, with your reason, the authority and your name',
    ...(stays.artifacts === 0
      ? []
      : [`${counted(stays.artifacts, 'artifact')} that another capture, or a version of a policy, has too`]),
    ...(stays.versions === 0 ? [] : [`${counted(stays.versions, 'version')} of policies made from it`]),
    ...(stays.exhibits === 0
      ? []
      : [`the numbers and labels of ${counted(stays.exhibits, 'exhibit')}, removed from their cases`]),
    ...(stays.reports === 0
      ? []
      : [`${counted(stays.reports, 'report')} that also name posts of other captures, with their notes`]),
    ...(stays.addresses === 0 ? [] : [`its address, in batches and on the watch list (${stays.addresses})`]),
    ...alsoIn.map(({ sourceName }) => `another capture that shows one of its posts: ${sourceName}`),
  ];
}

export function purgedWhy({ because, authority, cause }: PurgeLine): string {
  return [authority, cause === 'stopped' ? purgeMessages.stopped : because].filter(Boolean).join(': ');
}
