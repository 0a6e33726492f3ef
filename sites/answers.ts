/** What readers do alike: take the answers and pages they want, parse them, say what could not be read. */
import type { AnswerHead, ReadingInput, RecordedExchange } from '../contract/reading.ts';
import { openPage, type Page } from './general/page.ts';
import { parseJson } from './json/parse.ts';
import type { Notes } from './notes.ts';

export interface Answer {
  url: string;
  /** In what a post stands that was read there. */
  from: { n?: number; url: string };
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
  const from = { url, ...(n === undefined ? {} : { n }) };
  for (const value of values) yield { url, from, status, value };
}

interface OpenedPage {
  page: Page;
  url: string;
  /** In what a post stands that was read there; null for a file that was imported. */
  from: { n: number; url: string } | null;
}

/**
 * The pages at wanted addresses, opened one after the other; a page without an address of its own has that of the reading.
 * What cannot be opened is left to the general reader.
 */
export function* pagesOf(
  input: ReadingInput,
  wants: (url: string) => boolean,
  notes: Notes,
): Generator<OpenedPage> {
  for (const exchange of input.exchanges) {
    const url = exchange.url === '' ? (input.url ?? '') : exchange.url;
    if (exchange.mediaType !== 'text/html' || !wants(url)) continue;
    const page = openPage(exchange, url, notes);
    const { n } = exchange;
    if (typeof page !== 'string') yield { page, url, from: n === undefined ? null : { n, url } };
  }
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
