/** The watch list: what is on it, and when it is looked at. */
import type { z } from 'zod';
import { webAddress } from '../../contract/address-list.ts';
import { HoldfastError } from '../../contract/errors.ts';
import type { WordChange } from '../../contract/model/policy.ts';
import type { Post } from '../../contract/model/post.ts';
import type { Vantage, Watch, WatchCheck, WatchState, watchDraftSchema } from '../../contract/model/watch.ts';
import { inTransaction } from '../../db/handle.ts';
import { getPost } from '../../db/post.ts';
import {
  getCheckOf,
  getWatch,
  listChecksWithout,
  listDueWatches,
  listWatchChecks,
  listWatchesOf,
  type StoredWatch,
  listWatches as storedWatches,
} from '../../db/watch.ts';
import { newId } from '../../evidence/id.ts';
import { diffWords } from '../../evidence/policy/diff.ts';
import type { Archive } from '../archive.ts';
import { requireActive } from '../personas/personas.ts';
import { requireCapture, requirePost } from '../posts.ts';
import { recordEvent } from '../record.ts';
import { isTimeZone, missedSince, nextCheck } from './schedule.ts';

/** Errors: `watch-not-found`. */
export function requireWatch(archive: Archive, watchId: string): StoredWatch {
  const watch = getWatch(archive.db, watchId);
  if (watch !== null) return watch;
  throw new HoldfastError(
    'watch-not-found',
    `There is nothing with the id ${watchId} on the watch list. 'holdfast watch list' shows it.`,
  );
}

/** Whether the two looked from different places: under another persona, or over networks that were stated to differ. */
function differs(a: Vantage, b: Vantage): boolean {
  return a.persona !== b.persona || (a.network !== null && b.network !== null && a.network !== b.network);
}

function goneBy(checks: readonly WatchCheck[]): Watch['gone'] {
  const [first] = checks;
  const second = first && checks.find(({ vantage }) => differs(first.vantage, vantage));
  return first === undefined || second === undefined ? null : { first, second };
}

/** The capture of the first check that a further one from `vantage` agrees with, since it was last seen; null: none. */
export function confirmedBy(archive: Archive, watchId: string, vantage: Vantage): string | null {
  const checks = listChecksWithout(archive.db, watchId);
  return checks.find((check) => differs(check.vantage, vantage))?.captureId ?? null;
}

function describe(archive: Archive, watch: StoredWatch): Watch {
  const { nextAt, schedule } = watch;
  const now = archive.clock();
  const isDue = nextAt !== null && Date.parse(nextAt) <= now.getTime();
  return {
    ...watch,
    // The one that is due now, and those that would have followed it.
    overdue: isDue ? 1 + missedSince(schedule, new Date(nextAt), now) : 0,
    lastCheck: listWatchChecks(archive.db, watch.id, 1)[0] ?? null,
    gone: goneBy(listChecksWithout(archive.db, watch.id)),
  };
}

/** What is checked next comes first, then what is paused, then what has ended. */
export function listWatches(
  archive: Archive,
  offset: number,
  limit: number,
): { total: number; watches: Watch[] } {
  const { total, watches } = storedWatches(archive.db, offset, limit);
  return { total, watches: watches.map((watch) => describe(archive, watch)) };
}

/** What is to be checked by now, the longest overdue first. */
export function dueWatches(archive: Archive): Watch[] {
  return listDueWatches(archive.db, archive.clock().toISOString()).map((watch) => describe(archive, watch));
}

/** What is watched of a post, also by other readings of it. Errors: `post-not-found`. */
export function watchesOf(archive: Archive, postId: string): Watch[] {
  requirePost(archive, postId);
  return listWatchesOf(archive.db, postId).map((watch) => describe(archive, watch));
}

/** With its checks, the newest first. Errors: `watch-not-found`. */
export function readWatch(
  archive: Archive,
  watchId: string,
  limit: number,
): { watch: Watch; checks: WatchCheck[] } {
  const watch = describe(archive, requireWatch(archive, watchId));
  return { watch, checks: listWatchChecks(archive.db, watchId, limit) };
}

