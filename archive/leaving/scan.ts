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
import { type FilePass, type Found, LeakScan, type Tell } from '../../evidence/leak/scan.ts';
import type { Archive } from '../archive.ts';
import { type Accepts, refuseLeaks } from './accept.ts';
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

/** So many bytes of a file wait for the search to go on: what is packed in them is unpacked and looked at by then. */
const mostWaiting = 4 * 1024 * 1024;

/** What is to be searched. */
export interface Searched {
  plan: BundlePlan;
  /** Words that must stand nowhere. */
  hidden: HiddenWords | null;
}

/**
 * The search of one bundle, file by file, each read once for leaks and for what is hidden. `accepts`: where it is given, the
 * search ends at the first thing that blocks for certain.
 */
export class BundleSearch {
  readonly #hidden: HiddenWords | null;
  readonly #searches: Searches;
  readonly #leaks: LeakNames;
  readonly #accepts: Accepts | null;
  readonly #signal: AbortSignal | undefined;
  #isBlocked = false;

  constructor(
    archive: Archive,
    { plan, hidden }: Searched,
    { machine, signal, accepts }: ScanOptions & { accepts?: Accepts } = {},
  ) {
    this.#hidden = hidden;
    this.#leaks = new LeakNames(archive, plan);
    this.#accepts = accepts ?? null;
    this.#signal = signal;
    const sought = soughtIn(archive, machine ?? thisMachine());
    this.#searches = new Searches(plan, { ...sought, hidden }, (found) => this.#judge(found));
  }

  /** Something was found that blocks: there may be more that was not looked for. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /**
   * Passes the bytes of a file through. They come out behind the search: those that were looked at, while nothing was found
   * that blocks. Each piece is kept for a while, and must stay as it is. Errors: `leak-found`, `redaction-impossible`, `cancelled`.
   */
  async *pass(file: BundleFile, content: Content): AsyncGenerator<Uint8Array> {
    if (ours.has(file.path)) return yield* content;
    const passes = this.#searches.start(file);
    const waiting: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of content) {
      if (this.#signal?.aborted) throw new HoldfastError('cancelled', 'Cancelled; no bundle was written.');
      for (const pass of passes) await pass.push(piece);
      this.#refuse(this.#accepts);
      waiting.push(piece);
      bytes += piece.length;
      for (let first = waiting[0]; first !== undefined && bytes > mostWaiting; first = waiting[0]) {
        waiting.shift();
        bytes -= first.length;
        yield first;
      }
    }
    for (const pass of passes) await pass.end();
    this.#refuse(this.#accepts);
    yield* waiting;
  }

  /** All leaks so far, none of them accepted. Errors: `redaction-impossible` where what is hidden stands, naming the files. */
  leaks(): Leak[] {
    if (this.#hidden !== null) refuseHidden(this.#searches.found);
    return this.#leaks.together(this.#searches.found);
  }

  #judge({ code, value, file }: Parameters<Tell>[0]): void {
    if (this.#accepts === null || this.#isBlocked) return;
    if (this.#hidden !== null && (code === hiddenCode || code === closedCode)) this.#isBlocked = true;
    else this.#isBlocked = this.#leaks.blocks(code, value, file, this.#accepts);
  }

  /** Errors: with what was found so far. */
  #refuse(accepts: Accepts | null): void {
    if (!this.#isBlocked || accepts === null) return;
    refuseLeaks(this.leaks().map((leak) => ({ ...leak, accepted: accepts(leak) })));
  }
}

type Content = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * All leaks of a bundle that nobody writes, none of them accepted. Errors: those of `BundleSearch` and of rendering.
 */
export async function scanBundle(
  archive: Archive,
  searched: Searched,
  options: ScanOptions = {},
): Promise<Leak[]> {
  const { files } = renderBundle(searched.plan, nodeSha256);
  const search = new BundleSearch(archive, searched, options);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const file of files) {
    const content = 'bytes' in file ? [file.bytes] : searched.plan.openArtifact(file.artifact);
    for await (const piece of search.pass(file, content)) {
      done = Math.min(done + piece.length, total);
      options.progress?.({ step: 'scan', done, total, unit: 'bytes' });
    }
  }
  return search.leaks();
}

const closedCode = 'not-looked-into';

/** What is looked for, by what a file is. */
class Searches {
  readonly #inOurs: LeakScan;
  readonly #inCaptured: LeakScan;
  /** Of media the rest is read for exact words alone; what is hidden is looked for in all that it may spell. */
  readonly #hiddenInMedia: LeakScan | null;
  readonly #media: ReadonlySet<string>;

