/** Rounds of a command that copies an archive whole, each killed at a random moment, most of them of the copying. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Archive } from '../../../archive/archive.ts';
import { importFiles } from '../../../archive/import/import-files.ts';
import { verifyLog } from '../../../archive/log/verify.ts';
import { closeArchive, createArchive, openArchive } from '../../../archive/open.ts';
import { searchPosts } from '../../../archive/posts.ts';
import { backUp } from '../../../archive/safety/backup.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { archiveStatus } from '../../../archive/status.ts';
import { HoldfastError } from '../../../contract/errors.ts';
import { archiveFaults } from '../../support/archive-faults.ts';
import { postPage } from '../../support/post-page.ts';
import { findTraces } from '../../support/traces.ts';
import type { PartOrder } from '../parts/part.ts';
import { appearance, type Command, passphrase, person, runCommand } from '../support/killed-command.ts';
import { randomFrom } from '../support/random.ts';
import { buildTracedCommand } from '../support/traced-programs.ts';

export const nextPassphrase = 'four other words that nobody guesses';

/** Of how many files the archive is made. */
export const captures = 5;
/** Bytes of the one large file: copying them takes about as long as starting the program does. */
const large = 6 << 20;

/** The folders and files of a round. */
export interface Place {
  /** HOME, and where the archive is. */
  folder: string;
  archive: string;
  backup: string;
  /** In a folder of its own; not there before. */
  out: string;
  /** One of the captures, and words that stand in it alone. */
  item: { captureId: string; words: string };
  command: Command;
  /** What the command said before it ended; empty where it said nothing. */
  said(): string;
}

export interface Round {
  words(place: Place): string[];
  /** What is being written while the command is at work. */
  unfinished(place: Place): string;
  /** What is wrong afterwards, in words; and whether what the command makes was there. */
  judge(place: Place): Promise<{ faults: string[]; isDone: boolean }>;
}

/** How many of the rounds failed. */
export async function killRounds(
  { folder, count, seed, say }: PartOrder,
  { words, unfinished, judge }: Round,
): Promise<number> {
  const program = await buildTracedCommand(join(folder, 'command'));
  const marker = `marker-${randomUUID()}`;
  const template = await makeTemplate(folder, marker);
  const once = async (n: number, moment: { at: number; isWorking: boolean } | null) => {
    const place = makePlace(join(folder, `run-${n}`), template, program, words);
    const writing = unfinished(place);
    const { seen, stop } = appearance(dirname(writing), basename(writing));
    const started = performance.now();
    const { milliseconds, code } = await runCommand(
      place.command,
      moment?.at ?? null,
      moment?.isWorking === true ? seen : undefined,
    );
    // Ended by itself: then it has written, and says how fast the machine is now.
    const wait = code === 0 ? (await seen) - started : 0;
    const took = code === 0 ? { wait, work: milliseconds - wait } : null;
    stop();
    const wasHalf = existsSync(writing);
    const hasTold = place.said() !== '';
    const faults = inClear(marker, place.folder);
    const found = await judge(place);
    faults.push(...found.faults, ...inClear(marker, place.folder));
    rmSync(place.folder, { recursive: true });
    return { took, wasHalf, hasTold, isDone: found.isDone, faults };
  };
  const whole = await once(-1, null);
  if (whole.took === null || whole.faults.length > 0) throw new Error(`not done: ${whole.faults.join('; ')}`);
  const random = randomFrom(seed);
  const seen = { half: 0, done: 0, told: 0 };
  let failed = 0;
  let { wait, work } = whole.took;
  for (let n = 0; n < count; n++) {
    // One in five at any moment, the start of the program included.
    const isWorking = n % 5 !== 0;
    const at = random.next() * (isWorking ? work : wait + work);
    const { took, faults, wasHalf, isDone, hasTold } = await once(n, { at, isWorking });
    // A machine with other work is now quicker, now slower: a kill too late says by how much, others that it may be.
    ({ wait, work } = took ?? { wait, work: work * 1.03 });
    seen.half += Number(wasHalf);
    seen.done += Number(isDone);
    seen.told += Number(hasTold);
    if (faults.length === 0) continue;
    failed += 1;
    say(
      `FAULT ${n + 1}: ${at.toFixed(0)} ms into ${isWorking ? 'the work' : 'the run'}: ${faults.join('; ')}`,
    );
  }
  say(
    `the command took ${(wait + work).toFixed(0)} ms at last, ${wait.toFixed(0)} of them before it wrote; after ` +
      `${count} kills: half written ${seen.half}, done ${seen.done}, acknowledged ${seen.told}`,
  );
  return failed;
}

