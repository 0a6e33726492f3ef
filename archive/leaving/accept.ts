/** Which leaks a person lets out. */
import { HoldfastError } from '../../contract/errors.ts';
import { type Leak, leakCodeSchema, secretLeaks } from '../../contract/model/leaving.ts';

/** Whether somebody let a leak out. */
export type Accepts = (leak: Pick<Leak, 'code' | 'key' | 'shown'>) => boolean;

/**
 * The leaks that `accept` names, as `CODE:KEY`, `CODE:WHAT WAS SHOWN` or, for all of a kind, `CODE`. Errors: `bad-usage` for
 * what names none, or names secrets as a kind: of those each is to be decided.
 */
export function acceptedBy(accept: readonly string[]): Accepts {
  const meant = accept.map((each): Accepts => {
    const colon = each.indexOf(':');
    const code = leakCodeSchema.safeParse(colon < 0 ? each : each.slice(0, colon));
    const one = colon < 0 ? null : each.slice(colon + 1).toLowerCase();
    if (!code.success) {
      throw new HoldfastError(
        'bad-usage',
        `There is no kind of leak '${each}'. They are: ${leakCodeSchema.options.join(', ')}.`,
      );
    }
    if (one === null && secretLeaks.has(code.data)) {
      throw new HoldfastError(
        'bad-usage',
        `Secrets are let out one by one: '${code.data}:' and the key that stands beside each.`,
      );
    }
    return (leak) =>
      leak.code === code.data &&
      (one === null || leak.key === one || (!secretLeaks.has(leak.code) && leak.shown.toLowerCase() === one));
  });
  return (leak) => meant.some((is) => is(leak));
}

const named = 10;

/** Errors: `leak-found` while one is not decided. */
export function refuseLeaks(leaks: readonly Leak[]): void {
  const open = leaks.filter(({ accepted, ofOthers }) => !accepted && !ofOthers);
  if (open.length === 0) return;
  const lines = open.slice(0, named).map(({ code, key, shown, files, fileCount }) => {
    const more = fileCount > 1 ? ` and ${fileCount - 1} more` : '';
    return `${code}:${key} ${shown}, in ${files[0] ?? ''}${more}`;
  });
  const rest = open.length > named ? `; and ${open.length - named} more` : '';
  throw new HoldfastError(
    'leak-found',
    `Nothing was written: the bundle would let out what nobody decided to. ${lines.join('; ')}${rest}. Leave it out (another profile, a redaction, fewer captures), or let it out: --accept-leak CODE:KEY, in the window by its box under ‘What leaves’.`,
    { details: { leaks: open.length, codes: [...new Set(open.map(({ code }) => code))].join(' ') } },
  );
}
