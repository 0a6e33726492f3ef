/** Bundles that were compiled from this archive. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';

export function insertBundle(db: WritableDb, body: EventBody<'bundle.compiled'>, eventSeq: number): void {
  prepared(
    db,
    `INSERT INTO bundle (id, sha256, size, tag_manifest, signer, captures, event_seq)
     VALUES (@bundle, @sha256, @size, @tagManifest, @signer, @capturesJson, @eventSeq)`,
  ).run({
    bundle: body.bundle,
    sha256: body.sha256,
    size: body.size,
    tagManifest: body.tagManifest,
    signer: body.signer,
    capturesJson: JSON.stringify(body.captures),
    eventSeq,
  });
}

/** The id of the bundle with this tag manifest (SHA-256, hexadecimal), which its signature covers; null: none from here. */
export function findBundle(db: ReadableDb, tagManifest: string): string | null {
  const id: unknown = prepared(db, 'SELECT id FROM bundle WHERE tag_manifest = ?').pluck().get(tagManifest);
  return id === undefined ? null : z.string().parse(id);
}

/** Whether a bundle with this id was compiled here. */
export function hasBundle(db: ReadableDb, id: string): boolean {
  return prepared(db, 'SELECT 1 FROM bundle WHERE id = ?').get(id) !== undefined;
}

/** The events of bundles that took one of these captures, oldest first. */
export function bundlesWith(db: ReadableDb, captures: readonly string[]): number[] {
  return prepared(
    db,
    `SELECT DISTINCT b.event_seq FROM bundle AS b, json_each(b.captures) AS c
     WHERE c.value IN (SELECT value FROM json_each(?)) ORDER BY b.event_seq`,
  )
    .pluck()
    .all(JSON.stringify(captures))
    .map((seq) => z.number().parse(seq));
}
