/** One capture in the report: where it came from, its files, its posts. */
import type { CaptureEntry, ClauseEntry } from '../../bundle/evidence.ts';
import { exhibit } from './exhibit.ts';
import { facts, fileName, foreign, type Html, html } from './html.ts';
import { type CapturedFile, isPicture, picture } from './picture.ts';
import { byteCount, formatName, utc, who } from './words.ts';

export interface CaptureContext {
  number: number;
  /** Of the first post of this capture. */
  firstExhibit: number;
  clauses: ReadonlyMap<string, ClauseEntry>;
}

export function captureSection(capture: CaptureEntry, context: CaptureContext): Html {
  const files = new Map(capture.artifacts.map((file) => [file.sha256, file]));
  const posts = capture.readings.flatMap((reading) => reading.posts);
  return html`<section id="capture-${context.number}">
<h2>Capture ${context.number}: ${fileName(capture.sourceName)}</h2>
<p class="notice">Collected by others, unverified before receipt: Holdfast received this file and kept it as it was. How it was made, nobody here saw.</p>
${facts([
  ['Received', utc(capture.receivedAt)],
  ['Received by', who(capture.actor)],
  ['Existed no later than', 'no independent timestamp: the time of receipt is the signer’s own claim'],
  ['Address, as the file says', capture.url === null ? null : html`<code>${foreign(capture.url)}</code>`],
  ['Saved, as the file says', capture.savedAt === null ? null : foreign(capture.savedAt)],
  ['Format', formatName(capture.format)],
  ['Records', records(capture)],
  ['Posts read', postsRead(capture)],
  ['Software', `${capture.tool.name} ${capture.tool.version}`],
  ['Capture', html`<code>${capture.id}</code>`],
])}
${warnings(capture)}
${posts.map((post, i) => exhibit(post, { number: context.firstExhibit + i, clauses: context.clauses, files }))}
${otherPictures(capture)}
<h4>Files of this capture</h4>
<ul>${capture.artifacts.map(fileLine)}</ul>
</section>
`;
}

function records({ records: counts }: CaptureEntry): string | null {
  const entries = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? null : entries.map(([type, count]) => `${count} ${type}`).join(', ');
}

function postsRead({ readings }: CaptureEntry): string {
  const lines = readings.map(
    ({ posts, postsRead: read, reader }) =>
      `${posts.length} of ${read} shown, read by ${reader.name} ${reader.version}`,
  );
  return lines.length === 0 ? 'none: no posts were read out of this capture' : lines.join('; ');
}

function warnings(capture: CaptureEntry): Html | null {
  const notes = [
    ...capture.warnings.map(({ message }) => message),
    ...capture.readings.flatMap((reading) => reading.notes),
  ];
  if (notes.length === 0) return null;
  return html`<div class="notice"><p><strong>Noted while reading</strong></p><ul>${notes.map((note) => html`<li>${foreign(note)}</li>`)}</ul></div>`;
}

/** Pictures that no post shows already. */
function otherPictures(capture: CaptureEntry): Html[] {
  const shown = new Set(
    capture.readings.flatMap(({ posts }) =>
      posts.flatMap((post) =>
        post.disclosed === 'whole' ? post.content.media.map(({ sha256 }) => sha256) : [],
      ),
    ),
  );
  return capture.artifacts
    .filter((file) => isPicture(file) && !shown.has(file.sha256))
    .map((file) => picture(file, 'Picture of the capture', html`${file.role}: <code>${file.path}</code>`));
}

function fileLine(file: CapturedFile): Html {
  const name = file.name === null ? null : html`, named ${fileName(file.name)} by the source`;
  return html`<li>${file.role}: <code>${file.path}</code>${name}<br><span class="soft">${foreign(file.mediaType)}, ${byteCount(file.size)}, SHA-256</span> <code>${file.sha256}</code></li>`;
}
