/**
 * Whether a clause was in force at a time, from when its text was seen. A sighting says that the text stood there then;
 * between two sightings of the same words it is taken to have stood all the time; between different ones nobody knows.
 */
import type { InForce, Seen } from '../../contract/model/policy.ts';

/** A span of time in milliseconds since 1970, both ends included: a day, or one instant. */
export interface Span {
  from: number;
  to: number;
}

export const dayLength = 24 * 60 * 60 * 1000;

/** Whether it is one whole day in UTC, or one instant. */
export function isDayOrInstant({ from, to }: Span): boolean {
  return from === to || (from % dayLength === 0 && to - from === dayLength - 1);
}

/** What a sighting covers: all of its day where only that is known. */
export function spanOf({ at, precision }: Seen): Span {
  const from = Date.parse(at);
  return { from, to: precision === 'day' ? from + dayLength - 1 : from };
}

/** One version as this clause sees it. */
export interface Sighting {
  version: string;
  seen: Seen;
  inForceFrom: string | null;
  /** What identifies its words there; null: the version does not have the clause. */
  words: string | null;
}

export interface InForceAnswer {
  inForce: Exclude<InForce, 'by-statement'>;
  why: string;
  /** Of versions: at that time, or else the nearest before and after. */
  restsOn: string[];
  /** Whose text is to be shown; null: the clause stands in none of them. */
  shows: string | null;
}

