/** One capture in the report: where it came from, its files, its posts. */
import { autopilotWords } from '../../../contract/autopilot-words.ts';
import type { RecordingFacts } from '../../../contract/model/capture.ts';
import type { WithheldEntry } from '../../../contract/model/redaction.ts';
import type { CaptureEntry } from '../../bundle/evidence.ts';
import { paths } from '../../bundle/paths.ts';
import { exhibit } from './exhibit.ts';
import { type Exhibits, postsOf } from './exhibits.ts';
import { type Content, commaSeparated, facts, fileName, foreign, type Html, html } from './html.ts';
import { type CapturedFile, isPicture, picture } from './picture.ts';
import type { RuleBook } from './rule-book.ts';
import { byteCount, formatName, type When, who } from './words.ts';

export interface CaptureContext {
  number: number;
  exhibits: Exhibits;
  book: RuleBook;
  /** What stands with the exhibits of a case already: ids of posts, SHA-256 of pictures. */
  shown: { posts: Set<string>; pictures: Set<string> };
}

export function captureSection(capture: CaptureEntry, context: CaptureContext): Html {
  const files = filesOf(capture);
  const { book, exhibits, shown } = context;
  const posts = postsOf(capture);
  const later = laterReadings(capture, exhibits);
  const articles = posts
    .filter(({ id }) => !shown.posts.has(id))
    .map((post) =>
      exhibit(post, {
        place: exhibits.post(post.id),
        label: null,
        book,
        files,
        later: later.get(post.id) ?? null,
        before: null,
        after: null,
      }),
    );
  const inExhibits = posts.filter(({ id }) => shown.posts.has(id)).map(({ id }) => exhibits.link(id));
  return html`<section id="capture-${context.number}">
<h2>Capture ${context.number}: ${fileName(capture.sourceName)}</h2>
${capture.recording === undefined ? notice : null}
${partialNotice(capture)}
${capture.recording === undefined ? null : verdict(capture)}
${facts([
  ...(capture.recording === undefined
    ? importFacts(capture, book)
    : recordingFacts(capture, capture.recording, book)),
  ['Format', formatName(capture.format)],
  ['Records', records(capture)],
  ['Posts read', postsRead(capture)],
  ['Software', `${capture.tool.name} ${capture.tool.version}`],
  ['Capture', html`<code>${capture.id}</code>`],
])}
${warnings(capture)}
${inExhibits.length === 0 ? null : html`<p>Posts of this capture that are exhibits: ${commaSeparated(inExhibits)}.</p>`}
${
  articles.length === 0 || inExhibits.length === 0
    ? articles
    : html`<details><summary>Further posts that were read in this capture: ${articles.length}</summary>${articles}</details>`
}
${otherPictures(capture, shown.pictures)}
<h3>Files of this capture</h3>
<ul>${capture.artifacts.map(fileLine)}</ul>
</section>
`;
}

/** Of a capture, by SHA-256. */
export function filesOf({ artifacts }: CaptureEntry): Map<string, CapturedFile> {
  return new Map(artifacts.map((file) => [file.sha256, file]));
}

const notice = html`<p class="notice">Collected by others, unverified before receipt: Holdfast received this file and kept it as it was. How it was made, nobody here saw.</p>`;

/** It came in a bundle that withheld something of it. */
function partialNotice({ origin }: CaptureEntry): Html | null {
  if (origin?.partial === undefined) return null;
  const { signer, withheld } = origin.partial;
  return html`<div class="notice"><p><strong>Not the whole capture.</strong> It came in a bundle in which ${foreign(signer.name)} (certificate <code>${signer.fingerprint}</code>) withheld something of it:</p>
<ul>${withheld.map(withheldLine)}</ul></div>`;
}

/** What somebody withheld, and why. */
export function withheldLine(entry: WithheldEntry): Html {
  if (entry.what === 'words') return html`<li>Words, wherever they stand: ${foreign(entry.because)}</li>`;
  return html`<li>${entry.role}: ${entry.because === null ? 'it holds, or may hold, what is withheld' : foreign(entry.because)}</li>`;
}

