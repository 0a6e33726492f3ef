/** The small words that every record uses: ids, digests, instants, pages of a list. */
import { z } from 'zod';

/** UUID version 7 (RFC 9562, section 5.7), lower case. Unique across archives. */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'a version 7 UUID');
export type Id = z.infer<typeof idSchema>;

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');
export type Sha256 = z.infer<typeof sha256Schema>;

/** RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'an instant in UTC with milliseconds');
export type Instant = z.infer<typeof instantSchema>;

/** What a warning says about one path, without stopping the rest. */
export const warningSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type Warning = z.infer<typeof warningSchema>;

/** Progress of long work: `total` is null while it is not known. */
export const progressSchema = z.object({
  step: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.enum(['bytes', 'items']),
});
export type Progress = z.infer<typeof progressSchema>;
