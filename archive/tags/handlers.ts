/** The archive host's answers about tags, the clauses to choose from, and reports. */
import type { Archive } from '../archive.ts';
import type { HostHandlers } from '../host/serve.ts';
import { visibleTags } from '../review/visible.ts';
import { addTag } from './add.ts';
import { findClauseChoices } from './find.ts';
import { addTags } from './many.ts';
import { prepareTag } from './prepare.ts';
import { addReport, listReports } from './reports.ts';

type TagChannel =
  | 'clauses.find'
  | 'tags.list'
  | 'tags.prepare'
  | 'tags.add'
  | 'tags.addMany'
  | 'reports.add'
  | 'reports.list';

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. */
export function tagHandlers(open: () => Archive, writable: () => Archive): Pick<HostHandlers, TagChannel> {
  return {
    'clauses.find': async ({ query, platform, limit }) => ({
      clauses: findClauseChoices(open(), query, platform, limit),
    }),
    'tags.list': async ({ postId }) => visibleTags(open(), postId),
    'tags.prepare': async ({ postId, clauseKey }) => prepareTag(open(), postId, clauseKey),
    'tags.add': async (draft) => addTag(writable(), draft),
    'tags.addMany': async (draft) => addTags(writable(), draft),
    'reports.add': async (report) => addReport(writable(), report),
    'reports.list': async ({ postId }) => ({ reports: listReports(open(), postId) }),
  };
}
