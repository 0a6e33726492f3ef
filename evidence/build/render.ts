/** From a plan to the files of the bundle, all but the manifests and the signature. */
import { HoldfastError } from '../../contract/errors.ts';
import { bagDeclaration, writeBagInfo } from '../bag/tag-files.ts';
import type { Evidence, EvidenceHead } from '../bundle/evidence.ts';
import { type DisclosedCapture, evidenceOf } from '../bundle/facts.ts';
import { limits } from '../bundle/limits.ts';
import { paths } from '../bundle/paths.ts';
import { postFiles } from '../bundle/post-file.ts';
import { cannotSay, timesInWords } from '../bundle/words.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import { canonicalBytes } from '../log/canonical.ts';
import { renderInstructions } from './instructions.ts';
import { type BundlePlan, type PlannedCapture, plannedEvents } from './plan.ts';
import { renderReport } from './report/report.ts';

/** One file of the bundle. An artifact's SHA-256 is what its capture says; it is compared while its bytes pass. */
export type BundleFile =
  | { path: string; size: number; bytes: Uint8Array }
  | { path: string; size: number; artifact: string };

/** A bundle rendered: its files in the order of the zip file, and what evidence.json says. */
export interface RenderedBundle {
  files: BundleFile[];
  evidence: Evidence;
}

/**
 * Renders everything but artifacts, manifests and signature. Errors: `archive-damaged` where the plan contradicts
 * itself; `bad-input` where a file would be larger than a check of the bundle can hold.
 */
export function renderBundle(plan: BundlePlan, sha256: Sha256): RenderedBundle {
  const posts: BundleFile[] = [];
  const captures = plan.captures.map((capture) => disclose(capture, sha256, posts));
  const evidence = evidenceOf(head(plan), {
    sessions: plan.sessions.map(({ event }) => event),
    clauses: plan.clauses.map(({ event }) => event),
    captures,
  });
  const payload = [
    whole(paths.report, text(renderReport(evidence))),
    whole(paths.evidence, canonicalBytes(evidence)),
    ...evidence.captures.flatMap(captureFiles),
  ];
  const payloadBytes = payload.reduce((sum, file) => sum + file.size, 0);
  const info = writeBagInfo({ ...plan, payload: { bytes: payloadBytes, files: payload.length } });
  const log = [...eventFiles(plan), ...posts];
  checkSizes([whole(paths.evidence, canonicalBytes(evidence)), ...log]);
  const files = [
    whole(paths.declaration, text(bagDeclaration)),
    whole(paths.info, info),
    whole(paths.instructions, text(renderInstructions(plan))),
    ...payload,
    ...log,
  ];
  return { files, evidence };
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function whole(path: string, bytes: Uint8Array): BundleFile {
  return { path, size: bytes.length, bytes };
}

function head(plan: BundlePlan): EvidenceHead {
  return {
    format: 'holdfast-evidence/1',
    bundle: plan.id,
    createdAt: plan.createdAt,
    archive: plan.archiveId,
    tool: plan.tool,
    signer: plan.signer,
    timeZone: plan.timeZone,
    locale: plan.locale,
    times: timesInWords,
    limits: [...cannotSay],
  };
}

/** What a capture discloses; the files of its posts are added to `files`. */
function disclose(capture: PlannedCapture, sha256: Sha256, files: BundleFile[]): DisclosedCapture {
  return {
    sealed: capture.sealed.event,
    readings: capture.readings.map(({ made, posts }) => {
      const written = postFiles(sha256, made.event.id, posts);
      for (const file of written) files.push(whole(paths.post(file.post), file.bytes));
      return {
        made: made.event,
        posts: posts.map((post, index) => ({
          id: post.id,
          index,
          root: written[index]?.root ?? '',
          shown: { whole: true, content: post.content },
          tags: post.tags.map((tag) => tag.event),
        })),
      };
    }),
  };
}

function captureFiles(capture: Evidence['captures'][number]): BundleFile[] {
  const files: BundleFile[] = [whole(paths.record(capture.id), canonicalBytes(capture))];
  const seen = new Set<string>();
  for (const { path, size, sha256 } of capture.artifacts) {
    if (!seen.has(path)) files.push({ path, size, artifact: sha256 });
    seen.add(path);
  }
  return files;
}

function eventFiles(plan: BundlePlan): BundleFile[] {
  const files: BundleFile[] = [];
  const seen = new Set<string>();
  for (const { event, document, leaf, salt } of plannedEvents(plan)) {
    if (seen.has(event.id))
      throw new HoldfastError('archive-damaged', `Event ${event.id} stands twice in what is to be compiled.`);
    seen.add(event.id);
    files.push(whole(paths.document(event.id), document), whole(paths.leaf(event.id), leaf));
    files.push(whole(paths.salt(event.id), text(`${toHex(salt)}\n`)));
  }
  return files;
}

/** A bundle that the verifier must refuse for its size is not written in the first place. */
function checkSizes(files: readonly BundleFile[]): void {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const largest = Math.max(...files.map((file) => file.size));
  if (largest > limits.parsedFile || total > limits.parsedTotal) {
    throw new HoldfastError(
      'bad-input',
      'There is too much text for one bundle. Compile fewer captures at a time.',
      { details: { total, largest, maximumTotal: limits.parsedTotal, maximumOfOne: limits.parsedFile } },
    );
  }
}
