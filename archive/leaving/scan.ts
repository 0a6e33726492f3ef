/** The search of everything that a planned bundle would let out. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Progress } from '../../contract/model/common.ts';
import { type Leak, type LeakCode, leakCodeSchema, secretLeaks } from '../../contract/model/leaving.ts';
import { type BundlePlan, plannedCaptures } from '../../evidence/build/plan.ts';
import { type BundleFile, renderBundle } from '../../evidence/build/render.ts';
import { essence, paths } from '../../evidence/bundle/paths.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
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

/** All leaks of the bundle, none of them accepted. Errors: `cancelled`, and those of rendering. */
export async function scanBundle(
  archive: Archive,
  plan: BundlePlan,
  options: ScanOptions = {},
): Promise<Leak[]> {
  const { files } = renderBundle(plan, nodeSha256);
  const sought = soughtIn(archive, options.machine ?? thisMachine());
  const inOurs = new LeakScan({ sought: sought.everywhere, shapes: true });
  const inCaptured = new LeakScan({ sought: [...sought.everywhere, ...sought.inCaptures], shapes: true });
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
    if ('bytes' in file) await inOurs.file(file.path, passing(file));
    else await inCaptured.file(file.path, passing(file), { isMedia: media.has(file.artifact) });
  }
  const isWithheld = withheldIn(archive, plannedCaptures(plan));
  return together([...inOurs.found, ...inCaptured.found], { plan, isWithheld });
}

/** Digests of pictures, films and sound. */
function mediaOf({ captures }: BundlePlan): Set<string> {
  return new Set(
    captures.flatMap(({ sealed }) =>
      sealed.event.body.artifacts.flatMap(({ sha256, mediaType }) =>
        /^(?:image\/(?!svg)|video\/|audio\/)/.test(essence(mediaType)) ? [sha256] : [],
      ),
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
function foldersOf({ captures }: BundlePlan): { imported: Set<string>; captured: Set<string> } {
  const of = (isImport: boolean) =>
    new Set(
      captures
        .map(({ sealed }) => sealed.event.body)
        .filter(({ method }) => (method === 'import') === isImport)
        .map(({ capture }) => `data/captures/${capture}`),
    );
  return { imported: of(true), captured: of(false) };
}

function keyOf(code: LeakCode, value: string): string {
  return toHex(nodeSha256.of(new TextEncoder().encode(`${code}\n${value}`))).slice(0, 12);
}
