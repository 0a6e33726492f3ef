/** What the time of a capture rests on, in facts and in sentences. */
import { HoldfastError } from '../../contract/errors.ts';
import type { Capture } from '../../contract/model/capture.ts';
import type { TimeBasis } from '../../contract/model/timestamp.ts';
import { captureOrigin } from '../../db/capture.ts';
import { earliestBundleStamp, earliestStampCovering } from '../../db/timestamp.ts';
import type { Archive } from '../archive.ts';
import { requireCapture } from '../posts.ts';

/**
 * Own clock, servers' clocks, and the earliest stamp of a checkpoint that covers the capture.
 * Errors: `capture-not-found`.
 */
export function timeBasis(archive: Archive, captureId: string): TimeBasis {
  const capture = requireCapture(archive, captureId);
  const origin = captureOrigin(archive.db, captureId);
  if (origin === null) {
    throw new HoldfastError('capture-not-found', `There is no capture ${captureId} in this archive.`);
  }
  const ownClock = capture.recording?.startedAt ?? capture.receivedAt;
  const servers = serversOf(capture);
  // A checkpoint of n leaves covers the events 0 to n - 1.
  const stamp = stampOf(archive, origin.eventSeq + 1, ownClock);
  const bundleStamp = bundleStampOf(archive, captureId);
  const words = [
    ...wordsOf(capture, ownClock, servers),
    ...stampWords(stamp, bundleStamp !== null),
    ...bundleWords(bundleStamp),
  ];
  return { captureId, ownClock, servers, stamp, bundleStamp, words };
}

function serversOf({ recording }: Capture): TimeBasis['servers'] {
  const seconds = recording?.serverClock.map((clock) => clock.seconds) ?? [];
  if (seconds.length === 0) return null;
  return { hosts: seconds.length, least: Math.min(...seconds), most: Math.max(...seconds) };
}

function stampOf(archive: Archive, size: number, ownClock: string): TimeBasis['stamp'] {
  const found = earliestStampCovering(archive.db, size);
  if (found === null || found.token === null || found.subject.kind !== 'checkpoint') return null;
  const { genTime, authority, fingerprint, trusted, revocation } = found.token;
  const gapSeconds = (Date.parse(genTime) - Date.parse(ownClock)) / 1000;
  return { size: found.subject.size, genTime, authority, fingerprint, trusted, revocation, gapSeconds };
}

function bundleStampOf(archive: Archive, captureId: string): TimeBasis['bundleStamp'] {
  const found = earliestBundleStamp(archive.db, captureId);
  if (found === null || found.token === null || found.subject.kind !== 'bundle') return null;
  const { genTime, authority, fingerprint, trusted, revocation } = found.token;
  return { bundle: found.subject.bundle, genTime, authority, fingerprint, trusted, revocation };
}

function wordsOf({ recording }: Capture, ownClock: string, servers: TimeBasis['servers']): string[] {
  const act = recording === null ? 'was received' : 'began';
  return [
    `By this computer's own clock the capture ${act} at ${ownClock}; nobody else vouches for that clock.`,
    serverWords(recording !== null, servers),
  ];
}

function serverWords(recorded: boolean, servers: TimeBasis['servers']): string {
  if (servers === null) {
    return recorded
      ? 'No server told its own time while it was recorded.'
      : 'It was imported: no server was asked for its time.';
  }
  const { hosts, least, most } = servers;
  const who = hosts === 1 ? 'One server' : `${hosts} servers`;
  const by = least === most ? `${offset(least)}` : `between ${offset(least)} and ${offset(most)}`;
  return `${who} told the time while it was recorded: ${by} compared with this clock. That is evidence of the clock, seen by this computer alone.`;
}

function offset(seconds: number): string {
  if (seconds === 0) return 'the same to the second';
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`;
}

function stampWords(stamp: TimeBasis['stamp'], isInStampedBundle: boolean): string[] {
  if (stamp === null && isInStampedBundle) return ['No timestamp of the custody log covers it yet.'];
  if (stamp === null) {
    return [
      'No timestamp of this archive covers it yet: that it existed by any time is the word of whoever holds the archive.',
    ];
  }
  const { genTime, authority, size, gapSeconds, trusted } = stamp;
  return [
    trusted
      ? `It existed not later than ${genTime}: the authority "${authority}" stamped the custody log at ${size} events then, and the capture stands in it.`
      : `If "${authority}" is to be believed, it existed not later than ${genTime}: the custody log was stamped at ${size} events then, and the capture stands in it.`,
    `Between the capture, by this computer's clock, and the stamp lie ${duration(gapSeconds)}; within that time only this computer's clock speaks.`,
    ...trustWords(authority, trusted),
  ];
}

function bundleWords(stamp: TimeBasis['bundleStamp']): string[] {
  if (stamp === null) return [];
  const { bundle, genTime, authority, trusted } = stamp;
  return [
    `A bundle that holds it was stamped at ${genTime} by the authority "${authority}" (bundle ${bundle}): what that bundle shows of it existed not later.`,
    ...trustWords(authority, trusted),
  ];
}

function trustWords(authority: string, trusted: boolean): string[] {
  if (trusted) return [];
  return [
    `Nobody named "${authority}" as trusted when the stamp was attached: compare the fingerprint of its certificate with what the authority publishes.`,
  ];
}

/** '3 days 4 h', '2 h 5 min', '14 s'; a negative gap is said as one. */
function duration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'days'],
    [Math.floor((whole % 86_400) / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = (first < 0 ? parts.slice(-1) : parts.slice(first, first + 2)).filter(
    ([count], i) => i === 0 || count > 0,
  );
  const text = shown
    .map(([count, unit]) => `${count} ${unit === 'days' && count === 1 ? 'day' : unit}`)
    .join(' ');
  return seconds < -0.5 ? `minus ${text} (this computer's clock is ahead)` : text;
}
