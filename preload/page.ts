/**
 * Runs before the scripts of every page and frame of the capture view, in a world that they cannot see into. Its one
 * act: `print()` does nothing. Chromium has no switch against the system's dialog, which would hold the whole window.
 */
import { webFrame } from 'electron';

/** Runs among the page's own names. Proxies, because a page may look at how a function describes itself. */
const refusePrint = `(() => {
  const { defineProperty, getOwnPropertyDescriptor } = Object;
  const { apply } = Reflect;
  const done = new WeakSet();
  const refuse = (view) => {
    try {
      if (view === null || done.has(view)) return;
      done.add(view);
      const own = getOwnPropertyDescriptor(view, 'print');
      if (own?.value) defineProperty(view, 'print', { ...own, value: new Proxy(own.value, { apply: () => undefined }) });
    } catch {
      // Of another origin: it has a script like this one of its own.
    }
  };
  refuse(globalThis);
  // The empty document that a new frame begins with has none.
  for (const kind of [HTMLIFrameElement, HTMLFrameElement, HTMLObjectElement]) {
    const own = getOwnPropertyDescriptor(kind.prototype, 'contentWindow');
    defineProperty(kind.prototype, 'contentWindow', {
      ...own,
      get: new Proxy(own.get, {
        apply(get, element) {
          const view = apply(get, element, []);
          refuse(view);
          return view;
        },
      }),
    });
  }
})()`;

void webFrame.executeJavaScript(refusePrint).catch(() => undefined);
