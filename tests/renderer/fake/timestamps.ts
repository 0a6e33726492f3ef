/** Stamps of an invented authority. */
import type {
  BundleStamp,
  TimeBasis,
  TimestampList,
  TimestampToken,
} from '../../../contract/model/timestamp.ts';
import { idOf, tagSpace } from './ids.ts';

const fingerprint = 'c0ffee'.padEnd(64, '0');

export const stamp: TimestampToken = {
  id: idOf(tagSpace, 901),
  sha256: 'ab'.repeat(32),
  attachedAt: '2026-01-05T18:02:00.000Z',
  genTime: '2026-01-05T17:58:12.000Z',
  accuracy: 1_000_000,
  authority: 'Invented Time Authority, Department of Long Names 2024',
  fingerprint,
  notAfter: '2035-11-25T23:59:59.000Z',
  policy: '1.2.3.4.1',
  serial: '4d',
  trusted: true,
  qualified: true,
  revocation: 'good',
  answers: 2,
};

const older: TimestampToken = {
  ...stamp,
  id: idOf(tagSpace, 902),
  genTime: '2025-12-01T17:58:12.000Z',
  notAfter: '2026-02-17T19:48:39.000Z',
  authority: 'هیئت زمان ساختگی',
  trusted: false,
  qualified: false,
  revocation: 'not-known',
  answers: 0,
};

export function timestampListOf(stamps: boolean): TimestampList {
  const uncovered = { events: stamps ? 7 : 5000, captures: 3, since: '2026-01-05T07:30:00.000Z' };
  if (!stamps) return { requests: [], uncovered, covered: null, suggested: true };
  const digest = 'cd'.repeat(32);
  const request = (n: number, token: TimestampToken | null, size: number) => ({
    id: idOf(tagSpace, n),
    subject: { kind: 'checkpoint' as const, size },
    digest,
    requestedAt: '2026-01-06T08:00:00.000Z',
    token,
  });
  return {
    requests: [
      { ...request(910, null, 5007), renewal: null },
      { ...request(911, stamp, 4993), renewal: 'not-yet' },
      { ...request(912, older, 1200), renewal: 'soon' },
    ],
    uncovered,
    covered: { size: 4993, genTime: stamp.genTime },
    suggested: false,
  };
}

export function timeBasisOf(captureId: string, stamps: boolean): TimeBasis {
  const ownClock = '2026-01-05T09:00:00.000Z';
  return {
    captureId,
    ownClock,
    servers: null,
    stamp: null,
    bundleStamp: null,
    words: [
      `By this computer's own clock the capture was received at ${ownClock}; nobody else vouches for that clock.`,
      'It was imported: no server was asked for its time.',
      stamps
        ? `It existed not later than ${stamp.genTime}: the authority "${stamp.authority}" stamped the custody log at 4993 events then, and the capture stands in it.`
        : 'No timestamp of this archive covers it yet: that it existed by any time is the word of whoever holds the archive.',
    ],
  };
}

export function bundleStampOf(path: string): BundleStamp {
  return {
    path,
    genTime: stamp.genTime,
    authority: stamp.authority,
    fingerprint,
    trusted: false,
    qualified: false,
    revocation: 'not-known',
    nonceCompared: true,
    recorded: true,
    added: ['sig/tagmanifest-sha256.txt.p7s.tsr'],
  };
}
