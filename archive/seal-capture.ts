/** Recording that a capture is sealed, and what its artifacts are, in two lines of the log. */
import type { EventBody } from '../contract/events.ts';
import { getWholeEvent, type WholeEvent } from '../db/event.ts';
import { artifactsRoot } from '../evidence/artifact/commitment.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import type { Archive } from './archive.ts';
import { recordEvent } from './record.ts';

/** The event that commits to the artifacts which the one at `sealedAt` sealed; null where that was before there was such. */
export function commitmentBehind({ db }: Pick<Archive, 'db'>, sealedAt: number): WholeEvent | null {
  const next = getWholeEvent(db, sealedAt + 1);
  return next?.kind === 'artifacts.committed' ? next : null;
}

/**
 * Inside the caller's transaction. The second line commits to the same artifacts file by file, so that some of them can
 * be shown and proven without the document of the first. It follows directly: where it stands says that it is the only
 * one, and no later.
 */
export function sealCapture(archive: Archive, body: EventBody<'capture.sealed'>): void {
  const { capture, artifacts } = body;
  const { salt } = recordEvent(archive, 'capture.sealed', body);
  const root = toHex(artifactsRoot(nodeSha256, salt, artifacts));
  recordEvent(archive, 'artifacts.committed', { capture, artifacts: artifacts.length, root });
}
