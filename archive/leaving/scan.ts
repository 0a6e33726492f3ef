/** The search of everything that a planned bundle would let out. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import { type Leak, type LeakCode, leakCodeSchema, secretLeaks } from '../../contract/model/leaving.ts';
import { type BundlePlan, plannedCaptures } from '../../evidence/build/plan.ts';
import { type BundleFile, renderBundle } from '../../evidence/build/render.ts';
import { essence, paths } from '../../evidence/bundle/paths.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { type HiddenWords, hiddenCode } from '../../evidence/leak/hidden.ts';
import { type Found, LeakScan } from '../../evidence/leak/scan.ts';
import type { Archive } from '../archive.ts';
import { type Machine, soughtIn, thisMachine, withheldIn } from './sought.ts';

export interface ScanOptions {
  signal?: AbortSignal;
  progress?: (progress: Progress) => void;
  /** This one, where it is not given. */
  machine?: Machine;
}

/** Written by this program, the same in every bundle. */
const ours: ReadonlySet<string> = new Set([paths.page]);

const shownFiles = 20;

/**
 * All leaks of the bundle, none of them accepted. `hidden`: words that must stand nowhere. Each file is read once for
 * both. Errors: `redaction-impossible` where what is hidden still stands, naming the files; `cancelled`, and those of
 * rendering.
 */
export async function scanBundle(
  archive: Archive,
  plan: BundlePlan,
  hidden: HiddenWords | null,
  options: ScanOptions = {},
): Promise<Leak[]> {
  const { files } = renderBundle(plan, nodeSha256);
  const searches = new Searches(soughtIn(archive, options.machine ?? thisMachine()), hidden);
  const media = mediaOf(plan);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const passing = async function* (file: BundleFile): AsyncGenerator<Uint8Array> {
    for await (const piece of 'bytes' in file ? [file.bytes] : plan.openArtifact(file.artifact)) {
      if (options.signal?.aborted) throw new HoldfastError('cancelled', 'Cancelled; no bundle was written.');
      yield piece;
      done = Math.min(done + piece.length, total);
      options.progress?.({ step: 'scan', done, total, unit: 'bytes' });
    }
  };
  for (const file of files) {
    if (ours.has(file.path)) continue;
    const kind = 'bytes' in file ? 'ours' : media.has(file.artifact) ? 'media' : 'captured';
    await searches.pass(file.path, passing(file), kind);
  }
  if (hidden !== null) refuseHidden(searches.found);
  const isWithheld = withheldIn(archive, plannedCaptures(plan));
  return together(searches.found, { plan, isWithheld });
}

/** What is looked for, by what a file is. */
class Searches {
  readonly #inOurs: LeakScan;
  readonly #inCaptured: LeakScan;
  /** Of media the rest is read for exact words alone; what is hidden is looked for in all that it may spell. */
  readonly #hiddenInMedia: LeakScan | null;

  constructor({ everywhere, inCaptures }: ReturnType<typeof soughtIn>, hidden: HiddenWords | null) {
    const always = [...everywhere, ...(hidden?.sought ?? [])];
    this.#inOurs = new LeakScan({ sought: always, shapes: true });
    this.#inCaptured = new LeakScan({ sought: [...always, ...inCaptures], shapes: true });
    this.#hiddenInMedia = hidden === null ? null : new LeakScan({ sought: hidden.needles, shapes: false });
  }

