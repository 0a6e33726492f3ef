/** The archive host's answers: one archive at a time, each call of the contract handed to its use case. */

import { HoldfastError } from '../contract/errors.ts';
import type { Archive, OpenOptions } from './archive.ts';
import { findArtifact, readStored } from './blobs.ts';
import { checkFile } from './check-file.ts';
import { compileBundle } from './compile.ts';
import type { CallContext, HostHandlers } from './host/serve.ts';
import { createIdentityFile, readIdentityFile } from './identity.ts';
import { importFile } from './import/import-file.ts';
import { addToReport, emptyReport, importFiles } from './import/import-files.ts';
import { makeCheckpoint } from './log/checkpoint.ts';
import { writeCaptureProof } from './log/prove.ts';
import { describeCheckpoint, logStatus } from './log/status.ts';
import { verifyLog } from './log/verify.ts';
import { closeArchive, createArchive, openArchive } from './open.ts';
import { orStopped, untilStopped } from './patience.ts';
import { policyHandlers } from './policies/handlers.ts';
import { listCaptures, listClauses, listPosts, requireCapture } from './posts.ts';
import { rebuild } from './rebuild.ts';
import { followResource, listExchanges } from './recording/replay.ts';
import { recordingSink } from './recording/sink.ts';
import { starterPack } from './starter-pack.ts';
import { archiveStatus, eventsOf, listEvents } from './status.ts';
import { addTag, listTags, requirePost } from './tags.ts';
import { timestampHandlers } from './timestamps/handlers.ts';

export interface Desk {
  handlers: HostHandlers;
  /** Closes the archive, if one is open. */
  close(): Promise<void>;
}

/** Sends a stream of the archive ahead of the reply. */
async function send(bytes: Iterable<Uint8Array>, { signal, bytesOut }: CallContext): Promise<void> {
  for (const chunk of bytes) {
    signal.throwIfAborted();
    await bytesOut(chunk);
  }
}