/**
 * Where a post is to be looked at: at the address that its platform's reader made of the platform's id, else where it
 * was captured; what a page says of its own address comes last, because it may say anything.
 */
function placeOf(archive: Archive, postId: string): string | null {
  const { captureId, content } = requirePost(archive, postId);
  if (content.platformId !== null && content.url !== null) return content.url;
  return requireCapture(archive, captureId).url ?? content.url;
}

function addressOf(archive: Archive, { postId, url }: Draft): string {
  const address = url ?? (postId === null ? null : placeOf(archive, postId));
  if (address === null) {
    throw new HoldfastError(
      'bad-input',
      'The post names no address of its own, so it cannot be looked at again. Give the address.',
    );
  }
  const checked = webAddress(address);
  if ('message' in checked) throw new HoldfastError('bad-input', checked.message);
  return checked.url;
}

type Draft = z.output<typeof watchDraftSchema>;

/**
 * Puts a post, or an address, on the list. An address alone is due at once, so that there is something to compare with.
 * Errors: `post-not-found`, `persona-not-found`, `persona-retired`, `bad-input` for no address of the web, or a time
 * zone that this computer does not know.
 */
export function addWatch(archive: Archive, draft: Draft): Watch {
  const { schedule, postId, persona } = draft;
  const url = addressOf(archive, draft);
  if (postId !== null) requirePost(archive, postId);
  if (persona !== null) requireActive(archive, persona);
  if (schedule.hours !== null && !isTimeZone(schedule.hours.timeZone)) {
    throw new HoldfastError(
      'bad-input',
      `This computer knows no time zone ${schedule.hours.timeZone}. Give one such as Europe/Berlin.`,
    );
  }
  const now = archive.clock();
  const next = postId === null ? now : nextCheck(schedule, now, Math.random);
  const watch = newId();
  inTransaction(archive.db, () =>
    recordEvent(archive, 'watch.added', {
      watch,
      url,
      post: postId,
      persona,
      schedule,
      next: next.toISOString(),
    }),
  );
  return describe(archive, requireWatch(archive, watch));
}

/**
 * Pauses it, goes on with it, or ends it for good. What is so already stays so without a word in the log.
 * Errors: `watch-not-found`, `not-allowed` once it has ended.
 */
export function setWatch(archive: Archive, watchId: string, state: WatchState): Watch {
  const watch = requireWatch(archive, watchId);
  if (watch.state !== state) {
    if (watch.state === 'ended') {
      throw new HoldfastError('not-allowed', 'This was ended for good. Put it on the watch list again.');
    }
    const next = state === 'active' ? nextCheck(watch.schedule, archive.clock(), Math.random) : null;
    inTransaction(archive.db, () =>
      recordEvent(archive, 'watch.set', { watch: watchId, state, next: next?.toISOString() ?? null }),
    );
  }
  return describe(archive, requireWatch(archive, watchId));
}

/**
 * Word by word, what a check found changed; empty where it compared nothing. Errors: `capture-not-found` where the
 * capture is no check.
 */
export function checkDiff(archive: Archive, captureId: string): WordChange[] {
  const check = getCheckOf(archive.db, captureId);
  if (check === null) {
    throw new HoldfastError('capture-not-found', `The capture ${captureId} is no check of the watch list.`);
  }
  const { post, comparedWith } = check.outcome;
  const now = post === null ? null : getPost(archive.db, post);
  const before = comparedWith === null ? null : getPost(archive.db, comparedWith);
  if (now === null || before === null) return [];
  const words = ({ content: { title, text } }: Post): string =>
    spaced(now.content.platformId === null || title === null ? text : `${title}\n${text}`);
  return diffWords(words(before), words(now));
}

/** How much white space stands between two words says nothing: checks do not compare it either. */
function spaced(text: string): string {
  return text
    .replace(/\s*\n\s*/gu, '\n')
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
}
