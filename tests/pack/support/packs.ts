/** The two packs, and how they are started here: from nowhere near the project, with an empty home. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resolveElectron, sandboxArguments } from '../../../scripts/electron-runtime.mjs';
import { packLocation } from '../../../scripts/pack.mjs';
import { temporaryFolder } from '../../support/temporary.ts';

export type PackKind = 'test' | 'release';
export const packKinds: readonly PackKind[] = ['test', 'release'];

export interface Pack {
  folder: string;
  executable: string;
  resources: string;
}

export function packOf(kind: PackKind): Pack {
  return packLocation(kind);
}

/** The Electron that both packs are made around; an old one brings the project's Node and a mark with it. */
export const runtime = {
  version: resolveElectron().version,
  isStandIn: resolveElectron().kind === 'stand-in',
};

/** What every start needs on this machine: as root Chromium has no sandbox. */
export const sandbox: string[] = sandboxArguments(packOf('release').executable);

export interface Desk {
  /** Empty but for `tmp`. */
  home: string;
  temporary: string;
  env: Record<string, string>;
}

/** A home that nobody has lived in, gone when the test is over, and an environment that names little else. */
export function newDesk(more: Record<string, string> = {}): Desk {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  const temporary = join(folder, 'tmp');
  mkdirSync(home);
  mkdirSync(temporary);
  const { PATH = '', DISPLAY = '', XAUTHORITY } = process.env;
  const display = XAUTHORITY === undefined ? { DISPLAY } : { DISPLAY, XAUTHORITY };
  return { home, temporary, env: { PATH, ...display, HOME: home, TMPDIR: temporary, ...more } };
}

/** What `--smoke-test` prints. */
export const smokeReportSchema = z.union([
  z.object({
    ok: z.literal(true),
    version: z.string(),
    kind: z.string(),
    notForUsers: z.string().nullable(),
    electron: z.string(),
    hostNode: z.string(),
    elements: z.number(),
    events: z.number(),
  }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string() }) }),
]);

export function smokeReport(stdout: string) {
  return smokeReportSchema.parse(JSON.parse(stdout));
}
