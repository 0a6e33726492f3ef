/** The report of a bundle on paper: printed once by a browser engine, kept, and used again for the same report. */
import { HoldfastError, toFailure } from '../../contract/errors.ts';
import { sealBlob } from '../../db/blob.ts';
import { inTransaction } from '../../db/handle.ts';
import { findPrintedReport } from '../../db/printed-report.ts';
import type { BundlePlan } from '../../evidence/build/plan.ts';
import type { BundleFile } from '../../evidence/build/render.ts';
import { essence, paths, pictureTypes } from '../../evidence/bundle/paths.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import type { Archive } from '../archive.ts';
import { dropStaged, stageBytes } from '../blobs.ts';
import { recordEvent } from '../record.ts';

/** A file of the report, as a page asks for it. */
export interface PrintFile {
  mediaType: string;
  /** Bytes. */
  size: number;
  open(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What is to be printed: the report and its pictures, by their path beside it (`report.html`, `captures/…`). */
export interface PrintJob {
  file(path: string): PrintFile | null;
}

export interface Printed {
  pdf: AsyncIterable<Uint8Array>;
  /** Name and version of the engine. */
  engine: string;
}

/** A browser engine that prints, without script and without a network. Rejects where it cannot. */
export type PrintReport = (job: PrintJob, signal?: AbortSignal) => Promise<Printed>;

export interface PrintOutcome {
  printed: BundlePlan['printed'];
  /** Why there is no printed report, as a sentence; null where there is one. */
  missing: string | null;
}

/** `render`: the files of the bundle, its report to be printed. `print` null: there is no engine. Never an error but `cancelled`: a bundle without a printed report is a bundle. */
export async function printReport(
  archive: Archive,
  { plan, render }: { plan: BundlePlan; render(): readonly BundleFile[] },
  print: PrintReport | null,
  signal?: AbortSignal,
): Promise<PrintOutcome> {
  if (print === null)
    return { printed: null, missing: 'no browser engine was there to print the report with' };
  const files = render();
  const report = files.find(({ path }) => path === paths.report);
  if (report === undefined || !('bytes' in report)) throw new Error('a bundle has a report');
  const digest = toHex(nodeSha256.of(report.bytes));
  const known = findPrintedReport(archive.db, digest);
  if (known !== null) return { printed: known, missing: null };
  try {
    const { pdf, engine } = await print(jobOf(plan, report.bytes, files), signal);
    return {
      printed: await keep(archive, { bundle: plan.id, report: digest, engine }, pdf, signal),
      missing: null,
    };
  } catch (error) {
    if (signal?.aborted)
      throw new HoldfastError('cancelled', 'Cancelled; no bundle was written.', { cause: error });
    return { printed: null, missing: `the engine did not print the report (${toFailure(error).message})` };
  }
}

/**
 * As it is printed: pictures load at once, and nothing is folded. Words of sources cannot look like this markup, which
 * is escaped in them.
 */
function onPaper(report: Uint8Array): Uint8Array {
  const markup = new TextDecoder().decode(report);
  return new TextEncoder().encode(
    markup.replaceAll('<img loading="lazy" ', '<img ').replaceAll('<details>', '<details open>'),
  );
}

function jobOf(plan: BundlePlan, rendered: Uint8Array, files: readonly BundleFile[]): PrintJob {
  const report = onPaper(rendered);
  const pictures = new Map(
    plan.captures
      .flatMap(({ sealed }) => sealed.event.body.artifacts)
      .filter(({ mediaType }) => pictureTypes.has(essence(mediaType)))
      .map(({ sha256, mediaType }) => [sha256, essence(mediaType)]),
  );
  const served = new Map<string, PrintFile>();
  served.set('report.html', {
    mediaType: 'text/html; charset=utf-8',
    size: report.length,
    open: () => [report],
  });
  for (const file of files) {
    const mediaType = 'artifact' in file ? pictures.get(file.artifact) : undefined;
    if (!('artifact' in file) || mediaType === undefined) continue;
    const open = () => plan.openArtifact(file.artifact);
    served.set(file.path.replace(/^data\//, ''), { mediaType, size: file.size, open });
  }
  return { file: (path) => served.get(path) ?? null };
}

interface Kept {
  bundle: string;
  report: string;
  engine: string;
}

async function keep(
  archive: Archive,
  about: Kept,
  pdf: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<{ sha256: string; size: number }> {
  const staged = await stageBytes(archive, pdf, signal === undefined ? {} : { signal });
  try {
    if (staged.size === 0) throw new HoldfastError('io-failed', 'The engine printed nothing.');
    return inTransaction(archive.db, () => {
      const { sha256, size } = staged;
      sealBlob(archive.db, staged.id, { sha256, size, mediaType: 'application/pdf' });
      const printed = { sha256: toHex(sha256), size };
      recordEvent(archive, 'report.printed', { ...about, ...printed });
      return printed;
    });
  } catch (error) {
    dropStaged(archive, staged.id);
    throw error;
  }
}
