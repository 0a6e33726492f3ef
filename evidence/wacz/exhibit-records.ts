/**
 * Which records of a recording its exhibits need: the page's document, what makes it look as it did, the answers out of
 * which the exhibited posts were read, and the media of those posts; with what each of these refers to.
 */
import { contentType, isHtml } from '../format/content-type.ts';
import { type HttpHead, headerValue } from '../warc/headers.ts';
import type { WalkedRecord } from '../warc/walk.ts';
import { labelledDigest } from '../warc/write.ts';
import { targetUri } from '../warc/write-address.ts';
import { recordId } from '../warc/write-id.ts';

/** What exhibited posts need of a recording. */
export interface NeededByPosts {
  /** The answers in which their words stand: number in the recording, and address. */
  readonly answers: readonly { readonly n: number; readonly url: string }[];
  readonly media: readonly { readonly url: string; readonly sha256: string | null }[];
  /** Answers that a script of the page asked for, as far as that is known: some platforms send posts as scripts. */
  readonly askedByScripts: readonly { readonly n: number; readonly url: string }[];
}

/** What is remembered of a record while they are chosen: its body stays where it is. */
export interface NotedRecord {
  readonly offset: number;
  readonly length: number;
  readonly type: string;
  readonly id: string;
  readonly uri: string;
  readonly date: string;
  readonly concurrentTo: string | null;
  readonly refersTo: string | null;
  readonly payloadDigest: string | null;
  readonly mediaType: string;
  readonly status: number | null;
  readonly location: string | null;
  /** Of a request: whether a script asked so, and not the page for something to show. */
  readonly isAsking: boolean;
}

const bareId = (value: string | null): string | null => /^<urn:uuid:([^>]+)>$/.exec(value ?? '')?.[1] ?? null;

export function notedRecord({ offset, length, headers, http }: WalkedRecord): NotedRecord {
  const field = (name: string) => headerValue(headers, name);
  const declared = http === null ? field('Content-Type') : headerValue(http.headers, 'Content-Type');
  return {
    offset,
    length,
    type: field('WARC-Type') ?? '',
    id: bareId(field('WARC-Record-ID')) ?? '',
    uri: field('WARC-Target-URI') ?? '',
    date: field('WARC-Date') ?? '',
    concurrentTo: bareId(field('WARC-Concurrent-To')),
    refersTo: bareId(field('WARC-Refers-To')),
    payloadDigest: field('WARC-Payload-Digest'),
    mediaType: contentType(declared).essence,
    status: http?.status ?? null,
    location: http === null ? null : headerValue(http.headers, 'Location'),
    isAsking: http !== null && isAsking(http),
  };
}

/** Fetch Metadata says 'empty' of what fetch and XMLHttpRequest ask for; and pages load what they show by GET. */
function isAsking({ startLine, headers }: HttpHead): boolean {
  return !startLine.startsWith('GET ') || headerValue(headers, 'Sec-Fetch-Dest')?.toLowerCase() === 'empty';
}

export interface ChosenRecords {
  /** In the order of the file. */
  readonly records: readonly NotedRecord[];
  /** Numbers of the answers that were asked for and are among them. */
  readonly answers: ReadonlySet<number>;
}

/** Redirects that are followed one behind the other, as by whoever replays them. */
const mostForwards = 20;

/**
 * @param all records of one file of the capture `captureId`, in its order
 * @param page the address of the page, as its recording lists it; null where it lists none
 */
export function chooseRecords(
  all: readonly NotedRecord[],
  captureId: string,
  page: string | null,
  needed: NeededByPosts,
): ChosenRecords {
  const answers = all.filter(({ type }) => answerTypes.has(type));
  const found = answersOf(answers, captureId, needed.answers);
  const isMedium = mediaTest(needed.media);
  const asking = new Set(
    all.flatMap(({ type, isAsking: asks, id }) => (type === 'request' && asks ? [id] : [])),
  );
  const asked = new Set(answersOf(answers, captureId, needed.askedByScripts).values());
  const isShown = (each: NotedRecord) =>
    isAppearance(each.mediaType) && !asked.has(each) && !asking.has(each.concurrentTo ?? '');
  const kept = new Set<NotedRecord>([
    ...all.filter(({ type }) => type === 'warcinfo'),
    ...documentOf(answers, page),
    ...found.values(),
    ...answers.filter((each) => isShown(each) || isMedium(each)),
  ]);
  for (const each of forwardsTo(answers, kept)) kept.add(each);
  for (const each of referredTo(all, kept)) kept.add(each);
  return { records: all.filter((each) => kept.has(each)), answers: new Set(found.keys()) };
}

