/** A person who tags posts with the keyboard alone, and what must stand in the archive afterwards. */
import { setTimeout as after } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Tag } from '../../contract/model/tag.ts';
import { quoteBetween } from '../../renderer/quote/codePoints.ts';
import { joinQuotes } from '../../renderer/quote/join.ts';
import { moveSpan, type Span } from '../../renderer/quote/keyboard.ts';
import type { Random } from '../campaign/support/random.ts';

export interface PostToTag {
  text: string;
  language: string | null;
  direction: 'ltr' | 'rtl' | null;
}

/** As much of a tag as the keyboard decides. */
export type Typed = Pick<Tag, 'finding' | 'because'> & { clause: string | null; quotes: Tag['quotes'] };

/** What a tag says, to compare with what was typed. */
export function typedOf({ finding, because, clause, quotes }: Tag): Typed {
  return { finding, because, clause: clause?.key ?? null, quotes };
}

/** What is typed as a reason: letters, signs that are keys elsewhere on the screen, digits, and another script. */
const reasons = [
  'jk nu sx 123 /? they speak of people as of a thing',
  'Said of a whole group; not of one person.',
  'به سبب این واژه‌ها',
  'x',
  'why not? 9 of 10 would say so / see above',
];

/** Runs in the window: when the key was pressed that a saved tag answers to, and when the window said 'Tag saved'. */
export const watchSaving = `
  window.savedTags = [];
  const pressed = [];
  addEventListener('keydown', (event) => {
    const inField = event.target instanceof Element && event.target.matches('textarea, input');
    const atOnce = !inField && event.shiftKey && !event.ctrlKey && /^(Digit|Key)/.test(event.code);
    const sends = event.key === 'Enter' && event.ctrlKey;
    if (atOnce || sends) pressed.push({ how: atOnce ? 'at once' : 'ctrl+enter', at: performance.now() });
  }, { capture: true });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node.nodeType === 1 && node.closest('[role=log]') && node.textContent.startsWith('Tag saved:')) {
          const { how, at } = pressed.shift();
          window.savedTags.push({ how, milliseconds: performance.now() - at });
        }
  }).observe(document.body, { subtree: true, childList: true });
`;

/** Tags posts one after the other as they come in the list, each once or twice, and remembers what was typed. */
export class Typist {
  readonly #page: Page;
  readonly #random: Random;
  readonly #palette: Readonly<Record<string, string>>;
  readonly #delay: number;
  readonly #lastReason = new Map<string, string>();
  #count = 0;
  keys = 0;

  /** `delay`: milliseconds after each key; 0 is as fast as keys can be sent. */
  constructor(page: Page, random: Random, palette: Readonly<Record<string, string>>, delay = 0) {
    this.#page = page;
    this.#random = random;
    this.#palette = palette;
    this.#delay = delay;
  }

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.#page.keyboard.press(key);
    if (this.#delay > 0) await after(this.#delay);
  }

  async type(words: string): Promise<void> {
    this.keys += [...words].length;
    await this.#page.keyboard.type(words, { delay: this.#delay });
  }

  /** With the keyboard in the text of the post; leaves it there. */
  async tag(post: PostToTag): Promise<Typed[]> {
    const typed = [await this.#tagOnce(post, null)];
    if (this.#random.next() < 0.3)
      typed.push(await this.#tagOnce(post, typed[0]?.quotes.at(-1)?.text ?? null));
    return typed;
  }

  /** `after`: words were tagged before, so the caret stands behind them and selecting begins from the start again. */
  async #tagOnce(post: PostToTag, after: string | null): Promise<Typed> {
    if (after !== null) await this.press('Escape');
    const quotes = await this.#select(post);
    const slot = this.#random.of([...Object.keys(this.#palette), 'n', 'u']);
    const clause = this.#palette[slot] ?? null;
    const finding = slot === 'n' ? 'no-violation' : slot === 'u' ? 'unclear' : 'breach';
    const before = this.#lastReason.get(slot);
    if (before !== undefined && this.#random.next() < 0.4) {
      await this.press(/^\d$/.test(slot) ? `Shift+Digit${slot}` : `Shift+${slot.toUpperCase()}`);
      return { finding, clause, quotes, because: before };
    }
    this.#count += 1;
    const because = `${this.#random.of(reasons)} ${this.#count}`;
    await this.press(slot);
    await this.type(because);
    await this.press('Control+Enter');
    this.#lastReason.set(slot, because);
    return { finding, clause, quotes, because };
  }

  /** None, one or two quotes, each of one word or more, in either direction. */
  async #select({ text, language, direction }: PostToTag): Promise<Tag['quotes']> {
    // Where the source declares none, the first letter decides.
    const isRtl = direction === null ? /^\P{L}*[\u0590-\u08ff]/u.test(text) : direction === 'rtl';
    const [forward, back] = isRtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    let span: Span | null = null;
    const step = async (to: 'next' | 'previous', extends_: boolean) => {
      await this.press(`${extends_ ? 'Control+Shift+' : ''}${to === 'next' ? forward : back}`);
      span = moveSpan(
        text,
        language,
        span,
        extends_ ? { kind: 'extend', by: 'word', to } : { kind: 'word', to },
      );
    };
    const quotes: Tag['quotes'] = [];
    const wanted = this.#random.of([0, 1, 1, 1, 2]);
    for (let n = 0; n < wanted; n += 1) {
      if (n > 0) await this.press('Enter');
      const words = 1 + Math.floor(this.#random.next() * 3);
      for (let at = 0; at < words; at += 1) await step('next', false);
      const extend = Math.floor(this.#random.next() * 3);
      const to = this.#random.of(['next', 'previous'] as const);
      for (let at = 0; at < extend; at += 1) await step(to, true);
      const { anchor, focus } = span ?? { anchor: 0, focus: 0 };
      const quote = quoteBetween(text, anchor, focus);
      if (quote !== null) quotes.push(quote);
      // Behind the words that were kept, as the caret then stands.
      const end = Math.max(anchor, focus);
      span = { anchor: end, focus: end };
    }
    return joinQuotes(text, quotes);
  }
}
