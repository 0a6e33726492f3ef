/** A capture of which something is withheld, in the report: what is proven of it, and what the signer says. */
import type { PartialCaptureEntry } from '../../bundle/evidence.ts';
import { type DerivedFacts, isMade } from '../../bundle/partial-capture.ts';
import { paths } from '../../bundle/paths.ts';
import { type CaptureContext, existed, withheldLine } from './capture.ts';
import { exhibit } from './exhibit.ts';
import { postsOf } from './exhibits.ts';
import { facts, foreign, type Html, html } from './html.ts';
import { isPicture, picture } from './picture.ts';
import { byteCount } from './words.ts';

export function partialCaptureSection(capture: PartialCaptureEntry, context: CaptureContext): Html {
  const { said, files, withheld, readings } = capture;
  const { when } = context.book;
  const posts = postsOf(capture);
  const shown = new Map(files.map((file) => [file.sha256, { ...file, name: null }]));
  return html`<section id="capture-${context.number}">
<h2>Capture ${context.number}: shown in part</h2>
<div class="notice"><p>Something of this capture is withheld. ${provenAndSaid(capture)}</p>
<ul>${withheld.map(withheldLine)}</ul></div>
${facts([
  ['Sealed', when(capture.time)],
  ['Existed no later than', existed(capture, 'sealing', when)],
  ['Address, as the signer says', said.url === null ? null : html`<code>${foreign(said.url)}</code>`],
  ['Received, as the signer says', when(said.receivedAt)],
  [
    'Posts read',
    readings
      .map(
        ({ posts: some, postsRead, reader }) =>
          `${some.length} of ${postsRead} shown, read by ${reader.name} ${reader.version}`,
      )
      .join('; ') || null,
  ],
  ['Its line in the log', html`<code>${paths.leaf(capture.event)}</code>`],
  ['Capture', html`<code>${capture.id}</code>`],
])}
${posts.map((post) =>
  exhibit(post, {
    place: context.exhibits.post(post.id),
    label: null,
    book: context.book,
    files: shown,
    later: null,
    before: null,
    after: null,
  }),
)}
${files
  .filter((file) => file.covered !== undefined && isPicture({ ...file, name: null }))
  .map((file) =>
    picture(
      { ...file, name: null },
      'Picture of the capture, parts of it covered',
      html`${file.role}, parts of it covered by the signer: <code>${file.path}</code>`,
    ),
  )}
<h4>Files of this capture that go along</h4>
${
  files.length === 0
    ? html`<p class="soft">None.</p>`
    : html`<ul>${files.map(
        ({ role, path, mediaType, size, sha256, covered, derived, index }) =>
          html`<li>${role}: <code>${path}</code>${covered === undefined ? null : `, written anew with ${covered.length} covered ${covered.length === 1 ? 'part' : 'parts'}`}${derived === undefined ? null : derivedInWords(derived)}, ${index === undefined ? "the signer's word" : `proven: number ${index + 1} of its files`}<br><span class="soft">${foreign(mediaType)}, ${byteCount(size)}, SHA-256</span> <code>${sha256}</code></li>`,
      )}</ul>`
}
</section>
`;
}

/** How a recording was cut down, by whom, and what for. */
function derivedInWords({ records, of, posts, postsWithoutAnswer }: DerivedFacts): string {
  const without = postsWithoutAnswer.length;
  return `, derived: ${records} of the ${of} records of the recording (WACZ) that stays behind, cut out of it for ${posts.length + without} exhibited ${posts.length + without === 1 ? 'post' : 'posts'}: the document of the page, style, scripts and fonts, the answers with the words of these posts, and their media${without === 0 ? '' : ` (the words of ${without} stood in no recorded answer)`}; with the page, others may stand in the same answers`;
}

/** What of it is proven, and what is only said: that depends on whether the log committed to its files one by one. */
function provenAndSaid({ committed, files }: PartialCaptureEntry): string {
  const posts =
    'that the posts below stand in what was read out of it; of their withheld parts nothing but that they are there';
  if (committed === undefined) {
    return `Proven: that it was sealed at its place in the custody log, and ${posts}. The signer's word: its address, when it was received, and that the files below are its files: it was sealed before the log committed to files one by one.`;
  }
  const own = files.filter((file) => !isMade(file)).length;
  const { artifacts } = committed;
  const number = artifacts === 1 ? 'one file' : `${artifacts} files`;
  const made = [
    ...(files.some((file) => file.covered !== undefined) ? ['what covered pictures showed before'] : []),
    ...(files.some((file) => file.derived !== undefined)
      ? ['that the records of exhibits.wacz stand in the recording that stays behind']
      : []),
  ];
  const covered = made.map((each) => `, and ${each}`).join('');
  return `Proven: that it was sealed at its place in the custody log, with ${number}, of which ${own === 0 ? 'none goes along' : `${own} ${own === 1 ? 'goes' : 'go'} along as ${own === 1 ? 'it was' : 'they were'}`}; and ${posts}. The signer's word: its address, and when it was received${covered}.`;
}
