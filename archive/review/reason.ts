/** The reason that a judgement needs. */
import { HoldfastError } from '../../contract/errors.ts';

/** Without the space around it. Errors: `bad-input` for none, or one of more than 10,000 characters. */
export function requireReason(text: string, what: string): string {
  const reason = text.trim().toWellFormed();
  if (reason === '') throw new HoldfastError('bad-input', `Say why: ${what} needs its reason.`);
  if (reason.length > 10_000)
    throw new HoldfastError('bad-input', 'A reason has at most 10,000 characters. Say it more briefly.');
  return reason;
}