const verdictWords = {
  complete: 'Complete: nothing that the recorder can see is missing.',
  incomplete: 'Incomplete. What is missing:',
  failed: 'Failed: the page was not captured. What was received is kept.',
} as const;

function verdict({ verdict: found, reasons = [] }: CaptureEntry): Html | null {
  if (found === undefined) return null;
  return html`<div class="notice"><p><strong>${verdictWords[found]}</strong></p>${
    reasons.length === 0
      ? null
      : html`<ul>${reasons.map(({ message }) => html`<li>${foreign(message)}</li>`)}</ul>`
  }</div>`;
}

type Fact = Parameters<typeof facts>[0][number];

function importFacts(capture: CaptureEntry, { when }: RuleBook): Fact[] {
  return [
    ...received(capture, when),
    ['Address, as the file says', capture.url === null ? null : html`<code>${foreign(capture.url)}</code>`],
    ['Saved, as the file says', capture.savedAt === null ? null : foreign(capture.savedAt)],
  ];
}

function recordingFacts(capture: CaptureEntry, recording: RecordingFacts, { when }: RuleBook): Fact[] {
  const { finalUrl, withheld, autopilot } = recording;
  return [
    ...captured(capture, recording, when),
    ['Address asked for', html`<code>${foreign(recording.requestedUrl)}</code>`],
    ['Address reached', finalUrl === null ? 'none' : html`<code>${foreign(finalUrl)}</code>`],
    [
      'Address of its document, which the page then changed itself',
      recording.documentUrl === undefined ? null : html`<code>${foreign(recording.documentUrl)}</code>`,
    ],
    ['Title', recording.title === null ? null : foreign(recording.title)],
    ['Browser engine', `${recording.engine.name}, ${recording.engine.version}`],
    ['Who could see it', recording.access === undefined ? null : accessWords[recording.access]],
    ['Not sent', notSent(recording)],
    ['Servers’ clocks', clocks(recording)],
    ['Autopilot', autopilot === undefined ? null : autopilotWords(autopilot)],
    [
      'Withheld',
      withheld.length === 0 ? null : `${withheld.length} session secrets, replaced by markers in the record`,
    ],
  ];
}

function received(capture: CaptureEntry, when: When): Fact[] {
  return [
    ['Received', when(capture.receivedAt)],
    ['Received by', who(capture.actor)],
    ['Existed no later than', existed(capture, 'receipt', when)],
  ];
}

function captured(capture: CaptureEntry, { startedAt, finishedAt }: RecordingFacts, when: When): Fact[] {
  return [
    ['Captured', html`${when(startedAt)} to ${finishedAt === null ? 'an interruption' : when(finishedAt)}`],
    ['Captured by', who(capture.actor)],
    ['Existed no later than', existed(capture, 'capture', when)],
  ];
}

/** When and by whom a capture was made, what that rests on, and whether it is whole. */
export function captureBasis(capture: CaptureEntry, { when }: RuleBook): Fact[] {
  const { recording, verdict: found, reasons = [] } = capture;
  if (recording === undefined) {
    return [
      ...received(capture, when),
      ['How complete it is', 'not known: collected by others, unverified before receipt'],
    ];
  }
  const missing = reasons.map(({ message }) => html` ${foreign(message)}`);
  return [
    ...captured(capture, recording, when),
    [
      'Address reached',
      recording.finalUrl === null ? 'none' : html`<code>${foreign(recording.finalUrl)}</code>`,
    ],
    ['How complete it is', found === undefined ? null : html`${verdictWords[found]}${missing}`],
  ];
}

const accessWords = {
  public: 'anybody, as the collector says',
  'sign-in': 'whoever is signed in, as the collector says',
  approval: 'whoever was approved, as the collector says',
} as const;

