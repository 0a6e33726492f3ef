/** When a watched post is looked at next. */
import type { WatchSchedule } from '../../contract/model/watch.ts';

const minute = 60_000;
const day = 24 * 60;

/** Minutes of the day that a clock in that zone shows. */
function minutesOfDay(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return of('hour') * 60 + of('minute');
}

function isWithin(minutes: number, { from, to }: { from: number; to: number }): boolean {
  const [start, end] = [from * 60, to * 60];
  return start < end ? minutes >= start && minutes < end : minutes >= start || minutes < end;
}

/**
 * In: the schedule, the last check, and chance: a number from 0 to below 1 at each call. Out: the interval later, up to
 * the jitter earlier or later, and moved on to the next permitted hours where it would fall outside of them.
 */
export function nextCheck(schedule: WatchSchedule, last: Date, random: () => number): Date {
  const { everyMinutes, jitterMinutes, hours } = schedule;
  const jitter = (random() * 2 - 1) * jitterMinutes;
  let at = last.getTime() + (everyMinutes + jitter) * minute;
  if (hours === null) return new Date(Math.round(at));
  // Twice: the first step may cross a change to or from summer time, and land an hour beside.
  for (let step = 0; step < 2; step += 1) {
    const minutes = minutesOfDay(at, hours.timeZone);
    if (isWithin(minutes, hours)) break;
    const open = ((hours.to - hours.from + 24) % 24) * 60;
    const until = (hours.from * 60 - minutes + day) % day;
    // Not all of them at the stroke of the hour.
    at += (until + (step === 0 ? random() * Math.min(open - 1, Math.max(1, jitterMinutes)) : 0)) * minute;
  }
  return new Date(Math.round(at));
}

/** Checks that should have come between `due` and `now` and did not: the one at `due` is only late. */
export function missedSince(schedule: WatchSchedule, due: Date, now: Date): number {
  const late = now.getTime() - due.getTime();
  return Math.max(0, Math.floor(late / (schedule.everyMinutes * minute)));
}

/** Whether this computer knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
