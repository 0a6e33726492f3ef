/**
 * Pictures of the screens as they passed. They are needed only where the page takes posts out again: else the pictures
 * of the whole page show everything, and these are thrown away.
 */
import type { CaptureSink } from '../../contract/model/recording.ts';
import { once } from '../../contract/once.ts';
import { sendWithin } from '../cdp/commands.ts';
import { CdpError, type CdpSession } from '../cdp-session.ts';

const timeLimit = 30_000;
const mostTiles = 400;
const mostBytes = 64 * 1024 * 1024;
/** Screens that wait until it shows whether the page takes posts out. */
const mostWaiting = 6;

export interface TilesOptions {
  session: CdpSession;
  sink: CaptureSink;
  captureId: string;
}

export class Tiles {
  readonly #options: TilesOptions;
  #waiting: { screen: number; bytes: Uint8Array }[] = [];
  #bytes = 0;
  #last = 0;
  count = 0;

  constructor(options: TilesOptions) {
    this.#options = options;
  }

  /** Takes a picture of what is in view. `removes`: the page takes posts out again. Rejects with what the sink throws. */
  async take(screen: number, removes: boolean): Promise<void> {
    if (screen === this.#last || this.count >= mostTiles || this.#bytes >= mostBytes) return;
    this.#last = screen;
    const bytes = await this.#picture();
    if (bytes !== null) this.#waiting.push({ screen, bytes });
    if (!removes) {
      this.#waiting = this.#waiting.slice(-mostWaiting);
      return;
    }
    for (const { screen: n, bytes: picture } of this.#waiting.splice(0)) await this.#give(n, picture);
  }

  async #give(screen: number, bytes: Uint8Array): Promise<void> {
    const { sink, captureId } = this.#options;
    const name = `screen-${String(screen).padStart(4, '0')}.jpg`;
    this.count += 1;
    this.#bytes += bytes.length;
    await sink.artifact({ captureId, role: 'screenshot', mediaType: 'image/jpeg', name }, once(bytes));
  }

  /** Null where the engine gives none: what is not pictured is told by the count. */
  async #picture(): Promise<Uint8Array | null> {
    const how = { format: 'jpeg', quality: 80, captureBeyondViewport: false } as const;
    try {
      const { data } = await sendWithin(timeLimit, this.#options.session, 'Page.captureScreenshot', how);
      const bytes = Buffer.from(data, 'base64');
      return bytes.length > 100 ? bytes : null;
    } catch (error) {
      if (error instanceof CdpError) return null;
      throw error;
    }
  }
}