const answerTypes: ReadonlySet<string> = new Set(['response', 'resource', 'revisit']);

/** Stylesheets, scripts and fonts: what is the same for whoever looks at the page. */
function isAppearance(mediaType: string): boolean {
  return (
    mediaType === 'text/css' ||
    /^(?:text|application)\/(?:x-)?(?:java|ecma)script$/.test(mediaType) ||
    /^(?:font\/.+|application\/(?:x-)?font-.+|application\/vnd\.ms-fontobject)$/.test(mediaType)
  );
}

/** The last answer with a document for the page, which is the one that was read. */
function documentOf(answers: readonly NotedRecord[], page: string | null): NotedRecord[] {
  if (page === null) return [];
  const uri = targetUri(page, null);
  const brought = answers.filter(
    (each) => each.uri === uri && (each.status === null || (each.status >= 200 && each.status < 300)),
  );
  const last = brought.findLast(({ mediaType }) => isHtml(mediaType)) ?? brought.at(-1);
  return last === undefined ? [] : [last];
}

/** By number. Ids of records are made of it, so that no other answer of the address is taken for it. */
function answersOf(
  answers: readonly NotedRecord[],
  captureId: string,
  wanted: NeededByPosts['answers'],
): Map<number, NotedRecord> {
  const numbers = Map.groupBy(wanted, ({ url }) => targetUri(url, null));
  const found = new Map<number, NotedRecord>();
  for (const each of answers) {
    for (const { n } of numbers.get(each.uri) ?? [])
      if (each.id === recordId(captureId, `${n}/answer`, each.date)) found.set(n, each);
  }
  return found;
}

/** By what was recorded, or, where a post names only the address, by that: never an answer that holds more posts. */
function mediaTest(media: NeededByPosts['media']): (record: NotedRecord) => boolean {
  const digests = new Set(media.flatMap(({ sha256 }) => (sha256 === null ? [] : [labelledDigest(sha256)])));
  const addresses = new Set(media.map(({ url }) => targetUri(url, null)));
  return ({ payloadDigest, uri, mediaType, status }) =>
    (payloadDigest !== null && digests.has(payloadDigest)) ||
    (addresses.has(uri) && (/^(?:image|video|audio)\//.test(mediaType) || isForward(status)));
}

function isForward(status: number | null): boolean {
  return status !== null && status >= 300 && status < 400 && status !== 304;
}

/** Answers without words of their own that lead to one that is kept. */
function forwardsTo(answers: readonly NotedRecord[], kept: ReadonlySet<NotedRecord>): NotedRecord[] {
  const reached = new Set([...kept].map(({ uri }) => uri));
  const forwards = answers.flatMap((record) => {
    const to = isForward(record.status) ? URL.parse(record.location ?? '', record.uri)?.href : undefined;
    return to === undefined || record.location === null ? [] : [{ record, to: targetUri(to, null) }];
  });
  const leading = new Set<NotedRecord>();
  for (let steps = 0; steps < mostForwards; steps += 1) {
    const more = forwards.filter(({ record, to }) => reached.has(to) && !leading.has(record));
    if (more.length === 0) break;
    for (const { record } of more) {
      leading.add(record);
      reached.add(record.uri);
    }
  }
  return [...leading];
}

/** What was asked for each, and the record in which the body of a repeated answer stands, with what that was asked. */
function referredTo(all: readonly NotedRecord[], kept: ReadonlySet<NotedRecord>): NotedRecord[] {
  const byId = new Map(all.map((record) => [record.id, record]));
  const named = (id: string | null) => (id === null ? [] : (byId.get(id) ?? []));
  const withBodies = [...kept].flatMap((record) => [record, named(record.refersTo)].flat());
  return withBodies.flatMap((record) => [record, named(record.concurrentTo)].flat());
}
