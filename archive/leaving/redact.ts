/**
 * Redactions applied to a plan. A capture with one leaves in part: its sealing line without the document, which lists
 * every file by an unsalted digest; its posts with parts withheld; and of its files those that cannot hold what is hidden.
 */
import type { Artifact, ArtifactRole } from '../../contract/model/capture.ts';
import type { Redaction } from '../../contract/model/redaction.ts';
import type {
  BundlePlan,
  PlannedCapture,
  PlannedPartialCapture,
  PlannedPost,
  PlannedReading,
  PlannedTag,
} from '../../evidence/build/plan.ts';
import { proveArtifacts } from '../../evidence/bundle/artifact-file.ts';
import { ChecksOf } from '../../evidence/bundle/checks.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import {
  type HiddenParts,
  type HiddenWords,
  hiddenParts,
  hiddenWords,
  says,
} from '../../evidence/leak/hidden.ts';
import type { Archive } from '../archive.ts';
import { loadPicture } from './picture.ts';
import { type LeftOut, withTags } from './profile.ts';

/** Files that show the page as a whole: whatever is hidden may stand in them. */
const wholePage: ReadonlySet<ArtifactRole> = new Set([
  'original',
  'screenshot',
  'wacz',
  'mhtml',
  'pdf',
  'dom',
  'text',
  'passed',
]);

type Cover = Extract<Redaction['hides'], { what: 'regions' }>;

/** What is hidden of one capture. */
interface Hidden {
  words: HiddenWords;
  /** Files that stay behind as they are, with the reason of whoever withheld them. */
  files: Map<string, string>;
  /** Each picture once, with every part that is covered. */
  covered: Cover[];
  /** The words, or the picture, may stand in every file that shows the page. */
  wholePage: boolean;
  reasons: string[];
}

function hiddenOf(redactions: readonly Redaction[]): Hidden {
  const words: string[] = [];
  const hidden: Omit<Hidden, 'words' | 'covered'> = { files: new Map(), wholePage: false, reasons: [] };
  for (const { hides, because } of redactions) {
    if (hides.what === 'words') {
      words.push(...hides.words);
      hidden.reasons.push(because);
      hidden.wholePage = true;
      continue;
    }
    hidden.files.set(hides.sha256, because);
    // A picture of a post stands in every file that shows the page; and what is covered on one is visible on others.
    if (hides.role === 'media' || hides.what === 'regions') hidden.wholePage = true;
  }
  return { ...hidden, covered: coversOf(redactions), words: hiddenWords(words) };
}

/** A picture with one part covered would show what another covers; one that is withheld whole does not leave. */
function coversOf(redactions: readonly Redaction[]): Cover[] {
  const whole = new Set(redactions.flatMap(({ hides }) => (hides.what === 'artifact' ? [hides.sha256] : [])));
  const covers = redactions.flatMap(({ hides }) =>
    hides.what === 'regions' && !whole.has(hides.sha256) ? [hides] : [],
  );
  return [...Map.groupBy(covers, ({ sha256 }) => sha256).values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [{ ...first, regions: [...first.regions, ...more.flatMap(({ regions }) => regions)] }],
  );
}

export interface Redacted {
  plan: BundlePlan;
  leftOut: LeftOut[];
  /** What must stand nowhere in what leaves; that is for the search to see. Null: nothing is hidden. */
  hidden: HiddenWords | null;
}

/** The plan with these redactions. */
export function applyRedactions(
  archive: Archive,
  whole: BundlePlan,
  redactions: readonly Redaction[],
): Redacted {
  const byCapture = new Map(
    [...Map.groupBy(redactions, ({ captureId }) => captureId)].map(([id, own]) => [id, hiddenOf(own)]),
  );
  const hiddenIn = ({ sealed }: PlannedCapture) => byCapture.get(sealed.event.body.capture);
  if (!whole.captures.some(hiddenIn)) return { plan: whole, leftOut: [], hidden: null };
  const words = redactions.flatMap(({ hides }) => (hides.what === 'words' ? hides.words : []));
  const sought = hiddenWords(words);
  let tagsLeft = 0;
  const posts = new Map<string, HiddenParts>();
  for (const capture of whole.captures) {
    const hidden = hiddenIn(capture);
    if (hidden === undefined) continue;
    const files = new Set(hidden.files.keys());
    for (const post of capture.readings.flatMap((reading) => reading.posts))
      posts.set(post.id, hiddenParts(post.content, hidden.words, files));
  }
  const tagged = withTags(whole, (tag, post) => {
    const hidden = posts.get(post.id);
    if (hidden === undefined || isClear(tag, hidden, sought)) return tag;
    tagsLeft += 1;
    return null;
  });
  const captures = tagged.captures.filter((capture) => hiddenIn(capture) === undefined);
  const partialCaptures = tagged.captures.flatMap((capture) => {
    const hidden = hiddenIn(capture);
    return hidden === undefined ? [] : [inPart(archive, capture, hidden, posts)];
  });
  const checks = clearChecks({ ...tagged, captures }, sought);
  const checksLeft = tagged.checks.length - checks.length;
  // Of bundles that hold all of it the size would tell how long the hidden words are.
  const plan = {
    ...tagged,
    captures,
    partialCaptures,
    bundles: [],
    checks,
    rules: clearRules(tagged, sought),
  };
  return {
    plan,
    hidden: sought,
    leftOut: [
      ...(tagged.bundles.length === 0
        ? []
        : [{ class: 'earlier-bundles' as const, count: tagged.bundles.length }]),
      ...(checksLeft === 0 ? [] : [{ class: 'redacted-checks' as const, count: checksLeft }]),
      ...(tagsLeft === 0 ? [] : [{ class: 'redacted-tags' as const, count: tagsLeft }]),
    ],
  };
}

