/**
 * Showing somebody what a bundle withholds, so that whoever has the original of a covered picture or of a file that stayed
 * behind can check that it is the one that was sealed. Either the document of the event that sealed the capture, with its
 * salt: it lists every file of the capture, and is for those who may know them. Or the description of one file with its
 * place under the commitment behind that event, which says nothing of the others.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import { eventSchema } from '../../contract/events.ts';
import { idSchema, sha256Schema } from '../../contract/model/common.ts';
import { captureOrigin } from '../../db/capture.ts';
import { getWholeEvent, type WholeEvent } from '../../db/event.ts';
import { artifactsRoot } from '../../evidence/artifact/commitment.ts';
import {
  artifactProofSchema,
  isCommitted,
  proveArtifacts,
  readArtifactFile,
} from '../../evidence/bundle/artifact-file.ts';
import { bundleFolder } from '../../evidence/bundle/folder.ts';
import { limits } from '../../evidence/bundle/limits.ts';
import { paths } from '../../evidence/bundle/paths.ts';
import { parseStrict } from '../../evidence/bundle/strict.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { fromHex, toHex } from '../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../evidence/log/canonical.ts';
import { commitment, parseLeaf } from '../../evidence/log/leaf.ts';
import { digestOf } from '../../evidence/source/byte-source.ts';
import { withFileSource } from '../../evidence/source/file.ts';
import { openZip } from '../../evidence/zip/reader.ts';
import type { Archive } from '../archive.ts';
import { noCapture } from '../posts.ts';
import { readEvent } from '../record.ts';
import { commitmentBehind } from '../seal-capture.ts';

const revealedCaptureSchema = z.strictObject({
  format: z.literal('holdfast-revealed/1'),
  event: idSchema,
  /** The exact text of the document. */
  document: z.string(),
  salt: sha256Schema,
});

const revealedFileSchema = z.strictObject({
  format: z.literal('holdfast-revealed-file/1'),
  capture: idSchema,
  /** The `artifacts.committed` event, which a bundle that shows the capture in part holds. */
  event: idSchema,
  ...artifactProofSchema.shape,
});

const revealedSchema = z.discriminatedUnion('format', [revealedCaptureSchema, revealedFileSchema]);

/** The bytes of the file to hand over, canonical JSON. Errors: `capture-not-found`, `capture-purged`. */
export function revealCapture(archive: Archive, captureId: string): Uint8Array {
  const { stored } = sealingOf(archive, captureId);
  return canonicalBytes({
    format: 'holdfast-revealed/1',
    event: readEvent(stored.document).id,
    document: new TextDecoder().decode(stored.document),
    salt: toHex(stored.salt),
  });
}

/**
 * The same for one file, canonical JSON. Errors: `capture-not-found`, `capture-purged`, `artifact-not-found`; `bad-input`
 * where the capture was sealed before the log committed to files one by one.
 */
export function revealFile(archive: Archive, captureId: string, sha256: string): Uint8Array {
  const { seq, stored } = sealingOf(archive, captureId);
  const sealed = readEvent(stored.document);
  const committed = commitmentBehind(archive, seq);
  if (committed === null || sealed.kind !== 'capture.sealed') {
    throw new HoldfastError(
      'bad-input',
      'This capture was sealed before the log committed to files one by one. Reveal it whole, without --artifact: that lists every file of it.',
    );
  }
  const { artifacts } = sealed.body;
  const [proof] = proveArtifacts(
    nodeSha256,
    stored.salt,
    artifacts,
    artifacts.flatMap((artifact, index) => (artifact.sha256 === sha256 ? [index] : [])).slice(0, 1),
  );
  if (proof === undefined)
    throw new HoldfastError('artifact-not-found', `The capture has no file ${sha256}.`);
  return canonicalBytes({
    format: 'holdfast-revealed-file/1',
    capture: captureId,
    event: committed.id,
    ...proof,
  });
}

function sealingOf(archive: Archive, captureId: string): { seq: number; stored: WholeEvent } {
  const origin = captureOrigin(archive.db, captureId);
  const stored = origin === null ? null : getWholeEvent(archive.db, origin.eventSeq);
  if (origin === null || stored === null) throw noCapture(archive, captureId);
  return { seq: origin.eventSeq, stored };
}

const mostRevealed = 64 * 1024 * 1024;

/** What of a capture the original is. */
export interface OriginalFound {
  capture: string;
  role: string;
  sha256: string;
  sealedAt: string;
}

