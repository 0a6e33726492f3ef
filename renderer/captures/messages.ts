import type { CaptureFilter } from '../../contract/model/capture.ts';
import { counted } from '../shared/sizes.ts';

export const capturesMessages = {
  heading: 'Captures',
  intro:
    'Everything that was recorded here or received as a file, newest first; also where no post was found.',
  list: 'Captures, newest first. Arrow keys move, Enter opens, Space picks for a bundle.',
  total: (count: number) => counted(count, 'capture'),
  pick: (name: string) => `Pick ${name} for a bundle`,
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
  open: 'Show the capture',
} as const;
