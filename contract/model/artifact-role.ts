/** What an artifact is to its capture. */
import { z } from 'zod';

export const artifactRoleSchema = z.enum([
  'original',
  'media',
  'screenshot',
  'wacz',
  'mhtml',
  'pdf',
  'dom',
  'text',
  'certificate',
  /** Posts of a page as they passed while it was scrolled: collected over time, the page at no single moment. */
  'passed',
  /** What the exhibits of a bundle need of a recording, cut out of its WACZ: the statement of whoever signed the bundle. */
  'exhibits',
]);
export type ArtifactRole = z.infer<typeof artifactRoleSchema>;