function notSent({ blocked }: RecordingFacts): string | null {
  if (blocked === undefined || blocked.length === 0) return null;
  const times = blocked.reduce((sum, one) => sum + one.times, 0);
  return `${times} requests of the page that would have done something in somebody’s name (look-only)`;
}

/** By whom, and where that can be checked. */
export function existed(
  { existedNoLaterThan: stamp, checkpoint }: Pick<CaptureEntry, 'existedNoLaterThan' | 'checkpoint'>,
  act: string,
  when: When,
): Content {
  return stamp === null
    ? `no independent timestamp: the time of ${act} is the signer’s own claim`
    : html`${when(stamp.time)}, by the time-stamping authority ${foreign(stamp.authority)}; the timestamp is <code>${paths.checkpointStamp(checkpoint)}</code>, its certificate <code>${stamp.certificate}</code>`;
}

/** What the servers' own clocks say, which nobody checked either. */
function clocks({ serverClock }: RecordingFacts): Html | null {
  if (serverClock.length === 0) return null;
  return html`${serverClock
    .slice(0, 5)
    .map(
      ({ host, seconds }) =>
        html`${foreign(host)}: ${seconds >= 0 ? '+' : ''}${seconds.toFixed(1)} s against this computer’s<br>`,
    )}`;
}

function records({ records: counts }: CaptureEntry): string | null {
  const entries = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? null : entries.map(([type, count]) => `${count} ${type}`).join(', ');
}

function postsRead({ readings }: CaptureEntry): string {
  const lines = readings.map(
    ({ posts, postsRead: read, reader, again }) =>
      `${posts.length} of ${read} shown, read by ${reader.name} ${reader.version}${
        again === undefined ? '' : ` again; ${again.kept.posts.length} of earlier readings found unchanged`
      }`,
  );
  return lines.length === 0 ? 'none: no posts were read out of this capture' : lines.join('; ');
}

/** By the id of a post, what a later reading of the capture says of it. */
export function laterReadings({ readings }: CaptureEntry, exhibits: Exhibits): Map<string, string> {
  const later = new Map<string, string>();
  for (const { again, reader } of readings) {
    const by = `${reader.name} ${reader.version}`;
    for (const id of again?.kept.posts ?? []) later.delete(id);
    for (const id of again?.gone ?? [])
      later.set(id, `The capture was read again by ${by}, which did not find this post in it.`);
    for (const { post, by: other } of again?.replaces ?? []) {
      const { name, anchor } = exhibits.post(other);
      const where = anchor === '' ? '' : `; as it is read there: ${name}`;
      later.set(post, `The capture was read again by ${by}, which reads this post otherwise${where}.`);
    }
  }
  return later;
}

function warnings(capture: CaptureEntry): Html | null {
  const notes = [
    ...capture.warnings.map(({ message }) => message),
    ...capture.readings.flatMap((reading) => reading.notes),
  ];
  if (notes.length === 0) return null;
  return html`<div class="notice"><p><strong>Noted while reading</strong></p><ul>${notes.map((note) => html`<li>${foreign(note)}</li>`)}</ul></div>`;
}

/** Pictures that no post shows already; `before`: those that stand with exhibits. */
function otherPictures(capture: CaptureEntry, before: ReadonlySet<string>): Html[] {
  const shown = new Set(
    capture.readings.flatMap(({ posts }) =>
      posts.flatMap((post) =>
        post.disclosed === 'whole' ? post.content.media.map(({ sha256 }) => sha256) : [],
      ),
    ),
  );
  return capture.artifacts
    .filter((file) => isPicture(file) && !shown.has(file.sha256) && !before.has(file.sha256))
    .map((file) => picture(file, 'Picture of the capture', html`${file.role}: <code>${file.path}</code>`));
}

function fileLine(file: CapturedFile): Html {
  const name = file.name === null ? null : html`, named ${fileName(file.name)} by the source`;
  return html`<li>${file.role}: <code>${file.path}</code>${name}<br><span class="soft">${foreign(file.mediaType)}, ${byteCount(file.size)}, SHA-256</span> <code>${file.sha256}</code></li>`;
}
