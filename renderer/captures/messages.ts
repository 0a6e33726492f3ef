import type { CaptureFilter } from '../../contract/model/capture.ts';
import { counted } from '../shared/sizes.ts';

export const capturesMessages = {
  heading: 'Captures',
  intro:
    'Everything that was recorded here or received as a file, newest first; also where no post was found.',
  list: 'Captures, newest first. Arrow keys move, Enter opens, Space picks for a bundle.',
  total: (count: number) => counted(count, 'capture'),
  pick: (name: string) => `Pick ${name} for a bundle`,
  inPart: 'in part',
  posts: (count: number) => counted(count, 'post'),
  artifacts: (count: number) => counted(count, 'artifact'),
  warnings: (count: number) => counted(count, 'warning'),
  filter: 'Which captures to show',
  filters: {
    all: 'All captures',
    complete: 'Recorded here: complete',
    incomplete: 'Recorded here: incomplete',
    failed: 'Recorded here: failed',
    imported: 'Imported files',
  } satisfies Record<CaptureFilter, string>,
  noneTitle: 'There is none of these',
  none: 'Choose another kind above.',
  emptyTitle: 'Nothing is in this archive yet',
  empty: 'Capture a page, import files in the library, or drop them anywhere on this window.',
  back: 'Back to the captures',
  one: (name: string) => `Capture ${name}`,
  pickOne: 'Pick for a bundle',
  unpickOne: 'Do not take into a bundle',
} as const;

const fieldWords: Readonly<Record<string, string>> = {
  kind: 'Kind',
  platform: 'Platform',
  platformId: 'Post id at the platform',
  url: 'Address',
  author: 'Author',
  postedAt: 'Posted',
  editedAt: 'Edited',
  title: 'Title',
  text: 'Text',
  textLossy: 'Text held whole',
  language: 'Language',
  direction: 'Direction',
  media: 'Media',
  readFrom: 'Read from',
  sourceOfText: 'Where the text was found',
  references: 'Refers to',
  otherTimes: 'Other times',
  counts: 'Counts',
  links: 'Links',
  poll: 'Poll',
  versions: 'Versions',
  translation: 'Translation by the platform',
  notices: 'Notices of the platform',
};

export const readAgainMessages = {
  title: 'Reading the posts again',
  start: 'Read again',
  help: 'Reads the posts out of the stored bytes with the readers of this version, and shows what differs before anything is kept.',
  running: 'Reading the capture again',
  differs: 'It is read otherwise now',
  same: 'Every post is read as before',
  kept: 'The new reading is kept',
  counts: ({ same, changed, new: added, gone }: Record<'same' | 'changed' | 'new' | 'gone', number>) =>
    `${counted(same, 'post')} the same in every word and fact, ${added} new, ${changed} read otherwise, ${gone} not found any more.`,
  readers: (before: readonly string[], now: readonly string[]) =>
    `Read before by ${before.join(', ') || 'no reader'}; now by ${now.join(', ') || 'no reader'}.`,
  tagged: ({ changed, gone }: { changed: number; gone: number }) =>
    `${counted(changed + gone, 'tagged post')} among these. The tags stay where they were set, and these posts stay in the library, marked as an earlier reading. Nothing is moved to the new reading.`,
  new: 'New',
  changed: 'Read otherwise',
  gone: 'Not found any more',
  more: (count: number) => `and ${count} more.`,
  field: 'Fact',
  before: 'Before',
  after: 'Now',
  nothing: 'nothing',
  noText: 'no text',
  openEarlier: (tags: number) =>
    tags === 0 ? 'Open the earlier reading' : `Open the earlier reading, ${counted(tags, 'tag')}`,
  notes: 'Noted by the readers',
  keep: 'Keep the new reading',
  leave: 'Leave it as it was',
  close: 'Close',
  fields: fieldWords,
} as const;