/** A file by its path, with its SHA-256. */
interface Original {
  path: string;
  sha256: string;
}

/**
 * Checks an original against what a bundle proves of its capture; the bundle itself is to be checked beside that. All
 * three files may be attacker-controlled. Errors: `file-not-found`, `bad-input` where it is not the one, with the reason.
 */
export async function checkOriginal(
  bundle: string,
  original: string,
  revealed: string,
): Promise<OriginalFound> {
  const shown = parseStrict(revealedSchema, read(revealed, mostRevealed));
  const file = {
    path: original,
    sha256: await withFileSource(original, (source) => digestOf(source, nodeSha256)),
  };
  return shown.format === 'holdfast-revealed/1'
    ? checkByDocument(bundle, file, revealed, shown)
    : checkByProof(bundle, file, revealed, shown);
}

async function checkByDocument(
  bundle: string,
  { path, sha256 }: Original,
  revealed: string,
  { event, document, salt }: z.infer<typeof revealedCaptureSchema>,
): Promise<OriginalFound> {
  const leaf = parseLeaf(await fileIn(bundle, paths.leaf(event), limits.smallFile));
  const documentBytes = new TextEncoder().encode(document);
  if (toHex(commitment(nodeSha256, fromHex(salt), documentBytes)) !== leaf.commitment)
    refuse(`${revealed} is not what the line ${paths.leaf(event)} of the bundle commits to.`);
  const sealed = parseStrict(eventSchema, documentBytes);
  if (sealed.kind !== 'capture.sealed') refuse('The line that was revealed seals no capture.');
  const { capture, artifacts } = sealed.body;
  const committed = await commitmentIn(bundle, capture);
  if (committed !== null && committed.root !== toHex(artifactsRoot(nodeSha256, fromHex(salt), artifacts)))
    refuse(`${revealed} lists other files than those that the bundle commits to one by one.`);
  const artifact = artifacts.find((each) => each.sha256 === sha256);
  if (artifact === undefined)
    refuse(`${path} is none of the files that the capture sealed: none has its SHA-256, ${sha256}.`);
  return { capture, role: artifact.role, sha256, sealedAt: sealed.time };
}

async function checkByProof(
  bundle: string,
  { path, sha256 }: Original,
  revealed: string,
  { capture, event, ...proof }: z.infer<typeof revealedFileSchema>,
): Promise<OriginalFound> {
  const committed = await commitmentIn(bundle, capture);
  if (committed?.event !== event || !isCommitted(nodeSha256, proof, committed))
    refuse(`${revealed} is about no file that the bundle commits to.`);
  const { artifact } = proof;
  if (artifact.sha256 !== sha256)
    refuse(`${path} is not the file that was revealed: its SHA-256 is ${sha256}, not ${artifact.sha256}.`);
  return { capture, role: artifact.role, sha256, sealedAt: committed.time };
}

/** What a bundle commits to of a capture that it shows in part; null where it was sealed before there was such. */
async function commitmentIn(
  bundle: string,
  capture: string,
): Promise<{ event: string; time: string; artifacts: number; root: string } | null> {
  const bytes = await findIn(bundle, paths.artifacts(capture), limits.parsedFile);
  if (bytes === null) return null;
  const { event } = readArtifactFile(bytes);
  const document = parseStrict(eventSchema, await fileIn(bundle, paths.document(event), limits.parsedFile));
  if (document.kind !== 'artifacts.committed' || document.body.capture !== capture)
    refuse(`${paths.document(event)} of the bundle commits to no file of this capture.`);
  const { artifacts, root } = document.body;
  return { event, time: document.time, artifacts, root };
}

function refuse(message: string): never {
  throw new HoldfastError('bad-input', message);
}

function read(path: string, most: number): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new HoldfastError('file-not-found', `${path} cannot be read. Check the path.`, { cause });
  }
  if (bytes.length > most) refuse(`${path} is too large for what was revealed of one capture.`);
  return bytes;
}

async function fileIn(bundle: string, path: string, most: number): Promise<Uint8Array> {
  return (await findIn(bundle, path, most)) ?? refuse(`The bundle has no ${path}.`);
}

/** Null where there is no such file, or it is larger than it may be. */
function findIn(bundle: string, path: string, most: number): Promise<Uint8Array | null> {
  return withFileSource(bundle, async (source) => {
    const entry = bundleFolder(await openZip(source))?.entries.get(path);
    return entry === undefined || entry.size > most ? null : source.read(entry.contentOffset, entry.size);
  });
}
