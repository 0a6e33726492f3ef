/** Look-only in a session of the capture view: what is not sent, shown to the person and counted for a capture. */
import type { OnBeforeRequestListenerDetails } from 'electron';
import { BlockedList } from '../../capture/look-only/blocked-list.ts';
import { type BlockedCount, rulingOf } from '../../capture/look-only/look-only.ts';
import type { ViewState } from '../../contract/model/view.ts';

export class LookOnlyGate {
  readonly #onChange: () => void;
  readonly #list = new BlockedList();
  isOn = true;
  /** Of the capture that runs; null: none. */
  counting: BlockedCount | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get blocked(): ViewState['blocked'] {
    return this.#list.shown;
  }

  /** Whether this request is not to be sent; takes it down then. */
  blocks(request: Pick<OnBeforeRequestListenerDetails, 'method' | 'url' | 'uploadData'>): boolean {
    if (!this.isOn) return false;
    const { method, url } = request;
    const ruling = rulingOf({ method, url, body: sentText(request.uploadData) });
    if (ruling === null) return false;
    this.counting?.add(ruling, method, url);
    this.#list.add(ruling, method, url);
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
