import type {
  LeakCode,
  LeavingClass,
  Profile,
  QuestionCode,
  WaczChoice,
} from '../../contract/model/leaving.ts';
import { counted } from '../shared/sizes.ts';

const profiles: Record<Profile, string> = {
  platform: 'A platform',
  regulator: 'A regulator',
  court: 'A court or an expert',
  colleague: 'A colleague',
};

const classes: Record<LeavingClass, string> = {
  reviews: 'Reviews of tags by second people',
  'withdrawn-tags': 'Tags that were withdrawn',
  'unfinished-samples': 'Tags of samples that are not judged to their end',
  phrases: 'Phrases that suggested a tag',
  reports: 'Reports of these posts to somebody',
  'reports-with-notes': 'Reports of these posts to somebody, with a note',
  'earlier-bundles': 'Earlier bundles with some of these captures',
  'redacted-tags': 'Tags that say what is withheld, or whose place would tell how long it is',
  'redacted-checks': 'Checks whether posts were still there of which something is withheld',
};

const leaks: Record<LeakCode, string> = {
  'persona-name': 'Name of a persona',
  'persona-proxy': 'Proxy of a persona',
  'cookie-value': 'Cookie of a kept session',
  'withheld-secret': 'Secret that is withheld elsewhere',
  token: 'Access token or key',
  'e-mail': 'E-mail address',
  'public-address': 'Network address that a page was asked for from',
  'machine-name': 'Name of this computer',
  'user-name': 'User name on this computer',
  'home-folder': 'Folder of this computer',
  'archive-id': 'Id of this archive, inside a captured file',
  'not-looked-into': 'Packed or locked; the search could not open it',
};

const questions: Record<QuestionCode, string> = {
  'dom-only-text': 'Text from the rendered page only',
  'context-missing': 'Conversation not whole',
  'capture-incomplete': 'Capture not complete',
  'stamp-missing': 'No independent timestamp',
  'stamp-late': 'Stamped late',
  'one-vantage': 'Not reachable, from one vantage alone',
  'exception-unanswered': 'Exception not considered',
  'machine-translation': 'Shown with a machine’s translation',
  'persona-visible': 'Persona may be visible',
  'bystanders-uncovered': 'Bystanders are shown',
};

export const leavingMessages = {
  heading: 'What leaves',
  intro:
    'Look before you seal: who and what the bundle names, what a search of every outgoing byte found, and what cross-examination would ask. Nothing is written by looking.',
  profile: 'For whom it is',
  profiles,
  wacz: 'Of network records (WACZ)',
  waczChoices: { whole: 'All of each', exhibits: 'What the exhibits need' } satisfies Record<
    WaczChoice,
    string
  >,
  look: 'Show what leaves',
  lookAgain: 'Look again',
  looking: 'Looking through what would leave',
  counts: (captures: number, posts: number, tags: number) =>
    `${counted(captures, 'capture')}, ${counted(posts, 'post')}, ${counted(tags, 'tag')}`,
  named: 'Who and what it names',
  contents: 'Contents',
  persons: 'People at the desk',
  proven: 'proven',
  claimed: 'as claimed',
  personas: 'Personas whose pages it shows',
  personasHelp: 'Their names do not leave.',
  accounts: 'Accounts named as authors',
  hosts: 'Addresses captured',
  notes: 'Words that people at the desk wrote',
  none: 'none',
  more: (n: number) => `and ${n} more`,
  stays: 'Stays behind',
  staysHelp: 'Tick what is to go along all the same. The report says which classes were left out.',
  classes,
  cutTitle: 'Cut down to what the exhibits need',
  cutHelp:
    'The whole network record stays behind, and with it the record that lists the files of its capture: the capture is shown in part. What is cut out is your statement. The other files of the capture, and all posts that were read out of it, go along as they are.',
  cut: (records: number, of: number) => `${records} of ${counted(of, 'record')}`,
  leaksTitle: 'To be decided',
  leaksHelp:
    'While one is not ticked, no bundle is made. Tick what may leave; the report prints it, the log keeps who decided. Else withhold it below, choose another recipient, or leave the capture out.',
  ofOthersTitle: 'In files that others collected, as they came',
  ofOthersHelp: 'These leave with the files; the report says how many. Withhold below what must not leave.',
  noLeaks: 'The search found nothing that must be decided.',
  leaks,
  inFiles: (first: string, n: number) =>
    n > 1 ? `in ${first} and ${counted(n - 1, 'other file')}` : `in ${first}`,
  questionsTitle: 'What cross-examination would ask',
  questionsHelp: 'What is still open is printed under the limits of the report.',
  noQuestions: 'Nothing that is known is open.',
  questions,
  open: 'Open',
  openWhat: (what: string) => `Open what is asked about: ${what}`,
  withholdTitle: 'Withhold words',
  withholdHelp:
    'In every post of the capture they are taken out and the rest stays proven; files that may hold them stay behind. The archive keeps everything.',
  capture: 'Capture',
  words: 'Words, one spelling a line',
  tooShort: 'Single letters cannot be withheld: take the word that they stand in, or leave the line out.',
  because: 'Why (it is printed in the bundle)',
  withhold: 'Withhold',
  withheldTitle: 'Withheld',
  lift: 'Lift',
  liftWhat: (what: string) => `Lift the redaction: ${what}`,
  lifted: 'Lifted in the window.',
  hiddenWords: (words: readonly string[]) => words.join(' · '),
  file: (role: string) => `file: ${role}`,
  regions: (n: number, role: string) => `${counted(n, 'part')} of ${role}`,
} as const;
