/** Answers of Facebook as small as they can be. People, pages and words are invented; no real recording was at hand. */
import { type Json, relayPage } from '../relay-page.ts';

export const api = 'https://www.facebook.com/api/graphql/';
export const id = '7710000000000001';
export const pageId = '100064000000001';
export const created = Date.parse('2024-03-01T12:00:00Z') / 1000;
export const address = `https://www.facebook.com/pier.nine/posts/${id}`;

export const nodeId = (text: string): string => btoa(text);

export const actor = (change: Json = {}): Json => ({
  __typename: 'User',
  id: pageId,
  name: 'Pier Nine',
  url: 'https://www.facebook.com/pier.nine',
  profile_picture: { uri: 'https://scontent.fbcdn.example/face.jpg' },
  ...change,
});

export const picture = (n: number): Json => ({
  media: {
    __typename: 'Photo',
    id: `881000000000000${n}`,
    image: { uri: `https://scontent.fbcdn.example/small-${n}.jpg`, width: 590, height: 393 },
    viewer_image: { uri: `https://scontent.fbcdn.example/large-${n}.jpg`, width: 2048, height: 1365 },
    accessibility_caption: `Picture ${n}`,
  },
});

interface StoryOptions {
  id?: string;
  text?: string | null;
  by?: Json;
  /** In the story's content. */
  content?: Json;
  /** Of the story itself. */
  story?: Json;
  url?: string;
}

/** A post, spread over the sections of its story as the platform does. */
export function story({
  id: postId = id,
  text = '',
  by = actor(),
  content = {},
  story: more = {},
  url,
}: StoryOptions = {}): Json {
  const storyId = nodeId(`S:_I${String(by.id)}:VK:${postId}`);
  const permalink = url ?? `https://www.facebook.com/pier.nine/posts/${postId}`;
  const message = text === null ? null : { __typename: 'TextWithEntities', text, ranges: [] };
  return {
    __typename: 'Story',
    id: storyId,
    post_id: postId,
    sponsored_data: null,
    attached_story: null,
    comet_sections: {
      content: {
        story: {
          id: storyId,
          actors: [by],
          message,
          attachments: [],
          wwwURL: permalink,
          ...content,
        },
      },
      context_layout: {
        story: {
          id: storyId,
          comet_sections: {
            actor_photo: { story: { id: storyId, actors: [by] } },
            metadata: [{ story: { id: storyId, creation_time: created, url: permalink } }],
          },
          privacy_scope: { description: 'Public' },
        },
      },
      feedback: {
        story: {
          id: storyId,
          story_ufi_container: {
            story: {
              feedback_context: {
                feedback_target_with_context: {
                  comet_ufi_summary_and_actions_renderer: {
                    feedback: {
                      reaction_count: { count: 1234 },
                      share_count: { count: 56 },
                      comment_rendering_instance: { comments: { total_count: 78 } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    ...more,
  };
}

export function comment(change: Json = {}): Json {
  const own = '9910000000000001';
  return {
    __typename: 'Comment',
    id: nodeId(`comment:${id}_${own}`),
    legacy_fbid: own,
    legacy_token: `${id}_${own}`,
    author: actor({ id: '100000000000042', name: 'Ada', url: 'https://www.facebook.com/ada.invented' }),
    body: { text: 'A comment.' },
    preferred_body: { text: 'A comment.', translation_type: 'ORIGINAL' },
    created_time: created + 60,
    url: `${address}?comment_id=${own}`,
    feedback: { reactors: { count: 3 }, replies_fields: { total_count: 1 } },
    comment_parent: null,
    comment_direct_parent: null,
    ...change,
  };
}

export const timeline = (...nodes: Json[]): Json => ({
  data: { node: { timeline_list_feed_units: { edges: nodes.map((node) => ({ node })) } } },
});

export const pageOf = (...data: Json[]): string => relayPage('Facebook', data);
