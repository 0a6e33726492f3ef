/**
 * Keeps the keyboard where it was: a button that is disabled while its work runs loses the focus, and Chromium gives
 * it to nobody when the button comes back. Works until the document goes; call it once.
 */
export function keepFocus(document: Document): void {
  let last: EventTarget | null = null;
  document.addEventListener('focusin', ({ target }) => {
    last = target;
  });
  document.addEventListener('pointerdown', ({ target }) => {
    // A click beside it is a wish to leave it.
    if (last instanceof Node && target instanceof Node && !last.contains(target)) last = null;
  });
  new MutationObserver((changes) => {
    if (!(last instanceof HTMLButtonElement) || last.disabled || document.activeElement !== document.body)
      return;
    if (changes.some(({ target }) => target === last)) last.focus({ preventScroll: true });
  }).observe(document, { subtree: true, attributeFilter: ['disabled'] });
}
