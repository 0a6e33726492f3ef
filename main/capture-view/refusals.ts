/** What the rules of the capture view refused to its pages. */
import type { Refusal } from '../../contract/model/view.ts';

const most = 20;
/** Characters; what a page says can be as long as it likes. */
const longest = 300;

export class Refusals {
  readonly #onChange: () => void;
  #list: Refusal[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Newest first, each once, at most 20. */
  get list(): readonly Refusal[] {
    return this.#list;
  }

  /** `detail` is cut to 300 characters; what was refused before moves to the top. */
  add(what: Refusal['what'], detail: string): void {
    const refusal = { what, detail: detail.length > longest ? `${detail.slice(0, longest)}…` : detail };
    const others = this.#list.filter((one) => one.what !== what || one.detail !== refusal.detail);
    this.#list = [refusal, ...others].slice(0, most);
    this.#onChange();
  }
}
