/** Bundles that were compiled from this archive. */
import type { EventBody } from '../contract/events.ts';
import { prepared, type WritableDb } from './handle.ts';

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
