/** Captures that are killed in the middle, a few of each kind; `npm run campaign kills` does a hundred. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killCaptures } from '../campaign/kills/campaign.ts';
import { chromiumCommand, electronApp } from '../campaign/kills/engines.ts';

test.each([
  ['the app', electronApp, 4],
  ['the command line with a Chromium', chromiumCommand, 3],
])(
  '%s: what was acknowledged is there, and nothing stands in clear',
  async (_name, start, count) => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-kills-'));
    const engine = await start(folder);
    try {
      const { kills } = await killCaptures({ engine, folder, count, seed: 20260105 });

      expect(kills.map(({ faults }) => faults)).toEqual(kills.map(() => []));
      // The moments lie in the capture: something had been acknowledged, and not everything.
      expect(kills.some(({ acknowledged }) => acknowledged > 0)).toBe(true);
      expect(kills.some(({ state }) => state === 'interrupted')).toBe(true);
    } finally {
      engine.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
  600_000,
);
