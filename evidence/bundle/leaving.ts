/**
 * What a bundle says of what was left out of it, and of what was seen before it was sealed: the signer's word, counted.
 * Its sentences are ours.
 */
import { z } from 'zod';
import {
  type LeakCode,
  type LeavingClass,
  leakCodeSchema,
  leavingClassSchema,
  type Profile,
  profileSchema,
  type QuestionCode,
  questionCodeSchema,
} from '../../contract/model/leaving.ts';

const count = z.number().int().positive();

export const leavingEntrySchema = z.strictObject({
  profile: profileSchema,
  /** Of recordings only what the exhibits need goes along. Missing: they go along whole, where they do. */
  wacz: z.exactOptional(z.literal('exhibits')),
  /** In the order of their codes, none twice. */
  leftOut: z.array(z.strictObject({ class: leavingClassSchema, count })),
  /** What the search of the outgoing bytes found and a person let out: how many different ones. */
  leaks: z.array(z.strictObject({ code: leakCodeSchema, count })),
  /** What it found in files that others collected, and that nobody was asked about. */
  ofOthers: z.array(z.strictObject({ code: leakCodeSchema, count })),
  questions: z.array(z.strictObject({ code: questionCodeSchema, count })),
});
export type LeavingEntry = z.infer<typeof leavingEntrySchema>;

const recipients: Record<Profile, string> = {
  platform: 'a platform',
  regulator: 'a regulator',
  court: 'a court or an expert',
  colleague: 'a colleague',
};

const classes: Record<LeavingClass, string> = {
  reviews: 'reviews of tags by second people',
  'withdrawn-tags': 'tags that were withdrawn',
  'unfinished-samples': 'tags of samples that are not judged to their end',
  phrases: 'phrases that suggested a tag',
  reports: 'reports of these posts to somebody',
  'reports-with-notes': 'reports of these posts to somebody, with a note',
  'earlier-bundles': 'earlier bundles with some of these captures',
  'redacted-tags': 'tags that say what is withheld, or whose place would tell how long it is',
  'redacted-checks': 'checks whether posts were still there of which something is withheld',
};

const leaks: Record<LeakCode, string> = {
  'persona-name': 'names of personas under which pages were looked at',
  'persona-proxy': 'proxies of personas',
  'cookie-value': 'values of cookies of a kept session',
  'withheld-secret': 'secrets that were withheld elsewhere',
  token: 'words that have the form of an access token or key',
  'e-mail': 'e-mail addresses',
  'public-address': 'network addresses from which a page was asked for',
  'machine-name': 'names of the collecting computer',
  'user-name': 'user names on the collecting computer',
  'home-folder': 'folders of the collecting computer',
  'archive-id': 'the id of the archive inside captured files',
  'not-looked-into': 'ways in which files are packed or locked that the search could not open',
};

const questions: Record<QuestionCode, string> = {
  'dom-only-text':
    'posts whose text was found in no recorded answer of a server, only in the page as the browser made it',
  'context-missing': 'captures without the whole conversation around the post',
  'capture-incomplete': 'captures that are incomplete or failed',
  'stamp-missing': 'captures without an independent timestamp',
  'stamp-late': 'captures that were stamped more than a day after they were sealed',
  'one-vantage': 'checks that found a post not reachable from one vantage alone',
  'exception-unanswered': 'tags with an exception of the clause that nobody considered',
  'machine-translation': 'tagged posts that are shown with a translation by the platform',
  'persona-visible': 'captures under a persona with pictures of the page, which may show who was signed in',
  'bystanders-uncovered': 'captures that show posts of accounts that nobody tagged',
};

/** Sentences for the report's limits. */
export function leavingInWords(entry: LeavingEntry): string[] {
  const out = entry.leftOut.map((each) => `Left out: ${classes[each.class]} (${each.count}).`);
  const seen = entry.leaks.map(({ code, count: n }) => `Left in by decision: ${leaks[code]} (${n}).`);
  const open = entry.questions.map(({ code, count: n }) => `Open: ${questions[code]} (${n}).`);
  return [
    `This bundle was made for ${recipients[entry.profile]}. What follows the signer says; nothing in the bundle shows it.`,
    ...(out.length === 0 ? ['No class of records was left out.'] : out),
    ...(entry.wacz === undefined
      ? []
      : [
          'Of recordings (WACZ) made by the archive only what the exhibits need goes along, cut out by the signer.',
        ]),
    ...seen,
    ...entry.ofOthers.map(
      ({ code, count: n }) => `In files that others collected, as they came: ${leaks[code]} (${n}).`,
    ),
    ...open,
  ];
}
