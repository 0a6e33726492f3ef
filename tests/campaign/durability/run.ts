/** Records a command's writes with strace, then opens what a power cut after each sync would have left. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeArchive, createArchive, openArchive } from '../../../archive/open.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { toFailure } from '../../../contract/errors.ts';
import { archiveFaults } from '../../support/archive-faults.ts';
import { postPage } from '../../support/post-page.ts';
import { bytes, html, serveSite } from '../../support/site-server.ts';
import { lostImports } from '../kills/imports.ts';
import { judge } from '../kills/judge.ts';
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

export type Recorded = 'import' | 'capture';

/** `folder`: empty. `files`: how many are imported, or belong to the captured page. */
export async function checkDurability(what: Recorded, folder: string, files: number): Promise<Durability> {
  const before = join(folder, 'before.holdfast');
  closeArchive(await createArchive({ path: before, passphrase, person, clauses: starterPack }));
  const archive = join(folder, 'case.holdfast');
  copyFileSync(before, archive);
  const log = join(folder, 'acknowledged');
  const acts = await (what === 'import' ? recordImport : recordCapture)(folder, archive, log, files);
  const faults = earlyAcknowledgements(acts, archive, log).map(
    (line) => `acknowledged before its sync: ${line}`,
  );
  let looked = 0;
  for (const cut of cuts(acts, archive, before, join(folder, 'cut'))) {
    looked += 1;
    const told = acts.slice(0, cut.acts).filter((act) => act.kind === 'append' && act.path === log);
    const cutLog = join(folder, 'acknowledged-by-then');
    writeFileSync(cutLog, Buffer.concat(told.map((act) => ('bytes' in act ? act.bytes : Buffer.alloc(0)))));
    for (const fault of await faultsOf(what, cut.path, cutLog))
      faults.push(`cut after ${cut.acts} of ${acts.length} acts, ${cut.disk}: ${fault}`);
  }
  return {
    acknowledged: acts.filter((act) => act.kind === 'append' && act.path === log).length,
    syncs: acts.filter((act) => act.kind === 'sync').length,
    cuts: looked,
    faults,
  };
}

async function faultsOf(what: Recorded, path: string, log: string): Promise<string[]> {
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

async function recordImport(folder: string, archive: string, log: string, files: number): Promise<Act[]> {
  const source = join(folder, 'source');
  mkdirSync(source);
  for (let n = 0; n < files; n++) writeFileSync(join(source, `${n}.html`), postPage(`words ${n}`));
  return record(folder, log, ['import', archive, source]);
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

async function record(folder: string, log: string, words: readonly string[]): Promise<Act[]> {
  const program = await buildTracedCommand(join(folder, 'command'));
  const trace = join(folder, 'trace');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const child = spawn('strace', [...straceArguments(trace), process.execPath, program, ...words], {
    env: {
      ...process.env,
      HOME: folder,
      TMPDIR: temporary,
      HOLDFAST_PASSPHRASE: passphrase,
      [logVariable]: log,
    },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`holdfast ${words[0]} ended with ${code}`);
  return readActs(trace, folder);
}
