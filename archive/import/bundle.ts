/**
 * Taking in a bundle: checked first, stored whole, and its captures and posts listed with where they came from. They get
 * ids of their own here; what they were there stands in their origin. So a bundle that claims the id of another's capture
 * takes nothing's place.
 */
import { HoldfastError } from '../../contract/errors.ts';
import type { Again } from '../../contract/model/reread.ts';
import { findBlob, insertPart } from '../../db/blob.ts';
import { asideIn } from '../../db/earlier-post.ts';
import { fromSqlite } from '../../db/errors.ts';
import { findImportedBundle, isForkKnown } from '../../db/foreign-log.ts';
import { inTransaction } from '../../db/handle.ts';
import { purgeOf } from '../../db/purge.ts';
import type { ReadingEntry } from '../../evidence/bundle/evidence.ts';
import { isExcerptOf } from '../../evidence/bundle/excerpt.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { fromHex, toHex } from '../../evidence/digest/sha256.ts';
import { newId } from '../../evidence/id.ts';
import { canonicalJson } from '../../evidence/log/canonical.ts';
import { readingRoot } from '../../evidence/post/commitment.ts';
import { examineBundle, type VerifiedBundle } from '../../evidence/verify/verify.ts';
import type { Archive } from '../archive.ts';
import { sealArtifact } from '../artifacts.ts';
import { requireCapture } from '../posts.ts';
import { sealReading } from '../readings.ts';
import { recordEvent } from '../record.ts';
import { sealCapture } from '../seal-capture.ts';
import { tool } from '../tool.ts';
import { type Named, verificationTools } from '../verify.ts';
import { blobSource } from './bundle-source.ts';
import type { FoundReading, ImportSource, SealedFile, Warning } from './contents.ts';
import { againHere } from './exchange/bundle-again.ts';
import { takeChecks } from './exchange/bundle-checks.ts';
import { isOwn, matchPosts, newReadings, type PostMap } from './exchange/bundle-posts.ts';
import { takeVouchedTexts } from './exchange/bundle-rules.ts';
import { takeTags } from './exchange/bundle-tags.ts';
import { excerptsHere, findSame, type Held, heldFromBundles } from './exchange/same-capture.ts';
import {
  idsOf,
  type ShownCapture,
  type ShownPost,
  shownCaptures,
  shownPosts,
} from './exchange/shown-capture.ts';
import { type Fork, relate, type ShownLog, shownLogs } from './foreign-log.ts';

export interface TakenBundle extends SealedFile {
  warnings: Warning[];
  inside: SealedFile[];
  known?: true;
}

/** A bundle that passed its check, and what there is to know of it before it is stored. */
interface Accepted {
  source: ImportSource;
  bundle: VerifiedBundle;
  /** Of the zip file. */
  sha256: string;
  signer: { name: string; fingerprint: string };
  verdict: 'trusted' | 'consistent';
  log: 'first' | 'extends' | 'not-known' | 'other-key';
  logs: ShownLog[];
}

/**
 * Takes in the staged bundle. Nothing is stored of one that is here already. Errors: `bundle-refused` with the step that
 * failed, `bundle-holds-purged`, `log-forked` (both heads are kept in the log, nothing else), `disk-full`, `io-failed`, `cancelled`.
 */
export async function importBundle(source: ImportSource, named: Named): Promise<TakenBundle> {
  const { archive, original } = source;
  const sha256 = toHex(original.sha256);
  const known = findImportedBundle(archive.db, sha256);
  if (known !== null) refusePurged(archive, [known.capture]);
  if (known !== null && (known.verdict === 'trusted' || !namesAnybody(named)))
    return again(known.capture, [warn('bundle-known', knownBundle)]);
  const accepted = await check(source, sha256, named);
  try {
    return inTransaction(archive.db, () =>
      known === null ? store(accepted) : again(known.capture, vouchFor(accepted)),
    );
  } catch (error) {
    throw fromSqlite(error, archive.path);
  }
}

const knownBundle = 'This bundle is in the archive already; nothing was added.';

