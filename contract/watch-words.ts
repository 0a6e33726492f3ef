/** What may be said of a check, in the words that hold under cross-examination; shared by the window and the command line. */
import type { PostCheck, Vantage, Watch, WatchCheck, WatchOutcome } from './model/watch.ts';

const whoWords = {
  'platform-says': 'the platform says that it acted',
  'author-says': 'the platform says that the author acted',
  'not-known': 'who acted is not known',
} as const;

/** 'no persona, not signed in, network as stated: VPN, Germany'. */
export function vantageWords({ persona, network, signedIn }: Vantage): string {
  return [
    persona === null ? 'no persona' : `persona ${persona}`,
    signedIn === null ? 'signed in or not is not known' : signedIn ? 'signed in' : 'not signed in',
    networkWords(network),
  ].join(', ');
}

function networkWords(network: string | null): string {
  return network === null ? 'network and country not stated' : `network as stated: ${network}`;
}

/** The outcome in one phrase. */
export function outcomeWords(outcome: WatchOutcome, vantage: Vantage): string {
  return said(outcome, vantageWords(vantage));
}

/** The same of a check that others made: under which persona, their bundle does not say. */
export function toldWords({ vantage: { session, network, signedIn }, ...outcome }: PostCheck): string {
  const as =
    signedIn === true ? 'signed in' : session === 'fresh' ? 'in a fresh session' : 'in a kept session';
  return said(outcome, `${as}, ${networkWords(network)}`);
}

function said({ kind, who }: Pick<WatchOutcome, 'kind' | 'who'>, from: string): string {
  switch (kind) {
    case 'up':
      return 'still up';
    case 'edited':
      return 'edited';
    case 'undetermined':
      return 'could not be told';
    case 'not-reachable':
      return `not reachable (${from}); ${whoWords[who ?? 'not-known']}`;
  }
}

/** The sentence about a check, its time included; `say` writes an instant. */
export function checkWords({ at, outcome, vantage }: WatchCheck, say: (instant: string) => string): string {
  const { words } = outcome;
  return `${outcomeWords(outcome, vantage)}, at ${say(at)}${words === null ? '' : `. ${words}`}`;
}

/** What two vantages show together; null where they do not. */
export function goneWords({ gone }: Pick<Watch, 'gone'>, say: (instant: string) => string): string | null {
  if (gone === null) return null;
  const { first, second } = gone;
  const from = ({ vantage, at }: WatchCheck): string => `at ${say(at)} (${vantageWords(vantage)})`;
  return `Gone, as far as two vantages show: not reachable ${from(first)}, nor ${from(second)}.`;
}

/** 'every 6 hours, up to 30 minutes earlier or later, from 8:00 to 20:00 (Europe/Berlin)'. */
export function scheduleWords({ everyMinutes, jitterMinutes, hours }: Watch['schedule']): string {
  const jitter = jitterMinutes === 0 ? '' : `, up to ${span(jitterMinutes)} earlier or later`;
  const open = hours === null ? '' : `, from ${hours.from}:00 to ${hours.to}:00 (${hours.timeZone})`;
  return `every ${span(everyMinutes)}${jitter}${open}`;
}

function span(minutes: number): string {
  const units = [
    [7 * 24 * 60, 'week'],
    [24 * 60, 'day'],
    [60, 'hour'],
    [1, 'minute'],
  ] as const;
  const [size, unit] = units.find(([length]) => minutes >= length && minutes % length === 0) ?? [1, 'minute'];
  const count = minutes / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
