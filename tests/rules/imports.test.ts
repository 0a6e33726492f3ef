/** Every rule about who imports whom bites: one forbidden import each, in a tree of their own. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');

/** importing file, its line, the rule that must object */
const forbidden: [file: string, line: string, rule: string][] = [
  ['contract/a.ts', "import '../evidence/target.ts';", 'contract-imports'],
  ['contract/b.ts', "import 'uuid';", 'contract-imports'],
  ['contract/c.ts', "import 'node:fs';", 'contract-builtins'],
  ['evidence/a.ts', "import '../db/target.ts';", 'evidence-imports'],
  ['evidence/b.ts', "import '../sites/target.ts';", 'evidence-imports'],
  ['evidence/c.ts', "import 'better-sqlite3';", 'evidence-imports'],
  ['evidence/d.ts', "import 'node:child_process';", 'evidence-builtins'],
  ['evidence/e.ts', "import 'node:https';", 'evidence-builtins'],
  ['evidence/verify/a.ts', "import '../build/target.ts';", 'verifier-knows-no-builder'],
  ['evidence/verify/b.ts', "import '../between.ts';", 'verifier-knows-no-builder'],
  ['evidence/policy/a.ts', "import 'node:fs';", 'policy-core-is-pure'],
  ['sites/a.ts', "import '../evidence/target.ts';", 'sites-imports'],
  ['sites/b.ts', "import 'node:fs';", 'sites-builtins'],
  ['capture/a.ts', "import 'electron';", 'capture-imports'],
  ['capture/b.ts', "import '../db/target.ts';", 'capture-imports'],
  ['db/a.ts', "import '../evidence/target.ts';", 'db-imports'],
  ['db/b.ts', "import type { App } from 'electron'; export type A = App;", 'db-imports'],
  ['archive/a.ts', "import '../capture/target.ts';", 'archive-imports'],
  ['archive/b.ts', "import 'better-sqlite3';", 'archive-imports'],
  ['archive/c.ts', "export const a = () => import('electron');", 'archive-imports'],
  ['archive/d.ts', "import 'node:http';", 'archive-builtins'],
  ['main/a.ts', "import '../archive/target.ts';", 'main-imports'],
  [
    'main/b.ts',
    "import type { Target } from '../archive/target.ts'; export type A = Target;",
    'main-imports',
  ],
  ['main/c.ts', "import 'better-sqlite3';", 'main-imports'],
  ['main/d.ts', "import 'node:net';", 'main-builtins'],
  ['preload/a.ts', "import '../main/target.ts';", 'preload-imports'],
  ['preload/b.ts', "import 'node:path';", 'preload-builtins'],
  ['renderer/a.tsx', "import 'electron';", 'renderer-imports'],
  ['renderer/b.tsx', "import '../evidence/target.ts';", 'renderer-imports'],
  ['renderer/c.tsx', "export type A = import('../main/target.ts').Target;", 'renderer-imports'],
  ['renderer/d.tsx', "import 'node:fs';", 'renderer-builtins'],
  ['cli/a.ts', "import '../db/target.ts';", 'cli-imports'],
  ['cli/b.ts', "import 'electron';", 'cli-imports'],
  ['cli/c.ts', "import '../scripts/target.mjs';", 'cli-imports'],
  ['verify-page/a.ts', "import '../archive/target.ts';", 'verify-page-imports'],
  ['verify-page/b.ts', "import 'react';", 'verify-page-imports'],
  ['verify-page/c.ts', "import 'node:crypto';", 'verify-page-builtins'],
  ['scripts/a.mjs', "import '../main/target.ts';", 'ends-are-not-imported'],
  ['scripts/b.mjs', "import '../tests/target.ts';", 'product-knows-no-tests'],
  ['archive/e.ts', "import '../main/target.ts';", 'ends-are-not-imported'],
  ['archive/f.ts', "import '../preload/target.ts';", 'ends-are-not-imported'],
  ['archive/g.ts', "import '../renderer/target.ts';", 'ends-are-not-imported'],
  ['archive/h.ts', "import '../cli/target.ts';", 'ends-are-not-imported'],
  ['archive/i.ts', "import './j.ts';", 'no-cycles'],
  ['archive/k.ts', "import 'vitest';", 'no-development-packages'],
  ['archive/l.ts', "import 'acorn';", 'listed-in-package-json'],
  ['archive/m.ts', "import './nowhere.ts';", 'resolvable'],
];

