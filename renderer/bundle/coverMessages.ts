import type { Region } from '../../contract/model/redaction.ts';
import { counted } from '../shared/sizes.ts';

const edges: Record<keyof Region, string> = {
  x: 'From left',
  y: 'From top',
  width: 'Width',
  height: 'Height',
};

const where = ({ x, y, width, height }: Region): string =>
  `${width} × ${height} pixels, ${x} from the left, ${y} from the top`;

/** Withholding files, and covering parts of pictures. */
export const coverMessages = {
  filesTitle: 'Withhold files',
  filesHelp:
    'A file that stays behind is named in the bundle, with why; nobody gets it. Words that you withhold, and parts that you cover, keep every other file that shows the page behind, too.',
  filesBecause: 'Why files stay behind (it is printed in the bundle)',
  sayWhy: 'Say why first.',
  file: 'File',
  staysBehind: 'Stays behind',
  staysBehindOf: (file: string) => `Stays behind: ${file}`,
  parts: 'Parts',
  coverParts: 'Cover parts',
  coverPartsOf: (file: string) => `Cover parts of ${file}`,
  partsCovered: (n: number) => `${counted(n, 'part')} covered`,
  onlyPng: 'Only PNG pictures can be covered.',
  showAll: (n: number) => `Show all ${n} files`,
  title: 'Cover parts of the picture',
  help: 'Draw over what is not to be seen. The picture leaves as a new file in which these parts are black; the one that was captured stays in the archive, and behind.',
  keys: 'By keyboard: add a part, go to it with Tab; arrow keys move it by 10 pixels, with Shift they resize it, with Alt the step is one pixel. Delete removes it.',
  picture: 'The picture and its covered parts',
  pictureAlt: 'The picture of which parts are to be covered',
  notShown: 'This picture cannot be shown here. Withhold the whole file instead.',
  add: 'Add a part',
  smaller: 'Smaller',
  larger: 'Larger',
  fit: 'Whole width',
  list: 'Parts that will be covered',
  none: 'No part is drawn yet.',
  part: (n: number) => `Part ${n}`,
  partAt: (n: number, region: Region) => `Part ${n}: ${where(region)}`,
  edges,
  edgeOf: (edge: keyof Region, n: number) => `${edges[edge]}, part ${n}`,
  remove: 'Remove',
  removePart: (n: number) => `Remove part ${n}`,
  added: (n: number, region: Region) => `Part ${n} added: ${where(region)}.`,
  now: (n: number, region: Region) => `Part ${n}: ${where(region)}.`,
  removed: (n: number) => `Part ${n} removed.`,
  because: 'Why (it is printed in the bundle)',
  cover: (n: number) => (n === 0 ? 'Cover' : `Cover ${counted(n, 'part')}`),
  cancel: 'Cancel',
  close: 'Close without covering',
} as const;