const namesAnybody = ({ trust = [] }: Named): boolean => trust.length > 0;

function again(captureId: string, warnings: Warning[]): TakenBundle {
  return { captureId, artifacts: [], postIds: [], format: 'bundle', inside: [], warnings, known: true };
}

/** A bundle that is here already, whose signer was not checked until now: its texts of rules count from now on. */
function vouchFor({ source: { archive, original }, bundle, signer, verdict, log }: Accepted): Warning[] {
  const stored = findBlob(archive.db, original.sha256);
  if (verdict !== 'trusted' || stored === null) return [warn('bundle-known', knownBundle)];
  const warnings: Warning[] = [];
  const from = { archive, bundle, blobId: stored.id, signer, verdict, log };
  const added = takeVouchedTexts(from, (warning) => warnings.push(warning));
  const message =
    added === 0
      ? knownBundle
      : `This bundle is in the archive already. Its signer is checked now: ${added} policy versions count from now on.`;
  return [...warnings, warn('bundle-known', message)];
}

/** Errors: `bundle-holds-purged` for a capture that was purged here, by any of its ids. */
function refusePurged({ db }: Archive, captures: readonly string[]): void {
  for (const id of captures) {
    const purge = purgeOf(db, id);
    if (purge === null) continue;
    throw new HoldfastError(
      'bundle-holds-purged',
      `The bundle holds the capture ${id}, which was purged from this archive by leaf ${purge.leaf} of its log, at ${purge.time}. Nothing of the bundle was taken in. Ask for one without that capture, and see that this file is destroyed too.`,
      { details: { capture: id, leaf: purge.leaf } },
    );
  }
}

function warn(code: string, message: string): Warning {
  return { code, message };
}

async function check(source: ImportSource, sha256: string, named: Named): Promise<Accepted> {
  const { archive, original, options } = source;
  const { verification, bundle } = await examineBundle({
    source: blobSource(archive, original.id, original.size),
    ...verificationTools(named),
    now: archive.clock(),
    ...options,
  });
  const { verdict, signer, steps } = verification;
  if (verdict === 'failed' || signer === null || bundle === null) {
    const failed = steps.find(({ status }) => status === 'failed');
    throw new HoldfastError(
      'bundle-refused',
      `The bundle did not pass its check, and nothing of it was taken in. ${failed?.message ?? ''}`.trim(),
      { details: { step: failed?.step ?? null, code: failed?.code ?? null } },
    );
  }
  refusePurged(archive, idsOf(bundle));
  const logs = shownLogs(bundle);
  const relation = relate(archive, bundle.evidence.archive, logs);
  if (relation.state === 'forked') throw keepFork(archive, relation.fork, bundle, sha256, signer.fingerprint);
  const { name, fingerprint } = signer;
  return { source, bundle, sha256, signer: { name, fingerprint }, verdict, log: relation.state, logs };
}

/** Both heads, signed by one key, are the proof of the fork: they are kept, once for each bundle that shows it. */
function keepFork(
  archive: Archive,
  fork: Fork,
  { evidence }: VerifiedBundle,
  sha256: string,
  signer: string,
): HoldfastError {
  inTransaction(archive.db, () => {
    if (isForkKnown(archive.db, sha256)) return;
    recordEvent(archive, 'log.forked', { ...fork, bundle: evidence.bundle, sha256, signer });
  });
  const { found, known, shown } = fork;
  return new HoldfastError(
    'log-forked',
    `${found} The bundle was not taken in; both heads are kept in the custody log as evidence. Ask whoever made the bundles.`,
    {
      details: {
        origin: fork.origin,
        knownSize: known.size,
        knownRoot: known.root,
        shownSize: shown.size,
        shownRoot: shown.root,
      },
    },
  );
}

