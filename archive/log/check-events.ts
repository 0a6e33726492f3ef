/** The first part of a check: every event against its leaf, and the whole log recorded again into a scratch database. */
import type { EventBody, EventDocument } from '../../contract/events.ts';
import { apply } from '../../db/apply.ts';
import { isAboutData } from '../../db/errors.ts';
import { eachEvent, insertEvent, nextSeq, type StoredEvent } from '../../db/event.ts';
import type { WritableDb } from '../../db/handle.ts';
import { getLogHead, insertLogNode, moveLogHead } from '../../db/log.ts';
import { insertPostRecord } from '../../db/post.ts';
import { purgedEvents, skipPosts } from '../../db/purge.ts';
import { withheldCommitments } from '../../db/recording.ts';
import { artifactsRoot } from '../../evidence/artifact/commitment.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../evidence/log/canonical.ts';
import { leafHash } from '../../evidence/log/merkle.ts';
import { appendNodes, rootAt } from '../../evidence/log/tree.ts';
import { nodeSource } from './append.ts';
import type { Inquiry } from './inquiry.ts';
import { checkPosts, readStoredEvent } from './read-event.ts';

export interface StartedLog {
  /** Of its event. */
  seq: number;
  origin: string;
  vkey: string;
}

export interface CheckedEvents {
  size: number;
  /** Over the leaves as they are. */
  root: Uint8Array | null;
  /** Roots at the sizes asked for; none beyond a gap in the sequence. */
  roots: ReadonlyMap<number, Uint8Array>;
  logs: readonly StartedLog[];
  /** What 'archive.created' says; null where no event does. */
  created: { archive: string; encrypted: boolean } | null;
  /** Events whose documents are gone, by the leaf that says so. */
  purges: ReadonlyMap<number, readonly number[]>;
  /** The scratch database holds what the events say: every one of them held and could be applied. */
  isReplayed: boolean;
}

/** Goes through all events; `scratch` is empty and stays filled. `sizes`: where a checkpoint claims a root. */
export class EventCheck {
  readonly #inquiry: Inquiry;
  readonly #scratch: WritableDb;
  readonly #sizes: ReadonlySet<number>;
  readonly #roots = new Map<number, Uint8Array>();
  readonly #logs: StartedLog[] = [];
  readonly #purges = new Map<number, number[]>();
  #purged: ReturnType<typeof purgedEvents> = new Map();
  #created: CheckedEvents['created'] = null;
  #isReplayed = true;
  #isWhole = true;
  #next = 0;
  /** What the line before sealed: this one may commit to its artifacts. */
  #sealed: (EventBody<'capture.sealed'> & { salt: Uint8Array }) | null = null;

  constructor(inquiry: Inquiry, scratch: WritableDb, sizes: ReadonlySet<number>) {
    this.#inquiry = inquiry;
    this.#scratch = scratch;
    this.#sizes = sizes;
  }

