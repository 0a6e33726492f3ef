/**
 * The closed set of things that can go wrong, and the one error class that carries them.
 *
 * A message is for the person at the desk: what was expected, what was found, what to do next.
 * `details` holds plain JSON for machines; it never holds keys, passphrases or post text.
 */
import { z } from 'zod';

export const errorCodes = [
  // the archive
  'archive-exists',
  'archive-not-found',
  'archive-in-use',
  'archive-not-open',
  'archive-already-open',
  'not-an-archive',
  'wrong-passphrase',
  'archive-newer',
  'archive-damaged',
  'archive-gone',
  'archive-busy',
  'recovery-key-unreadable',
  'recovery-key-wrong',
  'append-only',
  // the machine
  'disk-full',
  'not-writable',
  'file-not-found',
  'not-a-file',
  'file-unreadable',
  'io-failed',
  'unfit-node',
  'host-stopped',
  // what was given
  'bad-usage',
  'bad-input',
  'passphrase-missing',
  'file-empty',
  'file-too-large',
  'file-not-understood',
  'warc-damaged',
  'mhtml-damaged',
  'nothing-to-do',
  'policy-is-html',
  'policy-not-the-page',
  'policy-not-text',
  'policy-undated',
  'policy-dated-in-future',
  'policy-date-twice',
  'policy-clause-conflict',
  'git-failed',
  // what was asked for
  'capture-not-found',
  'capture-purged',
  'capture-held',
  'capture-not-held',
  'purge-not-confirmed',
  'post-not-found',
  'clause-not-found',
  'policy-not-found',
  'policy-version-not-found',
  'artifact-not-found',
  'checkpoint-not-found',
  'quote-not-in-post',
  'tag-not-found',
  'own-tag',
  'phrase-not-found',
  'coding-not-found',
  'coding-open',
  'persona-not-found',
  'persona-name-taken',
  'persona-retired',
  'persona-not-applied',
  'profile-in-use',
  'profile-not-separate',
  'reading-differs',
  'batch-not-found',
  'watch-not-found',
  'case-not-found',
  'case-name-taken',
  'exhibit-not-found',
  'exhibit-known',
  // identity and bundle
  'identity-unreadable',
  'identity-wrong-passphrase',
  'identity-not-supported',
  'identity-expired',
  'signer-not-found',
  'signer-known',
  'signer-replaced',
  'keychain-not-available',
  'output-exists',
  'bundle-not-readable',
  'bundle-self-check-failed',
  'bundle-refused',
  'leak-found',
  'redaction-not-found',
  'redaction-impossible',
  'bundle-holds-purged',
  'log-forked',
  // timestamps
  'timestamp-refused',
  'timestamp-not-asked-for',
  'timestamp-not-found',
  'authority-not-reached',
  // the program itself
  'cancelled',
  'not-allowed',
  'internal',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

export type ErrorDetails = Record<string, string | number | boolean | null>;

/** Every error that Holdfast raises on purpose. `cause` keeps what the library or system said. */
export class HoldfastError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HoldfastError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

export const failureSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
/** An error as it crosses a process boundary: nothing throws across one. */
export type Failure = z.infer<typeof failureSchema>;

export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** Turns anything caught into a `Failure`. What is not ours becomes `internal`, with its message kept. */
export function toFailure(error: unknown): Failure {
  if (error instanceof HoldfastError) {
    return { code: error.code, message: error.message, details: error.details };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `Something went wrong inside Holdfast: ${message}`,
    details: {},
  };
}

/** The reverse of `toFailure`, at the receiving end. */
export function fromFailure(failure: Failure): HoldfastError {
  return new HoldfastError(failure.code, failure.message, { details: failure.details });
}
