/**
 * A complete `window.holdfast` in memory, for looking at the window and testing it without a main process.
 * It keeps the contract where a mistake of the window could hide: quotes must stand at their offsets, passphrases
 * must fit, nothing is answered while no archive is open.
 */

import type { PushChannel, PushMessage, ShellInput } from '../../../contract/channels.ts';
import type { ErrorCode, Result } from '../../../contract/errors.ts';
import { leavingOrderSchema } from '../../../contract/model/leaving.ts';
import type { Redaction } from '../../../contract/model/redaction.ts';
import type { Tag } from '../../../contract/model/tag.ts';
import type { CaptureVerdict } from '../../../contract/model/verdict.ts';
import type { HoldfastWindow } from '../../../contract/window.ts';
import {
  captureLines,
  captureOf,
  eventOf,
  exchangesOf,
  type FakeArchive,
  lineOf,
  postOf,
  search,
  statusOf,
} from './archive.ts';
import { fakeCases, makeFakeCases } from './cases.ts';
import { clauses } from './clauses.ts';
import { makeFakeDoor } from './door.ts';
import { hashOf, idOf, tagSpace } from './ids.ts';
import { makeFakeKeeping } from './keeping.ts';
import { leavingOf, noWords, redactionOf } from './leaving.ts';
import { checkpointOf, logReportOf, logStatusOf, passes } from './log.ts';
import { fakePersonas, makeFakePersonas } from './personas.ts';
import {
  addFakeCorrection,
  addFakeLink,
  addFakeStatement,
  fakeClauses,
  fakeClausesOn,
  fakeDiff,
  fakeHistory,
  fakePolicies,
  fakeVersions,
} from './policies.ts';
import {
  backupReportOf,
  bundleReportOf,
  checkedOf,
  checkReportOf,
  importReport,
  restoreReportOf,
  signer,
  signers,
  takenOver,
  written,
} from './reports.ts';
import { rereadReportOf } from './reread.ts';
import { makeFakeReview } from './review.ts';
import { findClauses, makeTag, namedSlots, prepare, startTagging, suggest } from './tagging.ts';
import { bundleStampOf, stamp, timeBasisOf, timestampListOf } from './timestamps.ts';
import { makeFakeUnseen } from './unseen.ts';
import { captureResultOf, makeFakeView } from './view.ts';

export interface FakeOptions {
  /** Whether an archive is open at the start. */
  open: boolean;
  posts: number;
  /** Errors to answer, by the name of the function. */
  errors: Record<string, { code: ErrorCode; message: string }>;
  /** What the dialogs answer; null: cancelled. */
  dialogPath: string | null;
  /** Long work waits at half its way until `fake.release()`. */
  hold: boolean;
  verdict: 'trusted' | 'consistent' | 'failed';
  captureVerdict: CaptureVerdict;
  /** What a check finds. */
  whole: boolean;
  encrypted: boolean;
  /** Whether the system has a keychain that may be used. */
  keychain: boolean;
  /** Whether stamps were asked for and attached before. */
  stamps: boolean;
  logVerdict: 'in order' | 'not in order';
  /** Tags in the review inbox that were there before. */
  otherTags: number;
  /** Tags that are not shown because of a sample. */
  hidden: number;
}

/** What a test may do to the fake while the window runs. */
export interface FakeControls {
  push<C extends PushChannel>(channel: C, message: PushMessage<C>): void;
  release(): void;
  /** Calls that wait for `release`, by name. */
  holding: string[];
  /** Errors to answer from now on. */
  errors: FakeOptions['errors'];
  /** The host dies and comes back: no archive is open any more. */
  crashHost(): void;
  /** Every call, in order. */
  calls: { name: string; input: unknown }[];
  copied: string[];
  /** Where the window wants the page of the capture view. */
  placed: ShellInput<'view.place'> | null;
}

/** The identity file that the archive remembers. */
const keptPath = '/home/dana/identity.p12';
const right = 'correct horse battery staple';

