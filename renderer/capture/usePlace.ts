import { type RefObject, useEffect } from 'react';

const nowhere = { x: 0, y: 0, width: 0, height: 0, visible: false };

/**
 * Tells main where the page lies: over this element, as long as nothing else of the window lies over it. A page is
 * drawn above everything, so under a menu or a drop it has to be hidden.
 */
export function usePlace(element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let told = '';
    let frame = 0;
    const tell = (place: typeof nowhere): void => {
      const text = JSON.stringify(place);
      if (text === told) return;
      told = text;
      void window.holdfast.placeView(place);
    };
    const measure = (): void => {
      frame = 0;
      const target = element.current;
      if (target === null) {
        tell(nowhere);
        return;
      }
      const { x, y, width, height } = target.getBoundingClientRect();
      tell({ x, y, width, height, visible: isFree(target) });
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(measure);
    };
    const sizes = new ResizeObserver(soon);
    if (element.current !== null) sizes.observe(element.current);
    const changes = new MutationObserver(soon);
    changes.observe(document.body, { subtree: true, childList: true, attributes: true });
    const events = ['resize', 'scroll', 'transitionend', 'animationend'] as const;
    for (const name of events) window.addEventListener(name, soon, { capture: true });
    soon();
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      changes.disconnect();
      for (const name of events) window.removeEventListener(name, soon, { capture: true });
      tell(nowhere);
    };
  }, [element]);
}

/** Whether the element is what one would hit at its middle and around it; its corners may be covered by a notice. */
function isFree(target: HTMLElement): boolean {
  const { left, top, width, height } = target.getBoundingClientRect();
  if (width < 1 || height < 1) return false;
  return [0.25, 0.5, 0.75].every((part) => {
    const [x, y] = [left + width * part, top + height * part];
    // What is scrolled out of the window is cut off by main, not hidden.
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return true;
    const hit = document.elementFromPoint(x, y);
    return hit !== null && target.contains(hit);
  });
}