interface Template extends Pick<Place, 'archive' | 'backup' | 'item'> {}

async function makeTemplate(folder: string, marker: string): Promise<Template> {
  const source = join(folder, 'source');
  mkdirSync(source);
  writeFileSync(join(source, 'large.bin'), Buffer.concat([Buffer.from(marker), randomBytes(large)]));
  for (let n = 1; n < captures; n++) writeFileSync(join(source, `${n}.html`), postPage(`${marker} ${n}`));
  const path = join(folder, 'template.holdfast');
  const backup = join(folder, 'backup.holdfast');
  const archive = await createArchive({ path, passphrase, person, clauses: starterPack });
  await importFiles(archive, [source]);
  await backUp(archive, backup);
  const words = `${marker} 1`;
  const captureId = searchPosts(archive, `"${words}"`, 1).hits[0]?.captureId ?? '';
  closeArchive(archive);
  return { archive: path, backup, item: { captureId, words } };
}

function makePlace(folder: string, template: Template, program: string, words: Round['words']): Place {
  mkdirSync(join(folder, 'out'), { recursive: true });
  const said = join(folder, 'said');
  const command: Command = {
    program,
    words: [],
    folder,
    log: join(folder, 'acknowledged'),
    said,
    environment: { HOLDFAST_NEW_PASSPHRASE: nextPassphrase },
  };
  const place: Place = {
    folder,
    archive: join(folder, 'case.holdfast'),
    backup: join(folder, 'backup.holdfast'),
    out: join(folder, 'out', 'copy.holdfast'),
    item: template.item,
    command,
    said: () => (existsSync(said) ? readFileSync(said, 'utf8') : ''),
  };
  copyFileSync(template.archive, place.archive);
  copyFileSync(template.backup, place.backup);
  return { ...place, command: { ...command, words: words(place) } };
}

function inClear(marker: string, folder: string): string[] {
  return findTraces(marker, [folder]).map((trace) => `in clear: ${trace.path} (${trace.encoding})`);
}

/**
 * What is wrong with the archive at `path`, everything in it read and its log verified in order; null where it does
 * not open with this passphrase. `expected`: how many captures it must have; `look` may add more.
 */
export async function faultsAt(
  path: string,
  given: string,
  expected: number,
  look: (archive: Archive) => string[] = () => [],
): Promise<string[] | null> {
  let archive: Archive;
  try {
    archive = await openArchive({ path, passphrase: given, person });
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return error.code === 'wrong-passphrase' ? null : [`${basename(path)} does not open: ${error.message}`];
  }
  try {
    const faults = [...archiveFaults(archive), ...look(archive)];
    for (const { message } of (await verifyLog(archive)).problems) faults.push(`log: ${message}`);
    const found = archiveStatus(archive).counts.captures;
    if (found !== expected) faults.push(`${found} captures of ${expected}`);
    return faults;
  } finally {
    closeArchive(archive);
  }
}

/** What lies in a folder beside what may lie there. */
export function leftIn(folder: string, allowed: readonly string[]): string[] {
  const left = readdirSync(folder).filter((name) => !allowed.includes(name));
  return left.length === 0 ? [] : [`left behind: ${left.join(', ')}`];
}

/** How many events of this kind the log has. */
export function countEvents(archive: Archive, kind: string): number {
  return Number(archive.db.prepare('SELECT count(*) FROM event WHERE kind = ?').pluck().get(kind));
}
