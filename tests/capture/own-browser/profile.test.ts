import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProfile } from '../../../capture/own-browser/profile.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('a new folder, an empty one, and one that was made for this', () => {
  const home = temporaryFolder();
  const made = openProfile(join(home, 'new', 'profile'), home);
  expect(openProfile(made, home)).toBe(made);
  expect(statSync(made).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(made, 'holdfast-profile.txt'), 'utf8')).toMatch(/in the open/);
  const empty = join(home, 'empty');
  mkdirSync(empty);
  expect(openProfile(empty, home)).toBe(empty);
});

test.runIf(process.platform === 'linux')('never where a browser or a person keeps anything else', () => {
  const home = temporaryFolder();
  const usual = join(home, '.config', 'google-chrome');
  mkdirSync(join(usual, 'Default'), { recursive: true });
  mkdirSync(join(home, 'papers'));
  writeFileSync(join(home, 'papers', 'letter.txt'), 'Dear');
  symlinkSync(usual, join(home, 'link'));
  const refused = [
    usual,
    join(usual, 'Default'),
    join(usual, 'Not there yet'),
    join(home, '.config'),
    join(home, '.config', 'chromium'),
    join(home, 'link'),
    join(home, 'link', 'new'),
    home,
    join(home, 'papers'),
  ];
  for (const folder of refused) {
    expect(() => openProfile(folder, home), folder).toThrow(
      expect.objectContaining({ code: 'profile-not-separate' }),
    );
  }
});

test('one that a browser has open is refused; what a browser left that was killed is not in the way', () => {
  const home = temporaryFolder();
  const profile = openProfile(join(home, 'profile'), home);
  const lock = join(profile, 'SingletonLock');
  symlinkSync(`${hostname()}-${process.pid}`, lock);
  expect(() => openProfile(profile, home)).toThrow(expect.objectContaining({ code: 'profile-in-use' }));

  const other = openProfile(join(home, 'other'), home);
  symlinkSync(`another-computer-${process.pid}`, join(other, 'SingletonLock'));
  expect(() => openProfile(other, home)).toThrow(expect.objectContaining({ code: 'profile-in-use' }));

  const dead = openProfile(join(home, 'dead'), home);
  symlinkSync(`${hostname()}-4194304`, join(dead, 'SingletonLock'));
  expect(openProfile(dead, home)).toBe(dead);
});