/**
 * Whether a tag can leave: it says none of the words, and no quote lies behind them, where its place would tell how long
 * they are.
 */
function isClear(
  { document, event, reviews }: PlannedTag,
  { textFrom }: HiddenParts,
  sought: HiddenWords,
): boolean {
  const { quote, quotes = [] } = event.body;
  const last = Math.max(0, ...(quote === null ? [] : [quote, ...quotes]).map(({ end }) => end));
  if (textFrom !== null && last > textFrom) return false;
  return ![document, ...reviews.map((review) => review.document)].some((bytes) => says(sought, bytes));
}

/** Reports that say one of the words stay behind; what else is said of rules does not speak of posts. */
function clearRules({ rules }: BundlePlan, sought: HiddenWords): BundlePlan['rules'] {
  const reports = rules.reports.filter(({ document }) => !says(sought, document));
  return { ...rules, reports, reportsLeftOut: rules.reportsLeftOut + rules.reports.length - reports.length };
}

/**
 * Checks of posts that are shown whole, in captures that are. Where one of an address says one of the words, all of that
 * address stay behind: those that confirm it would rest on nothing.
 */
function clearChecks({ checks, captures }: BundlePlan, sought: HiddenWords): BundlePlan['checks'] {
  const posts = captures.flatMap(({ readings }) => readings.flatMap((reading) => reading.posts));
  const ofWhole = new ChecksOf(posts);
  const spoken = new Set(
    checks.filter(({ document }) => says(sought, document)).map(({ event }) => event.body.url),
  );
  return checks.filter(({ event: { body } }) => ofWhole.has(body) && !spoken.has(body.url));
}

function inPart(
  archive: Archive,
  { sealed, committed, checkpoint, readings }: PlannedCapture,
  hidden: Hidden,
  posts: ReadonlyMap<string, HiddenParts>,
): PlannedPartialCapture {
  const { capture, method, receivedAt, url, artifacts } = sealed.event.body;
  const stays = ({ sha256, role }: Pick<Artifact, 'sha256' | 'role'>): boolean =>
    hidden.files.has(sha256) || (hidden.wholePage && wholePage.has(role));
  const covered = hidden.covered.map((cover) => {
    const bytes = loadPicture(archive, cover);
    return {
      role: cover.role,
      mediaType: 'image/png',
      sha256: toHex(nodeSha256.of(bytes)),
      size: bytes.length,
      covered: cover.regions,
      bytes,
    };
  });
  const going = artifacts.flatMap(({ name: _name, ...file }, index) =>
    stays(file) ? [] : [{ index, file }],
  );
  const indexes = going.map(({ index }) => index);
  return {
    id: capture,
    sealed: { id: sealed.event.id, leaf: sealed.leaf },
    checkpoint,
    said: { method, receivedAt, url: url !== null && !says(hidden.words, Buffer.from(url)) ? url : null },
    committed: committed && {
      event: committed,
      proofs: proveArtifacts(nodeSha256, sealed.salt, artifacts, indexes),
    },
    files: [...going.map(({ file, index }) => (committed === null ? file : { ...file, index })), ...covered],
    withheld: [
      ...hidden.reasons.map((because) => ({ what: 'words' as const, because })),
      ...artifacts.filter(stays).map(({ role, sha256 }) => ({
        what: 'artifact' as const,
        role,
        because: hidden.files.get(sha256) ?? null,
      })),
    ],
    readings: readings.map((reading) => ({
      ...reading,
      posts: reading.posts.map((post) => withParts(post, posts)),
    })),
  };
}

function withParts(
  post: PlannedPost,
  hidden: ReadonlyMap<string, HiddenParts>,
): PlannedReading['posts'][number] {
  const places = hidden.get(post.id)?.places ?? new Set<number>();
  return places.size === 0 ? post : { ...post, withheld: places };
}
