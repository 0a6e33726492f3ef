/** Secrets that the recorder learned after what holds them had been handed over: replaced before sealing. */
import type { ExchangeStart, KnownSecret, RecordingEnd, Withheld } from '../../contract/model/recording.ts';
import { once } from '../../contract/once.ts';
import { markerOf, type Searched, SecretIndex, spellingsOf, Withholder } from '../../contract/withhold.ts';
import { hideInMhtml } from '../../contract/withhold-mhtml.ts';
import { stageBlob } from '../../db/blob.ts';
import { inTransaction } from '../../db/handle.ts';
import { listKnownSecrets, type RecordedArtifactRow, setExchangeBlob } from '../../db/recording.ts';
import type { Archive } from '../archive.ts';
import { dropStaged, readBlob, readWhole, receiveBytes, stageBytes } from '../blobs.ts';
import type { Recorded, RecordedAnswer } from './recorded.ts';

interface Late extends Searched {
  known: KnownSecret;
}

function holds(archive: Archive, blobId: number, index: SecretIndex): boolean {
  const withholder = new Withholder(index);
  for (const chunk of readBlob(archive, blobId)) {
    withholder.push(chunk);
    if (withholder.found.size > 0) return true;
  }
  withholder.end();
  return withholder.found.size > 0;
}

async function* replaced(
  archive: Archive,
  blobId: number,
  withholder: Withholder,
): AsyncGenerator<Uint8Array> {
  for (const chunk of readBlob(archive, blobId)) yield withholder.push(chunk);
  yield withholder.end();
}

/** The answer with its body rewritten; the blob that held the secret is removed in the same step. */
async function rewritten(
  archive: Archive,
  captureId: string,
  answer: RecordedAnswer,
  withholder: Withholder,
  secrets: readonly Late[],
): Promise<RecordedAnswer> {
  const { db } = archive;
  const blobId = stageBlob(db, archive.holder);
  const { size, sha256 } = await receiveBytes(
    archive,
    blobId,
    replaced(archive, answer.body.blobId, withholder),
  );
  inTransaction(db, () => setExchangeBlob(db, captureId, answer.start.n, { blobId, size, sha256 }));
  dropStaged(archive, answer.body.blobId);
  const withheld = secrets
    .filter((secret) => withholder.found.has(secret))
    .map(({ known: { name, commitment, salt } }) => ({
      where: 'response-body' as const,
      name,
      commitment,
      salt,
    }));
  return {
    ...answer,
    body: { blobId, size, sha256 },
    end: { ...answer.end, withheld: [...answer.end.withheld, ...withheld] },
  };
}

/** Headers, addresses and words, with every secret that is known at the end replaced in them. */
class Words {
  readonly #secrets: readonly Late[];
  readonly #spellings: { spelling: string; secret: Late }[];
  readonly #index: SecretIndex;

  constructor(secrets: readonly Late[], index: SecretIndex) {
    this.#secrets = secrets;
    this.#index = index;
    this.#spellings = secrets
      .flatMap((secret) => spellingsOf(secret.secret).map((spelling) => ({ spelling, secret })))
      .sort((a, b) => b.spelling.length - a.spelling.length);
  }

  /** `found` gathers what was replaced. */
  hide(text: string, found: Set<Searched>): string {
    let hidden = text;
    for (const { spelling, secret } of this.#spellings) {
      if (!hidden.includes(spelling)) continue;
      hidden = hidden.replaceAll(spelling, secret.marker);
      found.add(secret);
    }
    // What spellings do not cover: base64 and the like.
    const inBytes = new Set<Searched>();
    const replaced = this.hideBytes(Buffer.from(hidden, 'utf8'), inBytes);
    for (const secret of inBytes) found.add(secret);
    return inBytes.size === 0 ? hidden : replaced.toString('utf8');
  }

