/** The licences of what is built into the program: every package that the lock file names for more than development. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './project.mjs';

/** Licences under which a package may be part of the product, which is Apache-2.0. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
  '(MIT OR CC0-1.0)',
]);

/**
 * The text that goes with a pack: name, version, licence and licence text of each package.
 * @throws SetupError when a package is under another licence than the allowed ones, or is not installed
 */
export function thirdPartyNotice(root) {
  const parts = productPackages(root).map(({ path, name, version, license }) => {
    if (!allowed.has(license)) {
      throw new SetupError(
        `${name} ${version} is under ${license ?? 'no licence that it names'}, which is not among those that the product may contain (${[...allowed].join(', ')}).`,
      );
    }
    return `${name} ${version}, ${license}\n\n${licenceText(join(root, path), name)}`;
  });
  const rule = `\n\n${'─'.repeat(80)}\n\n`;
  return `Holdfast contains work of others, under these licences. Those of Electron and Chromium lie in files of their own.${rule}${parts.join(rule)}\n`;
}

/** In the order of their paths. Packages of a platform that was not installed are no part of this build. */
function productPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .filter(([path, entry]) => !(entry.optional && !existsSync(join(root, path))))
    .map(([path, entry]) => ({
      path,
      name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      license: entry.license,
    }));
}

/** What stands in the licence file of an installed package. */
export function licenceText(folder, name) {
  if (!existsSync(folder)) throw new SetupError(`${name} is not installed: run \`npm run setup\`.`);
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort();
  if (files.length > 0)
    return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  const { author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `By ${author?.name ?? author ?? 'authors that its package does not name'}. The package brings no licence text beside that name of a licence.`;
}
