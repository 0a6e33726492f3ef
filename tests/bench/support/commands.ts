/** The commands that captures are measured with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { closeArchive, createArchive } from '../../../archive/open.ts';
import { starterPack } from '../../../archive/starter-pack.ts';
import { findChromium } from '../../../capture/chromium.ts';
import { captureResultSchema } from '../../../contract/model/recording.ts';
import { projectRoot } from '../../support/electron.ts';

export const passphrase = 'bench';
export const person = { name: 'Bench' };
export const engines = ['chromium', 'electron'] as const;
type Engine = (typeof engines)[number];

const printedSchema = z.object({ captures: z.array(captureResultSchema) });

/** The commands, in an empty home with a display. */
export class Commands {
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #template: string;
  #n = 0;

  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#environment = environment;
    this.#template = join(folder, 'template.holdfast');
  }

  async prepare(): Promise<void> {
    closeArchive(await createArchive({ path: this.#template, passphrase, person, clauses: starterPack }));
  }

  get emptySize(): number {
    return statSync(this.#template).size;
  }

  newArchive(): string {
    const path = join(this.#folder, `case-${this.#n++}.holdfast`);
    copyFileSync(this.#template, path);
    return path;
  }

  /** `more`: options besides. */
  holdfast(archive: string, url: string, engine: Engine, more: readonly string[] = []): ChildProcess {
    const program = join(projectRoot, 'cli', 'holdfast.mjs');
    const words = ['capture', archive, url, '--engine', engine, '--json', ...more];
    return spawn(process.execPath, [program, ...words], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  /** What SingleFile wrote last. */
  get single(): string {
    return join(this.#folder, 'single.html');
  }

  singleFile(url: string): ChildProcess {
    const out = this.single;
    rmSync(out, { force: true });
    const program = join(projectRoot, 'node_modules', 'single-file-cli', 'single-file-node.js');
    return spawn(
      process.execPath,
      [
        ...[program, url, out, `--browser-executable-path=${findChromium()}`],
        `--browser-args=${JSON.stringify(['--no-sandbox', '--disable-gpu'])}`,
      ],
      { env: this.#environment, stdio: 'ignore' },
    );
  }
}

export async function finished(child: ChildProcess): Promise<z.infer<typeof captureResultSchema>> {
  if (child.stdout === null) throw new Error('its output is not read');
  const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const [capture] = printedSchema.parse(JSON.parse(printed)).captures;
  // One of the demo's pages names a picture that nobody serves.
  if (capture === undefined || capture.reasons.some(({ code }) => code !== 'media-missing')) {
    throw new Error(`a capture of the bench is ${capture?.verdict}: ${JSON.stringify(capture?.reasons)}`);
  }
  return capture;
}
