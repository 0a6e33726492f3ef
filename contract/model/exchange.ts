/** One exchange of a recording, as listed. */
import { z } from 'zod';
import { instantSchema } from './common.ts';

export const exchangeLineSchema = z.object({
  /** Counted from 0 in the order in which answers began. */
  n: z.number().int().nonnegative(),
  url: z.string(),
  method: z.string(),
  status: z.number().int(),
  /** 'document', 'image', 'xhr' …, as the engine calls it. */
  resourceType: z.string(),
  /** Of the answer, without parameters; empty where it names none. */
  mediaType: z.string(),
  /** Bytes of the body as recorded, after transfer and content decoding. */
  size: z.number().int().nonnegative(),
  /** Null: it never ended, because the capture was interrupted. */
  body: z.enum(['whole', 'truncated', 'failed', 'none']).nullable(),
  from: z.enum(['network', 'disk-cache', 'memory-cache', 'service-worker', 'other']),
  startedAt: instantSchema,
});
export type ExchangeLine = z.infer<typeof exchangeLineSchema>;