/** A time at which the text of a version is known to have stood: seen then, or by its own date. */
interface Point extends Span {
  sighting: Sighting;
  /** 'until': the next text says from when it is in force, and this one is taken to have been until then. */
  basis: 'seen' | 'effective' | 'until';
  /** The version whose date says so, where it is another. */
  byDateOf?: string;
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** When a text is first known to have been in place. */
function beginOf({ seen, inForceFrom }: Sighting): number {
  return inForceFrom === null ? spanOf(seen).from : Date.parse(inForceFrom);
}

function pointsOf(sightings: readonly Sighting[]): Point[] {
  const points: Point[] = [];
  for (const sighting of sightings) {
    const span = spanOf(sighting.seen);
    if (sighting.inForceFrom === null) {
      points.push({ ...span, sighting, basis: 'seen' });
      continue;
    }
    const start = Date.parse(sighting.inForceFrom);
    const before = sightings.findLast((other) => other !== sighting && beginOf(other) < start);
    // Up to the day from which it is in force, the text before it was.
    if (before !== undefined) {
      const until = { from: start - 1, to: start - 1, byDateOf: sighting.version };
      points.push({ ...until, sighting: before, basis: 'until' });
    }
    points.push({ from: start, to: start, sighting, basis: 'effective' });
    // A text may be published before it is in force; then seeing it says nothing about that time.
    if (span.from >= start) points.push({ ...span, sighting, basis: 'seen' });
  }
  return points.sort((a, b) => a.from - b.from || a.to - b.to);
}

function told({ from, basis }: Point): string {
  if (basis === 'until') return `taken to be in force until ${dayOf(from)}, as the next says from when it is`;
  return basis === 'seen' ? `seen ${dayOf(from)}` : `by its date in force on ${dayOf(from)}`;
}

/** `sightings` in the order of time. Never 'by-statement': statements are not text. */
export function inForceByText(sightings: readonly Sighting[], asked: Span): InForceAnswer {
  const points = pointsOf(sightings);
  const during = points.filter(({ from, to }) => from <= asked.to && to >= asked.from);
  // At an instant of a day on which a text was seen: the hour at which it was is not known.
  const isWithin = asked.from === asked.to && during.some(({ from, to }) => from < to);
  if (isWithin) return inForceThroughout(sightings, asked);
  if (during.length > 0) return answerOf(during, asked);
  const before = points.filter(({ to }) => to < asked.from).at(-1);
  const after = points.find(({ from }) => from > asked.to);
  if (before !== undefined && after !== undefined) return between(before, after);
  const nearest = before ?? after;
  if (nearest === undefined)
    return {
      inForce: 'not-known',
      why: 'No version of this policy is in the library.',
      restsOn: [],
      shows: null,
    };
  return {
    inForce: 'not-known',
    why:
      before === undefined
        ? `Asked for a time before the first version (${told(nearest)}): nothing older is in the library.`
        : `Asked for a time after the last version (${told(nearest)}): what it says since is not known.`,
    restsOn: [nearest.sighting.version],
    shows: nearest.sighting.words === null ? null : nearest.sighting.version,
  };
}

/**
 * In force all through a span of which nobody knows at which time in it something was: a month, or a time of an unknown
 * zone. 'yes' or 'no' only where every time in it gives that answer.
 */
export function inForceThroughout(sightings: readonly Sighting[], asked: Span): InForceAnswer {
  const points = pointsOf(sightings);
  const during = points.filter(({ from, to }) => from <= asked.to && to >= asked.from);
  const [first, last] = [during[0], during.at(-1)];
  // No point inside: before, after, or between the same two all the time.
  if (first === undefined || last === undefined) return inForceByText(sightings, asked);
  // A text seen on a day may have been seen at its last hour, or at its first.
  const before = points.findLast(({ to }) => to <= asked.from);
  const after = points.find(({ from }) => from >= asked.to);
  if (before === undefined || after === undefined) {
    return {
      inForce: 'not-known',
      why:
        before === undefined
          ? `The time asked for may be before the first version (${told(first)}): nothing older is in the library.`
          : `The time asked for may be after the last version (${told(last)}): what it says since is not known.`,
      restsOn: restedOn(during),
      shows: shownOf(during),
    };
  }
  const all = [...new Set([before, ...during, after])];
  const { words } = first.sighting;
  if (!all.every(({ sighting }) => sighting.words === words)) {
    return {
      inForce: 'not-known',
      why: `Texts that differ in this clause were in place between ${dayOf(before.from)} and ${dayOf(after.to)}, and which of them was at the time asked for is not known.`,
      restsOn: restedOn(all),
      shows: shownOf(all),
    };
  }
  const span = `from ${told(before)} to ${told(after)}`;
  return words === null
    ? { inForce: 'no', why: `No text ${span} has this clause.`, restsOn: restedOn(all), shows: null }
    : {
        inForce: 'yes',
        why: `Every text ${span} has these words.`,
        restsOn: restedOn(all),
        shows: shownOf(all),
      };
}

const restedOn = (points: readonly Point[]): string[] => [
  ...new Set(
    points.flatMap(({ sighting: { version }, byDateOf }) => [
      version,
      ...(byDateOf === undefined ? [] : [byDateOf]),
    ]),
  ),
];

function shownOf(points: readonly Point[]): string | null {
  return points.findLast(({ sighting }) => sighting.words !== null)?.sighting.version ?? null;
}

function answerOf(during: readonly Point[], asked: Span): InForceAnswer {
  const [first] = during;
  const restsOn = restedOn(during);
  const shown = shownOf(during);
  const when = asked.to - asked.from > 0 ? 'on that day' : 'at that time';
  if (first !== undefined && during.every(({ sighting }) => sighting.words === first.sighting.words)) {
    return first.sighting.words === null
      ? { inForce: 'no', why: `The text ${told(first)} does not have this clause.`, restsOn, shows: null }
      : {
          inForce: 'yes',
          why:
            first.basis === 'until'
              ? `The text with these words is ${told(first)}.`
              : `The text with these words was ${first.basis === 'seen' ? `seen ${when}` : `in force ${when} by its date`}.`,
          restsOn,
          shows: shown,
        };
  }
  return {
    inForce: 'not-known',
    why: `Texts that differ in this clause were in place ${when}; which of them at which hour is not known.`,
    restsOn,
    shows: shown,
  };
}

function between(before: Point, after: Point): InForceAnswer {
  const [a, b] = [before.sighting, after.sighting];
  const restsOn = restedOn([before, after]);
  const shows = a.words !== null ? a.version : b.words !== null ? b.version : null;
  const span = `between ${dayOf(before.to)} and ${dayOf(after.from)}`;
  if (a.words === b.words) {
    return a.words === null
      ? {
          inForce: 'no',
          why: `Neither the text ${told(before)} nor the next, ${told(after)}, has this clause.`,
          restsOn,
          shows,
        }
      : { inForce: 'yes', why: `The same words were ${told(before)} and ${told(after)}.`, restsOn, shows };
  }
  const what = a.words === null ? 'Came' : b.words === null ? 'Went' : 'Was reworded';
  return {
    inForce: 'not-known',
    why: `${what} somewhere ${span}; on which day is not known.`,
    restsOn,
    shows,
  };
}

/**
 * Where the text shows that a clause came only after a time: the first version that has it, and one before it that was in
 * place then or later and does not. Null: it was there before, or nobody knows.
 */
export function cameAfter(
  sightings: readonly Sighting[],
  asked: Span,
): { has: string; lacks: string; why: string } | null {
  const points = pointsOf(sightings);
  const first = points.findIndex(({ sighting }) => sighting.words !== null);
  const came = points[first];
  if (came === undefined) return null;
  const without = points.slice(0, first).findLast(({ from }) => from >= asked.to);
  if (without === undefined) return null;
  return {
    has: came.sighting.version,
    lacks: without.sighting.version,
    why: `First in the text ${told(came)}; the text ${told(without)} does not have it yet.`,
  };
}