  async run(): Promise<CheckedEvents> {
    const total = nextSeq(this.#inquiry.db);
    this.#purged = purgedEvents(this.#inquiry.db);
    for (const stored of eachEvent(this.#inquiry.db)) {
      this.#check(stored);
      const done = stored.seq;
      await this.#inquiry.pause(() => ({ step: 'Events', done, total, unit: 'items' }));
    }
    const root = this.#isWhole && this.#next > 0 ? this.#root(this.#next) : null;
    // The head moves once: the steps between were never asked for.
    if (root !== null) setHead(this.#scratch, { size: this.#next, root });
    return {
      size: this.#next,
      root,
      roots: this.#roots,
      logs: this.#logs,
      created: this.#created,
      purges: this.#purges,
      isReplayed: this.#isReplayed,
    };
  }

  #root(size: number): Uint8Array {
    return rootAt(nodeSha256, nodeSource(this.#scratch), size);
  }

  #check(stored: StoredEvent): void {
    const row = `seq=${stored.seq}`;
    if (stored.seq !== this.#next) {
      this.#fault(
        'event',
        row,
        'out-of-sequence',
        `Event ${this.#next} is missing: ${stored.seq} comes in its place.`,
      );
      this.#isWhole = false;
    }
    this.#next = stored.seq + 1;
    const { event, faults } = readStoredEvent(stored);
    for (const { code, what } of faults) this.#fault('event', row, code, `Event ${stored.seq}: ${what}.`);
    if (this.#isWhole) this.#append(stored);
    if (this.#isPurged(stored)) return;
    if (event === null) this.#isReplayed = false;
    else this.#replay(event, stored.seq);
    this.#sealed =
      event?.kind === 'capture.sealed' && stored.salt !== null ? { ...event.body, salt: stored.salt } : null;
  }

  /** Whether nothing more is to be asked of the event, because its document is gone, or should be. */
  #isPurged({ seq, document }: StoredEvent): boolean {
    const purge = this.#purged.get(seq);
    if (purge === undefined && document !== null) return false;
    const row = `seq=${seq}`;
    if (purge === undefined) {
      const message = `Event ${seq}: its document is gone, and no purge says so.`;
      this.#fault('event', row, 'document-missing', message);
    } else if (document !== null) {
      const message = `Event ${seq}: leaf ${purge.by} says that it was purged, and its document is there.`;
      this.#fault('event', row, 'purged-and-there', message);
    } else {
      skipPosts(this.#scratch, seq, purge.posts);
      this.#purges.set(purge.by, [...(this.#purges.get(purge.by) ?? []), seq]);
    }
    return true;
  }

  #fault(...problem: Parameters<Inquiry['found']>): void {
    this.#inquiry.found(...problem);
    this.#isReplayed = false;
  }

  /** Over the hash of the leaf as it is, whatever stands beside it. */
  #append(stored: StoredEvent): void {
    const hash = leafHash(nodeSha256, stored.leaf);
    insertEvent(this.#scratch, { ...stored, leafHash: hash });
    const source = nodeSource(this.#scratch);
    for (const node of appendNodes(nodeSha256, source, stored.seq, hash)) insertLogNode(this.#scratch, node);
    const size = stored.seq + 1;
    if (this.#sizes.has(size)) this.#roots.set(size, this.#root(size));
  }

  #replay(event: EventDocument, seq: number): void {
    if (event.kind === 'log.started')
      this.#logs.push({ seq, origin: event.body.origin, vkey: event.body.vkey });
    if (event.kind === 'archive.created') this.#created ??= event.body;
    this.#checkSalts(event, seq);
    this.#checkArtifacts(event, seq);
    const fault = checkPosts(this.#inquiry.db, event, (record) =>
      insertPostRecord(this.#scratch, record, canonicalBytes(record.content)),
    );
    if (fault !== null) {
      const reading = event.kind === 'reading.made' ? `reading_id=${event.body.reading}` : null;
      this.#fault('post_record', reading, fault.code, `Event ${seq}: ${fault.what}.`);
      return;
    }
    if (!this.#isReplayed) return;
    try {
      apply(this.#scratch, event, seq);
    } catch (error) {
      if (!isAboutData(error)) throw error;
      const what = 'it cannot follow on those before it';
      this.#fault('event', `seq=${seq}`, 'not-applicable', `Event ${seq}: ${what}.`);
    }
  }

  /** The artifacts that a line commits to one by one are those that the line before it seals. */
  #checkArtifacts(event: EventDocument, seq: number): void {
    if (event.kind !== 'artifacts.committed') return;
    const { capture, artifacts, root } = event.body;
    const sealed = this.#sealed;
    const isSame =
      sealed !== null &&
      sealed.capture === capture &&
      sealed.artifacts.length === artifacts &&
      toHex(artifactsRoot(nodeSha256, sealed.salt, sealed.artifacts)) === root;
    if (isSame) return;
    const what = 'the artifacts that it commits to are not those that the event before it sealed';
    this.#fault('event', `seq=${seq}`, 'artifacts-differ', `Event ${seq}: ${what}.`);
  }

  /** Of withheld secrets the archive keeps the salts, and nothing to test them with: they can only be there or not. */
  #checkSalts(event: EventDocument, seq: number): void {
    if (event.kind !== 'capture.sealed') return;
    const { capture, recording } = event.body;
    const said = new Set(recording?.withheld.map(({ commitment }) => commitment) ?? []);
    const kept = new Set(withheldCommitments(this.#inquiry.db, capture));
    if (said.size === kept.size && [...said].every((commitment) => kept.has(commitment))) return;
    const message = `Event ${seq}: the salts of the secrets withheld from capture ${capture} are not those that it names.`;
    this.#inquiry.found('withheld_salt', `capture_id=${capture}`, 'salts-differ', message);
  }
}

function setHead(scratch: WritableDb, head: { size: number; root: Uint8Array }): void {
  scratch.exec('DROP TRIGGER log_head_first');
  moveLogHead(scratch, getLogHead(scratch), head);
}
