import { type RefObject, useEffect, useRef } from 'react';

/** For what takes the place of the form or button that had the keyboard. Out: the ref for it; it needs tabIndex -1. */
export function useKeyboardHere(): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return box;
}
