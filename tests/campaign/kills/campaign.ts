/** Captures that are killed at random moments: host, main, renderer, all; and what is found afterwards. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Archive } from '../../../archive/archive.ts';
import { closeArchive, createArchive, openArchive } from '../../../archive/open.ts';
import { addPersona } from '../../../archive/personas/personas.ts';
import { keepSession, openSession } from '../../../archive/personas/session.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { toFailure } from '../../../contract/errors.ts';
import { alive, killAll, naming, treeOf } from '../../support/processes.ts';
import { findTraces } from '../../support/traces.ts';
import { readAcknowledged } from '../support/acknowledged.ts';
import { randomFrom, shuffled } from '../support/random.ts';
import { type SlowSite, serveSlowSite } from '../support/slow-site.ts';
import { type KillEngine, passphrase } from './engines.ts';
import { judge } from './judge.ts';

export interface Kill {
  victim: string;
  /** Milliseconds after the page was asked for. */
  at: number;
  /** Answers and artifacts that had been acknowledged by then. */
  acknowledged: number;
  /** The capture had ended before. */
  tooLate: boolean;
  /** Milliseconds from the request for the page to the acknowledged end of a whole capture; null where it did not come to that. */
  took: number | null;
  state: string;
  faults: string[];
}

export interface KillsOrder {
  engine: KillEngine;
  /** Empty; everything is made in it. */
  folder: string;
  count: number;
  seed: number;
  /** Under a persona whose session is kept, with the autopilot. */
  dressed?: boolean;
  onKill?(n: number, kill: Kill): void;
}

/** Milliseconds that a program may take to end after one of its processes was killed; and to be asked for a page. */
const patience = 120_000;
const person = { name: 'Tess Ter' };

export async function killCaptures(order: KillsOrder): Promise<{ kills: Kill[]; duration: number }> {
  const { engine, folder, count, seed, dressed = false, onKill } = order;
  const marker = `marker-${randomUUID()}`;
  const site = await serveSlowSite(marker);
  const template = join(folder, 'template.holdfast');
  const made = await createArchive({ path: template, passphrase, person, clauses: starterPack });
  if (dressed) addWorn(made, site.site.origin);
  closeArchive(made);
  const random = randomFrom(seed);
  const names = Object.keys(engine.victims);
  const victims = shuffled(
    Array.from({ length: count }, (_, n) => names[n % names.length] ?? ''),
    random,
  );
  const kills: Kill[] = [];
  try {
    let duration = await wholeRun(new Run(engine, site, template, join(folder, 'whole'), dressed));
    for (const [n, victim] of victims.entries()) {
      const run = new Run(engine, site, template, join(folder, `run-${n}`), dressed);
      const kill = await run.killed(victim, random.next() * duration, marker);
      kills.push(kill);
      // On a machine that has become less busy the same moments would come after the end.
      duration = Math.min(duration, kill.took ?? duration);
      onKill?.(n, kill);
      run.remove();
    }
    return { kills, duration };
  } finally {
    await site.site.close();
  }
}

/** Milliseconds from the request for the page to the acknowledged end of a capture that nobody kills. */
async function wholeRun(run: Run): Promise<number> {
  const { duration, faults } = await run.whole();
  run.remove();
  if (duration === null || faults.length > 0)
    throw new Error(`a capture that was not killed went wrong: ${faults.join('; ')}`);
  return duration;
}

const worn = {
  name: 'Harbour',
  colour: 'teal',
  languages: ['fa-IR', 'en'],
  timeZone: 'Asia/Tehran',
  userAgent: null,
  proxy: null,
  pace: null,
} as const;
const signedIn = { name: 'session', value: 'signed-in', path: '/', httpOnly: true, secure: false };

function addWorn(archive: Archive, origin: string): void {
  const { id } = addPersona(archive, { ...worn, languages: [...worn.languages] });
  const cookie = { ...signedIn, domain: new URL(origin).hostname, expires: Date.now() / 1000 + 86_400 };
  keepSession(archive, id, Buffer.from(JSON.stringify({ v: 1, cookies: [cookie], storage: [] })), null);
}

class Run {
  readonly #engine: KillEngine;
  readonly #site: SlowSite;
  readonly #folder: string;
  readonly #archive: string;
  readonly #home: string;
  readonly #log: string;
  readonly #dressed: boolean;