/** Inside the caller's transaction. */
function store(accepted: Accepted): TakenBundle {
  const { source, bundle, sha256, signer, verdict, log, logs } = accepted;
  const { archive } = source;
  const { evidence } = bundle;
  const whole = sealWhole(accepted);
  const warnings = logWarnings(accepted);
  const inside: SealedFile[] = [];
  const posts: PostMap = new Map();
  const inPart = new Set<string>();
  const held = heldFromBundles(archive);
  const captures = shownCaptures({ bundle, signer, verdict, name: source.name });
  for (const shown of captures) {
    const sealed = storeCapture(accepted, shown, { blobId: whole.blobId, warnings, posts, inPart, held });
    if (sealed !== null) inside.push(sealed);
  }
  const from = { archive, bundle, blobId: whole.blobId, signer, verdict, log };
  const taken = takeTags(from, captures, { posts, inPart });
  warnings.push(...taken.warnings);
  if (taken.tags + taken.reviews > 0)
    warnings.push(warn('tags-taken', `Taken in: ${taken.tags} tags, ${taken.reviews} reviews.`));
  const checks = takeChecks(archive, bundle, posts);
  if (checks > 0)
    warnings.push(warn('checks-taken', `Taken in: ${checks} checks whether posts were still there.`));
  recordEvent(archive, 'bundle.imported', {
    bundle: evidence.bundle,
    archive: evidence.archive,
    capture: whole.file.captureId,
    captures: inside.map(({ captureId }) => captureId),
    sha256,
    signer: signer.fingerprint,
    verdict,
    log,
    logs,
  });
  return { ...whole.file, inside, warnings };
}

/** What storing captures adds to. */
interface Storing {
  blobId: number;
  warnings: Warning[];
  posts: PostMap;
  /** Those of them that the bundle shows in part and that are here with what it withholds. */
  inPart: Set<string>;
  held: Held;
}

function logWarnings({ bundle, log, verdict }: Accepted): Warning[] {
  const { checkpoints } = bundle;
  const notes: Warning[] = [];
  if (verdict === 'consistent') {
    notes.push(
      warn(
        'signer-not-checked',
        'Who signed the bundle was not checked: anybody can make such a bundle. Texts of rules in it say nothing here of what was in force, and names of people in it are claims; import it again once you have compared the fingerprint, with the certificate as trusted.',
      ),
    );
  }
  if (log === 'not-known') {
    notes.push(
      warn(
        'log-not-compared',
        `Whether the log at ${checkpoints.newest?.size} lines is the one that earlier bundles showed is not known: the bundle shows no head that is known here.`,
      ),
    );
  }
  if (log === 'other-key') {
    notes.push(
      warn(
        'log-other-key',
        'The archive that it names is known here by a log with another key: either it was restored from a backup, or one of the two is not what it says. Compare their signers.',
      ),
    );
  }
  return notes;
}

/** The zip file as the one artifact of a capture of its own. */
function sealWhole({ source, bundle }: Accepted): { file: SealedFile; blobId: number } {
  const { archive, original, mediaType, name } = source;
  const captureId = newId();
  const artifact = sealArtifact(archive, 'original', original, { mediaType, name: name.toWellFormed() });
  const stored = findBlob(archive.db, original.sha256);
  if (stored === null) throw new HoldfastError('internal', 'A sealed blob is not there.');
  sealCapture(archive, {
    capture: captureId,
    method: 'import',
    format: 'bundle',
    sourceName: name.toWellFormed(),
    url: null,
    savedAt: bundle.evidence.createdAt,
    receivedAt: archive.clock().toISOString(),
    artifacts: [artifact],
    records: {},
    exchangeCount: 0,
    warnings: [],
    tool,
  });
  return { file: { captureId, artifacts: [artifact], postIds: [], format: 'bundle' }, blobId: stored.id };
}

