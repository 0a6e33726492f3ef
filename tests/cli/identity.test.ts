/** identity create, import, show, fingerprint, list, add, replace, as a user types them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprintLines, withColons } from '../../contract/fingerprint.ts';
import { passphrase, postPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

/** A desk whose commands find every passphrase in the environment. */
function desk() {
  return commandLine({
    HOLDFAST_PASSPHRASE: passphrase,
    HOLDFAST_IDENTITY_PASSPHRASE: 'of the identity',
    HOLDFAST_NEW_PASSPHRASE: 'of the identity',
    HOLDFAST_OLD_PASSPHRASE: 'of the identity',
    HOLDFAST_FROM_PASSPHRASE: 'of the organisation',
  });
}

function openssl(folder: string, command: string): string {
  const { status, stdout, stderr } = spawnSync('openssl', command.split(' '), {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`openssl ${command}: ${stderr}`);
  return stdout;
}

/** `org.p12`, self-signed for documents alone, as Windows would export it. */
function organisationFile(folder: string): void {
  writeFileSync(join(folder, 'org.pass'), 'of the organisation');
  openssl(folder, 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out org.key');
  openssl(
    folder,
    'req -x509 -key org.key -subj /O=Invented/CN=Counsel -days 900 -out org.pem -addext keyUsage=critical,digitalSignature -addext extendedKeyUsage=1.3.6.1.5.5.7.3.36',
  );
  openssl(folder, 'pkcs12 -export -legacy -inkey org.key -in org.pem -out org.p12 -passout file:org.pass');
}

test('an organisation’s identity is imported, shown and read out; a bundle of it passes its VERIFY.txt', () => {
  const { folder, run, json } = desk();
  organisationFile(folder);
  writeFileSync(join(folder, 'post.html'), postPage('They said the quiet part loud.'));
  run('init', 'a.holdfast');
  run('import', 'a.holdfast', 'post.html');

  const made = run('identity', 'import', 'org.p12', 'me.p12');
  const shown = run('identity', 'show', 'me.p12');
  const facts = json('identity', 'show', 'me.pem') as { fingerprint: string };
  const read = run('identity', 'fingerprint', 'me.pem');
  const bundle = run('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--all', '--identity', 'me.p12');
  const trusted = run('verify', 'out.zip', '--trust', 'me.pem');

  expect(made.status).toBe(0);
  expect(made.stdout).toContain('[old-encryption]');
  expect(shown.stdout).toMatch(/^name:\s+Counsel\norganisation:\s+Invented\n/);
  expect(shown.stdout).toMatch(/^key:\s+ECDSA P-384$/m);
  expect(shown.stdout).toMatch(/^purposes:\s+documents$/m);
  expect(facts).toMatchObject({ name: 'Counsel', selfSigned: true, keyType: 'ECDSA P-384' });
  expect(read.stdout.trimEnd().split('\n')).toEqual([
    withColons(facts.fingerprint),
    ...fingerprintLines(facts.fingerprint),
  ]);
  expect(openssl(folder, 'x509 -in org.pem -noout -fingerprint -sha256')).toBe(
    `sha256 Fingerprint=${withColons(facts.fingerprint)}\n`,
  );
  expect([bundle.status, trusted.status]).toEqual([0, 0]);
  spawnSync('unzip', ['-q', 'out.zip'], { cwd: folder });
  const inside = readFileSync(
    spawnSync('find', ['.', '-name', 'VERIFY.txt'], { cwd: folder, encoding: 'utf8' })
      .stdout.trim()
      .replace(/^\./, folder),
    'utf8',
  );
  expect(inside).toContain('-CAfile sig/signer.pem -purpose any');
  for (const line of fingerprintLines(facts.fingerprint)) expect(inside).toContain(`  ${line}\n`);
}, 300_000);

test('signers are listed, named and replaced; the old bundle stays trusted', () => {
  const { folder, run, json } = desk();
  writeFileSync(join(folder, 'post.html'), postPage('They said the quiet part loud.'));
  for (const name of ['old', 'new', 'other']) run('identity', 'create', `${name}.p12`, '--name', name);
  run('init', 'a.holdfast', '--identity', 'old.p12');
  run('import', 'a.holdfast', 'post.html', '--identity', 'old.p12');
  run('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--all', '--identity', 'old.p12');
  run('identity', 'add', 'a.holdfast', 'other.pem', '--label', 'a colleague');

  const before = json('identity', 'list', 'a.holdfast');
  const replaced = run(
    'identity',
    'replace',
    'a.holdfast',
    'new.p12',
    '--old',
    'old.p12',
    '--because',
    'a new year',
  );
  const after = run('identity', 'list', 'a.holdfast');
  const refused = run('status', 'a.holdfast', '--identity', 'old.p12');
  const { fingerprint } = json('identity', 'show', 'other.pem') as { fingerprint: string };
  const lost = run(
    'identity',
    'replace',
    'a.holdfast',
    'new.p12',
    '--old',
    withColons(fingerprint),
    '--because',
    'lost',
  );

  expect(before).toMatchObject({
    signers: [
      { label: 'old', state: 'proven', sessions: 3, bundles: 1 },
      { label: 'a colleague', state: 'named', sessions: 0, bundles: 0 },
    ],
  });
  expect(replaced.status).toBe(0);
  expect(replaced.stdout).toContain('a new year (signed by the old key)');
  expect(after.stdout).toMatch(/^old {2}replaced;/m);
  expect(after.stdout).toMatch(/^new {2}proven/m);
  expect({ status: refused.status, said: refused.stderr }).toEqual({
    status: 1,
    said: expect.stringContaining('[signer-replaced]'),
  });
  expect(lost.stdout).toContain('the old key was not at hand and did not sign this');
  expect(run('verify', 'out.zip', '--trust', 'old.pem').status).toBe(0);
}, 300_000);

test('wrong use and unfit files are refused in a sentence', () => {
  const { folder, run, json } = desk();
  organisationFile(folder);
  openssl(folder, 'genpkey -algorithm ED25519 -out ed.key');
  openssl(folder, 'req -x509 -key ed.key -subj /CN=Ed -days 9 -out ed.pem');
  openssl(folder, 'pkcs12 -export -inkey ed.key -in ed.pem -out ed.p12 -passout file:org.pass');
  writeFileSync(join(folder, 'wrong'), 'wrong');
  const code = (...args: string[]) => {
    const { error } = json(...args) as { error: { code: string } };
    return error.code;
  };

  expect(run('identity', 'replace', 'a.holdfast', 'me.p12').status).toBe(2);
  expect(code('identity', 'import', 'ed.p12', 'me.p12')).toBe('identity-not-supported');
  expect(code('identity', 'import', 'org.p12', 'me.p12', '--from-passphrase-file', 'wrong')).toBe(
    'identity-wrong-passphrase',
  );
  expect(code('identity', 'show', 'org.key')).toBe('bad-input');
  expect(code('identity', 'fingerprint', 'none.p12')).toBe('file-not-found');
  expect(existsSync(join(folder, 'me.p12'))).toBe(false);
}, 300_000);
