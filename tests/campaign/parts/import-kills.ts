/** Imports that are killed at random moments. */
import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeArchive, createArchive, openArchive } from '../../../archive/open.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { archiveFaults } from '../../support/archive-faults.ts';
import { postPage } from '../../support/post-page.ts';
import { findTraces } from '../../support/traces.ts';
import { lostImports } from '../kills/imports.ts';
import { type Acknowledged, readAcknowledged } from '../support/acknowledged.ts';
import { passphrase, person, runCommand } from '../support/killed-command.ts';
import { randomFrom } from '../support/random.ts';
import { buildTracedCommand } from '../support/traced-programs.ts';
import type { Part, PartOrder } from './part.ts';

const files = 60;

export const importKills: Part = {
  what: 'an import is killed at a random moment',
  count: 50,
  run,
};

async function run({ folder, count, seed, say }: PartOrder): Promise<number> {
  const program = await buildTracedCommand(join(folder, 'command'));
  const marker = `marker-${randomUUID()}`;
  const source = join(folder, 'source');
  makeSource(source, marker);
  const template = join(folder, 'template.holdfast');
  closeArchive(await createArchive({ path: template, passphrase, person, clauses: starterPack }));
  const once = async (n: number, at: number | null) => {
    const own = join(folder, `run-${n}`);
    mkdirSync(own);
    const path = join(own, 'case.holdfast');
    copyFileSync(template, path);
    const log = join(own, 'acknowledged');
    const { milliseconds } = await runCommand(
      { program, words: ['import', path, source], folder: own, log },
      at,
    );
    const found = await judge(path, own, marker, readAcknowledged(log));
    rmSync(own, { recursive: true });
    return { milliseconds, ...found };
  };
  const whole = await once(-1, null);
  if (whole.faults.length > 0) throw new Error(whole.faults.join('; '));
  const random = randomFrom(seed);
  let failed = 0;
  const acknowledged: number[] = [];
  for (let n = 0; n < count; n++) {
    const at = random.next() * whole.milliseconds;
    const { faults, told } = await once(n, at);
    acknowledged.push(told);
    if (faults.length > 0)
      say(`FAULT ${n + 1}: at ${at.toFixed(0)} ms, ${told} acknowledged: ${faults.join('; ')}`);
    if (faults.length > 0) failed += 1;
  }
  say(
    `a whole import of ${files} files takes ${whole.milliseconds.toFixed(0)} ms; acknowledged before the kill: ` +
      `${Math.min(...acknowledged)}–${Math.max(...acknowledged)} files, nothing in ${acknowledged.filter((one) => one === 0).length} runs`,
  );
  return failed;
}

/** Pages with a post, and among them files that take longer. */
function makeSource(source: string, marker: string): void {
  mkdirSync(source);
  for (let n = 0; n < files; n++) {
    const name = join(source, String(n).padStart(3, '0'));
    if (n % 10 === 5)
      writeFileSync(`${name}.bin`, Buffer.concat([Buffer.from(marker), randomBytes(6 << 20)]));
    else writeFileSync(`${name}.html`, postPage(`${marker} ${n}`));
  }
}

async function judge(
  path: string,
  folder: string,
  marker: string,
  { imports }: Acknowledged,
): Promise<{ faults: string[]; told: number }> {
  const faults = inClear(marker, folder);
  const archive = await openArchive({ path, passphrase, person });
  try {
    faults.push(...archiveFaults(archive), ...lostImports(archive, imports));
  } finally {
    closeArchive(archive);
  }
  return { faults: [...faults, ...inClear(marker, folder)], told: imports.length };
}

function inClear(marker: string, folder: string): string[] {
  return findTraces(marker, [folder]).map((trace) => `in clear: ${trace.path} (${trace.encoding})`);
}
