/** Why a capture is not complete, as the recorder saw it. */
import type { Reason } from '../contract/model/verdict.ts';

/** A page can have thousands of broken pictures: of each kind this many are told one by one. */
const mostOfAKind = 20;

export class Reasons {
  readonly #reasons = new Map<string, Reason>();
  readonly #kinds = new Map<Reason['code'], number>();

  /** The same sentence is told once. `message` holds no secrets of the session. */
  add(code: Reason['code'], message: string): void {
    const key = `${code} ${message}`;
    if (this.#reasons.has(key)) return;
    const count = (this.#kinds.get(code) ?? 0) + 1;
    this.#kinds.set(code, count);
    if (count <= mostOfAKind) this.#reasons.set(key, { code, message });
  }

  has(code: Reason['code']): boolean {
    return this.#kinds.has(code);
  }

  list(): Reason[] {
    const more = [...this.#kinds].flatMap(([code, count]): Reason[] =>
      count > mostOfAKind ? [{ code, message: `${count - mostOfAKind} more of this kind.` }] : [],
    );
    return [...this.#reasons.values(), ...more];
  }
}
