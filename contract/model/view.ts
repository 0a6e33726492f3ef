/** What the capture view shows. */
import { z } from 'zod';

export const viewStateSchema = z.object({
  open: z.boolean(),
  url: z.string(),
  title: z.string(),
  loading: z.boolean(),
  canGoBack: z.boolean(),
  canGoForward: z.boolean(),
  /** A capture runs: the view takes no other orders but stop. */
  capturing: z.boolean(),
  /** Why the page did not load, in words; null when it did. */
  failure: z.string().nullable(),
  /** What is wrong with the server's certificate; null when nothing is. The page is not shown until it is accepted. */
  certificateError: z.string().nullable(),
  /** What was refused lately: a download, a new window, a permission; newest first, at most 20. */
  refused: z.array(
    z.object({ what: z.enum(['download', 'window', 'permission', 'navigation']), detail: z.string() }),
  ),
});
export type ViewState = z.infer<typeof viewStateSchema>;