export function makeFake(options: FakeOptions): { holdfast: HoldfastWindow; controls: FakeControls } {
  let archive: FakeArchive | null = options.open
    ? fresh('/home/dana/evidence.holdfast', options.encrypted, 'Dana Invented', options.posts)
    : null;
  const listeners = new Map<PushChannel, Set<(message: never) => void>>();
  const waiting = new Set<() => void>();
  const cancelled = new Set<number>();
  const calls: FakeControls['calls'] = [];
  const copied: string[] = [];
  const redactions: Redaction[] = [];
  let idleMinutes: number | null = 15;

  function fresh(path: string, encrypted: boolean, actorName: string, posts: number): FakeArchive {
    const signed = posts === 0 ? 0 : 4990;
    return {
      path,
      encrypted,
      actorName,
      posts,
      events: 5000,
      tags: [],
      lastBackup: null,
      proven: false,
      signed,
    };
  }
  function push<C extends PushChannel>(channel: C, message: PushMessage<C>): void {
    for (const listener of listeners.get(channel) ?? [])
      (listener as (message: PushMessage<C>) => void)(message);
  }
  function listen(channel: PushChannel) {
    return (listener: (message: never) => void) => {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return () => {
        set.delete(listener);
      };
    };
  }
  function fail<T>(code: ErrorCode, message: string): Result<T> {
    return { ok: false, error: { code, message, details: {} } };
  }
  /** Records the call, then answers an ordered error or what `answer` says. */
  async function answer<T>(
    name: string,
    input: unknown,
    work: () => Result<T> | Promise<Result<T>>,
  ): Promise<Result<T>> {
    calls.push({ name, input });
    const ordered = controls.errors[name];
    if (ordered !== undefined) return fail(ordered.code, ordered.message);
    return work();
  }
  function withArchive<T>(work: (open: FakeArchive) => Result<T>): Result<T> {
    return archive === null ? fail('archive-not-open', 'No archive is open. Open one first.') : work(archive);
  }
  /** Long work: half, wait if told to, whole; cancelled in between where asked. */
  async function long<T>(
    callId: number | undefined,
    step: string,
    work: () => Result<T>,
  ): Promise<Result<T>> {
    const report = (done: number) => {
      if (callId !== undefined) push('progress', { callId, step, done, total: 1_000_000, unit: 'bytes' });
    };
    report(500_000);
    if (options.hold) await new Promise<void>((resolve) => waiting.add(resolve));
    if (callId !== undefined && cancelled.has(callId))
      return fail('cancelled', 'The work was cancelled; what was stored before stays.');
    report(1_000_000);
    return work();
  }
  function release(): void {
    for (const resume of waiting) resume();
    waiting.clear();
  }

  /** Waits until the test says so, where it said before that calls of this name are to wait. */
  async function held(name: string): Promise<void> {
    if (controls.holding.includes(name)) await new Promise<void>((resolve) => waiting.add(resolve));
  }

  const tagging = startTagging();
  const kept = new Set<string>();
  const keychain = () => ({
    available: options.keychain,
    reason: options.keychain
      ? null
      : 'Without a keyring this system would hide the passphrase under a key that everybody knows (basic_text). Holdfast refuses that; nothing was stored.',
    paths: [...kept],
  });

  const personas = fakePersonas();
  const cases = fakeCases();
  const view = makeFakeView((state) => push('view', state), personas);

  const holdfast: HoldfastWindow = {
    createArchive: (input) =>
      answer('createArchive', input, () => {
        archive = fresh(input.path, input.passphrase !== null, input.actorName, 0);
        archive.proven = input.identity != null;
        return { ok: true, value: statusOf(archive) };
      }),
    openArchive: (input) =>
      answer('openArchive', input, () => {
        if (input.recovery === undefined && input.passphrase !== right) {
          return fail(
            'wrong-passphrase',
            'The passphrase does not fit this archive, or the file is not encrypted with SQLCipher 4.',
          );
        }
        archive = fresh(input.path, true, input.actorName || 'Dana Invented', options.posts);
        archive.proven = input.identity != null;
        return { ok: true, value: statusOf(archive) };
      }),
    lockArchive: (input) =>
      answer('lockArchive', input, () => {
        archive = null;
        return { ok: true, value: {} };
      }),
    archiveStatus: (input) =>
      answer('archiveStatus', input, () => ({
        ok: true,
        value: archive === null ? null : statusOf(archive),
      })),
    rebuild: (input) =>
      answer('rebuild', input, () => ({ ok: true, value: { events: 5000, differences: [] } })),
    backUp: (input, callId) =>
      answer('backUp', input, () =>
        long(callId, 'Copying', () =>
          withArchive((open) => {
            const report = backupReportOf(input.path);
            open.lastBackup = { time: '2026-01-05T09:00:00.000Z', size: report.size, sha256: report.sha256 };
            return { ok: true, value: report };
          }),
        ),
      ),
    restore: (input, callId) =>
      answer('restore', input, () =>
        long(callId, 'Copying', () => ({ ok: true, value: restoreReportOf(input.path) })),
      ),
    checkArchive: (input, callId) =>
      answer('checkArchive', input, () =>
        long(callId, 'Checking the pages', () => ({ ok: true, value: checkReportOf(options.whole) })),
      ),
    saveRecoverySheet: (input) =>
      answer('saveRecoverySheet', input, () => ({
        ok: true,
        value: { sheetId: idOf(7, 2), path: input.path, format: 'pdf' },
      })),
    estimatePassphrase: (input) =>
      answer('estimatePassphrase', input, () => ({
        ok: true,
        value: { needed: 58_392_576, free: 9_000_000_000, seconds: 4 },
      })),
    changePassphrase: (input, callId) =>
      answer('changePassphrase', input, () =>
        long(callId, 'Writing under the new key', () =>
          withArchive((open) => {
            const from = open.encrypted ? 'encrypted' : 'plain';
            open.encrypted = true;
            return {
              ok: true,
              value: { from, size: 57_344_000, head: { size: 5001, leafHash: hashOf('head') } },
            };
          }),
        ),
      ),
    ...makeFakeUnseen({ answer, withArchive, fail, push, long }, options.posts === 0),
    ...makeFakeKeeping(
      {
        answer,
        withArchive,
        fail,
        push,
        long,
        closeView: () => {
          const url = view.url();
          view.close();
          return url;
        },
      },
      options.posts === 0,
    ),
    lockSettings: (input) => answer('lockSettings', input, () => ({ ok: true, value: { idleMinutes } })),
    setLock: (input) =>
      answer('setLock', input, () => {
        idleMinutes = input.idleMinutes;
        return { ok: true, value: { idleMinutes } };
      }),
    listEvents: (input) =>
      answer('listEvents', input, () =>
        withArchive((open) => {
          const total = open.events + open.tags.length;
          const { before, limit, offset = 0, filter = {} } = input;
          const newest = (before ?? total) - 1;
          if (Object.keys(filter).length > 0) {
            const all = Array.from({ length: total }, (_, at) => eventOf(open, total - 1 - at));
            const found = all.filter((event) => passes(event, filter));
            const from = found.filter(({ seq }) => seq <= newest);
            return { ok: true, value: { total: found.length, events: from.slice(offset, offset + limit) } };
          }
          const length = Math.max(0, Math.min(limit, newest + 1));
          return {
            ok: true,
            value: { total, events: Array.from({ length }, (_, at) => eventOf(open, newest - at)) },
          };
        }),
      ),
    logStatus: (input) =>
      answer('logStatus', input, () => withArchive((open) => ({ ok: true, value: logStatusOf(open) }))),
    verifyLog: (input, callId) =>
      answer('verifyLog', input, () =>
        long(callId, 'Artifacts', () => ({ ok: true, value: logReportOf(options.logVerdict) })),
      ),
    makeCheckpoint: (input) =>
      answer('makeCheckpoint', input, () =>
        withArchive((open) => {
          open.signed = open.events + open.tags.length;
          return { ok: true, value: checkpointOf(open) };
        }),
      ),
    proveCapture: (input) =>
      answer('proveCapture', input, () =>
        withArchive((open) => {
          const { origin, vkey } = checkpointOf(open);
          return { ok: true, value: { path: input.path, seq: 3, size: open.events, origin, vkey } };
        }),
      ),
    importFiles: (input, callId) =>
      answer('importFiles', input, () =>
        long(callId, 'Reading page.html', () => ({ ok: true, value: importReport })),
      ),
    importClipboard: (input) =>
      answer('importClipboard', input, () => ({
        ok: true,
        value: { ...importReport, warnings: [], refused: [] },
      })),
    listCaptures: (input) =>
      answer('listCaptures', input, () =>
        withArchive((open) => {
          const lines = captureLines(open, input.show ?? 'all');
          return {
            ok: true,
            value: {
              total: lines.length,
              captures: lines.slice(input.offset, input.offset + input.limit),
            },
          };
        }),
      ),
    listExchanges: (input) =>
      answer('listExchanges', input, () =>
        withArchive(() => ({ ok: true, value: exchangesOf(input.offset, input.limit) })),
      ),
    listCaptureEvents: (input) =>
      answer('listCaptureEvents', input, () =>
        withArchive((open) => ({
          ok: true,
          value: { total: 3, events: [3, 4, 5].map((seq) => eventOf(open, seq)) },
        })),
      ),
    getCapture: (input) =>
      answer('getCapture', input, () =>
        withArchive((open) => {
          const capture = captureOf(open, input.captureId);
          return capture === null
            ? fail('capture-not-found', 'There is no such capture.')
            : { ok: true, value: capture };
        }),
      ),
    rereadCapture: (input) =>
      answer('rereadCapture', input, () =>
        withArchive(() => ({ ok: true, value: rereadReportOf(input.captureId, input.keep) })),
      ),
    listPosts: (input) =>
      answer('listPosts', input, () =>
        withArchive((open) => {
          const { total, totalIsLowerBound, found } = search(open, input.query, input.offset, input.limit);
          return {
            ok: true,
            value: { total, totalIsLowerBound, posts: found.map((index) => lineOf(open, index)) },
          };
        }),
      ),
    getPost: (input) =>
      answer('getPost', input, async () => {
        await held('getPost');
        return withArchive((open) => {
          const post = postOf(open, input.postId);
          return post === null ? fail('post-not-found', 'There is no such post.') : { ok: true, value: post };
        });
      }),
    listClauses: (input) =>
      answer('listClauses', input, () => ({ ok: true, value: { clauses: [...clauses] } })),
    listTags: (input) =>
      answer('listTags', input, () =>
        withArchive((open) => ({
          ok: true,
          value: {
            tags: open.tags.filter((tag) => tag.postId === input.postId),
            hidden: options.hidden,
          },
        })),
      ),
    addTag: (input) =>
      answer('addTag', input, async () => {
        await held('addTag');
        return withArchive((open) => {
          const post = postOf(open, input.postId);
          if (post === null) return fail('post-not-found', 'There is no such post.');
          const made = makeTag(post, input, tagging, open.actorName, open.tags.length);
          if (made.ok) open.tags.push(made.value);
          // As main does.
          if (made.ok) push('changed', { what: 'tags' });
          return made;
        });
      }),
    findClauses: (input) =>
      answer('findClauses', input, async () => {
        await held('findClauses');
        return { ok: true, value: { clauses: findClauses(input) } };
      }),
    prepareTag: (input) =>
      answer('prepareTag', input, () =>
        withArchive((open) => {
          const post = postOf(open, input.postId);
          if (post === null) return fail('post-not-found', 'There is no such post.');
          const prepared = prepare(post, input.clauseKey, tagging);
          return prepared === null
            ? fail('clause-not-found', 'There is no such clause.')
            : { ok: true, value: prepared };
        }),
      ),
    addTags: (input, callId) =>
      answer('addTags', input, () =>
        long(callId, 'Setting tags', () =>
          withArchive((open) => {
            const { postIds, ...judgement } = input;
            const batch = idOf(76, open.tags.length);
            const made: Tag[] = [];
            for (const postId of postIds) {
              const post = postOf(open, postId);
              if (post === null) return fail('post-not-found', `There is no post ${postId}. No tag was set.`);
              const draft = { ...judgement, postId };
              const one = makeTag(post, draft, tagging, open.actorName, open.tags.length + made.length);
              if (!one.ok) return one;
              made.push({ ...one.value, batch });
            }
            open.tags.push(...made);
            push('changed', { what: 'tags' });
            return { ok: true, value: { batch, tags: made.length } };
          }),
        ),
      ),
    getPalette: (input) =>
      answer('getPalette', input, () =>
        withArchive(() => ({ ok: true, value: { slots: namedSlots(tagging.slots) } })),
      ),
    arrangePalette: (input) =>
      answer('arrangePalette', input, () => {
        tagging.slots = input.slots;
        return { ok: true, value: {} };
      }),
    suggestTags: (input) =>
      answer('suggestTags', input, () =>
        withArchive((open) => {
          const post = postOf(open, input.postId);
          if (post === null) return fail('post-not-found', 'There is no such post.');
          return { ok: true, value: { suggestions: suggest(post, tagging.phrases, open.tags) } };
        }),
      ),
    addReport: (input) =>
      answer('addReport', input, () => {
        if (!/^\d{4}-\d\d-\d\d/.test(input.at))
          return fail('bad-input', `‘${input.at}’ is no day and no instant. Write it as 2021-01-31.`);
        const report = { ...input, id: idOf(77, tagging.reports.length) };
        tagging.reports.unshift(report);
        return { ok: true, value: report };
      }),
    listReports: (input) =>
      answer('listReports', input, () => ({
        ok: true,
        value: {
          reports: tagging.reports.filter(
            ({ posts }) => input.postId === null || posts.includes(input.postId),
          ),
        },
      })),
    ...makeFakePersonas({ answer, withArchive, fail }, personas),
    ...makeFakeCases({ answer, withArchive, fail }, cases),
    ...makeFakeReview({ answer, withArchive, fail, tagging }, options.otherTags),
    listPolicies: (input) =>
      answer('listPolicies', input, () =>
        withArchive((open) => ({ ok: true, value: { policies: open.posts === 0 ? [] : fakePolicies } })),
      ),
    listPolicyVersions: (input) =>
      answer('listPolicyVersions', input, () => ({
        ok: true,
        value: { versions: fakeVersions(input.policyId) },
      })),
    listVersionClauses: (input) =>
      answer('listVersionClauses', input, () => ({
        ok: true,
        value: { clauses: fakeClauses(input.versionId) },
      })),
    clausesOn: (input) =>
      answer('clausesOn', input, () => ({ ok: true, value: { clauses: fakeClausesOn(input.on) } })),
    diffPolicyVersions: (input) =>
      answer('diffPolicyVersions', input, () => ({ ok: true, value: fakeDiff(input.before, input.after) })),
    clauseHistory: (input) =>
      answer('clauseHistory', input, () => ({ ok: true, value: fakeHistory(input.key) })),
    importPolicy: (input, callId) =>
      answer('importPolicy', input, () =>
        long(callId, 'Policy versions', () => ({
          ok: true,
          value: {
            policy: fakePolicies[0]?.id ?? '',
            ...{ versions: 3, known: 0, clauses: 21, newKeys: 8, unmatched: 1, toConfirm: 1, bytes: 4200 },
            warnings: [
              {
                path: '20990101_rules.md',
                code: 'policy-dated-in-future',
                message:
                  '20990101_rules.md is dated 2099-01-01, which has not come yet by this computer’s clock.',
              },
            ],
          },
        })),
      ),
    addStatement: (input) =>
      answer('addStatement', input, () => ({ ok: true, value: addFakeStatement(input) })),
    linkClauses: (input) => answer('linkClauses', input, () => ({ ok: true, value: addFakeLink(input) })),
    correctClause: (input) =>
      answer('correctClause', input, () => ({ ok: true, value: addFakeCorrection(input) })),
    createIdentity: (input) => answer('createIdentity', input, () => ({ ok: true, value: written })),
    importIdentity: (input) => answer('importIdentity', input, () => ({ ok: true, value: takenOver })),
    showIdentity: (input) => answer('showIdentity', input, () => ({ ok: true, value: written.signer })),
    listSigners: (input) =>
      answer('listSigners', input, () =>
        withArchive((open) => ({
          ok: true,
          value: {
            signers: open.posts === 0 ? [] : [...signers],
            identityPath: open.posts === 0 ? null : keptPath,
          },
        })),
      ),
    addSigner: (input) =>
      answer('addSigner', input, () =>
        fail('signer-known', 'It is among the signers of this archive already.'),
      ),
    replaceSigner: (input) =>
      answer('replaceSigner', input, () => {
        const found = signers.find(({ certificate }) => certificate.fingerprint === input.old);
        return found === undefined ? fail('signer-not-found', 'No such signer.') : { ok: true, value: found };
      }),
    saveCertificate: (input) =>
      answer('saveCertificate', input, () => ({ ok: true, value: { path: input.path } })),
    keychainStatus: (input) => answer('keychainStatus', input, () => ({ ok: true, value: keychain() })),
    keepPassphrase: (input) =>
      answer('keepPassphrase', input, () => {
        kept.add(input.path);
        return { ok: true, value: keychain() };
      }),
    forgetPassphrase: (input) =>
      answer('forgetPassphrase', input, () => {
        kept.delete(input.path);
        return { ok: true, value: keychain() };
      }),
    compileBundle: (input, callId) =>
      answer('compileBundle', input, () =>
        long(callId, 'Writing files', () => ({ ok: true, value: bundleReportOf(input.path) })),
      ),
    previewBundle: (input, callId) =>
      answer('previewBundle', input, () =>
        long(callId, 'Looking', () => ({
          ok: true,
          value: leavingOf(leavingOrderSchema.parse(input.leaving)),
        })),
      ),
    listRedactions: (input) => answer('listRedactions', input, () => ({ ok: true, value: { redactions } })),
    addRedaction: (input) =>
      answer('addRedaction', input, () => {
        const made = redactionOf(input);
        redactions.push(made);
        return { ok: true, value: made };
      }),
    liftRedaction: (input) =>
      answer('liftRedaction', input, () => {
        const at = redactions.findIndex(({ id }) => id === input.redactionId);
        const lifted = { ...(redactions[at] ?? redactionOf(noWords)), lifted: true };
        redactions[at] = lifted;
        return { ok: true, value: lifted };
      }),
    certificationLines: (input) =>
      answer('certificationLines', input, () => ({
        ok: true,
        value: {
          bundleId: idOf(9, 1),
          signer,
          statements: [
            'I kept the records.',
            'I compared the digests.',
            'I certify neither authorship nor truth.',
          ],
        },
      })),
    certifyBundle: (input) =>
      answer('certifyBundle', input, () => ({
        ok: true,
        value: {
          path: `${input.path}.certificate.html`,
          signaturePath: `${input.path}.certificate.html.p7s`,
          bundleId: idOf(9, 1),
          zip: 'a1'.repeat(32),
          tagManifest: 'b2'.repeat(32),
          sha256: 'c3'.repeat(32),
          confirmed: [...input.confirmed],
          notConfirmed: [1, 2, 3].filter((n) => !input.confirmed.includes(n)),
        },
      })),
    verifyBundle: (input, callId) =>
      answer('verifyBundle', input, () =>
        long(callId, 'Hashing files', () => ({ ok: true, value: checkedOf(input.path, options.verdict) })),
      ),
    listTimestamps: (input) =>
      answer('listTimestamps', input, () =>
        withArchive(() => ({ ok: true, value: timestampListOf(options.stamps) })),
      ),
    timeBasis: (input) =>
      answer('timeBasis', input, () =>
        withArchive(() => ({ ok: true, value: timeBasisOf(input.captureId, options.stamps) })),
      ),
    requestTimestamp: (input) =>
      answer('requestTimestamp', input, () =>
        withArchive(() => ({
          ok: true,
          value: { id: idOf(tagSpace, 900), subject: { kind: 'checkpoint', size: 5000 }, request: 'MAA=' },
        })),
      ),
    attachTimestamp: (input) =>
      answer('attachTimestamp', input, () =>
        withArchive(() => ({
          ok: true,
          value: { request: idOf(tagSpace, 900), token: { ...stamp, trusted: input.tsaRoots.length > 0 } },
        })),
      ),
    askForTimestamp: (input) =>
      answer('askForTimestamp', input, () =>
        withArchive(() => ({ ok: true, value: { request: idOf(tagSpace, 900), token: stamp } })),
      ),
    requestBundleTimestamp: (input) =>
      answer('requestBundleTimestamp', input, () => ({
        ok: true,
        value: { kept: `${input.path}.tsq`, recorded: true },
      })),
    attachBundleTimestamp: (input) =>
      answer('attachBundleTimestamp', input, () => ({ ok: true, value: bundleStampOf(input.path) })),
    openDialog: (input) =>
      answer('openDialog', input, () => ({
        ok: true,
        value: { paths: options.dialogPath === null ? null : [options.dialogPath] },
      })),
    saveDialog: (input) =>
      answer('saveDialog', input, () => ({ ok: true, value: { path: options.dialogPath } })),
    openView: (input) => answer('openView', input, () => view.open(input.url, input.persona)),
    ...makeFakeDoor({ answer, push, long }),
    keepTrail: (input) => answer('keepTrail', input, () => view.trail(input.on)),
    lookOnly: (input) => answer('lookOnly', input, () => view.lookOnly(input.on)),
    closeView: (input) =>
      answer('closeView', input, () => {
        view.close();
        return { ok: true, value: {} };
      }),
    // Told with every change of the layout: only the newest is of use.
    placeView: async (input) => {
      controls.placed = input;
      return { ok: true, value: {} };
    },
    navigateView: (input) => answer('navigateView', input, () => view.go(input.address)),
    actOnView: (input) => answer('actOnView', input, () => view.act(input.act)),
    captureView: (input, callId) =>
      answer('captureView', input, async () => {
        view.capturing(true, input.autopilot);
        const result = await long(callId, 'Recording answers', () => ({
          ok: true,
          value: captureResultOf(options.captureVerdict, view.url()),
        }));
        view.capturing(false);
        return result;
      }),
    copyText: (input) =>
      answer('copyText', input, () => {
        copied.push(input.text);
        return { ok: true, value: {} };
      }),
    showInFolder: (input) => answer('showInFolder', input, () => ({ ok: true, value: {} })),
    info: (input) =>
      answer('info', input, () => ({
        ok: true,
        value: {
          version: '0.1.0',
          electron: '25.1.1',
          chromium: '114.0.5735.106',
          node: '18.15.0',
          hostNode: '24.21.0',
          archivePath: null,
          notForUsers: null,
        },
      })),
    cancel: (callId) => {
      calls.push({ name: 'cancel', input: callId });
      cancelled.add(callId);
      release();
    },
    onProgress: listen('progress'),
    onHost: listen('host'),
    onView: listen('view'),
    onDoor: listen('door'),
    onViewOrder: listen('viewOrder'),
    onViewPurged: listen('viewPurged'),
    onBatch: listen('batch'),
    onWatch: listen('watch'),
    onIdleLock: listen('idleLock'),
    onChanged: listen('changed'),
    pathsOf: (files) =>
      files.flatMap((file) => (file instanceof File ? [`/home/dana/dropped/${file.name}`] : [])),
  };
  const crashHost = () => {
    archive = null;
    push('host', { state: 'restarted', message: 'The archive host ended unexpectedly and a new one runs.' });
  };
  const controls: FakeControls = {
    ...{ push, release, crashHost, calls, copied, placed: null },
    ...{ holding: [], errors: options.errors },
  };
  return { holdfast, controls };
}
