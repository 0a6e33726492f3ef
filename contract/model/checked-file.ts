/** What a check says of whatever was dropped on it: a bundle of ours, a WACZ file, any BagIt bag. */
import { z } from 'zod';
import { bagCheckSchema } from './bag-check.ts';
import { verificationSchema } from './bundle.ts';
import { waczCheckSchema } from './wacz.ts';

export const checkedFileSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bundle'), ...verificationSchema.shape }),
  waczCheckSchema,
  bagCheckSchema,
]);
export type CheckedFile = z.infer<typeof checkedFileSchema>;
