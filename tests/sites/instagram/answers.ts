/** Answers of Instagram as small as they can be. People, posts and words are invented; no real recording was at hand. */
import { type Json, relayPage } from '../relay-page.ts';

/** An id of this moment, and the code in its address: the same number in base 64. */
export const taken = Date.parse('2024-03-01T12:00:00Z') / 1000;
export const pk = String(((BigInt(taken) * 1000n - 1_314_220_021_721n) << 23n) + 77n);
export const code = 'C3-Ik0TgABN';
export const address = `https://www.instagram.com/p/${code}/`;

export const user = (change: Json = {}): Json => ({
  pk: '51000000001',
  id: '51000000001',
  username: 'harbour.watch',
  full_name: 'Harbour Watch',
  is_private: false,
  ...change,
});

export const picture = (n: number, change: Json = {}): Json => ({
  image_versions2: {
    candidates: [
      { url: `https://scontent.cdninstagram.example/large-${n}.jpg`, width: 1080, height: 1350 },
      { url: `https://scontent.cdninstagram.example/small-${n}.jpg`, width: 640, height: 800 },
    ],
  },
  accessibility_caption: `Picture ${n}`,
  ...change,
});

/** As 'api/v1' and the newer GraphQL answer it. */
export const media = (text: string | null, change: Json = {}): Json => ({
  pk,
  id: `${pk}_51000000001`,
  code,
  taken_at: taken,
  media_type: 1,
  user: user(),
  caption: text === null ? null : { pk: '18000000000000001', text, created_at: taken, user: user() },
  like_count: 1234,
  comment_count: 2,
  ...picture(1),
  ...change,
});

export const comment = (change: Json = {}): Json => ({
  pk: '18000000000000002',
  text: 'A comment.',
  created_at: taken + 60,
  user: user({ pk: '51000000042', username: 'ada_invented', full_name: 'Ada' }),
  comment_like_count: 3,
  child_comment_count: 1,
  parent_comment_id: null,
  ...change,
});

export const webInfo = (...items: Json[]): Json => ({
  data: { xdt_api__v1__media__shortcode__web_info: { items } },
});

export const commentList = (...nodes: Json[]): Json => ({
  data: {
    xdt_api__v1__media__media_id__comments__connection: { edges: nodes.map((node) => ({ node })) },
  },
});

export const pageOf = (...data: Json[]): string => relayPage('Instagram', data);