  hideBytes(bytes: Uint8Array, found: Set<Searched>): Buffer {
    const withholder = new Withholder(this.#index);
    const replaced = withholder.replace(bytes);
    for (const one of withholder.found.keys()) found.add(one);
    return Buffer.from(replaced);
  }

  withheld(found: ReadonlySet<Searched>, where: Withheld['where']): Withheld[] {
    return this.#secrets
      .filter((secret) => found.has(secret))
      .map(({ known: { name, commitment, salt } }) => ({ where, name, commitment, salt }));
  }
}

function startWithout(start: ExchangeStart, words: Words): ExchangeStart {
  const places = { url: new Set<Searched>(), sent: new Set<Searched>(), got: new Set<Searched>() };
  const headers = (
    list: ExchangeStart['requestHeaders'],
    found: Set<Searched>,
  ): ExchangeStart['requestHeaders'] =>
    list.map(([name, value]) => [words.hide(name, found), words.hide(value, found)]);
  const asked = new Set<Searched>();
  const body =
    start.requestBody === null ? null : words.hideBytes(Buffer.from(start.requestBody, 'base64'), asked);
  return {
    ...start,
    url: words.hide(start.url, places.url),
    requestHeaders: headers(start.requestHeaders, places.sent),
    responseHeaders: headers(start.responseHeaders, places.got),
    statusText: words.hide(start.statusText, places.got),
    requestBody: body === null ? null : body.toString('base64'),
    withheld: [
      ...start.withheld,
      ...words.withheld(places.url, 'url'),
      ...words.withheld(places.sent, 'request-header'),
      ...words.withheld(asked, 'request-body'),
      ...words.withheld(places.got, 'response-header'),
    ],
  };
}

/** Of the artifacts those that are text: in a picture and in a PDF nothing can be replaced. */
async function artifactWithout(
  archive: Archive,
  artifact: RecordedArtifactRow,
  words: Words,
  index: SecretIndex,
): Promise<{ artifact: RecordedArtifactRow; withheld: Withheld[] }> {
  const found = new Set<Searched>();
  let bytes: AsyncIterable<Uint8Array> | null = null;
  if (artifact.role === 'mhtml') {
    const text = Buffer.from(readWhole(archive, artifact.blobId)).toString('latin1');
    const hidden = hideInMhtml(text, (part) => {
      const inPart = new Set<Searched>();
      const replaced = words.hideBytes(part, inPart);
      for (const one of inPart) found.add(one);
      return inPart.size === 0 ? part : replaced;
    });
    if (found.size > 0) bytes = once(Buffer.from(hidden, 'latin1'));
  } else if (/^text\//.test(artifact.mediaType) && holds(archive, artifact.blobId, index)) {
    const withholder = new Withholder(index);
    const replacedWhole = Buffer.from(withholder.replace(readWhole(archive, artifact.blobId)));
    for (const one of withholder.found.keys()) found.add(one);
    bytes = once(replacedWhole);
  }
  if (bytes === null) return { artifact, withheld: [] };
  const { id: blobId, size, sha256 } = await stageBytes(archive, bytes);
  return { artifact: { ...artifact, blobId, size, sha256 }, withheld: words.withheld(found, 'artifact') };
}

function endWithout(end: RecordingEnd, words: Words, inArtifacts: readonly Withheld[]): RecordingEnd {
  const found = new Set<Searched>();
  const hide = (text: string): string => words.hide(text, found);
  return {
    ...end,
    finalUrl: end.finalUrl === null ? null : hide(end.finalUrl),
    ...(end.documentUrl == null ? {} : { documentUrl: hide(end.documentUrl) }),
    title: end.title === null ? null : hide(end.title),
    reasons: end.reasons.map((reason) => ({ ...reason, message: hide(reason.message) })),
    withheld: [...end.withheld, ...inArtifacts, ...words.withheld(found, 'url')],
  };
}

/**
 * The recording without the secrets that became known after something that holds them had been handed over: in
 * bodies, addresses, headers, request bodies, text artifacts, title and reasons. `end` null: it was interrupted.
 */
export async function withholdLate(
  archive: Archive,
  recorded: Recorded,
  end: RecordingEnd | null,
): Promise<{ recorded: Recorded; end: RecordingEnd | null }> {
  const { captureId } = recorded;
  const secrets = listKnownSecrets(archive.db, captureId).map(
    (known): Late => ({ name: known.name, secret: known.secret, marker: markerOf(known.commitment), known }),
  );
  if (secrets.length === 0) return { recorded, end };
  const index = new SecretIndex(secrets);
  const words = new Words(secrets, index);
  const answers: RecordedAnswer[] = [];
  for (const answer of recorded.answers) {
    const isClean = answer.body.size === 0 || !holds(archive, answer.body.blobId, index);
    const { start, ...rest } = isClean
      ? answer
      : await rewritten(archive, captureId, answer, new Withholder(index), secrets);
    answers.push({ start: startWithout(start, words), ...rest });
  }
  const besides = [];
  for (const artifact of recorded.artifacts)
    besides.push(await artifactWithout(archive, artifact, words, index));
  const begin = { ...recorded.begin, url: words.hide(recorded.begin.url, new Set()) };
  const artifacts = besides.map(({ artifact }) => artifact);
  return {
    recorded: { ...recorded, begin, answers, artifacts },
    end:
      end === null
        ? null
        : endWithout(
            end,
            words,
            besides.flatMap(({ withheld }) => withheld),
          ),
  };
}
