#!/usr/bin/env node
/**
 * Starts the holdfast command under a Node that can load it. better-sqlite3 13 needs Node-API 10: an older
 * Node would not report an error but crash.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { passOn, projectNode, root } from '../scripts/project.mjs';
import { buildState } from '../scripts/sources.mjs';

const program = join(root, 'dist', 'cli', 'holdfast.cjs');

function isFit() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return (major > 22 || (major === 22 && minor >= 14)) && Number(process.versions.napi) >= 10;
}

function refuse(sentence) {
  console.error(`holdfast: ${sentence}`);
  process.exitCode = 1;
}

/** In a checkout the app is this folder, run by the project's Electron. Where there is none, captures go by Chromium. */
async function nameTheApp() {
  if (process.env.HOLDFAST_APP) return;
  try {
    const { resolveElectron, sandboxArguments } = await import('../scripts/electron-runtime.mjs');
    const { path } = resolveElectron();
    process.env.HOLDFAST_APP = path;
    process.env.HOLDFAST_APP_ARGUMENTS = JSON.stringify([...sandboxArguments(path), root]);
  } catch {
    // Said when a capture asks for it.
  }
}

if (!isFit()) {
  const fit = projectNode();
  if (existsSync(fit)) {
    process.exitCode = await passOn(fit, process.argv.slice(1));
  } else {
    refuse(
      `Node 22.14 or later was expected and this is ${process.version}: run \`npm run setup\`, which brings one.`,
    );
  }
} else if (!existsSync(program)) {
  refuse('The program is not built: run `npm run setup`.');
} else {
  if (buildState(root) !== 'current') {
    console.error('holdfast: the sources have changed since the last build; `npm run build` takes them up');
  }
  await nameTheApp();
  createRequire(import.meta.url)(program);
}
