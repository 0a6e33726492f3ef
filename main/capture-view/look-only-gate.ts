/** Look-only in a session of the capture view: what is not sent, shown to the person and counted for a capture. */
import type { OnBeforeRequestListenerDetails } from 'electron';
import { type BlockedCount, rulingOf } from '../../capture/look-only/look-only.ts';
import type { BlockedRequest, ViewState } from '../../contract/model/view.ts';

const most = 20;
/** Characters; what a page asks for can be as long as it likes. */
const longest = 300;

export class LookOnlyGate {
  readonly #onChange: () => void;
  #newest: BlockedRequest[] = [];
  #total = 0;
  isOn = true;
  /** Of the capture that runs; null: none. */
  counting: BlockedCount | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get blocked(): ViewState['blocked'] {
    return { total: this.#total, newest: [...this.#newest] };
  }

  /** Whether this request is not to be sent; takes it down then. */
  blocks(request: Pick<OnBeforeRequestListenerDetails, 'method' | 'url' | 'uploadData'>): boolean {
    if (!this.isOn) return false;
    const { method, url } = request;
    const ruling = rulingOf({ method, url, body: sentText(request.uploadData) });
    if (ruling === null) return false;
    this.counting?.add(ruling, method, url);
    this.#total += 1;
    const shown = url.length > longest ? `${url.slice(0, longest)}…` : url;
    const before = this.#newest.find((one) => one.url === shown && one.method === method);
    const entry = { ...ruling, method, url: shown, times: (before?.times ?? 0) + 1 };
    this.#newest = [entry, ...this.#newest.filter((one) => one !== before)].slice(0, most);
    this.#onChange();
    return true;
  }
}

/** '' where nothing is sent; null for files and blobs, whose bytes are not told. */
function sentText(data: OnBeforeRequestListenerDetails['uploadData'] | undefined): string | null {
  const parts = data ?? [];
  if (
    parts.some(
      ({ bytes, file, blobUUID }) => bytes === undefined || file !== undefined || blobUUID !== undefined,
    )
  )
    return null;
  return Buffer.concat(parts.map(({ bytes }) => bytes)).toString('utf8');
}
