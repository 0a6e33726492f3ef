/** What a recording is worth: by which engine, how complete, and what is missing. */
import { z } from 'zod';

export const engineSchema = z.object({
  name: z.enum(['electron', 'chromium']),
  /** Of the browser engine: 'Chromium 114.0.5735.106'. */
  version: z.string(),
  userAgent: z.string(),
});

export const captureVerdictSchema = z.enum(['complete', 'incomplete', 'failed']);

export const reasonSchema = z.object({
  code: z.enum([
    'navigation-failed',
    'certificate-error',
    'response-truncated',
    'response-failed',
    'response-hangs',
    'body-not-recorded',
    'login-wall',
    'interstitial',
    'no-post-read',
    'media-missing',
    'screenshot-failed',
    'context-not-captured',
    'clock-step',
    'interrupted',
    'stopped-by-user',
    'not-settled',
  ]),
  /** For the person at the desk: what is missing, and what it concerns. */
  message: z.string(),
});
export type Reason = z.infer<typeof reasonSchema>;
export type CaptureVerdict = z.infer<typeof captureVerdictSchema>;
