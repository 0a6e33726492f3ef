/** The archive host's answers: one archive at a time, each call of the contract handed to its use case. */
import { existsSync, realpathSync } from 'node:fs';
import type { HostRequest } from '../contract/channels.ts';

import { HoldfastError } from '../contract/errors.ts';
import type { Archive, OpenOptions } from './archive.ts';
import { batchHandlers } from './batch/handlers.ts';
import { findArtifact, readStored } from './blobs.ts';
import { caseHandlers } from './cases/handlers.ts';
import { certificateBeside, certificationLines, certifyBundle } from './certify.ts';
import { checkFile } from './check-file.ts';
import { compileBundle } from './compile.ts';
import { send } from './host/port.ts';
import type { CallContext, HostHandlers } from './host/serve.ts';
import { createIdentityFile, importIdentityFile, readCertificateFile, readIdentityFile } from './identity.ts';
import { importFile } from './import/import-file.ts';
import { addToReport, emptyReport, importFiles } from './import/import-files.ts';
import { leavingHandlers } from './leaving/handlers.ts';
import { makeCheckpoint } from './log/checkpoint.ts';
import { writeCaptureProof } from './log/prove.ts';
import { describeCheckpoint, logStatus } from './log/status.ts';
import { verifyLog } from './log/verify.ts';
import { closeArchive, createArchive, openArchive } from './open.ts';
import { orStopped, untilStopped } from './patience.ts';
import { personaHandlers } from './personas/handlers.ts';
import { policyHandlers } from './policies/handlers.ts';
import { listCaptures, listClauses, listPosts, requireCapture, requirePost } from './posts.ts';
import { PrintDesk } from './printing/print-desk.ts';
import { cleanFile } from './purge/clean.ts';
import { keepingHandlers } from './purge/handlers.ts';
import { planPurge } from './purge/plan.ts';
import { purgeAndClean } from './purge/purge.ts';
import { stopAndPurge } from './purge/stop.ts';
import { rebuild } from './rebuild.ts';
import { followResource, listExchanges } from './recording/replay.ts';
import { recordingSink } from './recording/sink.ts';
import { lastIdentityPath, rememberIdentityPath } from './remember.ts';
import { rereadCapture } from './reread/reread.ts';
import { warmChanged } from './review/changed.ts';
import { reviewHandlers } from './review/handlers.ts';
import { backUp } from './safety/backup.ts';
import { checkWhole } from './safety/check.ts';
import { changePassphrase, estimatePassphraseChange } from './safety/passphrase.ts';
import { writeRecoverySheet } from './safety/recovery.ts';
import { restoreBackup } from './safety/restore.ts';
import { addSigner, listSigners, replaceSigner, saveCertificate } from './signers.ts';
import { starterPack } from './starter-pack.ts';
import { archiveStatus, eventsOf, listEvents } from './status.ts';
import { warmClauses } from './tags/find.ts';
import { tagHandlers } from './tags/handlers.ts';
import { timestampHandlers } from './timestamps/handlers.ts';
import { watchHandlers } from './watch/handlers.ts';
import type { WorkOptions } from './work.ts';

export interface Desk {
  handlers: HostHandlers;
  /** Closes the archive, if one is open. */
  close(): Promise<void>;
}

function isSameFile(a: string, b: string): boolean {
  return existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);
}

type Opening = HostRequest<'archive.open'>;

/** Who works is proven before the archive is touched: a wrong passphrase of the identity leaves no trace in it. */
async function openingOptions({
  path,
  passphrase,
  recovery,
  actorName,
  identity,
}: Opening): Promise<OpenOptions> {
  return {
    path,
    passphrase,
    recovery,
    person: {
      name: actorName,
      identity: identity == null ? null : await readIdentityFile(identity.path, given(identity.passphrase)),
    },
  };
}

/** The keychain is the window's; what reaches the host without a passphrase was filled in by nobody. */
function given(passphrase: string | null): string {
  if (passphrase !== null) return passphrase;
  throw new HoldfastError('passphrase-missing', 'The identity needs its passphrase. Type it.');
}

/** Beside other work, and of no consequence where it breaks off: who asks later works it out then. */
function warm(archive: Archive): void {
  void warmClauses(archive)
    .then(() => warmChanged(archive))
    .catch(() => undefined);
}

async function* nothingIn(): AsyncGenerator<Uint8Array> {}
async function nothingOut(): Promise<void> {}

