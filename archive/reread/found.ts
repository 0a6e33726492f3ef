/** What the readers of today make of the stored bytes of a capture. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Capture, SourceFormat } from '../../contract/model/capture.ts';
import { once } from '../../contract/once.ts';
import { findBytes } from '../../db/blob.ts';
import { listAnswers, type StoredAnswer } from '../../db/exchange.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { fromHex } from '../../evidence/digest/sha256.ts';
import type { Archive } from '../archive.ts';
import { findArtifact, type StagedBlob, stageBytes } from '../blobs.ts';
import type { FileContents, FileSource, FoundMedia, ImportOptions } from '../import/contents.ts';
import { readHtmlFile } from '../import/html.ts';
import { joinMedia } from '../import/media.ts';
import { readMhtmlFile } from '../import/mhtml.ts';
import { readUncheckedWacz } from '../import/wacz.ts';
import { readWarcFile } from '../import/warc.ts';
import { answerHeader, forwardOf, isAll, mostForwards } from '../recording/answer-header.ts';
import { readRecordedPosts } from '../recording/posts.ts';
import { isOfMedium, sameAddress, withoutFragment } from '../recording/recorded.ts';
import { storedRecording } from './stored-recording.ts';

type Found = Pick<FileContents, 'readings' | 'media'>;

const fileReaders: Partial<Record<SourceFormat, (source: FileSource) => Promise<FileContents>>> = {
  html: readHtmlFile,
  mhtml: readMhtmlFile,
  warc: readWarcFile,
  wacz: readUncheckedWacz,
};

/** Whether site readers read posts out of such a capture: not out of pictures, nor out of a bundle as a whole. */
export function isReadable({ format, recording, origin }: Capture): boolean {
  return format in fileReaders || (format === 'recording' && recording !== null && origin === null);
}

/** Blobs without an id: their bytes are in the archive already, or were only looked at. */
const notStaged = -1;

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

export class Rereading {
  readonly #archive: Archive;
  readonly #capture: Capture;
  readonly #keeps: boolean;
  readonly #staged: StagedBlob[] = [];

  /** `keeps`: media that are found for the first time are staged, to be sealed. */
  constructor(archive: Archive, capture: Capture, keeps: boolean) {
    this.#archive = archive;
    this.#capture = capture;
    this.#keeps = keeps;
  }

  /** What was staged: the caller seals or drops it, whatever happens. */
  get staged(): readonly StagedBlob[] {
    return this.#staged;
  }

  /** Those that were staged here. */
  newMedia(media: readonly FoundMedia[]): FoundMedia[] {
    return media.filter(({ bytes }) => this.#staged.includes(bytes));
  }

  /** Errors: `nothing-to-do` for a capture that no site reader reads; those of reading its format; `cancelled`. */
  find(options: ImportOptions): Promise<Found> {
    if (!isReadable(this.#capture)) {
      throw new HoldfastError(
        'nothing-to-do',
        'No site reader reads this capture: it is a picture, a file that was kept unread, or a recording of another archive. Nothing was changed.',
      );
    }
    return this.#capture.format === 'recording' ? this.#recording() : this.#file(options);
  }

  readonly #stage = async (bytes: AsyncIterable<Uint8Array>): Promise<StagedBlob> => {
    const body = await whole(bytes);
    const sha256 = nodeSha256.of(body);
    if (!this.#keeps || findBytes(this.#archive.db, sha256) !== null)
      return { id: notStaged, sha256, size: body.length };
    const staged = await stageBytes(this.#archive, once(body));
    this.#staged.push(staged);
    return staged;
  };

  #file(options: ImportOptions): Promise<FileContents> {
    const { format, artifacts, sourceName: name } = this.#capture;
    const original = artifacts.find(({ role }) => role === 'original');
    const read = fileReaders[format];
    if (original === undefined || read === undefined)
      throw new HoldfastError('artifact-not-found', 'The capture has no file of its own to be read.');
    const stored = findArtifact(this.#archive, original.sha256);
    const sha256 = fromHex(original.sha256);
    return read({ archive: this.#archive, stored, sha256, name, options, stage: this.#stage });
  }

  async #recording(): Promise<Found> {
    const { readings } = readRecordedPosts(await storedRecording(this.#archive, this.#capture));
    const answers = listAnswers(this.#archive.db, this.#capture.id);
    return joinMedia(this.#stage, readings, (url) => this.#recordedMedium(answers, url));
  }

  /** Its bytes lie in the WACZ, and have a hash of their own there. */
  async #recordedMedium(answers: readonly StoredAnswer[], asked: string): Promise<FoundMedia | null> {
    const url = await this.#forwarded(answers, asked);
    const whole = answers.filter((answer) => answer.body === 'whole' && isOfMedium(answer.url, url));
    for (const { status, sha256, size, mediaType, url: name } of whole) {
      if (sha256 === null || !(await this.#isAll(status, name))) continue;
      return { bytes: { id: notStaged, sha256, size }, isStaged: false, mediaType, name };
    }
    return null;
  }

  /** What a part is of, its header says; the WACZ is asked for the newest answer of the address. */
  async #isAll(status: number, url: string): Promise<boolean> {
    if (status !== 206) return isAll({ status, headers: [] });
    const header = await answerHeader(this.#archive, this.#capture.id, url);
    return header !== null && isAll(header);
  }

  /** Where the recorded answers for an address lead in the end. */
  async #forwarded(answers: readonly StoredAnswer[], asked: string): Promise<string> {
    let url = asked;
    for (let forwards = 0; forwards < mostForwards; forwards += 1) {
      const answer = answers.find((each) => sameAddress(each.url, url));
      if (answer === undefined || answer.status < 300 || answer.status > 399) break;
      const header = await answerHeader(this.#archive, this.#capture.id, withoutFragment(url));
      const next = header === null ? null : forwardOf(header, url);
      if (next === null) break;
      url = next;
    }
    return url;
  }
}
