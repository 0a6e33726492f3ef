/** The custody log of the fake: what was signed, and what a check of it says. */
import type { EventLine } from '../../../contract/model/archive.ts';
import type { EventFilter, LogCheckpoint, LogReport, LogStatus } from '../../../contract/model/log.ts';
import { type FakeArchive, statusOf } from './archive.ts';
import { hashOf } from './ids.ts';

export function passes(event: EventLine, { kinds, actor, from, to, id }: EventFilter): boolean {
  return (
    (kinds === undefined || kinds.includes(event.kind)) &&
    (actor === undefined || event.actor.name === actor) &&
    (from === undefined || event.time >= from) &&
    (to === undefined || event.time <= to) &&
    (id === undefined || event.id.includes(id))
  );
}

export function checkpointOf(archive: FakeArchive): LogCheckpoint {
  const origin = `holdfast/${statusOf(archive).id}`;
  const root = base64.of(hashOf('root'));
  return {
    origin,
    size: archive.signed,
    root: hashOf('root'),
    madeAt: '2026-05-02T09:00:04.250Z',
    note: `${origin}\n${archive.signed}\n${root}\n\n— ${origin} ${root}\n`,
    vkey: `${origin}+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW`,
  };
}

const base64 = {
  of: (hex: string) =>
    btoa((hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join('')),
};

export function logStatusOf(archive: FakeArchive): LogStatus {
  const size = archive.events + archive.tags.length;
  return {
    size,
    checkpoint: archive.signed === 0 ? null : checkpointOf(archive),
    checkpoints: archive.signed === 0 ? 0 : 12,
    actors: ['Amal Invented', archive.actorName],
  };
}

export function logReportOf(verdict: 'in order' | 'not in order'): LogReport {
  const ok = verdict === 'in order';
  return {
    ok,
    size: 100_000,
    root: hashOf('root'),
    origin: 'holdfast/01970000-0000-7000-8000-000000000001',
    purged: 0,
    purges: [],
    checkpoints: 12,
    blobs: 5021,
    parts: 20_400,
    bytes: 4_000_000_000,
    problems: ok
      ? []
      : [
          {
            table: 'event',
            row: 'seq=412',
            code: 'commitment-differs',
            message:
              'Event 412: its document is not the one that its leaf commits to, or its salt is another.',
          },
          {
            table: 'blob_chunk',
            row: 'blob_id=77',
            code: 'bytes-differ',
            message: `The bytes of the artifact ${hashOf('artifact')} are not those that were sealed: 120034 of 120034 bytes are there, with the SHA-256 ${hashOf('other')}.`,
          },
        ],
    more: ok ? 0 : 3,
  };
}
