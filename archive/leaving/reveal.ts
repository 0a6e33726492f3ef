/**
 * Showing somebody what a bundle withholds: the document of the event that sealed the capture, with its salt. With it and
 * a bundle whoever has the original of a covered picture or of a file that stayed behind can check that it is the one
 * that was sealed. It lists every file of the capture: it is for those who may know them.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HoldfastError } from '../../contract/errors.ts';
import { eventSchema } from '../../contract/events.ts';
import { idSchema, sha256Schema } from '../../contract/model/common.ts';
import { captureOrigin } from '../../db/capture.ts';
import { getWholeEvent } from '../../db/event.ts';
import { bundleFolder } from '../../evidence/bundle/folder.ts';
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

const revealedSchema = z.strictObject({
  format: z.literal('holdfast-revealed/1'),
  event: idSchema,
  /** The exact text of the document. */
  document: z.string(),
  salt: sha256Schema,
});

/** The bytes of the file to hand over, canonical JSON. Errors: `capture-not-found`, `capture-purged`. */
export function revealCapture(archive: Archive, captureId: string): Uint8Array {
  const origin = captureOrigin(archive.db, captureId);
  const stored = origin === null ? null : getWholeEvent(archive.db, origin.eventSeq);
  if (stored === null) throw noCapture(archive, captureId);
  return canonicalBytes({
    format: 'holdfast-revealed/1',
    event: readEvent(stored.document).id,
    document: new TextDecoder().decode(stored.document),
    salt: toHex(stored.salt),
  });
}

const mostRevealed = 64 * 1024 * 1024;

/** What of a capture the original is. */
export interface OriginalFound {
  capture: string;
  role: string;
  sha256: string;
  sealedAt: string;
}

/**
 * Checks an original against the line of its capture in a bundle; the bundle itself is to be checked beside that. All
 * three files may be attacker-controlled. Errors: `file-not-found`, `bad-input` where it is not the one, with the reason.
 */
export async function checkOriginal(
  bundle: string,
  original: string,
  revealed: string,
): Promise<OriginalFound> {
  const bytes = read(revealed, mostRevealed);
  const { event, document, salt } = parseStrict(revealedSchema, bytes);
  const leaf = parseLeaf(await leafIn(bundle, event));
  const documentBytes = new TextEncoder().encode(document);
  if (toHex(commitment(nodeSha256, fromHex(salt), documentBytes)) !== leaf.commitment)
    refuse(`${revealed} is not what the line ${paths.leaf(event)} of the bundle commits to.`);
  const sealed = parseStrict(eventSchema, documentBytes);
  if (sealed.kind !== 'capture.sealed') refuse('The line that was revealed seals no capture.');
  const sha256 = await withFileSource(original, (source) => digestOf(source, nodeSha256));
  const artifact = sealed.body.artifacts.find((each) => each.sha256 === sha256);
  if (artifact === undefined)
    refuse(`${original} is none of the files that the capture sealed: none has its SHA-256, ${sha256}.`);
  return { capture: sealed.body.capture, role: artifact.role, sha256, sealedAt: sealed.time };
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

function leafIn(bundle: string, event: string): Promise<Uint8Array> {
  return withFileSource(bundle, async (source) => {
    const entry = bundleFolder(await openZip(source))?.entries.get(paths.leaf(event));
    if (entry === undefined || entry.size > 64 * 1024) refuse(`The bundle has no line ${paths.leaf(event)}.`);
    return source.read(entry.contentOffset, entry.size);
  });
}
