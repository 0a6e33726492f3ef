/** Which passphrases are kept, where, and where not. The system's part is a stand-in; a real one: tests/e2e/keychain. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fillIn } from '../../main/keychain/fill-in.ts';
import { Keychain, type SafeStorage } from '../../main/keychain/keychain.ts';
import { temporaryFolder } from '../support/temporary.ts';

const secret = 'four words that nobody guesses';
const path = '/home/ida/ida.p12';

/** Hides text by turning its bits, and knows nothing of it: enough to see what is handed over. */
function safe(answers: { available: boolean; backend?: string }): SafeStorage {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x55));
  return {
    isEncryptionAvailable: () => answers.available,
    ...(answers.backend === undefined ? {} : { getSelectedStorageBackend: () => answers.backend ?? '' }),
    encryptString: (plain) => turn(Buffer.from(plain)),
    decryptString: (sealed) => turn(sealed).toString(),
  };
}

const good = { available: true, backend: 'gnome_libsecret' };

test('nothing is kept unless asked for; what is kept comes back, and can be forgotten', () => {
  const file = join(temporaryFolder(), 'profile', 'keychain.json');
  const keychain = new Keychain(safe(good), file, 'linux');

  expect(keychain.status()).toEqual({ available: true, reason: null, paths: [] });
  expect(existsSync(file)).toBe(false);
  keychain.keep(path, 'an older one');
  keychain.keep(path, secret);
  keychain.keep('/home/ida/other.p12', 'another');

  const again = new Keychain(safe(good), file, 'linux');
  expect(again.status().paths).toEqual([path, '/home/ida/other.p12']);
  expect([path, '/home/ida/none.p12'].map((one) => again.passphraseFor(one))).toEqual([secret, null]);
  expect(readFileSync(file, 'utf8')).not.toMatch(/four words|ida/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  again.forget(path);
  expect(again.passphraseFor(path)).toBe(null);
  again.forget('/home/ida/other.p12');
  expect(existsSync(file)).toBe(false);
});

test.each<[string, { available: boolean; backend?: string }, NodeJS.Platform, RegExp]>([
  ['no keychain', { available: false }, 'darwin', /no keychain/],
  [
    'a keyring that is locked or not there',
    { available: false, backend: 'gnome_libsecret' },
    'linux',
    /no keychain/,
  ],
  [
    'the backend that everybody can open',
    { available: true, backend: 'basic_text' },
    'linux',
    /key that everybody knows/,
  ],
  ['a backend that is not known', { available: true, backend: 'unknown' }, 'linux', /does not say/],
  ['an Electron that cannot name its backend', { available: true }, 'linux', /does not say/],
])('%s: refused in a sentence, and nothing is written', (_name, answers, platform, sentence) => {
  const file = join(temporaryFolder(), 'keychain.json');
  new Keychain(safe(good), file, 'linux').keep(path, secret);
  const before = readFileSync(file, 'utf8');
  const keychain = new Keychain(safe(answers), file, platform);

  expect(keychain.status()).toEqual({ available: false, reason: expect.stringMatching(sentence), paths: [] });
  expect(() => keychain.keep('/other.p12', secret)).toThrow(
    expect.objectContaining({ code: 'keychain-not-available', message: expect.stringMatching(sentence) }),
  );
  expect(keychain.passphraseFor(path)).toBe(null);
  expect(readFileSync(file, 'utf8')).toBe(before);
  // What can no longer be opened can still be removed.
  keychain.forget(path);
  expect(existsSync(file)).toBe(false);
});

test.each(['darwin', 'win32'] as const)('%s needs no backend', (platform) => {
  const keychain = new Keychain(safe({ available: true }), join(temporaryFolder(), 'k.json'), platform);
  keychain.keep(path, secret);
  expect(keychain.passphraseFor(path)).toBe(secret);
});

test('a file that others wrote gives no passphrase to an identity that is not its own', () => {
  const file = join(temporaryFolder(), 'keychain.json');
  const keychain = new Keychain(safe(good), file, 'linux');
  keychain.keep(path, secret);
  keychain.keep('/evil.p12', 'x');
  const { v, entries } = JSON.parse(readFileSync(file, 'utf8')) as {
    v: 1;
    entries: { id: string; sealed: string }[];
  };
  const [own, other] = entries;
  writeFileSync(file, JSON.stringify({ v, entries: [{ id: other?.id, sealed: own?.sealed }] }));
  expect([path, '/evil.p12'].map((one) => keychain.passphraseFor(one))).toEqual([null, null]);
  for (const broken of [
    '',
    '{',
    '[]',
    '{"v":2,"entries":[]}',
    '{"v":1,"entries":[{"id":"x","sealed":"AAAA"}]}',
  ]) {
    writeFileSync(file, broken);
    expect(keychain.status()).toEqual({ available: true, reason: null, paths: [] });
  }
});

test('a kept passphrase takes the place of null on its way to the host, and of nothing else', () => {
  const kept = { passphraseFor: (asked: string) => (asked === path ? secret : null) };
  const file = (passphrase: string | null, at = path) => ({ path: at, passphrase });
  const opening = { path: '/a.holdfast', passphrase: 'archive', actorName: '' };
  const old = '0'.repeat(64);

  expect(fillIn(kept, 'archive.open', { ...opening, identity: file(null) })).toMatchObject({
    identity: file(secret),
  });
  expect(fillIn(kept, 'archive.create', { ...opening, identity: file('typed') })).toMatchObject({
    identity: file('typed'),
  });
  expect(fillIn(kept, 'archive.open', { ...opening, passphrase: null, actorName: 'A' })).toMatchObject({
    passphrase: null,
  });
  expect(fillIn(kept, 'identity.show', file(null, '/other.p12'))).toEqual(file(null, '/other.p12'));
  expect(fillIn(kept, 'identity.show', file(null))).toEqual(file(secret));
  expect(fillIn(kept, 'signers.add', { ...file(null), label: null })).toEqual({
    ...file(secret),
    label: null,
  });
  expect(
    fillIn(kept, 'signers.replace', { old, oldIdentity: file(null), successor: file('typed'), because: 'b' }),
  ).toEqual({ old, oldIdentity: file(secret), successor: file('typed'), because: 'b' });
  expect(
    fillIn(kept, 'bundle.compile', {
      path: '/o.zip',
      identityPath: path,
      identityPassphrase: null,
      captures: 'all',
    }),
  ).toMatchObject({ identityPassphrase: secret });
  const unfit = { identity: 1 };
  expect(fillIn(kept, 'archive.open', unfit)).toBe(unfit);
  expect(fillIn(kept, 'import.files', unfit)).toBe(unfit);
});