  constructor(
    plan: BundlePlan,
    { everywhere, inCaptures, hidden }: ReturnType<typeof soughtIn> & { hidden: HiddenWords | null },
    tell: Tell,
  ) {
    const always = [...everywhere, ...(hidden?.sought ?? [])];
    this.#inOurs = new LeakScan({ sought: always, shapes: true }, tell);
    this.#inCaptured = new LeakScan({ sought: [...always, ...inCaptures], shapes: true }, tell);
    this.#hiddenInMedia =
      hidden === null ? null : new LeakScan({ sought: hidden.needles, shapes: false }, tell);
    this.#media = mediaOf(plan);
  }

  start(file: BundleFile): FilePass[] {
    const isOurs = 'bytes' in file || file.path === paths.printed;
    const isMedia = 'artifact' in file && this.#media.has(file.artifact);
    const passes = [(isOurs ? this.#inOurs : this.#inCaptured).start(file.path, { isMedia })];
    if (isMedia && this.#hiddenInMedia !== null) passes.push(this.#hiddenInMedia.start(file.path));
    return passes;
  }

  get found(): Found[] {
    return [this.#inOurs, this.#inCaptured, this.#hiddenInMedia].flatMap((search) => search?.found ?? []);
  }
}

/** A part that nobody could look into may hold it as well. */
function refuseHidden(all: readonly Found[]): void {
  const of = (wanted: string) => all.filter(({ code }) => code === wanted).flatMap(({ files }) => [...files]);
  const files = [...new Set([...of(hiddenCode), ...of(closedCode)])].sort();
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

/** What is found, as a person decides on it. */
class LeakNames {
  readonly #signer: string | undefined;
  readonly #isWithheld: (value: string) => boolean;
  /** Folders of the captures that others collected, and of those that were made by Holdfast. */
  readonly #imported: ReadonlySet<string>;
  readonly #captured: ReadonlySet<string>;

  constructor(archive: Archive, plan: BundlePlan) {
    this.#signer = plan.signer.email?.toLowerCase();
    this.#isWithheld = withheldIn(archive, plannedCaptures(plan));
    this.#imported = foldersOf(plan, true);
    this.#captured = foldersOf(plan, false);
  }

  /** Whether a thing found in that file blocks, whatever else is found. */
  blocks(said: string, value: string, file: string, accepts: Accepts): boolean {
    const leak = this.#name(said, value);
    if (leak === null || (material.has(leak.code) && !this.#captured.has(folderOf(file)))) return false;
    return !accepts(leak);
  }

  together(all: readonly Found[]): Leak[] {
    const leaks = new Map<string, Pick<Leak, 'code' | 'key' | 'shown'> & { files: Set<string> }>();
    for (const { code: said, value, files } of all) {
      const leak = this.#name(said, value);
      if (leak === null) continue;
      const known = leaks.get(leak.key);
      if (known === undefined) leaks.set(leak.key, { ...leak, files: new Set(files) });
      else for (const file of files) known.files.add(file);
    }
    return [...leaks.values()]
      .map(({ files, ...leak }) => ({
        ...leak,
        files: [...files].sort().slice(0, shownFiles),
        fileCount: files.size,
        accepted: false,
        ofOthers:
          material.has(leak.code) &&
          [...files].some((file) => this.#imported.has(folderOf(file))) &&
          ![...files].some((file) => this.#captured.has(folderOf(file))),
      }))
      .sort((a, b) => (`${a.code} ${a.shown}` < `${b.code} ${b.shown}` ? -1 : 1));
  }

  /** Null: it is no leak. */
  #name(said: string, value: string): Pick<Leak, 'code' | 'key' | 'shown'> | null {
    // The signer's own address stands in the certificate, on purpose.
    if (said === 'e-mail' && value === this.#signer) return null;
    const code = said === 'token' && this.#isWithheld(value) ? 'withheld-secret' : leakCodeSchema.parse(said);
    const shown = secretLeaks.has(code) ? `${value.slice(0, 4)}… (${value.length} characters)` : value;
    return { code, key: keyOf(code, value), shown };
  }
}

/** Kinds that public material is full of: contact addresses, keys of scripts, what other servers saw of others. */
const material: ReadonlySet<LeakCode> = new Set(['e-mail', 'token', 'public-address', closedCode]);

/** `data/captures/<id>` of a file below it. */
function folderOf(file: string): string {
  return file.split('/').slice(0, 3).join('/');
}

function foldersOf({ captures, partialCaptures = [] }: BundlePlan, isImport: boolean): Set<string> {
  const all = [
    ...captures.map(({ sealed }) => sealed.event.body),
    ...partialCaptures.map(({ id, said }) => ({ capture: id, method: said.method })),
  ];
  return new Set(
    all
      .filter(({ method }) => (method === 'import') === isImport)
      .map(({ capture }) => `data/captures/${capture}`),
  );
}

function keyOf(code: LeakCode, value: string): string {
  return toHex(nodeSha256.of(new TextEncoder().encode(`${code}\n${value}`))).slice(0, 12);
}
