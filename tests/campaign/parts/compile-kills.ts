/** Compilations that are killed at random moments: a bundle is there whole, or not at all. */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIdentityFile } from '../../../archive/identity.ts';
import { importFiles } from '../../../archive/import/import-files.ts';
import { closeArchive, createArchive, openArchive } from '../../../archive/open.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { verifyFile } from '../../../archive/verify.ts';
import { archiveFaults } from '../../support/archive-faults.ts';
import { postPage } from '../../support/post-page.ts';
import { type Command, passphrase, person, runCommand } from '../support/killed-command.ts';
import { randomFrom } from '../support/random.ts';
import { buildTracedCommand } from '../support/traced-programs.ts';
import type { Part, PartOrder } from './part.ts';

export const compileKills: Part = {
  what: 'a compilation is killed at a random moment',
  count: 50,
  run,
};

async function run({ folder, count, seed, say }: PartOrder): Promise<number> {
  const program = await buildTracedCommand(join(folder, 'command'));
  const identity = join(folder, 'dana.p12');
  await createIdentityFile(
    identity,
    passphrase,
    { name: 'Dana Desk', organisation: null, email: null },
    new Date(),
  );
  const template = await makeTemplate(folder);
  const random = randomFrom(seed);
  const once = async (n: number, at: number | null) => {
    const own = join(folder, `run-${n}`);
    mkdirSync(own);
    const path = join(own, 'case.holdfast');
    copyFileSync(template, path);
    const bundle = join(own, 'bundle.zip');
    const words = ['bundle', path, bundle, '--no-pdf', '--all', '--identity', identity];
    const command: Command = { program, words, folder: own, log: join(own, 'acknowledged') };
    const { milliseconds } = await runCommand(command, at);
    const wasThere = existsSync(bundle);
    const faults = await judge(command, path, bundle);
    rmSync(own, { recursive: true });
    return { milliseconds, wasThere, faults };
  };
  const whole = await once(-1, null);
  if (!whole.wasThere || whole.faults.length > 0) throw new Error(`no bundle: ${whole.faults.join('; ')}`);
  let failed = 0;
  let there = 0;
  for (let n = 0; n < count; n++) {
    const at = random.next() * whole.milliseconds;
    const { wasThere, faults } = await once(n, at);
    if (wasThere) there += 1;
    if (faults.length > 0) say(`FAULT ${n + 1}: at ${at.toFixed(0)} ms: ${faults.join('; ')}`);
    if (faults.length > 0) failed += 1;
  }
  say(
    `a whole compilation takes ${whole.milliseconds.toFixed(0)} ms; the bundle was there after ${there} of ${count} kills`,
  );
  return failed;
}

/** An archive with posts and one large file. */
async function makeTemplate(folder: string): Promise<string> {
  const source = join(folder, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'large.bin'), randomBytes(24 << 20));
  for (let n = 0; n < 20; n++) writeFileSync(join(source, `${n}.html`), postPage(`words ${n}`));
  const path = join(folder, 'template.holdfast');
  const archive = await createArchive({ path, passphrase, person, clauses: starterPack });
  await importFiles(archive, [source]);
  closeArchive(archive);
  return path;
}

/** A bundle that has its name is whole; the same command succeeds afterwards, and leaves nothing half written. */
async function judge(command: Command, path: string, bundle: string): Promise<string[]> {
  const faults: string[] = [];
  if (existsSync(bundle)) {
    const { verdict } = await verifyFile(bundle, { trust: [] });
    if (verdict !== 'consistent') faults.push(`the bundle is ${verdict}`);
  } else {
    const { code } = await runCommand(command);
    if (code !== 0) faults.push(`compiling again ended with ${code}`);
    else if ((await verifyFile(bundle, { trust: [] })).verdict !== 'consistent')
      faults.push('the second bundle is bad');
  }
  const partial = readdirSync(command.folder).filter((name) => name.endsWith('.partial'));
  if (partial.length > 0) faults.push(`left behind: ${partial.join(', ')}`);
  const archive = await openArchive({ path, passphrase, person });
  faults.push(...archiveFaults(archive));
  const recorded = Number(archive.db.prepare('SELECT count(*) FROM bundle').pluck().get());
  if (recorded < 1) faults.push('the log knows no bundle');
  closeArchive(archive);
  return faults;
}
