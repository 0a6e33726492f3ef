/** Reports filed: that posts were reported to somebody. */
import { HoldfastError } from '../../contract/errors.ts';
import type { ReportFiled } from '../../contract/model/tag.ts';
import { hasBundle } from '../../db/bundle.ts';
import { inTransaction } from '../../db/handle.ts';
import { listReports as recordedReports } from '../../db/report.ts';
import { newId } from '../../evidence/id.ts';
import type { Archive } from '../archive.ts';
import { askedTime } from '../policies/lookup.ts';
import { requirePost } from '../posts.ts';
import { recordEvent } from '../record.ts';

/**
 * Records that posts were reported: to whom, when (a day in UTC, or an instant with its offset), with which bundle.
 * Errors: `post-not-found`, `bad-input` for a time that is none or has not come, no name, or a bundle that was not
 * compiled here.
 */
export function addReport(archive: Archive, draft: Omit<ReportFiled, 'id'>): ReportFiled {
  const to = draft.to.trim().toWellFormed();
  if (to === '') throw new HoldfastError('bad-input', 'Say to whom it was reported.');
  if (askedTime(draft.at).from > archive.clock().getTime())
    throw new HoldfastError('bad-input', `${draft.at} has not come yet.`);
  const posts = [...new Set(draft.posts)];
  if (posts.length === 0) throw new HoldfastError('bad-input', 'Name at least one post that was reported.');
  for (const post of posts) requirePost(archive, post);
  if (draft.bundle !== null && !hasBundle(archive.db, draft.bundle)) {
    throw new HoldfastError(
      'bad-input',
      `No bundle ${draft.bundle} was compiled in this archive. Leave it out, or name one that was.`,
    );
  }
  const report = { id: newId(), posts, to, at: draft.at, bundle: draft.bundle };
  const note = draft.note?.trim().toWellFormed() || null;
  const { id, ...body } = { ...report, note };
  inTransaction(archive.db, () => recordEvent(archive, 'report.filed', { report: id, ...body }));
  return { ...report, note };
}

/** The reports of a post, or all; the newest first, by when it was reported. Errors: `post-not-found`. */
export function listReports(archive: Archive, postId: string | null): ReportFiled[] {
  if (postId !== null) requirePost(archive, postId);
  return recordedReports(archive.db, postId)
    .map((report) => ({ report, at: askedTime(report.at).to }))
    .sort((a, b) => b.at - a.at)
    .map(({ report }) => report);
}
