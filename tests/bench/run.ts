/** `npm run bench`: each budget of the architecture that this version can measure, as a ratio to a public tool. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchArchive } from './archive.ts';
import { benchCapture } from './capture.ts';
import { benchExhibits } from './exhibits.ts';
import { benchInbox } from './inbox.ts';
import { benchLog } from './log.ts';
import { benchPageSizes } from './page-size.ts';
import { benchPosts } from './posts.ts';
import { benchSafety } from './safety.ts';
import { benchTags } from './tags.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const only = process.argv[2];
  if (only === undefined || only === 'page-size') await benchPageSizes(folder);
  if (only === undefined || only === 'archive') await benchArchive(folder);
  if (only === undefined || only === 'exhibits') await benchExhibits(folder);
  if (only === undefined || only === 'safety') await benchSafety(folder);
  if (only === undefined || only === 'log') await benchLog(folder);
  if (only === undefined || only === 'posts') await benchPosts(folder);
  if (only === undefined || only === 'inbox') await benchInbox(folder);
  if (only === undefined || only === 'tags') await benchTags(folder);
  if (only === undefined || only === 'capture') await benchCapture(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