  constructor(engine: KillEngine, site: SlowSite, template: string, folder: string, dressed: boolean) {
    this.#dressed = dressed;
    this.#engine = engine;
    this.#site = site;
    this.#folder = folder;
    this.#home = join(folder, 'home');
    this.#archive = join(folder, 'case.holdfast');
    this.#log = join(folder, 'acknowledged');
    mkdirSync(this.#home, { recursive: true });
    copyFileSync(template, this.#archive);
  }

  async whole(): Promise<{ duration: number | null; faults: string[] }> {
    const { child, asked } = await this.#start();
    await ended(child);
    const acknowledged = readAcknowledged(this.#log);
    const archive = await this.#open();
    const { faults, state } = judge(archive, acknowledged, this.#site.sha256);
    closeArchive(archive);
    if (state !== 'whole') faults.push(`it is ${state}`);
    return { duration: acknowledged.finish === null ? null : acknowledged.finish.at - asked, faults };
  }

  async killed(victim: string, at: number, marker: string): Promise<Kill> {
    const { child, asked } = await this.#start();
    await after(Math.max(0, asked + at - Date.now()));
    const tree = treeOf(child.pid ?? 0);
    const chosen = this.#engine.victims[victim]?.(tree) ?? [];
    const tooLate = chosen.length === 0;
    killAll(chosen.map(({ pid }) => pid));
    const faults: string[] = [];
    const running = await this.#gone(child, [...tree.map(({ pid }) => pid)]);
    if (running.length > 0) faults.push(`still running: ${running.join(', ')}`);
    const acknowledged = readAcknowledged(this.#log);
    faults.push(...this.#traces(marker));
    let state = 'unopened';
    try {
      const archive = await this.#open();
      const judged = judge(archive, acknowledged, this.#site.sha256);
      if (this.#dressed) faults.push(...sessionFaults(archive));
      closeArchive(archive);
      state = judged.state;
      faults.push(...judged.faults, ...this.#traces(marker));
    } catch (error) {
      faults.push(`does not open: ${toFailure(error).code} ${toFailure(error).message}`);
    }
    const told = acknowledged.exchanges.length + acknowledged.artifacts.length;
    // A capture whose page was killed ends at once, and says nothing of how long a whole one takes.
    const took = acknowledged.finish === null || state !== 'whole' ? null : acknowledged.finish.at - asked;
    return { victim, at, acknowledged: told, tooLate, took, state, faults };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #start(): Promise<{ child: ChildProcess; asked: number }> {
    const heard = this.#site.asked();
    const child = this.#engine.start({
      archive: this.#archive,
      url: this.#dressed ? this.#site.listUrl : this.#site.url,
      home: this.#home,
      log: this.#log,
      persona: this.#dressed ? worn.name : null,
    });
    const silent = after(patience, null, { ref: false }).then(() => {
      throw new Error('the page was not asked for');
    });
    await Promise.race([heard, silent]);
    return { child, asked: Date.now() };
  }

  /** Waits until nothing of the run is left; answers, and ends, what is left after all. */
  async #gone(child: ChildProcess, pids: readonly number[]): Promise<string[]> {
    const deadline = Date.now() + patience;
    const left = (): number[] => [
      ...new Set([...alive(pids), ...naming(this.#folder).map(({ pid }) => pid)]),
    ];
    while (Date.now() < deadline && left().length > 0) await after(20);
    const names = naming(this.#folder).map(({ words }) => words.slice(0, 3).join(' '));
    const running = left();
    killAll(running);
    if (child.exitCode === null && child.signalCode === null) await ended(child);
    return running.length === 0 ? [] : [...names, `${running.length} processes`];
  }

  #open(): Promise<Archive> {
    return openArchive({ path: this.#archive, passphrase, person });
  }

  #traces(marker: string): string[] {
    return findTraces(marker, [this.#folder]).map(
      ({ path, encoding }) => `in clear: ${path.replace(this.#folder, '')} (${encoding})`,
    );
  }
}

/** What was kept before is kept after, whether the capture came to keep it anew or not. */
function sessionFaults(archive: Archive): string[] {
  const { cookies } = openSession(archive, worn.name).state;
  const kept = cookies.find(({ name }) => name === signedIn.name);
  return kept?.value === signedIn.value ? [] : ['the session of the persona is not what it was'];
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
