/** Records a command's writes with strace, then opens what a power cut after each sync would have left. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { importFiles } from '../../../archive/import/import-files.ts';
import { closeArchive, createArchive, openArchive } from '../../../archive/open.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { toFailure } from '../../../contract/errors.ts';
import { archiveFaults } from '../../support/archive-faults.ts';
import { postPage } from '../../support/post-page.ts';
import { bytes, html, serveSite } from '../../support/site-server.ts';
import { lostImports } from '../kills/imports.ts';
import { judge } from '../kills/judge.ts';
import { faultsAt, leftIn, nextPassphrase } from '../kills/safety.ts';
import { logVariable, readAcknowledged } from '../support/acknowledged.ts';
import { passphrase, person } from '../support/killed-command.ts';
import { buildTracedCommand } from '../support/traced-programs.ts';
import { cuts, earlyAcknowledgements } from './replay.ts';
import { type Act, readActs, straceArguments } from './trace.ts';

export interface Durability {
  acknowledged: number;
  syncs: number;
  cuts: number;
  faults: string[];
}

export type Recorded = 'import' | 'capture' | 'passphrase';

const recordings = { import: recordImport, capture: recordCapture, passphrase: recordPassphrase };

/** `folder`: empty. `files`: how many are imported, belong to the captured page, or are in the archive before. */
export async function checkDurability(what: Recorded, folder: string, files: number): Promise<Durability> {
  const before = join(folder, 'before.holdfast');
  const made = await createArchive({ path: before, passphrase, person, clauses: starterPack });
  if (what === 'passphrase') await importFiles(made, [pages(folder, files)]);
  closeArchive(made);
  const archive = join(folder, 'case.holdfast');
  copyFileSync(before, archive);
  const log = join(folder, 'acknowledged');
  const acts = await recordings[what](folder, archive, log, files);
  const faults = earlyAcknowledgements(acts, archive, log).map(
    (line) => `acknowledged before its sync: ${line}`,
  );
  let looked = 0;
  for (const cut of cuts(acts, archive, before, join(folder, 'cut'))) {
    looked += 1;
    const told = acts.slice(0, cut.acts).filter((act) => act.kind === 'append' && act.path === log);
    const cutLog = join(folder, 'acknowledged-by-then');
    writeFileSync(cutLog, Buffer.concat(told.map((act) => ('bytes' in act ? act.bytes : Buffer.alloc(0)))));
    for (const fault of await faultsOf(what, files, cut.path, cutLog))
      faults.push(`cut after ${cut.acts} of ${acts.length} acts, ${cut.disk}: ${fault}`);
  }
  return {
    acknowledged: acts.filter((act) => act.kind === 'append' && act.path === log).length,
    syncs: acts.filter((act) => act.kind === 'sync').length,
    cuts: looked,
    faults,
  };
}

async function faultsOf(what: Recorded, files: number, path: string, log: string): Promise<string[]> {
  if (what === 'passphrase') return passphraseFaults(path, files, readFileSync(log).length > 0);
  const acknowledged = readAcknowledged(log);
  try {
    const archive = await openArchive({ path, passphrase, person });
    try {
      return what === 'import'
        ? [...archiveFaults(archive), ...lostImports(archive, acknowledged.imports)]
        : judge(archive, acknowledged, new Map()).faults;
    } finally {
      closeArchive(archive);
    }
  } catch (error) {
    return [`does not open: ${toFailure(error).message}`];
  }
}

async function passphraseFaults(path: string, files: number, wasTold: boolean): Promise<string[]> {
  const [old, next] = [await faultsAt(path, passphrase, files), await faultsAt(path, nextPassphrase, files)];
  const faults = [...(old ?? []), ...(next ?? [])];
  if ((old === null) === (next === null)) faults.push(`opens with ${old === null ? 'neither' : 'both'}`);
  if (wasTold && next === null) faults.push('was acknowledged, and has the old passphrase');
  return [...faults, ...leftIn(dirname(path), [basename(path), `${basename(path)}-lock`])];
}

/** The command says by itself that it is done; that is what was acknowledged. */
function recordPassphrase(folder: string, archive: string, log: string): Promise<Act[]> {
  return record(folder, log, ['passphrase', archive], { threads: 'all', said: log });
}

/** A folder with pages to import. */
function pages(folder: string, files: number): string {
  const source = join(folder, 'source');
  mkdirSync(source);
  for (let n = 0; n < files; n++) writeFileSync(join(source, `${n}.html`), postPage(`words ${n}`));
  return source;
}

async function recordImport(folder: string, archive: string, log: string, files: number): Promise<Act[]> {
  return record(folder, log, ['import', archive, pages(folder, files)]);
}

async function recordCapture(folder: string, archive: string, log: string, files: number): Promise<Act[]> {
  const paths = Array.from({ length: files }, (_, n) => `/file/${n}`);
  const routes = paths.map((path) => [path, bytes(Buffer.from(`body of ${path}`), {})] as const);
  const site = await serveSite({
    '/post': html(`<p>Words</p><script>for (const path of ${JSON.stringify(paths)}) fetch(path)</script>`),
    ...Object.fromEntries(routes),
  });
  try {
    return await record(folder, log, ['capture', archive, `${site.origin}/post`, '--engine', 'chromium']);
  } finally {
    await site.close();
  }
}

async function record(
  folder: string,
  log: string,
  words: readonly string[],
  { threads = 'first', said }: { threads?: 'first' | 'all'; said?: string } = {},
): Promise<Act[]> {
  const program = await buildTracedCommand(join(folder, 'command'));
  const trace = join(folder, 'trace');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const child = spawn('strace', [...straceArguments(trace, threads), process.execPath, program, ...words], {
    env: {
      ...process.env,
      HOME: folder,
      TMPDIR: temporary,
      HOLDFAST_PASSPHRASE: passphrase,
      HOLDFAST_NEW_PASSPHRASE: nextPassphrase,
      [logVariable]: log,
    },
    stdio: ['ignore', said === undefined ? 'ignore' : openSync(said, 'a'), 'ignore'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`holdfast ${words[0]} ended with ${code}`);
  return readActs(trace, folder);
}
