/** Asking the page about itself in a world of our own, where nothing of the page's scripts is. */
import { sendWithin } from '../cdp/commands.ts';
import type { CdpSession } from '../cdp-session.ts';

const timeLimit = 20_000;
/** A large page under load takes its time before it answers at all. */
const beginningLimit = 60_000;

export class World {
  readonly #session: CdpSession;
  readonly #contextId: number;

  private constructor(session: CdpSession, contextId: number) {
    this.#session = session;
    this.#contextId = contextId;
  }

  /** Rejects with a CdpError when the frame is gone. */
  static async of(session: CdpSession, frameId: string, worldName = 'recorder'): Promise<World> {
    const { executionContextId } = await sendWithin(beginningLimit, session, 'Page.createIsolatedWorld', {
      frameId,
      worldName,
    });
    return new World(session, executionContextId);
  }

  /** What `expression` gives, which must be plain JSON. Undefined when it threw. Rejects after 20 s. */
  async ask(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await sendWithin(timeLimit, this.#session, 'Runtime.evaluate', {
      expression,
      contextId: this.#contextId,
      returnByValue: true,
    });
    return exceptionDetails === undefined ? result.value : undefined;
  }
}

/**
 * A member of the document as the platform defines it: elements with a name ('title', 'body') stand in front of it
 * otherwise, also in a world of our own.
 */
function member(name: string): string {
  return `Object.getOwnPropertyDescriptor(Document.prototype, '${name}').get.call(document)`;
}

export const expressions = {
  title: `String(${member('title')})`,
  /** Text as a reader sees it; at most 16 Mi characters. */
  text: `(() => {
    const body = ${member('body')};
    const text = body instanceof HTMLElement ? body.innerText : document.documentElement?.textContent;
    return String(text ?? '').slice(0, 16 * 1024 * 1024);
  })()`,
  /** All words that a print of the page shows, those in fields included. */
  shown: `(() => {
    const body = ${member('body')};
    const fields = [...document.querySelectorAll('input:not([type=password]):not([type=hidden]), textarea')];
    const values = fields.slice(0, 5000).map((field) => String(field.value));
    return [body instanceof HTMLElement ? body.innerText : '', ...values].join('\\n').slice(0, 16 * 1024 * 1024);
  })()`,
  /** Whether a form that asks for a password holds who signs in. */
  filledSignIn: `[...document.querySelectorAll('form')].some((form) =>
    form.querySelector('input[type=password]') !== null &&
    [...form.querySelectorAll('input')].some(({ type, value }) => ['text', 'email', 'tel'].includes(type) && value !== ''))`,
  /** The document as it stands, open shadow roots declared; null when it has more than 64 Mi characters. */
  dom: `(() => {
    const root = ${member('documentElement')};
    const type = ${member('doctype')};
    if (root === null) return '';
    const roots = [];
    const collect = (tree) => {
      for (const element of tree.querySelectorAll('*')) {
        // A form's fields can carry that name.
        if (!(element.shadowRoot instanceof ShadowRoot)) continue;
        roots.push(element.shadowRoot);
        collect(element.shadowRoot);
      }
    };
    collect(root);
    const shell = root.cloneNode(false).outerHTML;
    let html = root.outerHTML;
    const end = shell.lastIndexOf('</');
    if (roots.length > 0 && end > 0) {
      const inner = typeof root.getHTML === 'function'
        ? root.getHTML({ serializableShadowRoots: true, shadowRoots: roots })
        : root.getInnerHTML({ includeShadowRoots: true });
      html = shell.slice(0, end) + inner + shell.slice(end);
    }
    const whole = (type === null ? '' : new XMLSerializer().serializeToString(type) + '\\n') + html;
    return whole.length > 64 * 1024 * 1024 ? null : whole;
  })()`,
  /** What stands in fields for passwords now, typed or filled in. */
  passwords: `[...document.querySelectorAll('input[type=password]')].slice(0, 100).map((input) => String(input.value))`,
} as const;
