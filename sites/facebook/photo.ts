/** A page of one picture: it has an address, words and a time of its own beside the post that it belongs to. */
import type { PostContent } from '../../contract/model/post.ts';
import { digitsAt, type JsonObject, objectAt, stringAt } from '../json/members.ts';
import { finishPost, reference } from '../post/draft.ts';
import { timeOfSeconds } from '../post/times.ts';
import { authorOf, site } from './account.ts';
import { postIdOf } from './ids.ts';
import { mediumOf } from './media.ts';
import type { FacebookContext } from './story.ts';

export function isPhoto(value: JsonObject, name: string | null): boolean {
  return name === 'currMedia' && stringAt(value, '__typename') === 'Photo' && digitsAt(value, 'id') !== null;
}

/** `photo`: one for which `isPhoto` says yes. */
export function readPhoto(photo: JsonObject, { from, addresses }: FacebookContext): PostContent {
  const id = digitsAt(photo, 'id') ?? '';
  const story = objectAt(photo, 'creation_story') ?? objectAt(photo, 'container_story');
  const post = postIdOf(story);
  const medium = mediumOf(photo, addresses)?.medium;
  const text = stringAt(photo, 'message', 'text') ?? stringAt(story, 'message', 'text') ?? '';
  return finishPost({
    kind: 'picture',
    platform: 'facebook',
    platformId: id,
    url: `${site}/photo/?fbid=${id}`,
    author: authorOf(objectAt(photo, 'owner')),
    postedAt:
      timeOfSeconds(digitsAt(photo, 'created_time'), 'created_time of the picture') ??
      timeOfSeconds(digitsAt(story, 'creation_time'), 'creation_time in Facebook’s answer'),
    editedAt: null,
    title: null,
    text,
    language: null,
    direction: null,
    media: medium === undefined ? [] : [medium],
    readFrom: 'Facebook picture',
    from,
    facts: { references: post === null || post === id ? [] : [reference('thread', { platformId: post })] },
  });
}