/** Null, and said, where the capture is here already. */
function storeCapture(accepted: Accepted, shown: ShownCapture, storing: Storing): SealedFile | null {
  const { source, bundle } = accepted;
  const { archive } = source;
  const { warnings, blobId } = storing;
  const { artifacts, origin, says } = shown;
  const same = findSame(archive, shown, storing.held);
  if (same !== null) {
    warnings.push(
      warn(
        'capture-known',
        `Capture ${shown.id} is here already, as ${same}${vouchedBy(archive, same)}; it was not added again.`,
      ),
    );
    matchKnown(accepted, shown, same, storing);
    return null;
  }
  for (const [i, { sha256, mediaType }] of artifacts.entries()) {
    const path = shown.paths[i] ?? '';
    const file = bundle.entries.get(path);
    if (file === undefined) throw new HoldfastError('internal', `A checked bundle has no ${path}.`);
    const { contentOffset: offset, size } = file;
    insertPart(archive.db, fromHex(sha256), { blobId, offset, size, mediaType });
  }
  const captureId = newId();
  if (origin.partial !== undefined) warnings.push(partialNote(shown, captureId));
  sealCapture(archive, {
    capture: captureId,
    method: 'import',
    ...says,
    receivedAt: archive.clock().toISOString(),
    artifacts: [...artifacts],
    tool,
    origin,
  });
  const excerpts = excerptsHere(archive, shown, storing.held);
  const postIds = shown.readings.flatMap((reading) =>
    storeReading(archive, captureId, reading, storing, { posts: shownPosts(reading), excerpts }),
  );
  return { captureId, artifacts: [...artifacts], postIds, format: says.format };
}

/** Said of each such capture: whoever sees its posts must know that something of it is withheld. */
function partialNote({ id, origin, readings, artifacts }: ShownCapture, captureId: string): Warning {
  const { signer, withheld } = origin.partial ?? { signer: origin.signer, withheld: [] };
  const what = [...new Set(withheld.map((entry) => (entry.what === 'words' ? 'words' : entry.role)))];
  const posts = readings.flatMap((reading) => reading.posts);
  const gaps = posts.filter(
    (post) => post.disclosed === 'partial' || post.content.withheld !== undefined,
  ).length;
  return warn(
    'capture-partial',
    `Capture ${id} is shown in part: "${signer.name.slice(0, 100)}" withheld ${what.join(', ')}. Files: ${artifacts.length}; posts: ${posts.length}, with gaps: ${gaps}. It is listed as ${captureId}, marked as such; ask for a bundle that holds it whole if you need the rest.`,
  );
}

/**
 * The posts here that the bundle's are. What is not here, though the capture is, is added: posts of which an earlier bundle
 * showed fewer, and readings that were made since. To a capture of this archive's own nobody else adds anything.
 */
function matchKnown(
  { source, bundle }: Accepted,
  shown: ShownCapture,
  captureId: string,
  storing: Storing,
): void {
  const { archive } = source;
  const isNew = newReadings(archive, bundle, shown, captureId);
  const isTagged = shown.readings.some(({ posts }) => posts.some(({ tags }) => tags.length > 0));
  if (shown.origin.partial === undefined && !isTagged && isNew.size === 0) return;
  const { posts, missing, differing, inPart } = matchPosts(archive, bundle, shown, captureId);
  for (const [there, here] of posts) storing.posts.set(there, here);
  for (const there of inPart) storing.inPart.add(there);
  if (differing.length > 0) {
    storing.warnings.push(
      warn(
        'post-differs',
        `${differing.length} posts of capture ${shown.id} are here with other words, or other gaps, such as ${differing[0]}; those of the bundle were not taken in. They stand in the bundle, which is kept.`,
      ),
    );
  }
  if (isOwn(archive, captureId)) return;
  notOfferedBefore(archive, shown, captureId, storing);
  const added = new Set<string>();
  let readings = 0;
  for (const reading of shown.readings) {
    const more = missing.find((each) => each.reading === reading)?.posts ?? [];
    const of = isNew.has(reading) ? null : added;
    const says = againHere(archive, reading, storing.posts, of);
    if (more.length === 0 && !isNews(says, asideIn(archive.db, captureId))) continue;
    for (const id of storeReading(archive, captureId, reading, storing, { posts: more, of })) added.add(id);
    readings += of === null ? 1 : 0;
  }
  if (readings > 0) {
    storing.warnings.push(
      warn('readings-added', `Capture ${shown.id} was read again since: ${readings} readings were added.`),
    );
  }
}

