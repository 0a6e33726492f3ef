/** Asking a time-stamping authority from the command line: only where the user named its address in this very command. */
import { answerLimits, askAuthority } from '../contract/authority-request.ts';
import { HoldfastError } from '../contract/errors.ts';
import { revocationQuestions } from '../evidence/timestamp/questions.ts';

export interface AskedStamp {
  response: Uint8Array;
  answers: Uint8Array[];
}

/**
 * Sends the request and gives the reply; with `fetchRevocation` also what the addresses in the authority's certificate
 * answer. An address there that does not answer is passed over: without it revocation is not known, and so it is said.
 * Errors: those of `askAuthority`.
 */
export async function askForStamp(
  url: string,
  request: Uint8Array,
  options: { named: readonly Uint8Array[]; fetchRevocation: boolean; signal: AbortSignal },
): Promise<AskedStamp> {
  const { named, fetchRevocation, signal } = options;
  const post = { bytes: request, type: 'application/timestamp-query' as const };
  const response = await askAuthority({ url, post, limit: answerLimits.timestamp }, fetch, signal);
  const answers: Uint8Array[] = [];
  for (const question of fetchRevocation ? await revocationQuestions(response, named, new Date()) : []) {
    const body = question.body;
    const answer = await askAuthority(
      {
        url: question.url,
        post: body === null ? null : { bytes: body, type: 'application/ocsp-request' },
        limit: answerLimits.revocation,
      },
      fetch,
      signal,
    ).catch(notAnswered);
    if (answer !== null) answers.push(answer);
  }
  return { response, answers };
}

/** Stopping is for the user to say, and ends everything. */
function notAnswered(error: unknown): null {
  if (error instanceof HoldfastError && error.code === 'cancelled') throw error;
  return null;
}
