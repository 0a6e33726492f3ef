/** A process of its own that records one address in Chromium: `node record-once.ts URL FOLDER IDLE`. */
import { findChromium, startChromium } from '../../../capture/chromium.ts';
import { type Recorded, run } from './run.ts';

/** The second line of its output, as JSON; the first is the browser's process id. */
export type Printed = Pick<Recorded, 'result' | 'error'>;

const [url = '', folder = '', idle = '1000'] = process.argv.slice(2);
const browser = await startChromium(findChromium(), { folder });
process.stdout.write(`${browser.pid}\n`);
try {
  const engine = { ...browser, kill: () => undefined };
  const { result, error } = await run(engine, url, { limits: { idle: Number(idle) } });
  const printed: Printed = { result, error };
  process.stdout.write(`${JSON.stringify(printed)}\n`);
} finally {
  await browser.close();
}
