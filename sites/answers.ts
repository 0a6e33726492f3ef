/** What all readers of answers do alike: take the answers they want, parse them, say what could not be read. */
import type { AnswerHead, ReadingInput, RecordedExchange } from '../contract/reading.ts';
import { parseJson } from './json/parse.ts';
import type { Notes } from './notes.ts';

export interface Answer {
  url: string;
  n?: number;
  status: number;
  value: unknown;
}

const jsonType = /^(?:application|text)\/(?:[\w.+-]+\+)?(?:json|x-ndjson|jsonl|javascript)$/;

export function isJson({ mediaType }: AnswerHead): boolean {
  return jsonType.test(mediaType);
}

/** Address without query, as notes name it. */
export function shownAddress(url: string): string {
  return url.split(/[?#]/, 1)[0]?.slice(0, 200) ?? '';
}

/** The documents in the wanted answers, one after the other: no two bodies are held at the same time. */
export function* answersOf(
  input: ReadingInput,
  wants: (answer: AnswerHead) => boolean,
  notes: Notes,
): Generator<Answer> {
  for (const exchange of input.exchanges) {
    if (!wants(exchange)) continue;
    yield* documentsOf(exchange, notes);
  }
}

function* documentsOf(exchange: RecordedExchange, notes: Notes): Generator<Answer> {
  const { url, status, n, body } = exchange;
  if (body.length === 0) return;
  const { values, faults } = parseJson(body);
  for (const fault of faults) notes.add(`The answer of ${shownAddress(url)} ${fault}.`);
  for (const value of values) yield { url, status, value, ...(n === undefined ? {} : { n }) };
}

/** Host name in lower case, without 'www.'; empty for what is no address. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}

export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : '';
}

/** The host is one of these, or below one. */
export function isHost(url: string, hosts: readonly string[]): boolean {
  const host = hostOf(url);
  return hosts.some((known) => host === known || host.endsWith(`.${known}`));
}
