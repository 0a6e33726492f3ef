/** What look-only did not send, as it is shown to the person who browses. */
import type { BlockedRequest, ViewState } from '../../contract/model/view.ts';
import type { Ruling } from './look-only.ts';

const most = 20;
/** Characters; what a page asks for can be as long as it likes. */
const longest = 300;

export class BlockedList {
  #newest: BlockedRequest[] = [];
  #total = 0;

  /** The newest first, each once with how many times, at most 20. */
  get shown(): ViewState['blocked'] {
    return { total: this.#total, newest: [...this.#newest] };
  }

  add(ruling: Ruling, method: string, url: string): void {
    this.#total += 1;
    const shown = url.length > longest ? `${url.slice(0, longest)}…` : url;
    const before = this.#newest.find((one) => one.url === shown && one.method === method);
    const entry = { ...ruling, method, url: shown, times: (before?.times ?? 0) + 1 };
    this.#newest = [entry, ...this.#newest.filter((one) => one !== before)].slice(0, most);
  }
}