/** The table of the architecture, from its other side: nothing objects to these. */
const allowed: [file: string, line: string][] = [
  ['contract/ok.ts', "import 'zod';"],
  ['evidence/ok.ts', "import '../contract/target.ts'; import 'pkijs'; import 'node:crypto';"],
  ['evidence/between.ts', "import './build/target.ts';"],
  ['sites/ok.ts', "import '../contract/target.ts'; import 'parse5';"],
  ['capture/ok.ts', "import '../contract/target.ts'; import '../sites/target.ts';"],
  ['db/ok.ts', "import '../contract/target.ts'; import 'better-sqlite3'; import 'node:fs';"],
  [
    'archive/ok.ts',
    "import '../contract/target.ts'; import '../evidence/target.ts'; import '../sites/target.ts'; import '../db/target.ts';",
  ],
  ['main/ok.ts', "import '../contract/target.ts'; import '../capture/target.ts'; import 'electron';"],
  ['preload/ok.ts', "import '../contract/target.ts'; import 'electron';"],
  ['renderer/ok.tsx', "import '../contract/target.ts'; import 'react'; import '@mantine/core';"],
  [
    'cli/ok.ts',
    "import '../contract/target.ts'; import '../evidence/target.ts'; import '../archive/target.ts'; import '../capture/target.ts'; import 'commander';",
  ],
  ['verify-page/ok.ts', "import '../contract/target.ts'; import '../evidence/target.ts'; import 'zod';"],
  ['tests/ok.ts', "import '../main/target.ts'; import '../db/target.ts'; import 'vitest';"],
];

const targets = [
  ...['contract', 'evidence', 'evidence/build', 'sites', 'capture', 'db', 'archive', 'main', 'preload'],
  ...['renderer', 'cli', 'verify-page', 'tests'],
];

const reportSchema = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

let tree = '';
const objections = new Map<string, string[]>();

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'holdfast-imports-'));
  await cp(join(root, '.dependency-cruiser.cjs'), join(tree, '.dependency-cruiser.cjs'));
  await cp(join(root, 'package.json'), join(tree, 'package.json'));
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const folder of targets) await write(`${folder}/target.ts`, 'export interface Target { a: 1 }');
  await write('scripts/target.mjs', 'export {};');
  // The way back of the cycle; it is reported once, at one of its ends.
  await write('archive/j.ts', "import './i.ts';");
  for (const [file, line] of [...forbidden, ...allowed]) await write(file, `${line}\nexport {};`);
  for (const violation of (await cruise()).summary.violations) {
    objections.set(violation.from, [...(objections.get(violation.from) ?? []), violation.rule.name]);
  }
});

afterAll(() => rm(tree, { recursive: true, force: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, file)), { recursive: true });
  await writeFile(join(tree, file), `${text}\n`);
}

function cruise(): Promise<z.infer<typeof reportSchema>> {
  const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const folders = [...new Set(targets.map((folder) => folder.split('/')[0] ?? '')), 'scripts'];
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(reportSchema.parse(JSON.parse(stdout)));
    });
  });
}

describe('a forbidden import fails', () => {
  test.each(forbidden)('%s: %s', (file, _line, rule) => {
    expect(objections.get(file) ?? []).toContain(rule);
  });
});

describe('an allowed import passes', () => {
  test.each(allowed)('%s: %s', (file) => {
    expect(objections.get(file)).toBeUndefined();
  });
});
