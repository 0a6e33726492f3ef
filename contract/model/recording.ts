/**
 * What a recorder hands to the archive while it records one capture, piece by piece, so that what arrived is kept even
 * when everything stops in the middle. Session secrets are replaced before anything of this is said.
 */
import { z } from 'zod';
import { autopilotLimitsSchema, autopilotOutcomeSchema } from './autopilot.ts';
import { artifactRoleSchema } from './capture.ts';
import { idSchema, instantSchema, sha256Schema } from './common.ts';
import { blockedSchema } from './look-only.ts';
import { accessSchema } from './persona.ts';
import { captureVerdictSchema, engineSchema, reasonSchema } from './verdict.ts';
import { networkSchema } from './watch.ts';

/** Name and value as the browser's network layer gives them, in its order; names in its spelling. */
export const headersSchema = z.array(z.tuple([z.string(), z.string()]));

/** A secret that stands in the record as a marker only. */
export const withheldSchema = z.object({
  where: z.enum(['request-header', 'response-header', 'request-body', 'url', 'response-body', 'artifact']),
  /** Name of the header (with the cookie's: 'Cookie: sid'), form field or query parameter; what it is of. */
  name: z.string(),
  /** SHA-256(0x04 ‖ salt ‖ secret), the secret as UTF-8. */
  commitment: sha256Schema,
  /** 32 random bytes, hexadecimal. Kept in the archive; never in a record, an export or a bundle. */
  salt: sha256Schema,
});
export type Withheld = z.infer<typeof withheldSchema>;

/**
 * A session secret that the recorder knows from now on, and that may stand in bodies it handed over before: the
 * archive replaces it in those when it seals the capture (contract/withhold.ts), then forgets it.
 */
export const knownSecretSchema = z.object({
  ...withheldSchema.omit({ where: true }).shape,
  secret: z.string().min(6).max(65_536),
});
export type KnownSecret = z.infer<typeof knownSecretSchema>;

/**
 * An exchange of resource type 'websocket' has a body of this type: a line of JSON for everything that was said over it
 * (docs/decisions/recorder.md).
 */
export const webSocketMediaType = 'application/x-ndjson';

/** An answer of a server from its header on; its body follows as a byte stream. */
export const exchangeStartSchema = z.object({
  /** Counted from 0 in the order in which answers began. */
  n: z.number().int().nonnegative(),
  url: z.string(),
  method: z.string(),
  /** 'document', 'image', 'xhr' …, as the engine calls it, lower case. */
  resourceType: z.string(),
  /** 'recorder': it asked by itself for the whole of what the page had asked for in parts. Absent: the page. */
  askedBy: z.literal('recorder').optional(),
  /** Empty where the recorder asked: the browser does not tell what it sent. */
  requestHeaders: headersSchema,
  /** Null: no body. Bytes as base64; bodies over 1 MiB are cut there and `requestBodySize` tells the whole. */
  requestBody: z.base64().nullable(),
  requestBodySize: z.number().int().nonnegative(),
  status: z.number().int(),
  statusText: z.string(),
  /** 'http/1.1', 'h2', 'h3', 'blob' …, as the engine says. */
  protocol: z.string(),
  responseHeaders: headersSchema,
  /** 'network', or which cache answered; only answers from the network are evidence of a server. */
  from: z.enum(['network', 'disk-cache', 'memory-cache', 'service-worker', 'other']),
  server: z.object({ address: z.string(), port: z.number().int() }).nullable(),
  tls: z
    .object({
      protocol: z.string(),
      cipher: z.string(),
      /** SHA-256 of each certificate (DER), the server's first; empty where the engine does not tell. */
      certificates: z.array(sha256Schema),
      /** Null: accepted. Else what was wrong, as the engine says, and the user went on. */
      error: z.string().nullable(),
    })
    .nullable(),
  startedAt: instantSchema,
  withheld: z.array(withheldSchema),
});
export type ExchangeStart = z.infer<typeof exchangeStartSchema>;

