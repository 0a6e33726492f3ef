/** The exhibits of a case in their order, each with what it rests on. */
import type { ExhibitEntry } from '../../bundle/case.ts';
import type { CaptureEntry, Evidence, PostEntry } from '../../bundle/evidence.ts';
import { type CaptureContext, captureBasis, filesOf, laterReadings } from './capture.ts';
import { exhibit } from './exhibit.ts';
import { type Exhibits, exhibitPlace, linkTo, postsById } from './exhibits.ts';
import { facts, foreign, type Html, html } from './html.ts';
import { type CapturedFile, isPicture, picture } from './picture.ts';
import { who } from './words.ts';

type Context = Omit<CaptureContext, 'number'>;

/** A capture with what its exhibits look up in it. */
interface Held {
  capture: CaptureEntry;
  posts: ReadonlyMap<string, PostEntry>;
  files: ReadonlyMap<string, CapturedFile>;
  /** By the id of a post. */
  later: ReadonlyMap<string, string>;
}

function hold(capture: CaptureEntry, exhibits: Exhibits): Held {
  return {
    capture,
    posts: postsById(capture),
    files: filesOf(capture),
    later: laterReadings(capture, exhibits),
  };
}

export function caseSection(evidence: Evidence, context: Context): Html | null {
  const { case: of, captures } = evidence;
  if (of === undefined) return null;
  const named = new Set(of.exhibits.map(({ capture }) => capture));
  const byId = new Map(
    captures
      .filter(({ id }) => named.has(id))
      .map((capture) => [capture.id, hold(capture, context.exhibits)]),
  );
  return html`<section id="exhibits"><h2>Exhibits</h2>
${of.exhibits.map((entry) => {
  const held = byId.get(entry.capture);
  return held === undefined ? inPart(entry, context) : exhibitOf(entry, held, context);
})}
${(of.removed ?? []).map(
  ({ number, because, time, actor }) =>
    html`<p class="notice" id="exhibit-${number}"><strong>There is no exhibit ${number}.</strong> It was removed from the case on ${context.book.when(time)} by ${who(actor)}, because: ${foreign(because)}</p>`,
)}
</section>`;
}

/** An exhibit of a capture that is shown in part: it stands there, with what is withheld. */
function inPart({ number, label, capture, post, note, time, actor }: ExhibitEntry, context: Context): Html {
  const { name, anchor } = exhibitPlace(number);
  const words = html`<strong>${name}${label === null ? null : html`: ${foreign(label)}`}</strong> is ${post === null ? 'a capture' : 'a post of a capture'} of which something is withheld, and stands with it: ${linkTo(post === null ? context.exhibits.capture(capture) : context.exhibits.post(post))}. Added to the case ${context.book.when(time)}, by ${who(actor)}.${note === undefined ? null : html` <strong>Note of the signer’s desk:</strong> ${foreign(note.text)}`}`;
  return post === null
    ? html`<p class="notice" id="${anchor}">${words}</p>`
    : html`<p class="notice">${words}</p>`;
}

function exhibitOf(entry: ExhibitEntry, held: Held, context: Context): Html | null {
  const { capture } = held;
  const basis = html`${facts([
    ...captureBasis(capture, context.book),
    ['Stands in', linkTo(context.exhibits.capture(capture.id))],
    ['Added to the case', html`${context.book.when(entry.time)}, by ${who(entry.actor)}`],
    ['Label', relabelled(entry, context)],
  ])}${entry.note === undefined ? null : html`<p class="notice"><strong>Note of the signer’s desk:</strong> ${foreign(entry.note.text)}</p>`}`;
  return entry.post === null
    ? wholeCapture(entry, held, basis, context)
    : postExhibit(entry, entry.post, held, basis, context);
}

/** Who changed its label, and what it was called when it was added. */
function relabelled({ labelled }: ExhibitEntry, { book }: Context): Html | null {
  if (labelled === undefined) return null;
  const { time, actor, before } = labelled;
  return html`changed ${book.when(time)}, by ${who(actor)}; when it was added ${before === null ? 'it had none' : html`it was called ${foreign(before)}`}`;
}

function postExhibit(
  entry: ExhibitEntry,
  postId: string,
  { capture, posts, files, later }: Held,
  basis: Html,
  { book, shown }: Context,
): Html | null {
  const post = posts.get(postId);
  if (post === undefined) return null;
  shown.posts.add(postId);
  return exhibit(post, {
    place: exhibitPlace(entry.number),
    label: entry.label,
    book,
    files,
    later: later.get(postId) ?? null,
    before: basis,
    after: pagePicture(capture, shown.pictures),
  });
}

/** The picture of the page, once: further exhibits of the same capture name where it stands. */
function pagePicture(capture: CaptureEntry, shown: Set<string>): Html | null {
  const file = capture.artifacts.find((each) => each.role === 'screenshot' && isPicture(each));
  if (file === undefined) return null;
  if (shown.has(file.sha256))
    return html`<p class="soft">The picture of the page, <code>${file.path}</code>, stands with an exhibit above.</p>`;
  shown.add(file.sha256);
  return picture(
    file,
    'The page as it was captured',
    html`The page as it was captured: <code>${file.path}</code>`,
  );
}

function wholeCapture(
  { number, label }: ExhibitEntry,
  { capture, posts, files, later }: Held,
  basis: Html,
  { book, exhibits, shown }: Context,
): Html {
  const { name, anchor } = exhibitPlace(number);
  const pictures = capture.artifacts.filter(
    (file) => file.role !== 'media' && isPicture(file) && !shown.pictures.has(file.sha256),
  );
  for (const { sha256 } of pictures) shown.pictures.add(sha256);
  return html`<article id="${anchor}">
<h3>${name}: ${label === null ? 'a capture as a whole' : foreign(label)}</h3>
${basis}
${pictures.map((file) => picture(file, 'Picture of the capture', html`${file.role}: <code>${file.path}</code>`))}
${[...posts.values()].map((post) => {
  const place = exhibits.post(post.id);
  if (!place.anchor.startsWith(`${anchor}-`)) return html`<p>One post of it is ${linkTo(place)}.</p>`;
  shown.posts.add(post.id);
  return exhibit(post, {
    place,
    label: null,
    book,
    files,
    later: later.get(post.id) ?? null,
    before: null,
    after: null,
  });
})}
</article>
`;
}
