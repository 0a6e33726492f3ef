/**
 * Asking a time-stamping authority, for which the user typed an address and said yes just now. The session lives for
 * this one question: in memory, without cookies, and every address but the one that is asked is refused in it.
 */
import { randomUUID } from 'node:crypto';
import { session } from 'electron';
import { answerLimits, askAuthority, authorityUrl } from '../contract/authority-request.ts';
import type { HostInput, HostOutput, ShellInput, ShellOutput } from '../contract/channels.ts';
import { fromFailure, HoldfastError, type Result } from '../contract/errors.ts';
import type { HostClient } from './host-client.ts';

type Post = Parameters<typeof askAuthority>[0]['post'];

/** Bytes of the answer. Errors: those of `askAuthority`. */
async function askOnce(url: string, post: Post, limit: number, signal: AbortSignal): Promise<Uint8Array> {
  const { href } = authorityUrl(url);
  // Without `persist:` nothing of it is written to disk.
  const asking = session.fromPartition(`holdfast-timestamp-${randomUUID()}`, { cache: false });
  // Takes the place of the default deny, which every session starts with (lockdown.ts).
  asking.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, answer) =>
    answer({ cancel: details.url !== href }),
  );
  await asking.setProxy({ mode: 'system' });
  try {
    return await askAuthority(
      { url: href, post, limit },
      (address, options) => asking.fetch(address, { ...options, bypassCustomProtocolHandlers: true }),
      signal,
    );
  } finally {
    asking.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (_details, answer) =>
      answer({ cancel: true }),
    );
    await asking.closeAllConnections();
    await asking.clearStorageData();
  }
}

/**
 * Makes the request, asks, and hands the reply to the archive, which checks it. An address for revocation that does
 * not answer is passed over: without it revocation is not known, and so it is said.
 */
export async function askForTimestamp(
  host: HostClient,
  { renew, url, tsaRoots, revocation }: ShellInput<'timestamps.ask'>,
  signal: AbortSignal,
): Promise<ShellOutput<'timestamps.ask'>> {
  // Before anything is recorded.
  authorityUrl(url);
  const { request } = unwrapped(await host.call('timestamps.request', { renew, path: null }));
  const post = { bytes: fromBase64(request), type: 'application/timestamp-query' as const };
  const response = toBase64(await askOnce(url, post, answerLimits.timestamp, signal));
  const answers = revocation ? await askAboutRevocation(host, { response, tsaRoots }, signal) : [];
  return unwrapped(await host.call('timestamps.attach', { reply: { bytes: response }, tsaRoots, answers }));
}

async function askAboutRevocation(
  host: HostClient,
  about: HostInput<'timestamps.questions'>,
  signal: AbortSignal,
): Promise<string[]> {
  const { questions }: HostOutput<'timestamps.questions'> = unwrapped(
    await host.call('timestamps.questions', about),
  );
  const answers: string[] = [];
  for (const { url, body } of questions) {
    const post =
      body === null ? null : { bytes: fromBase64(body), type: 'application/ocsp-request' as const };
    const answer = await askOnce(url, post, answerLimits.revocation, signal).catch(notAnswered);
    if (answer !== null) answers.push(toBase64(answer));
  }
  return answers;
}

/** Stopping is for the user to say, and ends everything. */
function notAnswered(error: unknown): null {
  if (error instanceof HoldfastError && error.code === 'cancelled') throw error;
  return null;
}

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function unwrapped<T>(result: Result<T>): T {
  if (!result.ok) throw fromFailure(result.error);
  return result.value;
}
