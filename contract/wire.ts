/**
 * The messages between main and the archive host. The same for a utilityProcess and a forked Node:
 * structured clone in both directions, no shared memory.
 *
 * Bytes travel with credit: a sender may have at most `creditWindow` bytes outstanding per stream, because
 * messages are copied and know no back-pressure of their own.
 */
import { z } from 'zod';
import { failureSchema } from './errors.ts';
import { progressSchema } from './model/common.ts';

/** Bytes that may be on their way and unacknowledged, per stream. */
export const creditWindow = 16 * 1024 * 1024;
/** The largest single bytes message. */
export const maxBytesMessage = 1024 * 1024;

const requestId = z.number().int().nonnegative();
const bytesSchema = z.instanceof(Uint8Array);

export const toHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('request'), id: requestId, channel: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: requestId }),
  /** A piece of the byte stream that belongs to request `id`. */
  z.object({ type: z.literal('bytes'), id: requestId, bytes: bytesSchema }),
  /** The end of that stream; `failure` where the source broke off. */
  z.object({ type: z.literal('bytes-end'), id: requestId, failure: failureSchema.nullable() }),
  /** The receiver has consumed this many bytes of the stream that answers request `id`. */
  z.object({ type: z.literal('credit'), id: requestId, bytes: z.number().int().positive() }),
  /** Close the archive, answer everything, exit. */
  z.object({ type: z.literal('shutdown') }),
]);
export type ToHost = z.infer<typeof toHostSchema>;

export const fromHostSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), pid: z.number().int() }),
  z.object({
    type: z.literal('reply'),
    id: requestId,
    result: z.union([
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), error: failureSchema }),
    ]),
  }),
  z.object({ type: z.literal('progress'), id: requestId, progress: progressSchema }),
  z.object({ type: z.literal('bytes'), id: requestId, bytes: bytesSchema }),
  z.object({ type: z.literal('credit'), id: requestId, bytes: z.number().int().positive() }),
  z.object({ type: z.literal('closed') }),
]);
export type FromHost = z.infer<typeof fromHostSchema>;
