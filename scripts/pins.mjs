/** Are all versions exact, and does the lock file name no host? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const exact = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Reads package.json and package-lock.json in `root`; answers the problems in words, none when all is well. */
export function findPinProblems(root) {
  const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
  return [
    ...manifestProblems(read('package.json')),
    ...lockProblems(read('package.json'), read('package-lock.json')),
  ];
}

export function manifestProblems(manifest) {
  const versions = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  };
  const problems = Object.entries(versions)
    .filter(([, version]) => !exact.test(version))
    .map(([name, version]) => `package.json: ${name} is "${version}", an exact version was expected`);
  // Components of different releases do not fit each other, and the registry has served such a mix.
  const mantine = Object.entries(versions).filter(([name]) => name.startsWith('@mantine/'));
  if (new Set(mantine.map(([, version]) => version)).size > 1) {
    const list = mantine.map(([name, version]) => `${name} ${version}`).join(', ');
    problems.push(`package.json: all @mantine packages must have the same version, found ${list}`);
  }
  return problems;
}

export function lockProblems(manifest, lock) {
  const problems = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    if ('resolved' in entry) {
      problems.push(
        `package-lock.json: ${path} names where it was fetched from; .npmrc must say omit-lockfile-registry-resolved=true`,
      );
    }
    const inBundle = entry.inBundle === true || entry.link === true;
    if (path !== '' && !inBundle && typeof entry.integrity !== 'string') {
      problems.push(`package-lock.json: ${path} has no integrity hash`);
    }
  }
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    const wanted = JSON.stringify(sorted(manifest[kind]));
    if (wanted !== JSON.stringify(sorted(lock.packages['']?.[kind]))) {
      problems.push(`package-lock.json: its ${kind} are not those of package.json; run npm install`);
    }
  }
  return problems;
}

function sorted(versions = {}) {
  return Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1));
}
