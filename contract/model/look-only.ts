/** What a request would have done, had look-only not kept it from being sent. */
import { z } from 'zod';

/** In the words of the person at the desk. */
export const actionSchema = z.enum([
  'like',
  'follow',
  'post',
  'repost',
  'vote',
  'message',
  'seen',
  'save',
  'mute',
  'report',
  'change',
]);
export type Action = z.infer<typeof actionSchema>;

/**
 * As a capture notes it. No path and no query: they can hold the account that is signed in.
 */
export const blockedSchema = z.object({
  action: actionSchema,
  /** Whose pattern it fits: 'X', 'Mastodon' …, or 'any site'. */
  platform: z.string(),
  method: z.string(),
  host: z.string(),
  times: z.number().int().positive(),
});
export type Blocked = z.infer<typeof blockedSchema>;
