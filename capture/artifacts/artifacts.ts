/** What is kept of the page besides its answers: pictures, MHTML, PDF, the document as rendered, its text. */
import type { CaptureSink, Withheld } from '../../contract/model/recording.ts';
import { sendWithin } from '../cdp/commands.ts';
import { readStream } from '../cdp/read-stream.ts';
import type { CdpSession } from '../cdp-session.ts';
import { type Certificates, pemOf } from '../certificates.ts';
import type { Reasons } from '../reasons.ts';
import { BodyStream } from '../secrets/body-stream.ts';
import type { KnownSecrets } from '../secrets/known.ts';
import { within } from '../within.ts';
import { hideInMhtml } from './mhtml.ts';
import { picturesOf } from './picture.ts';
import { expressions, World } from './world.ts';

const timeLimit = 60_000;
const pieceSize = 1024 * 1024;

type ArtifactSink = CaptureSink['artifact'];
type Role = Parameters<ArtifactSink>[0]['role'];

export interface ArtifactsOptions {
  session: CdpSession;
  sink: CaptureSink;
  captureId: string;
  secrets: KnownSecrets;
  reasons: Reasons;
  certificates: Certificates;
  /** Prints the page where the engine's protocol cannot; null: this engine's can. */
  print: (() => Promise<Uint8Array>) | null;
  /** Of at most 8,000 CSS pixels in height each. */
  mostPictures: number;
  frameId: string;
  url: string;
  /** Each screen of the page has a picture already, and the page keeps only what is in view. */
  screensAreShown: boolean;
  /** Waits for what the picture made the page load. */
  settle(): Promise<void>;
  /** The capture is to end now. */
  isStopped(): boolean;
}

/** What was withheld in the artifacts, and the page's title without secrets. */
export interface Taken {
  title: string | null;
  withheld: Withheld[];
}

/**
 * Takes each artifact and gives it to the sink. What the engine refuses becomes a reason, where the capture is
 * incomplete without it; what the sink refuses is thrown.
 */
export async function takeArtifacts(options: ArtifactsOptions): Promise<Taken> {
  const { session, reasons } = options;
  const taken: Taken = { title: null, withheld: [] };
  const world = await World.of(session, options.frameId).catch(() => null);
  if (world !== null) await learnPasswords(world, options.secrets);
  const steps: [name: string, step: () => Promise<void>][] = [
    ['picture', () => takePictures(options)],
    ['text', () => takeTexts(world, options, taken)],
    ['MHTML snapshot', () => takeMhtml(options, taken)],
    ['PDF', () => takePdf(world, options)],
    ['certificate', () => takeCertificates(options)],
  ];
  for (const [name, step] of steps) {
    if (options.isStopped()) break;
    try {
      await step();
    } catch (error) {
      if (error instanceof SinkError) throw error.cause;
      const code = name === 'picture' ? 'screenshot-failed' : 'context-not-captured';
      const why = error instanceof Error ? error.message : String(error);
      reasons.add(code, `The ${name} of the page could not be taken: ${why}.`);
    }
  }
  return taken;
}

/** Tells the sink's refusal, which ends the capture, from the engine's. */
class SinkError extends Error {}

async function give(
  { sink, captureId }: ArtifactsOptions,
  role: Role,
  mediaType: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  try {
    await sink.artifact({ captureId, role, mediaType, name }, piecesOf(bytes));
  } catch (error) {
    throw new SinkError('the archive refused an artifact', { cause: error });
  }
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
}

async function learnPasswords(world: World, secrets: KnownSecrets): Promise<void> {
  const passwords = await world.ask(expressions.passwords).catch(() => null);
  if (!Array.isArray(passwords)) return;
  for (const value of passwords) if (typeof value === 'string') secrets.search(value, 'password');
}