  async pass(
    path: string,
    content: AsyncIterable<Uint8Array>,
    kind: 'ours' | 'captured' | 'media',
  ): Promise<void> {
    const isMedia = kind === 'media';
    const passes = [(kind === 'ours' ? this.#inOurs : this.#inCaptured).start(path, { isMedia })];
    if (isMedia && this.#hiddenInMedia !== null) passes.push(this.#hiddenInMedia.start(path));
    for await (const piece of content) for (const pass of passes) await pass.push(piece);
    for (const pass of passes) await pass.end();
  }

  get found(): Found[] {
    return [this.#inOurs, this.#inCaptured, this.#hiddenInMedia].flatMap((search) => search?.found ?? []);
  }
}

/** A part that nobody could look into may hold it as well. */
function refuseHidden(all: readonly Found[]): void {
  const of = (wanted: string) => all.filter(({ code }) => code === wanted).flatMap(({ files }) => [...files]);
  const files = [...new Set([...of(hiddenCode), ...of('not-looked-into')])].sort();
  if (files.length === 0) return;
  const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
  throw new HoldfastError(
    'redaction-impossible',
    `Nothing was written: what is to be hidden would still stand in ${files.slice(0, 5).join(', ')}${more}, or in a part that could not be looked into. Withhold it there too (redact add for that capture or file), or leave the capture out.`,
    { details: { files: files.length } },
  );
}

/** Digests of pictures, films and sound. */
function mediaOf({ captures, partialCaptures = [] }: BundlePlan): Set<string> {
  const files = [
    ...captures.flatMap(({ sealed }) => sealed.event.body.artifacts),
    ...partialCaptures.flatMap((capture) => capture.files),
  ];
  return new Set(
    files.flatMap(({ sha256, mediaType }) =>
      /^(?:image\/(?!svg)|video\/|audio\/)/.test(essence(mediaType)) ? [sha256] : [],
    ),
  );
}

function together(
  all: readonly Found[],
  { plan, isWithheld }: { plan: BundlePlan; isWithheld(value: string): boolean },
): Leak[] {
  const leaks = new Map<string, { code: LeakCode; value: string; files: Set<string> }>();
  const { imported, captured } = foldersOf(plan);
  for (const { code: said, value, files } of all) {
    // The signer's own address stands in the certificate, on purpose.
    if (said === 'e-mail' && value === plan.signer.email?.toLowerCase()) continue;
    const code = said === 'token' && isWithheld(value) ? 'withheld-secret' : leakCodeSchema.parse(said);
    const key = keyOf(code, value);
    const known = leaks.get(key);
    if (known === undefined) leaks.set(key, { code, value, files: new Set(files) });
    else for (const file of files) known.files.add(file);
  }
  return [...leaks]
    .map(([key, { code, value, files }]) => ({
      code,
      key,
      shown: secretLeaks.has(code) ? `${value.slice(0, 4)}… (${value.length} characters)` : value,
      files: [...files].sort().slice(0, shownFiles),
      fileCount: files.size,
      accepted: false,
      ofOthers:
        material.has(code) &&
        [...files].some((file) => imported.has(folderOf(file))) &&
        ![...files].some((file) => captured.has(folderOf(file))),
    }))
    .sort((a, b) => (`${a.code} ${a.shown}` < `${b.code} ${b.shown}` ? -1 : 1));
}

/** Kinds that public material is full of: contact addresses, keys of scripts, what other servers saw of others. */
const material: ReadonlySet<LeakCode> = new Set(['e-mail', 'token', 'public-address', 'not-looked-into']);

/** `data/captures/<id>` of a file below it. */
function folderOf(file: string): string {
  return file.split('/').slice(0, 3).join('/');
}

/** Folders of the captures that others collected, and of those that were made by Holdfast. */
function foldersOf({ captures, partialCaptures = [] }: BundlePlan): {
  imported: Set<string>;
  captured: Set<string>;
} {
  const all = [
    ...captures.map(({ sealed }) => sealed.event.body),
    ...partialCaptures.map(({ id, said }) => ({ capture: id, method: said.method })),
  ];
  const of = (isImport: boolean) =>
    new Set(
      all
        .filter(({ method }) => (method === 'import') === isImport)
        .map(({ capture }) => `data/captures/${capture}`),
    );
  return { imported: of(true), captured: of(false) };
}

function keyOf(code: LeakCode, value: string): string {
  return toHex(nodeSha256.of(new TextEncoder().encode(`${code}\n${value}`))).slice(0, 12);
}
