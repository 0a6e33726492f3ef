/** Recording that a capture is sealed, and what its artifacts are, in two lines of the log. */
import type { EventBody, EventDocument } from '../contract/events.ts';
import { getWholeEvent } from '../db/event.ts';
import { artifactsRoot } from '../evidence/artifact/commitment.ts';
import { nodeSha256 } from '../evidence/digest/node.ts';
import { toHex } from '../evidence/digest/sha256.ts';
import type { Archive } from './archive.ts';
import { readEvent, recordEvent } from './record.ts';

type Committed = Extract<EventDocument, { kind: 'artifacts.committed' }>;

/** What commits to the artifacts that the event `sealedAt` sealed; null where it was sealed before there was such. */
export function commitmentBehind({ db }: Pick<Archive, 'db'>, sealedAt: number): Committed | null {
  const next = getWholeEvent(db, sealedAt + 1);
  const event = next === null ? null : readEvent(next.document);
  return event?.kind === 'artifacts.committed' ? event : null;
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
