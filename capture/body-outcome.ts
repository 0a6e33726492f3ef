/** How complete the body of an answer is. */
import type { ExchangeEnd } from '../contract/model/recording.ts';
import type { Reason } from '../contract/model/verdict.ts';
import type { Body } from './body.ts';
import type { Hop } from './requests.ts';

/** How a request ended: nothing is heard of it any more. */
export interface Ending {
  how: 'finished' | 'failed' | 'hangs' | 'gone' | 'stopped';
  /** The engine's words for a failure; '' where there are none. */
  error: string;
  /** Nobody but the page wanted it to end. */
  byPage: boolean;
  /** Seconds by the browser's monotonic clock; null: not told. */
  timestamp: number | null;
}

export interface Outcome {
  body: ExchangeEnd['body'];
  /** In words; null where it is whole. */
  reason: string | null;
  /** Null: this is no reason against the capture. */
  code: Reason['code'] | null;
}

/** RFC 9110, 6.4.1. */
export const statusesWithoutBody: ReadonlySet<number> = new Set([101, 204, 205, 304]);
const whole: Outcome = { body: 'whole', reason: null, code: null };

/** Compares what was got with what the network layer counted, and with how the request ended. */
export function outcomeOf(body: Body, hop: Hop, ending: Ending): Outcome {
  if (hop.isRedirect) {
    return {
      body: 'none',
      reason: 'A browser reads no body of an answer that forwards to another address.',
      code: null,
    };
  }
  if (hasNoBody(body, hop)) return { body: 'none', reason: null, code: null };
  // Some documents are never said to have ended.
  if (ending.how === 'hangs' && body.isHere) return finished(body);
  if (ending.how === 'hangs') return broken(body, hangWords(hop, body), hangCode(hop, body));
  if (ending.how === 'stopped') return leftOff(body, 'the capture ended before it did');
  if (ending.how === 'gone') return leftOff(body, 'its frame or worker ended before it did');
  if (body.mode === 'taken') return taken(body, ending);
  if (ending.how === 'failed') return failed(body, ending);
  return finished(body);
}

function hasNoBody(body: Body, { type, request, response }: Hop): boolean {
  if (body.mode === 'none' || type === 'Preflight' || request.method === 'HEAD') return true;
  return response !== null && statusesWithoutBody.has(response.status);
}

function finished(body: Body): Outcome {
  const { counted, received, declared } = body;
  // An older engine calls finished what it let be read as a whole, whatever came of it.
  if (received > 0 && declared !== null && received < declared) {
    return broken(body, `the answer broke off: got ${received} of ${declared} bytes`, 'response-truncated');
  }
  if (counted === received) return whole;
  // Frames of other origins begin before anyone can count; the whole body was held before they got it.
  if (body.mode === 'whole' && counted === null) return whole;
  if (counted === null && received === 0 && (body.mode === 'streamed' || declared === 0)) return whole;
  if (received === 0) {
    return broken(body, 'this engine could not record the body without changing it', 'body-not-recorded');
  }
  const words = `got ${received} bytes where the network layer counted ${counted ?? 0}`;
  return broken(body, words, 'response-truncated');
}

function failed(body: Body, { error, byPage }: Ending): Outcome {
  // It was all here when it was given up: a download, or a page that went on to another one.
  if (body.mode === 'whole' && body.received > 0 && error === 'net::ERR_ABORTED') return whole;
  if (byPage) return broken(body, `the page stopped it (${error})`, null);
  return broken(body, `the answer broke off (${error})`, 'response-truncated');
}

/** The engine itself does not say how a body ended that it was not let see. */
function taken(body: Body, ending: Ending): Outcome {
  if (body.isAltered) {
    return broken(body, 'this engine could not give the body without changing it', 'body-not-recorded');
  }
  if (body.broken !== null) return broken(body, `the answer hangs: ${body.broken}`, 'response-hangs');
  if (body.declared !== null && body.declared !== body.received) {
    return broken(body, `got ${body.received} of ${body.declared} bytes`, 'response-truncated');
  }
  if (ending.how === 'failed' && body.received === 0) return failed(body, ending);
  return whole;
}

function leftOff(body: Body, why: string): Outcome {
  return body.isHere ? finished(body) : broken(body, why, null);
}

/** Events for as long as the page is there: it has no end to wait for. */
export function isEventStream(hop: Hop, body: Body): boolean {
  return hop.type === 'EventSource' || body.mediaType.startsWith('text/event-stream');
}

function hangWords(hop: Hop, body: Body): string {
  if (isEventStream(hop, body) && body.mode === 'unrecorded')
    return 'a stream without end, which this engine cannot record';
  if (isEventStream(hop, body)) return 'a stream without end; recorded until the capture ended';
  if (hop.type === 'Media') return 'the page had not read all of it when the capture ended';
  return 'the answer had not ended when the capture did';
}

function hangCode(hop: Hop, body: Body): Reason['code'] | null {
  if (isEventStream(hop, body)) return body.mode === 'unrecorded' ? 'body-not-recorded' : null;
  return hop.type === 'Media' ? 'response-truncated' : 'response-hangs';
}

function broken(body: Body, reason: string, code: Reason['code'] | null): Outcome {
  return { body: body.received === 0 ? 'failed' : 'truncated', reason, code };
}
