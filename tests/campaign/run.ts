/**
 * `npm run campaign`: what takes longer than a test may, each part by name. A seed repeats the random choices of a run,
 * as far as the moments of processes can be repeated.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { autopilot } from './parts/autopilot.ts';
import { backupKills } from './parts/backup-kills.ts';
import { captureKills, dressedKills } from './parts/capture-kills.ts';
import { city } from './parts/city.ts';
import { compileKills } from './parts/compile-kills.ts';
import { durability } from './parts/durability.ts';
import { importKills } from './parts/import-kills.ts';
import { largeBundle } from './parts/large-bundle.ts';
import type { Part } from './parts/part.ts';
import { passphraseKills } from './parts/passphrase-kills.ts';
import { purgeKills } from './parts/purge-kills.ts';
import { readers } from './parts/readers.ts';
import { tagAtPace, tagThousand } from './parts/tag-thousand.ts';
import { tamper } from './parts/tamper.ts';
import { verifyPagePart } from './parts/verify-page.ts';
import { wholeTables } from './parts/whole-tables.ts';

const parts: Record<string, Part> = {
  'kills-electron': captureKills('electron'),
  'kills-chromium': captureKills('chromium'),
  'kills-persona-electron': dressedKills('electron'),
  'kills-persona-chromium': dressedKills('chromium'),
  'kills-import': importKills,
  'kills-compile': compileKills,
  'kills-passphrase': passphraseKills,
  'kills-backup': backupKills('backup'),
  'kills-restore': backupKills('restore'),
  'kills-purge': purgeKills,
  'durability-import': durability('import'),
  'durability-capture': durability('capture'),
  'durability-passphrase': durability('passphrase'),
  'autopilot-electron': autopilot('electron'),
  'autopilot-chromium': autopilot('chromium'),
  'large-bundle': largeBundle,
  tamper,
  'tag-thousand': tagThousand,
  'tag-at-pace': tagAtPace,
  readers,
  'verify-page': verifyPagePart,
  'whole-tables': wholeTables,
  'city-electron': city('electron'),
  'city-chromium': city('chromium'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, count: { type: 'string' } },
});
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const chosen = Object.entries(parts).filter(
  ([name]) =>
    positionals.length === 0 || positionals.some((word) => name === word || name.startsWith(`${word}-`)),
);
if (chosen.length === 0) {
  console.error(`holdfast: there is no part of that name; there are ${Object.keys(parts).join(', ')}`);
  process.exitCode = 2;
}
for (const [name, part] of chosen) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-campaign-'));
  const count = Number(values.count ?? part.count);
  console.log(`\n${name}: ${count} × ${part.what}, seed ${seed}`);
  try {
    const failures = await part.run({ folder, count, seed, say: (line) => console.log(`  ${line}`) });
    console.log(failures === 0 ? '  passed' : `  FAILED: ${failures} of ${count}`);
    if (failures > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
