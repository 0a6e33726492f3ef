/** Comments under posts of Facebook. */
import type { PostContent } from '../../contract/model/post.ts';
import type { Translation } from '../../contract/model/post-facts.ts';
import { at, countAt, digitsAt, type JsonObject, listAt, objectAt, stringAt } from '../json/members.ts';
import { address, counts, finishPost, reference } from '../post/draft.ts';
import { timeOfSeconds } from '../post/times.ts';
import { authorOf, languageOf } from './account.ts';
import { commentIdsOf } from './ids.ts';
import { mediumOf } from './media.ts';
import type { FacebookContext } from './story.ts';

/** With its time and its author: others only name it. */
export function isComment(value: JsonObject): boolean {
  return (
    digitsAt(value, 'created_time') !== null &&
    objectAt(value, 'author') !== null &&
    commentIdsOf(value) !== null
  );
}

/** What is shown first can be a translation; the words of the author stand beside it. */
function wordsOf(comment: JsonObject): { text: string; translation: Translation | null } {
  const body = stringAt(comment, 'body', 'text');
  const preferred = stringAt(comment, 'preferred_body', 'text');
  const type = stringAt(comment, 'preferred_body', 'translation_type') ?? 'ORIGINAL';
  const isTranslated = preferred !== null && type !== 'ORIGINAL';
  return {
    text: body ?? (isTranslated ? '' : (preferred ?? '')),
    translation: isTranslated ? { text: preferred, language: null } : null,
  };
}

/** `comment`: one for which `isComment` says yes. */
export function readComment(comment: JsonObject, { from, addresses }: FacebookContext): PostContent {
  const { id = '', post = null } = commentIdsOf(comment) ?? {};
  const parent =
    commentIdsOf(objectAt(comment, 'comment_direct_parent')) ??
    commentIdsOf(objectAt(comment, 'comment_parent'));
  const thread = post === null ? [] : [{ platformId: post }];
  const { text, translation } = wordsOf(comment);
  const media = listAt(comment, 'attachments').flatMap((attachment) => {
    const medium =
      objectAt(attachment, 'media') ?? objectAt(at(attachment, 'style_type_renderer', 'attachment'), 'media');
    return (medium === null ? null : mediumOf(medium, addresses)?.medium) ?? [];
  });
  return finishPost({
    kind: 'reply',
    platform: 'facebook',
    platformId: id,
    url: address(stringAt(comment, 'url') ?? stringAt(comment, 'feedback', 'url')),
    author: authorOf(objectAt(comment, 'author')),
    postedAt: timeOfSeconds(digitsAt(comment, 'created_time'), 'created_time of the comment'),
    editedAt: null,
    title: null,
    text,
    language: languageOf(stringAt(comment, 'translatability_for_viewer', 'source_dialect')),
    direction: null,
    media,
    readFrom: 'Facebook comment',
    from,
    facts: {
      references:
        parent === null
          ? thread.map((about) => reference('replies-to', about))
          : [
              reference('replies-to', { platformId: parent.id }),
              ...thread.map((about) => reference('thread', about)),
            ],
      counts: counts({
        likes:
          countAt(comment, 'feedback', 'reactors', 'count') ??
          countAt(comment, 'feedback', 'reaction_count', 'count'),
        replies: countAt(comment, 'feedback', 'replies_fields', 'total_count'),
      }),
      translation,
    },
  });
}
