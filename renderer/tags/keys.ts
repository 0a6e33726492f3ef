/** Which key does what on the screen of a post, while no field has the keyboard. */

export type PostCommand =
  /** The clause of a slot; `again`: saved at once, with the reason used last. */
  | { kind: 'slot'; slot: string; again: boolean }
  | { kind: 'finding'; finding: 'no-violation' | 'unclear'; again: boolean }
  | { kind: 'go'; by: 1 | -1 }
  | { kind: 'suggestion'; act: 'accept' | 'pass' }
  | { kind: 'find' }
  | { kind: 'save' }
  | { kind: 'help' };

/** Keys that are no slot of the palette, because they do something else on this screen. */
export const takenKeys = ['j', 'k', 'n', 'u', 's', 'x'] as const;

/** Every key that may be a slot, in the order in which it is offered. */
export const slotKeys: readonly string[] = [...'1234567890abcdefghijklmnopqrstuvwxyz'].filter(
  (key) => !(takenKeys as readonly string[]).includes(key),
);

export interface PressedKey {
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/**
 * The letter or digit of a key. Under a layout of another script, or of one that has its digits on the other level,
 * what is printed on the key in the Latin layout counts.
 */
export function signOf({ key, code }: Pick<PressedKey, 'key' | 'code'>): string | null {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  if (/^[0-9a-z]$/i.test(key)) return key.toLowerCase();
  return [...key].length === 1 ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null) : null;
}

/** What a key asks for, or null. */
export function commandOf(pressed: PressedKey): PostCommand | null {
  const { key, shiftKey: again } = pressed;
  if (key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) return { kind: 'save' };
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (key === '?' || key === '؟') return { kind: 'help' };
  if (key === '/') return { kind: 'find' };
  const sign = signOf(pressed);
  switch (sign) {
    case null:
      return null;
    case 'j':
      return { kind: 'go', by: 1 };
    case 'k':
      return { kind: 'go', by: -1 };
    case 'n':
      return { kind: 'finding', finding: 'no-violation', again };
    case 'u':
      return { kind: 'finding', finding: 'unclear', again };
    case 's':
      return { kind: 'suggestion', act: 'accept' };
    case 'x':
      return { kind: 'suggestion', act: 'pass' };
    default:
      return { kind: 'slot', slot: sign, again };
  }
}

/** Whether keys that are pressed there belong to it: fields, lists with keys of their own, and what lies over the screen. */
export function keepsItsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role=grid], [role=listbox], [role=dialog], [role=tablist], [role=menu]') !== null)
    return true;
  return target.matches('textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]');
}
