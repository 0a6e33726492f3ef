/** The review inbox: tags by what reviews made of them, and those whose clause changed since. */
import type { HostOutput, HostRequest } from '../../contract/channels.ts';
import { countInbox, type InboxQuestion, listInbox } from '../../db/judgement.ts';
import { getPostLines } from '../../db/post.ts';
import type { Archive } from '../archive.ts';
import { readTag } from '../tags/read.ts';
import { openCodings } from './blind.ts';
import { changedPlaces } from './changed.ts';

/**
 * A page of tags, newest first, with how many there are under each filter. 'changed': the clause was reworded or dropped
 * since the version that the tag cites, and nobody withdrew the tag. What a sample that the person at the desk is
 * judging hides is not there and not counted.
 */
export function inbox(
  archive: Archive,
  { filter, others, offset, limit }: HostRequest<'tags.inbox'>,
): HostOutput<'tags.inbox'> {
  const { db } = archive;
  const question: InboxQuestion = { ...openCodings(archive), others, changed: changedPlaces(archive) };
  const counts = countInbox(db, question);
  const page = listInbox(db, question, filter, offset, limit);
  const posts = new Map(
    getPostLines(db, [...new Set(page.map(({ postId }) => postId))]).map((post) => [post.postId, post]),
  );
  const lines = page.flatMap(({ tagId, postId }) => {
    const post = posts.get(postId);
    return post === undefined ? [] : [{ tag: readTag(archive, tagId), post }];
  });
  return { total: counts[filter], counts, lines };
}