export function makeDesk(): Desk {
  let current: Archive | null = null;
  let opening: Promise<unknown> | null = null;
  let locking = new AbortController();
  const running = new Set<Promise<unknown>>();

  const open = (): Archive => {
    if (current === null)
      throw new HoldfastError('archive-not-open', 'No archive is open. Open or create one first.');
    return current;
  };
  const begin = async (start: () => Promise<Archive>) => {
    if (current !== null || opening !== null) {
      throw new HoldfastError('archive-already-open', 'An archive is open here already. Lock it first.');
    }
    const starting = start();
    opening = starting;
    try {
      current = await starting;
      return archiveStatus(current);
    } finally {
      opening = null;
    }
  };
  const options = (input: { path: string; passphrase: string | null; actorName: string }): OpenOptions => ({
    path: input.path,
    passphrase: input.passphrase,
    person: { name: input.actorName },
  });
  /**
   * Long work on the archive: locking stops it and waits for it, so that nothing writes into a closed file. Its byte
   * streams end with it, whatever the other side does: nobody may hold up a lock by sending or taking nothing.
   */
  const work = <T>(
    context: CallContext,
    act: (archive: Archive, context: CallContext) => Promise<T>,
  ): Promise<T> => {
    const signal = AbortSignal.any([context.signal, locking.signal]);
    const done = act(open(), {
      signal,
      progress: context.progress,
      bytesIn: () => untilStopped(context.bytesIn(), signal),
      bytesOut: (chunk) => orStopped(context.bytesOut(chunk), signal),
    });
    const settled: Promise<unknown> = done.catch(() => undefined).finally(() => running.delete(settled));
    running.add(settled);
    return done;
  };
  const lock = async (): Promise<void> => {
    // Whoever locks while the archive is being opened finds it locked afterwards, not open.
    if (opening !== null) await opening.catch(() => undefined);
    const archive = current;
    current = null;
    const stopped = locking;
    locking = new AbortController();
    stopped.abort(new HoldfastError('cancelled', 'Stopped, because the archive was locked.'));
    await Promise.all(running);
    if (archive !== null) closeArchive(archive);
  };

  const handlers: HostHandlers = {
    'archive.create': (input) => begin(() => createArchive({ ...options(input), clauses: starterPack })),
    'archive.open': (input) => begin(() => openArchive(options(input))),
    'archive.lock': async () => {
      await lock();
      return {};
    },
    'archive.status': async () => (current === null ? null : archiveStatus(current)),
    'archive.rebuild': async () => rebuild(open()),
    'events.list': async (page) => listEvents(open(), page),
    'log.status': async () => logStatus(open()),
    'log.verify': (_input, context) =>
      work(context, (archive, { signal, progress }) => verifyLog(archive, { signal, progress })),
    'log.checkpoint': async () => describeCheckpoint(open(), makeCheckpoint(open())),
    'log.prove': async ({ captureId, path }) => writeCaptureProof(open(), captureId, path),
    'import.files': ({ paths }, context) =>
      work(context, (archive, { signal, progress }) => importFiles(archive, paths, { signal, progress })),
    'import.stream': ({ name }, context) =>
      work(context, async (archive, { signal, progress, bytesIn }) => {
        const report = emptyReport();
        addToReport(report, name, await importFile(archive, name, bytesIn(), { signal, progress }));
        return report;
      }),
    'recording.begin': async (begin) => recordingSink(open()).begin(begin),
    'recording.exchange': ({ captureId, exchange }, context) =>
      work(context, async (archive, { signal, bytesIn }) => {
        await recordingSink(archive, { signal }).exchange(captureId, exchange, bytesIn());
        return {};
      }),
    'recording.exchangeEnd': async ({ captureId, end }) => {
      await recordingSink(open()).exchangeEnd(captureId, end);
      return {};
    },
    'recording.secrets': async ({ captureId, secrets }) => {
      await recordingSink(open()).secrets(captureId, secrets);
      return {};
    },
    'recording.artifact': (artifact, context) =>
      work(context, async (archive, { signal, bytesIn }) => {
        await recordingSink(archive, { signal }).artifact(artifact, bytesIn());
        return {};
      }),
    'recording.finish': (end, context) => work(context, (archive) => recordingSink(archive).finish(end)),
    'captures.list': async ({ offset, limit, show }) => listCaptures(open(), offset, limit, show),
    'capture.exchanges': async ({ captureId, offset, limit }) =>
      listExchanges(open(), captureId, offset, limit),
    'capture.events': async ({ captureId }) => ({ events: eventsOf(open(), captureId) }),
    'replay.resource': ({ captureId, url }, context) =>
      work(context, async (archive, reply) => {
        const { stored, ...about } = await followResource(archive, captureId, url);
        await send(readStored(archive, stored), reply);
        return about;
      }),
    'capture.get': async ({ captureId }) => requireCapture(open(), captureId),
    'posts.list': async ({ query, offset, limit }) => listPosts(open(), query, offset, limit),
    'posts.get': async ({ postId }) => requirePost(open(), postId),
    'clauses.list': async ({ query, platform }) => ({ clauses: listClauses(open(), query, platform) }),
    'tags.list': async ({ postId }) => ({ tags: listTags(open(), postId) }),
    'tags.add': async (draft) => addTag(open(), draft),
    'identity.create': ({ path, passphrase, ...about }) =>
      createIdentityFile(path, passphrase, about, new Date()),
    'bundle.compile': ({ path, identityPath, identityPassphrase, captures }, context) =>
      work(context, async (archive, { signal, progress }) => {
        const identity = await readIdentityFile(identityPath, identityPassphrase);
        return compileBundle(archive, { path, identity, captures }, { signal, progress });
      }),
    'bundle.verify': ({ path, ...named }, { signal, progress }) =>
      checkFile(path, named, { signal, progress }),
    ...timestampHandlers(open, work),
    ...policyHandlers(open, work),
    'artifact.read': ({ sha256, offset, length }, context) =>
      work(context, async (archive, reply) => {
        const stored = findArtifact(archive, sha256);
        const { size, mediaType } = stored;
        await send(readStored(archive, stored, offset, length ?? size), reply);
        return { size, mediaType };
      }),
  };
  return { handlers, close: lock };
}
