import { counted, inDigits } from '../shared/sizes.ts';

export const libraryMessages = {
  heading: 'Library',
  search: 'Search the posts',
  import: 'Import files',
  paste: 'Paste a picture',
  list: 'Posts, newest first. Arrow keys move, Enter opens, Space picks, to tag several together or for a bundle.',
  pick: (who: string) => `Pick the post by ${who}`,
  picked: (posts: number, captures: number) =>
    posts === 0
      ? `${counted(captures, 'capture')} picked`
      : `${counted(posts, 'post')} picked, in ${counted(captures, 'capture')}`,
  bundlePicked: 'Make a bundle of them',
  unpick: 'Pick none',
  noTime: 'posting time not given',
  noAuthor: 'author not given',
  noPlatform: 'platform not known',
  noText: 'no text was read',
  tags: (count: number) => counted(count, 'tag'),
  media: (count: number) => counted(count, 'media item'),
  earlier: 'earlier reading',
  earlierHelp: 'The capture was read again since; listed because it is tagged.',
  emptyTitle: 'Nothing is in this archive yet',
  empty:
    'Choose “Capture” in the menu to preserve a page from the web. Or import a saved page (HTML or MHTML), a WARC or WACZ file, a picture or a bundle: choose files, drop them anywhere on this window, or paste a picture. The bytes are kept exactly as they are.',
  nothingTitle: 'No post contains these words',
  nothing: 'Try fewer or other words. The search looks at the posts’ text, titles, authors and handles.',
  capped: (rows: number) => `The list shows the newest ${inDigits(rows)} posts. Search to reach older ones.`,
  found: (total: number, isLowerBound: boolean, all: number, query: string) => {
    if (query === '') return counted(total, 'post');
    return isLowerBound
      ? `more than ${inDigits(total)} of ${counted(all, 'post')}`
      : `${inDigits(total)} of ${counted(all, 'post')}`;
  },
  trustQuestion: 'Whose signatures do you trust?',
  trustQuestionHelp:
    'Bundles and WACZ files are checked before they are taken in, and what was found stays with them. Without a certificate that you have from another source, a bundle counts as consistent: who signed was not checked.',
  trustQuestionYes: 'Check and import',
  trustQuestionNo: 'Do not import',
  importing: 'Importing',
  importDone: 'Import finished',
  importNothing: 'Nothing was stored',
  importSummary: (captures: number, posts: number, artifacts: number) =>
    `${counted(captures, 'capture')}, ${counted(posts, 'post')} and ${counted(artifacts, 'artifact')} stored.`,
  importRecords: (records: string) => `WARC records read: ${records}.`,
  importByOthers: 'Imported material counts as collected by others: unverified before it was received here.',
  warnings: (count: number) => `${counted(count, 'warning')}: stored, but read this`,
  refused: (count: number) => `${counted(count, 'file')} refused: nothing stored`,
  file: 'File',
  reason: 'Reason',
  close: 'Close the summary',
} as const;
