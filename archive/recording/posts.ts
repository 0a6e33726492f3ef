/** Posts out of a recording: from the network's bytes first, from the rendered page second. */
import type { PostContent, SourceOfText } from '../../contract/model/post.ts';
import type { RecordedExchange } from '../../contract/reading.ts';
import { isHtml } from '../../evidence/format/content-type.ts';
import { generalReader } from '../../sites/general.ts';
import { decodeHtml, encodingFor } from '../../sites/html/decode.ts';
import { elementsOf, MAX_HTML_LENGTH, ownText, parseHtml } from '../../sites/html/parse.ts';
import { MAX_JSON_BYTES } from '../../sites/json/parse.ts';
import { packed } from '../../sites/packed.ts';
import { isCovered, isWanted, type ReadBy, readAnswers } from '../../sites/readers.ts';
import { replayOf, type ShownReplay } from '../../sites/replay/page.ts';
import type { FoundReading } from '../import/contents.ts';
import { foundBy, isThin, readOnePage, withoutRead } from '../import/pages.ts';
import { joinPassed, passedPosts } from './passed.ts';
import type { ReadableAnswer, ReadableRecording } from './readable.ts';
import { sameAddress } from './recorded.ts';

/** Bytes of one answer, and of all, in which the text of a post is looked for. */
const searchedOne = 8 * 1024 * 1024;
const searchedAll = 64 * 1024 * 1024;

function read(url: string | null, mediaType: string, charset: string | null, body: Uint8Array): FoundReading {
  return readOnePage(url, { url: url ?? '', status: 200, mediaType, charset, body });
}

/** What a script or a JSON answer would make of its own escapes. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/])|[nrtbf])/g, (_whole, hex?: string, sign?: string) =>
    hex === undefined ? (sign ?? ' ') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** All words of a page, those of its scripts included. */
function wordsOf(html: string): string {
  const parsed = parseHtml(html);
  return 'document' in parsed ? packed([...elementsOf(parsed.document)].map(ownText).join('')) : '';
}

/** The text of an answer in the forms in which words can stand in it. */
function searchable({ mediaType, charset, body: read }: ReadableAnswer): string[] {
  const body = read();
  if (isHtml(mediaType)) {
    const { text } = decodeHtml(body, charset);
    return [wordsOf(text), packed(unescaped(text))];
  }
  const encoding = encodingFor(charset ?? 'utf-8') ?? 'utf-8';
  return [packed(unescaped(new TextDecoder(encoding).decode(body)))];
}

function isText(mediaType: string): boolean {
  return /^text\/|json|xml|javascript/.test(mediaType);
}

/** Looks for texts in the answers, the page first, each answer read once. */
class Search {
  readonly #answers: ReadableAnswer[];
  #texts: { answer: ReadableAnswer; forms: string[] }[] | null = null;
  #last: { answer: ReadableAnswer; forms: string[] } | null = null;

  constructor({ answers, page }: ReadableRecording) {
    this.#answers = [...answers].sort((a, b) => Number(b === page) - Number(a === page));
  }

  #all(): { answer: ReadableAnswer; forms: string[] }[] {
    if (this.#texts !== null) return this.#texts;
    let left = searchedAll;
    this.#texts = this.#answers.flatMap((answer) => {
      const { size } = answer;
      if (!isText(answer.mediaType) || size === 0 || size > searchedOne || size > left) return [];
      left -= size;
      return { answer, forms: searchable(answer) };
    });
    return this.#texts;
  }

  find(text: string): SourceOfText | null {
    const words = packed(text);
    if (words === '') return null;
    const holds = ({ forms }: { forms: string[] }): boolean => forms.some((form) => form.includes(words));
    // Posts of one answer come one after the other.
    const found = this.#last !== null && holds(this.#last) ? this.#last : this.#all().find(holds);
    this.#last = found ?? this.#last;
    return found === undefined ? null : { found: 'network', exchange: found.answer.n, url: found.answer.url };
  }
}

/** The answers that readers of one platform want, each body read from the archive when a reader asks for it. */
function answersBeside(answers: readonly ReadableAnswer[], page: ReadableAnswer): RecordedExchange[] {
  return answers.flatMap(({ n, url, status, mediaType, charset, size, body }) => {
    const head = { n, url, status, mediaType, charset };
    const isReadable = n !== page.n && size > 0 && size <= MAX_JSON_BYTES;
    return isReadable && isWanted(head)
      ? [
          {
            ...head,
            get body() {
              return body();
            },
          },
        ]
      : [];
  });
}

