/**
 * Keys that a person presses while the window waits for an answer: held back, and pressed again in their order when
 * it is there, so that none is lost and none goes to the wrong place. Tab and what an input method composes pass.
 */
import type { PressedKey } from './keys.ts';

const waiting: PressedKey[] = [];
let holds = 0;
let pressing = false;

/** Holds keys from here until the answer's `release` is called; several may hold at once. */
export function holdKeys(): () => void {
  if (holds === 0 && !pressing) window.addEventListener('keydown', keep, { capture: true });
  holds += 1;
  let released = false;
  return () => {
    if (released) return;
    released = true;
    holds -= 1;
    if (holds === 0 && !pressing) void pressAgain();
  };
}

/** One key at a time, each in a turn of its own: a key may change the screen, and the next is for what is there then. */
async function pressAgain(): Promise<void> {
  pressing = true;
  while (holds === 0) {
    await nextTurn();
    const next = holds === 0 ? waiting.shift() : undefined;
    if (next !== undefined) press(next);
    else if (holds === 0) {
      window.removeEventListener('keydown', keep, { capture: true });
      break;
    }
  }
  pressing = false;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function keep(event: KeyboardEvent): void {
  const passes = event.isComposing || ['Process', 'Dead', 'Tab', 'Shift', 'Control'].includes(event.key);
  if (!event.isTrusted || passes) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  waiting.push({ key, code, shiftKey, ctrlKey, altKey, metaKey });
}

function press(key: PressedKey): void {
  const target = document.activeElement ?? document.body;
  const goesOn = target.dispatchEvent(
    new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true, composed: true }),
  );
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  if (!goesOn || !isField || key.ctrlKey || key.metaKey || key.altKey) return;
  // The one way to type into a field that keeps its undo list and tells everybody who listens.
  if (key.key === 'Backspace') document.execCommand('delete');
  else if (key.key === 'Enter' && target instanceof HTMLTextAreaElement)
    document.execCommand('insertLineBreak');
  else if ([...key.key].length === 1) document.execCommand('insertText', false, key.key);
}