/** Says which files of a capture that is here in part, too, the earlier bundle did not have. */
function notOfferedBefore(
  archive: Archive,
  { id, origin, artifacts }: ShownCapture,
  captureId: string,
  { warnings }: Storing,
): void {
  const here = requireCapture(archive, captureId);
  if (origin.partial === undefined || here.origin?.partial === undefined) return;
  const known = new Set(here.artifacts.map(({ sha256 }) => sha256));
  const others = artifacts.filter(({ sha256 }) => !known.has(sha256));
  if (others.length === 0) return;
  warnings.push(
    warn(
      'files-differ',
      `${others.length} files of capture ${id} (${[...new Set(others.map(({ role }) => role))].join(', ')}) are not those that it is here with, since something else of it is withheld now. They were not added; they stand in the bundle, which is kept.`,
    ),
  );
}

/** It sets posts aside that are listed here, or lists others again. */
function isNews(again: Again | null, aside: ReadonlySet<string>): boolean {
  if (again === null) return false;
  const over = [...again.replaces.map(({ post }) => post), ...again.gone];
  return over.some((post) => !aside.has(post)) || again.kept.posts.some((post) => aside.has(post));
}

/** Who vouched for a capture first may be another than who does now. */
function vouchedBy(archive: Archive, captureId: string): string {
  const { origin } = requireCapture(archive, captureId);
  return origin === null
    ? ''
    : `, from a bundle that "${origin.signer.name.slice(0, 100)}" signed (certificate ${origin.signer.fingerprint})`;
}

interface TakenPosts {
  /** Those that are not here yet. */
  posts: readonly ShownPost[];
  /** Of which posts here the reading says something new; null: of all. */
  of?: ReadonlySet<string> | null;
  /** Posts here of captures of which this may be the whole. */
  excerpts?: ReturnType<typeof excerptsHere>;
}

/** The reader is the bundle: nobody here read the capture. */
function storeReading(
  archive: Archive,
  captureId: string,
  entry: ReadingEntry,
  storing: Storing,
  { posts, of = null, excerpts = [] }: TakenPosts,
): string[] {
  const unlisted = entry.posts.length - shownPosts(entry).length;
  if (unlisted > 0) {
    storing.warnings.push(
      warn(
        'post-withheld',
        `${unlisted} posts of the bundle lack so much that they could not be listed. They stand in the bundle, which is kept.`,
      ),
    );
  }
  const { name, version } = entry.reader;
  const reading: FoundReading = {
    reader: { name: 'bundle', version: '1' },
    posts: posts.map(({ content }) => content),
    notes: [`Read by ${name} ${version} in another archive.`, ...entry.notes],
    origin: { reading: entry.id, posts: posts.map(({ id }) => id) },
  };
  return sealReading(archive, captureId, reading, (ids) => {
    for (const [i, { id }] of posts.entries()) storing.posts.set(id, ids[i] ?? '');
    const made = posts.map(({ content }, i) => ({ id: ids[i] ?? '', content }));
    return withExcerpts(againHere(archive, entry, storing.posts, of), made, excerpts);
  });
}

/** The whole post takes the place of what was here of it in part. */
function withExcerpts(
  again: Again | null,
  posts: readonly { id: string; content: ShownPost['content'] }[],
  excerpts: NonNullable<TakenPosts['excerpts']>,
): Again | null {
  // A file of its capture may have been withheld, and nothing of the post.
  const same = new Map(
    excerpts.length === 0 ? [] : posts.map(({ id, content }) => [canonicalJson(content), id]),
  );
  const replaces = excerpts.flatMap(({ id, content: here }) => {
    const by =
      here.withheld === undefined
        ? same.get(canonicalJson(here))
        : posts.find(({ content }) => isExcerptOf(here, content))?.id;
    return by === undefined ? [] : [{ post: id, by }];
  });
  if (replaces.length === 0) return again;
  const { kept, gone, replaces: others } = again ?? nothingAgain;
  return { kept, gone, replaces: [...others, ...replaces] };
}

const nothingAgain: Again = {
  kept: { posts: [], root: toHex(readingRoot(nodeSha256, [])) },
  replaces: [],
  gone: [],
};
