/** Polls: in GraphQL a card with named values, in the API v2 an object of its own. */
import type { Poll } from '../../contract/model/post-facts.ts';
import { at, countAt, isObject, type JsonObject, listAt, stringAt } from '../json/members.ts';
import type { Notes } from '../notes.ts';
import { timeIn } from '../post/times.ts';

/** The values of a card by name; older answers give a list, others an object. */
function bindings(card: unknown): Map<string, JsonObject> {
  const given = at(card, 'legacy', 'binding_values') ?? at(card, 'binding_values');
  const pairs: [string, unknown][] = Array.isArray(given)
    ? given.map((item: unknown) => [stringAt(item, 'key') ?? '', at(item, 'value')])
    : isObject(given)
      ? Object.entries(given)
      : [];
  return new Map(pairs.flatMap(([name, value]) => (isObject(value) ? [[name, value] as const] : [])));
}

export function pollOfCard(card: unknown, notes: Notes): Poll | null {
  const name = stringAt(card, 'legacy', 'name') ?? stringAt(card, 'name') ?? '';
  const asked = /^poll([1-9])choice_/.exec(name)?.[1];
  if (asked === undefined) return null;
  const values = bindings(card);
  const options = Array.from({ length: Number(asked) }, (_, i) => i + 1).flatMap((i) => {
    const text = stringAt(values.get(`choice${i}_label`), 'string_value');
    return text === null ? [] : [{ text, votes: countAt(values.get(`choice${i}_count`), 'string_value') }];
  });
  const closed = at(values.get('counts_are_final'), 'boolean_value');
  return {
    options,
    endsAt: timeIn(stringAt(values.get('end_datetime_utc'), 'string_value'), 'poll end_datetime_utc', notes),
    closed: typeof closed === 'boolean' ? closed : null,
    multiple: false,
  };
}

export function pollOfApi(poll: unknown, notes: Notes): Poll | null {
  const options = listAt(poll, 'options').flatMap((option) => {
    const text = stringAt(option, 'label');
    return text === null ? [] : [{ text, votes: countAt(option, 'votes') }];
  });
  if (options.length === 0) return null;
  const status = stringAt(poll, 'voting_status');
  return {
    options,
    endsAt: timeIn(stringAt(poll, 'end_datetime'), 'poll end_datetime', notes),
    closed: status === null ? null : status === 'closed',
    multiple: false,
  };
}
