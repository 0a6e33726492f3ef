/** What reading an invented capture again gives. */
import type { RereadReport } from '../../../contract/model/reread.ts';
import { hashOf, idOf, postSpace } from './ids.ts';

export function rereadReportOf(captureId: string, keep: boolean): RereadReport {
  const orla = { platform: 'x', handle: 'orla_invented', url: 'https://x.invalid/orla_invented/status/1349' };
  return {
    captureId,
    sourceName: 'harbour.warc.gz',
    before: [{ name: 'general', version: '1' }],
    now: [
      { name: 'x', version: '2', posts: 2, notes: ['Reader x 2, last checked against: invented answers.'] },
    ],
    counts: { same: 1, changed: 1, new: 1, gone: 1 },
    tagged: { changed: 1, gone: 0 },
    new: [{ ...orla, text: 'A reply that the reader of then did not know' }],
    changed: [
      {
        ...orla,
        text: '“They said the square would be empty by noon”',
        postId: idOf(postSpace, 0),
        tags: 2,
        fields: [
          { field: 'counts', before: null, after: '[{"count":5,"of":"likes"}]' },
          { field: 'language', before: '"en"', after: '"nl"' },
        ],
      },
    ],
    gone: [{ platform: 'x', handle: null, url: null, text: 'می‌خواهم', postId: idOf(postSpace, 1), tags: 0 }],
    digest: hashOf('difference'),
    outcome: keep ? 'kept' : 'not-kept',
  };
}