function readBeside({ answers, finalUrl: url }: ReadableRecording, page: ReadableAnswer): ReadBy[] {
  const addresses = new Set(answers.filter(({ size }) => size > 0).map((answer) => answer.url));
  return readAnswers({ url, exchanges: answersBeside(answers, page), addresses });
}

/**
 * What the page itself says: as the network brought it, or, where that is no post, as it was rendered. A page that made
 * its own address another one, `url`, was brought under the one that it was asked for under.
 */
function readOfPage(page: ReadableAnswer, url: string | null, dom: Uint8Array | null): FoundReading | null {
  const brought = url !== null && sameAddress(url, page.url) ? url : page.url;
  const fromNetwork =
    page.size > MAX_HTML_LENGTH ? null : read(brought, page.mediaType, page.charset, page.body());
  const needsDom = dom !== null && (fromNetwork === null || isThin(fromNetwork));
  const fromDom = needsDom ? read(url, 'text/html', 'utf-8', dom) : null;
  const better =
    fromDom !== null &&
    (fromNetwork === null ||
      !isThin(fromDom) ||
      fromNetwork.posts.length === 0 ||
      // What the platform says in the place of the post, which its script wrote there.
      (fromDom.absent ?? []).length > 0);
  if (!better) return fromNetwork;
  const note = 'Read out of the page as rendered: its network answers gave no post.';
  return { ...fromDom, notes: [...fromDom.notes, note] };
}

/** What a web archive replays at this address; null for a page that is no replay. */
function replayShown({ mediaType, charset, size, body }: ReadableAnswer, url: string): ShownReplay | null {
  const isRead = isHtml(mediaType) && size <= MAX_HTML_LENGTH;
  return replayOf(url, () => (isRead ? decodeHtml(body(), charset).text : ''));
}

export interface ReadPosts {
  readings: FoundReading[];
  /** Of posts that passed while the page was scrolled: how many are in the readings; null: none passed. */
  passed: { stored: number } | null;
}

/**
 * The readings of a recording, each post with where its text was found: those of the answers first; the page itself
 * is read where they do not hold what it shows, and posts that passed where neither has them.
 */
export function readRecordedPosts(recording: ReadableRecording): ReadPosts {
  const { page, finalUrl, dom } = recording;
  // What a browser shows in the place of a page is no page: nothing is read out of it.
  if (page === null) return { readings: [], passed: null };
  const beside = readBeside(recording, page);
  const replay = recording.passed.length === 0 ? null : replayShown(page, finalUrl ?? page.url);
  const passed = passedPosts(recording.passed, finalUrl ?? page.url, replay);
  const covered = isCovered(finalUrl ?? page.url, beside);
  // What is rendered at the end is the last part of what passed.
  const whole = readOfPage(page, finalUrl, covered || passed.length > 0 ? null : dom);
  // Of a page that the answers make up only what its platform's reader finds in it besides is read: more of its posts.
  const isMore = whole !== null && (!covered || whole.reader.name !== generalReader.name);
  const ofPage = isMore ? withoutRead(whole, beside, page.url) : null;

  const search = new Search(recording);
  const rendered = dom === null ? '' : wordsOf(decodeHtml(dom, 'utf-8').text);
  const withSource =
    (isRendered: boolean) =>
    (post: PostContent): PostContent => {
      if (packed(post.text) === '' || post.sourceOfText !== undefined) return post;
      const inPage: SourceOfText = {
        found: isRendered || rendered.includes(packed(post.text)) ? 'rendered-page' : 'nowhere',
      };
      return { ...post, sourceOfText: search.find(post.text) ?? inPage };
    };
  const sourced = (reading: FoundReading, isRendered: boolean): FoundReading => ({
    ...reading,
    posts: reading.posts.map(withSource(isRendered)),
  });
  // Where nothing says that the page is a post, and posts passed in it, its words are theirs once more.
  const isRepeated = passed.length > 0 && ofPage !== null && isThin(ofPage);
  const known = [...beside.map(foundBy), ...(ofPage === null || isRepeated ? [] : [ofPage])];
  // What the platform sent is not what an archive kept of it.
  const isAsShown = (n: number): boolean => (beside[n]?.replay !== undefined) === (replay !== null);
  const alike = known.filter((_reading, n) => n >= beside.length || isAsShown(n));
  const joined = joinPassed(passed, alike, replay);
  return {
    readings: [
      ...known.map((reading) => sourced(reading, false)),
      ...joined.readings.map((reading) => sourced(reading, true)),
    ],
    passed: passed.length === 0 ? null : { stored: joined.stored },
  };
}