export function makeDesk(): Desk {
  let current: Archive | null = null;
  let opening: Promise<unknown> | null = null;
  let locking = new AbortController();
  /** While the passphrase changes or a purge clears the file: what would be written now would be in the old file only. */
  let quiet = false;
  let replaced: Archive | null = null;
  const running = new Set<Promise<unknown>>();

  const open = (): Archive => {
    if (current === null)
      throw new HoldfastError('archive-not-open', 'No archive is open. Open or create one first.');
    return current;
  };
  /** The open archive for an act that writes. */
  const writable = (): Archive => {
    if (quiet) {
      throw new HoldfastError(
        'archive-busy',
        'The passphrase is being changed, or something purged. Wait until that has ended, then try again.',
      );
    }
    return open();
  };
  const begin = async (input: Opening, start: (options: OpenOptions) => Promise<Archive>) => {
    if (current !== null || opening !== null) {
      throw new HoldfastError('archive-already-open', 'An archive is open here already. Lock it first.');
    }
    const starting = openingOptions(input).then(start);
    opening = starting;
    try {
      current = await starting;
      if (input.identity != null) rememberIdentityPath(current, input.identity.path);
      warm(current);
      return archiveStatus(current);
    } finally {
      opening = null;
    }
  };
  /**
   * Long work on the archive: locking stops it and waits for it, so that nothing writes into a closed file. Its byte
   * streams end with it, whatever the other side does: nobody may hold up a lock by sending or taking nothing.
   */
  const work = <T>(
    context: CallContext,
    act: (archive: Archive, context: CallContext) => Promise<T>,
  ): Promise<T> => {
    const signal = AbortSignal.any([context.signal, locking.signal]);
    const done = act(writable(), {
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
    // A passphrase change that had come to its end put another in its place.
    const last = replaced ?? archive;
    replaced = null;
    if (last?.db.open === true) closeArchive(last);
  };

  /** Alone, because whatever else is under way writes into a file that is about to be replaced. */
  const alone = <T>(
    context: CallContext,
    act: (archive: Archive, work: WorkOptions, replaced: (archive: Archive) => void) => Promise<T>,
  ): Promise<T> => {
    if (running.size > 0) {
      throw new HoldfastError(
        'archive-busy',
        'Other work on the archive is under way. Wait until it has ended, or stop it, then try again.',
      );
    }
    return work(context, async (archive, { signal, progress }) => {
      quiet = true;
      try {
        return await act(archive, { signal, progress }, (changed) => {
          // Locked meanwhile: whoever locks waits for this, and closes what is there then.
          if (current === archive) current = changed;
          else replaced = changed;
        });
      } catch (error) {
        if (!archive.db.open && current === archive) {
          archive.lock.release();
          current = null;
        }
        throw error;
      } finally {
        quiet = false;
      }
    });
  };

  /** What a purge left in the file, once nothing else is under way; what hinders it, the next opening tries again. */
  const cleanIfIdle = (): void => {
    if (current === null || quiet || running.size > 0) return;
    const context = {
      signal: locking.signal,
      progress: () => undefined,
      bytesIn: nothingIn,
      bytesOut: nothingOut,
    };
    void alone(context, cleanFile).catch(() => undefined);
  };

  const printing = new PrintDesk();
  const policies = policyHandlers(open, writable, work);
  const handlers: HostHandlers = {
    'archive.create': (input) =>
      begin(input, (options) => createArchive({ ...options, clauses: starterPack })),
    'archive.open': (input) => begin(input, openArchive),
    'archive.lock': async () => {
      await lock();
      return {};
    },
    'archive.status': async () => (current === null ? null : archiveStatus(current)),
    'archive.rebuild': async () => rebuild(writable()),
    'archive.backup': ({ path }, context) =>
      work(context, (archive, { signal, progress }) => backUp(archive, path, { signal, progress })),
    'archive.restore': async ({ backupPath, ...input }, { signal, progress }) => {
      if (current !== null && isSameFile(current.path, backupPath)) {
        throw new HoldfastError('archive-in-use', 'This is the archive that is open, not a backup of it.');
      }
      const order = { ...(await openingOptions(input)), backupPath };
      return restoreBackup(order, { signal, progress });
    },
    'archive.check': (_input, context) =>
      work(context, (archive, { signal, progress }) => checkWhole(archive, { signal, progress })),
    'archive.recoverySheet': async ({ path, secret }) => writeRecoverySheet(writable(), path, secret),
    'passphrase.estimate': async () => estimatePassphraseChange(open()),
    'passphrase.change': async (input, context) =>
      alone(context, (archive, options, put) => changePassphrase(archive, input, options, put)),
    'purge.plan': async ({ captureId }) => planPurge(open(), captureId),
    'purge.capture': async (order, context) =>
      alone(context, (archive, options, put) => purgeAndClean(archive, order, options, put)),
    'recording.purge': async (order) => {
      const line = stopAndPurge(writable(), order);
      void Promise.all(running).then(cleanIfIdle);
      return line;
    },
    ...keepingHandlers(open, writable),
    'events.list': async (page) => listEvents(open(), page),
    'log.status': async () => logStatus(open()),
    'log.verify': (_input, context) =>
      work(context, (archive, { signal, progress }) => verifyLog(archive, { signal, progress })),
    'log.checkpoint': async () => describeCheckpoint(open(), makeCheckpoint(writable())),
    'log.prove': async ({ captureId, path }) => writeCaptureProof(writable(), captureId, path),
    'import.files': ({ paths, ...named }, context) =>
      work(context, (archive, { signal, progress }) =>
        importFiles(archive, paths, { signal, progress, named }),
      ),
    'import.stream': ({ name }, context) =>
      work(context, async (archive, { signal, progress, bytesIn }) => {
        const report = emptyReport();
        addToReport(report, name, await importFile(archive, name, bytesIn(), { signal, progress }));
        return report;
      }),
    'recording.begin': async (begin) => recordingSink(writable()).begin(begin),
    'recording.exchange': ({ captureId, exchange }, context) =>
      work(context, async (archive, { signal, bytesIn }) => {
        await recordingSink(archive, { signal }).exchange(captureId, exchange, bytesIn());
        return {};
      }),
    'recording.exchangeEnd': async ({ captureId, end }) => {
      await recordingSink(writable()).exchangeEnd(captureId, end);
      return {};
    },
    'recording.secrets': async ({ captureId, secrets }) => {
      await recordingSink(writable()).secrets(captureId, secrets);
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
    'capture.events': async ({ captureId, limit }) => eventsOf(open(), captureId, limit),
    'replay.resource': ({ captureId, url }, context) =>
      work(context, async (archive, reply) => {
        const { stored, ...about } = await followResource(archive, captureId, url);
        await send(readStored(archive, stored), reply);
        return about;
      }),
    'capture.reread': (order, context) =>
      work(context, (archive, { signal, progress }) => rereadCapture(archive, order, { signal, progress })),
    'capture.get': async ({ captureId }) => requireCapture(open(), captureId),
    'posts.list': async ({ query, offset, limit }) => listPosts(open(), query, offset, limit),
    'posts.get': async ({ postId }) => requirePost(open(), postId),
    'clauses.list': async ({ query, platform }) => ({ clauses: listClauses(open(), query, platform) }),
    ...tagHandlers(open, writable),
    'identity.create': ({ path, passphrase, ...about }) =>
      createIdentityFile(path, passphrase, about, new Date()),
    'identity.import': ({ from, to }) => importIdentityFile(from, to, new Date()),
    'identity.show': async ({ path, passphrase }) =>
      (await readCertificateFile(path, async () => given(passphrase))).facts,
    'signers.list': async () => ({ signers: listSigners(open()), identityPath: lastIdentityPath(open()) }),
    'signers.add': ({ path, passphrase, label }, context) =>
      work(context, async (archive) =>
        addSigner(archive, await readCertificateFile(path, async () => given(passphrase)), label),
      ),
    'signers.replace': ({ old, oldIdentity, successor, because }, context) =>
      work(context, async (archive) =>
        replaceSigner(archive, {
          old,
          oldIdentity:
            oldIdentity === null
              ? null
              : await readIdentityFile(oldIdentity.path, given(oldIdentity.passphrase)),
          successor: await readIdentityFile(successor.path, given(successor.passphrase)),
          because,
        }),
      ),
    'signers.saveCertificate': async ({ signerId, path }) => saveCertificate(open(), signerId, path),
    'bundle.compile': async ({ identityPath, identityPassphrase, ...order }, context) => {
      try {
        return await work(context, async (archive, { signal, progress }) => {
          const identity = await readIdentityFile(identityPath, given(identityPassphrase));
          const print = printing.printer();
          const report = await compileBundle(archive, { ...order, identity }, { signal, progress, print });
          rememberIdentityPath(archive, identityPath);
          return report;
        });
      } finally {
        printing.end();
      }
    },
    'bundle.certification': ({ path, form }, { signal, progress }) =>
      certificationLines(path, form, { signal, progress }),
    'bundle.certify': async ({ path, identity, ...said }, { signal, progress }) =>
      certifyBundle(
        {
          ...said,
          path,
          out: certificateBeside(path),
          identity: await readIdentityFile(identity.path, given(identity.passphrase)),
          at: new Date(),
        },
        { signal, progress },
      ),
    'bundle.verify': ({ path, ...named }, { signal, progress }) =>
      checkFile(path, named, { signal, progress }),
    ...leavingHandlers(open, writable, work),
    ...timestampHandlers(writable, () => current !== null, work),
    ...reviewHandlers(open, writable),
    ...personaHandlers(open, writable),
    ...batchHandlers(open, writable),
    ...watchHandlers(open, writable),
    ...printing.handlers,
    ...caseHandlers(open, writable),
    ...policies,
    'policies.import': async (order, context) => {
      const report = await policies['policies.import'](order, context);
      if (current !== null) warm(current);
      return report;
    },
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
