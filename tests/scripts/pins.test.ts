import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPinProblems, lockProblems, manifestProblems } from '../../scripts/pins.mjs';

const root = join(import.meta.dirname, '..', '..');

test('the project itself is pinned', () => {
  expect(findPinProblems(root)).toEqual([]);
});

describe('a version that is not exact', () => {
  test.each([
    '^1.2.3',
    '~1.2.3',
    '1.2',
    'latest',
    '*',
    '>=1.0.0',
    'npm:other@^1.2.3',
    'file:../x',
    'github:a/b',
  ])('%s', (version) => {
    expect(manifestProblems({ dependencies: { it: version } })).toEqual([
      `package.json: it is "${version}", an exact version was expected`,
    ]);
  });
  test.each(['1.2.3', '1.2.3-beta.1', 'npm:other@1.2.3', 'npm:@scope/other@1.2.3'])(
    '%s is exact',
    (version) => {
      expect(manifestProblems({ devDependencies: { it: version } })).toEqual([]);
    },
  );
});

test('Mantine packages of two releases', () => {
  const problems = manifestProblems({
    dependencies: { '@mantine/core': '9.7.4', '@mantine/charts': '9.7.3' },
  });
  expect(problems).toEqual([
    'package.json: all @mantine packages must have the same version, found @mantine/core 9.7.4, @mantine/charts 9.7.3',
  ]);
});

describe('a lock file', () => {
  const manifest = { dependencies: { it: '1.0.0' } };
  const entry = { version: '1.0.0', integrity: 'sha512-x' };
  const lock = (it: object, own: object = manifest) => ({ packages: { '': own, 'node_modules/it': it } });

  test('as it should be', () => {
    expect(lockProblems(manifest, lock(entry))).toEqual([]);
  });
  test('that names a host', () => {
    const problems = lockProblems(manifest, lock({ ...entry, resolved: 'https://registry.example/it.tgz' }));
    expect(problems).toEqual([expect.stringContaining('names where it was fetched from')]);
  });
  test('without a hash', () => {
    expect(lockProblems(manifest, lock({ version: '1.0.0' }))).toEqual([
      'package-lock.json: node_modules/it has no integrity hash',
    ]);
  });
  test('that is not the one of package.json', () => {
    const problems = lockProblems(manifest, lock(entry, { dependencies: { it: '0.9.0' } }));
    expect(problems).toEqual([expect.stringContaining('its dependencies are not those of package.json')]);
  });
});