async function takePictures(options: ArtifactsOptions): Promise<void> {
  const { parts, count, missing } = await picturesOf(
    options.session,
    options.mostPictures,
    options.screensAreShown,
  );
  let n = 0;
  // One after the other: no two of them are in memory.
  for await (const part of parts) {
    n += 1;
    const name = count === 1 ? 'screenshot.png' : `screenshot-${n}.png`;
    await give(options, 'screenshot', 'image/png', name, part);
    if (options.isStopped()) break;
  }
  if (missing !== null) options.reasons.add('screenshot-failed', missing);
  await options.settle();
}

async function takeTexts(world: World | null, options: ArtifactsOptions, taken: Taken): Promise<void> {
  if (world === null) throw new Error('its frame is gone');
  const { secrets } = options;
  const title = await world.ask(expressions.title);
  if (typeof title === 'string') {
    const hidden = secrets.hideIn(title, 'artifact');
    taken.title = hidden.text;
    taken.withheld.push(...hidden.withheld);
  }
  const dom = await world.ask(expressions.dom);
  if (typeof dom !== 'string') throw new Error('its document is larger than 64 Mi characters');
  await give(options, 'dom', 'text/html; charset=utf-8', 'dom.html', hideInText(dom, secrets, taken));
  const text = await world.ask(expressions.text);
  if (typeof text !== 'string') throw new Error('it gives no text');
  await give(options, 'text', 'text/plain; charset=utf-8', 'text.txt', hideInText(text, secrets, taken));
}

function hideInText(text: string, secrets: KnownSecrets, taken: Taken): Uint8Array {
  const stream = new BodyStream(secrets, true, 'artifact');
  const bytes = Buffer.concat(stream.whole(Buffer.from(text, 'utf8')));
  taken.withheld.push(...stream.withheld);
  return bytes;
}

async function takeMhtml(options: ArtifactsOptions, taken: Taken): Promise<void> {
  const { data } = await sendWithin(timeLimit, options.session, 'Page.captureSnapshot', { format: 'mhtml' });
  const hidden = hideInMhtml(data, options.secrets);
  taken.withheld.push(...hidden.withheld);
  await give(options, 'mhtml', 'multipart/related', 'page.mhtml', Buffer.from(hidden.text, 'latin1'));
}

async function takePdf(world: World | null, options: ArtifactsOptions): Promise<void> {
  const shown = world === null ? null : await shownSecret(world, options.secrets);
  if (shown !== null) {
    options.reasons.add(
      'context-not-captured',
      `No PDF of the page is kept: it would hold ${shown} as text, and nothing can be replaced in a PDF. Pictures show what the page showed.`,
    );
    return;
  }
  const bytes = await within(timeLimit, options.print?.() ?? printed(options.session));
  if (bytes === null) throw new Error('it took too long');
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-')
    throw new Error('the engine gave no PDF');
  await give(options, 'pdf', 'application/pdf', 'page.pdf', bytes);
}

/** What the page shows of the session's secrets, in words; null: nothing that is known. Frames are not looked into. */
async function shownSecret(world: World, secrets: KnownSecrets): Promise<string | null> {
  const shown = await world.ask(expressions.shown);
  if (typeof shown === 'string') {
    const [found] = secrets.hideIn(shown, 'artifact').withheld;
    if (found !== undefined) return `a secret of the session (${found.name})`;
  }
  return (await world.ask(expressions.filledSignIn)) === true ? 'who signs in, from a filled-in form' : null;
}

async function printed(session: CdpSession): Promise<Uint8Array> {
  const { stream } = await sendWithin(timeLimit, session, 'Page.printToPDF', {
    printBackground: true,
    transferMode: 'ReturnAsStream',
  });
  const pieces: Buffer[] = [];
  for await (const piece of readStream(session, stream)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function takeCertificates(options: ArtifactsOptions): Promise<void> {
  if (!options.url.startsWith('https:')) return;
  const chain = await options.certificates.chain(new URL(options.url).origin);
  if (chain.length === 0) return;
  const pem = Buffer.from(pemOf(chain), 'latin1');
  await give(options, 'certificate', 'application/x-pem-file', 'certificate.pem', pem);
}