export const exchangeEndSchema = z.object({
  n: z.number().int().nonnegative(),
  /** 'whole': every byte that the network layer counted is here. */
  body: z.enum(['whole', 'truncated', 'failed', 'none']),
  /** Bytes that the network layer counted, after content decoding; null where it does not say. */
  counted: z.number().int().nonnegative().nullable(),
  /** Bytes on the wire, before decoding; null where the engine does not say. */
  encoded: z.number().int().nonnegative().nullable(),
  /** Why it is not whole, in words; null where it is. */
  reason: z.string().nullable(),
  /** Milliseconds from the request to the end of the body. */
  milliseconds: z.number().nonnegative(),
  /** What stands in the body as a marker of the same length only. */
  withheld: z.array(withheldSchema),
});
export type ExchangeEnd = z.infer<typeof exchangeEndSchema>;

/** What a recording is made for, where it is more than itself. */
export const recordingPurposeSchema = z.discriminatedUnion('kind', [
  /** One address of a batch. */
  z.object({ kind: z.literal('batch'), batch: idSchema, n: z.number().int().nonnegative() }),
  /** A check of something on the watch list. */
  z.object({ kind: z.literal('watch'), watch: idSchema, network: networkSchema.nullable() }),
]);
export type RecordingPurpose = z.infer<typeof recordingPurposeSchema>;

export const recordingBeginSchema = z.object({
  /** As it was asked for. */
  url: z.string(),
  startedAt: instantSchema,
  engine: engineSchema,
  /** Only where the autopilot is to go through the page. */
  autopilot: z.exactOptional(autopilotLimitsSchema),
  /** Under which persona; null: none. Stays in the archive. */
  persona: idSchema.nullable().optional(),
  /** The collector's word. */
  access: accessSchema.optional(),
  purpose: z.exactOptional(recordingPurposeSchema),
});

export type RecordingBegin = z.infer<typeof recordingBeginSchema>;

/** What the recorder knows when it is done; the archive adds what it finds in what it was given. */
export const recordingEndSchema = z.object({
  captureId: idSchema,
  /** The address that was reached; null where none was. */
  finalUrl: z.string().nullable(),
  /** The address under which its document came: a page can change its own since. Missing: the recorder does not say. */
  documentUrl: z.string().nullable().optional(),
  title: z.string().nullable(),
  finishedAt: instantSchema,
  /** Milliseconds by the monotonic clock from begin to end: a step of the wall clock shows as a difference. */
  monotonicMilliseconds: z.number().nonnegative(),
  /** From Date headers of answers that came from the network, no cache in between: server time minus ours, seconds. */
  serverClock: z.array(z.object({ host: z.string(), seconds: z.number() })),
  /** Reasons that the recorder saw. None: the recorder saw nothing missing. */
  reasons: z.array(reasonSchema),
  /** What stands in the artifacts, the addresses above and the title as a marker only. */
  withheld: z.array(withheldSchema),
  /** Only where the autopilot went through the page. */
  autopilot: z.exactOptional(autopilotOutcomeSchema),
  /** What look-only kept from being sent; missing: it was off. */
  blocked: z.array(blockedSchema).optional(),
});
export type RecordingEnd = z.infer<typeof recordingEndSchema>;

export const recordedArtifactSchema = z.object({
  captureId: idSchema,
  role: artifactRoleSchema,
  mediaType: z.string(),
  name: z.string().nullable(),
});

/** What a finished capture came to. */
export const captureResultSchema = z.object({
  id: idSchema,
  url: z.string(),
  finalUrl: z.string().nullable(),
  verdict: captureVerdictSchema,
  reasons: z.array(reasonSchema),
  posts: z.array(idSchema),
  exchanges: z.number().int(),
  /** Bytes of bodies as received, after transfer and content decoding. */
  bytes: z.number().int(),
});
export type CaptureResult = z.infer<typeof captureResultSchema>;

/** Where a recorder puts what it records: the archive itself, or the archive host behind its port. */
export interface CaptureSink {
  /** Resolves once the beginning is in the archive; gives the capture's id. */
  begin(begin: RecordingBegin): Promise<{ captureId: string }>;
  /** Resolves when the last byte of the body is in the archive. A body may break off: `end` says so afterwards. */
  exchange(captureId: string, start: ExchangeStart, body: AsyncIterable<Uint8Array>): Promise<void>;
  exchangeEnd(captureId: string, end: ExchangeEnd): Promise<void>;
  /** Resolves once they will be replaced at sealing, also when that happens after a crash. */
  secrets(captureId: string, secrets: readonly KnownSecret[]): Promise<void>;
  artifact(artifact: z.infer<typeof recordedArtifactSchema>, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  finish(end: RecordingEnd): Promise<CaptureResult>;
}
