import { counted } from '../shared/sizes.ts';

export const capturesMessages = {
  heading: 'Captures',
  intro: 'Every file that was received, newest first; also those in which no post was found.',
  list: 'Captures, newest first. Arrow keys move, Enter opens, Space picks for a bundle.',
  total: (count: number) => counted(count, 'capture'),
  pick: (name: string) => `Pick ${name} for a bundle`,
  posts: (count: number) => counted(count, 'post'),
  artifacts: (count: number) => counted(count, 'artifact'),
  warnings: (count: number) => counted(count, 'warning'),
  emptyTitle: 'Nothing is in this archive yet',
  empty: 'Import files in the library, or drop them anywhere on this window.',
  back: 'Back to the captures',
  one: (name: string) => `Capture ${name}`,
  pickOne: 'Pick for a bundle',
  unpickOne: 'Do not take into a bundle',
  open: 'Show the capture',
} as const;
