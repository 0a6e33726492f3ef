import { type RefObject, useEffect, useRef } from 'react';
import type { ReviewAct } from '../../contract/model/tag.ts';
import { latinKey } from '../list/latinKey.ts';

const acts: Record<string, ReviewAct> = { a: 'agree', d: 'dispute', w: 'withdraw' };

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [role=combobox]') !== null;
}

/**
 * The keys of the review, wherever the keyboard is on its screen but in a field: A, D and W ask for a reason; J and K
 * go to the list and move there.
 */
export function useReviewKeys(grid: RefObject<HTMLDivElement | null>, onAct: (act: ReviewAct) => void): void {
  const latest = useRef(onAct);
  useEffect(() => {
    latest.current = onAct;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const key = latinKey(event);
      const act = acts[key];
      if (act !== undefined) latest.current(act);
      else if ((key === 'j' || key === 'k') && grid.current !== null) {
        grid.current.focus({ preventScroll: true });
        grid.current.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [grid]);
}
