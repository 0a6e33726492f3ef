/** Comments under a post of Instagram. */
import type { PostContent } from '../../contract/model/post.ts';
import { countAt, digitsAt, type JsonObject, objectAt, stringAt } from '../json/members.ts';
import { counts, finishPost, reference } from '../post/draft.ts';
import { timeOfSeconds } from '../post/times.ts';
import { authorOf, type InstagramContext, site } from './media.ts';

/** `name`: under which it stands. A caption has the same members, and is no comment. */
export function isComment(value: JsonObject, name: string | null): boolean {
  return (
    name !== 'caption' &&
    (digitsAt(value, 'pk') ?? digitsAt(value, 'id')) !== null &&
    stringAt(value, 'text') !== null &&
    digitsAt(value, 'created_at') !== null &&
    (objectAt(value, 'user') ?? objectAt(value, 'owner')) !== null
  );
}

/** `code`: of the post under which it stands; null where nothing tells. */
export function readComment(
  comment: JsonObject,
  code: string | null,
  { from, translations }: InstagramContext,
): PostContent {
  const id = digitsAt(comment, 'pk') ?? digitsAt(comment, 'id') ?? '';
  const parent = digitsAt(comment, 'parent_comment_id');
  const post = { platformId: code, url: code === null ? null : `${site}/p/${code}/` };
  return finishPost({
    kind: 'reply',
    platform: 'instagram',
    platformId: id,
    url: code === null ? null : `${site}/p/${code}/c/${id}/`,
    author: authorOf(objectAt(comment, 'user') ?? objectAt(comment, 'owner')),
    postedAt: timeOfSeconds(digitsAt(comment, 'created_at'), 'created_at of the comment'),
    editedAt: null,
    title: null,
    text: stringAt(comment, 'text') ?? '',
    language: null,
    direction: null,
    media: [],
    readFrom: 'Instagram comment',
    from,
    facts: {
      references:
        parent === null
          ? code === null
            ? []
            : [reference('replies-to', post)]
          : [
              reference('replies-to', { platformId: parent }),
              ...(code === null ? [] : [reference('thread', post)]),
            ],
      counts: counts({
        likes: countAt(comment, 'comment_like_count') ?? countAt(comment, 'edge_liked_by', 'count'),
        replies:
          countAt(comment, 'child_comment_count') ?? countAt(comment, 'edge_threaded_comments', 'count'),
      }),
      translation: translations.get(id) ?? null,
    },
  });
}
