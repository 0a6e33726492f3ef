/** Is what stands in dist/ built from the sources as they are now? Decided by content, not by dates. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'archive',
  'capture',
  'cli',
  'contract',
  'db',
  'evidence',
  'main',
  'policies',
  'preload',
  'renderer',
  'sites',
  'verify-page',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'scripts/build.mjs',
  'scripts/third-party.mjs',
  'scripts/verify-page.mjs',
];

/** One hash over names and bytes of everything that the build reads. */
export function sourceHash(root) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    const bytes = readFileSync(full);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  };
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true }).sort(byName)) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(below);
      else add(below);
    }
  };
  for (const source of sources) {
    if (/\.\w+$/.test(source)) add(source);
    else if (existsSync(join(root, source))) walk(source);
  }
  return hash.digest('hex');
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

/** @returns {'current' | 'stale' | 'missing'} */
export function buildState(root) {
  const record = join(root, 'dist', 'build.json');
  if (!existsSync(record)) return 'missing';
  return JSON.parse(readFileSync(record, 'utf8')).sources === sourceHash(root) ? 'current' : 'stale';
}

/** Notes in `folder` what it was built from. */
export function recordBuild(folder, hash) {
  writeFileSync(join(folder, 'build.json'), `${JSON.stringify({ sources: hash }, null, 2)}\n`);
}
