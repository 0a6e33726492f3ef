/** Whether a clause was in force at the times of a post, and which version a tag cites. */
import type { DatedAnswer } from '../../contract/model/tag.ts';
import type { ReadableDb } from '../../db/handle.ts';
import { isCounted } from '../../evidence/policy/counting.ts';
import { type Span, spanOf } from '../../evidence/policy/in-force.ts';
import type { ClauseLife } from '../policies/library.ts';
import { answerAt, type ClauseAnswer, packAnswerAt, seenText } from '../policies/lookup.ts';
import type { FoundClause } from './cite.ts';
import type { PostTime } from './times.ts';

export interface Dating {
  /** Of each of the three times, in their order. */
  dates: DatedAnswer[];
  /** The version that a tag cites; null for a clause of a pack. */
  version: string | null;
}

interface TimedAnswer {
  time: PostTime;
  answer: ClauseAnswer | null;
}

/** The version whose words the text shows to have been in force. */
function versionThen(answer: ClauseAnswer | null): string | null {
  return answer?.byText.inForce === 'yes' ? answer.byText.shows : null;
}

/**
 * The one in force when it was posted, or else seen on that very day; else the one in force when it was last seen up;
 * else the one last seen before it was posted, or first seen after; without a time of posting the newest.
 */
function chooseVersion(
  { versions, stands }: ClauseLife,
  answers: readonly TimedAnswer[],
): { version: string | null; said: string } {
  const thenInForce = (when: DatedAnswer['when']) =>
    versionThen(answers.find(({ time }) => time.when === when)?.answer ?? null);
  const posted = thenInForce('posted');
  if (posted !== null) return { version: posted, said: '' };
  const span = answers.find(({ time }) => time.when === 'posted')?.time.span ?? null;
  const thatDay = versions
    .filter(isCounted)
    .findLast(({ id, seen }) => stands.has(id) && isWithin(span, spanOf(seen)));
  if (thatDay !== undefined)
    return { version: thatDay.id, said: ` Cited are the words seen ${seenText(thatDay.seen)}.` };
  const seenUp = thenInForce('last-seen-up');
  if (seenUp !== null)
    return { version: seenUp, said: ' Cited are the words in force when the post was last seen up.' };
  const having = versions.filter(({ id }) => stands.has(id));
  const counted = having.filter(isCounted);
  const before = span === null ? undefined : counted.findLast(({ seen }) => spanOf(seen).from <= span.from);
  if (before !== undefined)
    return { version: before.id, said: ` Cited are the words last seen before, ${seenText(before.seen)}.` };
  const after = span === null ? undefined : counted[0];
  if (after !== undefined)
    return { version: after.id, said: ` Cited are the words first seen after, ${seenText(after.seen)}.` };
  const newest = counted.at(-1) ?? having.at(-1);
  const seen = newest === undefined ? '' : `, seen ${seenText(newest.seen)}`;
  return { version: newest?.id ?? null, said: ` Cited are the newest words in the library${seen}.` };
}

function isWithin(span: Span | null, of: Span): boolean {
  return span !== null && of.from <= span.from && span.to <= of.to;
}

function toAnswer({ time: { when, at, basis }, answer }: TimedAnswer, said: string): DatedAnswer {
  if (answer === null)
    return { when, at, inForce: 'not-known', why: `${basis}${said}`, version: null, restsOn: [] };
  return {
    when,
    at,
    inForce: answer.inForce,
    why: `${basis} ${answer.why}${said}`,
    version: versionThen(answer),
    restsOn: answer.byText.restsOn,
  };
}

/** The clause at the times of a post, as the library stands. */
export function dateClause(
  db: ReadableDb,
  key: string,
  { life }: FoundClause,
  times: readonly PostTime[],
): Dating {
  const answers = times.map(({ span, ...time }): TimedAnswer => {
    if (span === null) return { time: { ...time, span }, answer: null };
    const answer = life === null ? packAnswerAt(db, key, span) : answerAt(db, key, life, span);
    return { time: { ...time, span }, answer };
  });
  const chosen = life === null ? { version: null, said: '' } : chooseVersion(life, answers);
  return {
    version: chosen.version,
    dates: answers.map((answer) => toAnswer(answer, answer.time.when === 'posted' ? chosen.said : '')),
  };
}
