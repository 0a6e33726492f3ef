/** Identity files as other programs write them, in their new forms and the old ones that are still in use. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPkcs12, readPkcs12 } from '../../../evidence/identity/pkcs12-read.ts';
import { writePkcs12 } from '../../../evidence/identity/pkcs12-write.ts';
import { rc2CbcDecrypt } from '../../../evidence/identity/rc2.ts';
import {
  Bench,
  exportPkcs12,
  makeIssued,
  makeOrganisation,
  makeSelfSigned,
  p12Passphrase,
  signerExtensions,
} from './openssl.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
  await makeSelfSigned(bench, 'own', 'P-256');
  await bench.write('p12.pass', p12Passphrase);
});
afterAll(() => bench.close());

async function run(program: string, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await bench.run(program, ...args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
}

/** Programs that a developer's machine may lack; Debian names them openjdk and libnss3-tools. */
const has = (program: string) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)));

describe('openssl', () => {
  test.each<[string, boolean]>([
    ['', false],
    ['-legacy', true],
    ['-legacy -descert', true],
    ['-legacy -keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-RC2-40', true],
    ['-legacy -keypbe PBE-SHA1-2DES -certpbe NONE -iter 100000', true],
    ['-keypbe DES-EDE3-CBC -certpbe AES-256-CBC', false],
  ])('with "%s"', async (options, oldEncryption) => {
    const opened = await openPkcs12(await exportPkcs12(bench, 'own', options), p12Passphrase);
    expect({ name: opened.identity.signer.name, oldEncryption: opened.oldEncryption }).toEqual({
      name: 'own',
      oldEncryption,
    });
  });

  test('an old file with a chain and a passphrase beyond ASCII; another passphrase is wrong', async () => {
    await makeOrganisation(bench);
    await makeIssued(bench, 'member', 'P-384', 'sub', signerExtensions);
    await bench.write('odd.pass', 'nåkkel 🔑');
    await bench.openssl(
      'pkcs12 -export -legacy -inkey member.key -in member.pem -certfile chain.pem -out odd.p12 -passout file:odd.pass',
    );
    const file = await bench.read('odd.p12');
    expect(await readPkcs12(file, 'nåkkel 🔑')).toMatchObject({
      signer: { name: 'member', selfSigned: false },
      chain: [expect.anything(), expect.anything()],
    });
    await expect(readPkcs12(file, 'nakkel 🔑')).rejects.toMatchObject({ code: 'identity-wrong-passphrase' });
  });

  test('RC2 gives nothing for half a block, and for padding that does not fit', () => {
    expect(rc2CbcDecrypt(new Uint8Array(5), new Uint8Array(8), new Uint8Array(7))).toBe(null);
    expect(rc2CbcDecrypt(new Uint8Array(5), new Uint8Array(8), new Uint8Array(16))).toBe(null);
  });
});

/** RFC 2268, section 5, those whose effective length is that of the key; one block, so that CBC is the plain cipher. */
test.each([
  ['ffffffffffffffff', 'ffffffffffffffff', '278b27e42e2f0d49'],
  ['3000000000000000', '1000000000000001', '30649edf9be7d2c2'],
  ['88bca90e90875a7f0f79c384627bafb2', '0000000000000000', '2269552ab0f85ca6'],
])('RC2 with the key %s', (key, plain, encrypted) => {
  const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
  // Padding must fit: the vector that turns the plain block into eight bytes of padding hides nothing else.
  const iv = bytes(plain).map((byte) => byte ^ 8);
  const two = Uint8Array.of(...bytes(encrypted), ...bytes(encrypted));
  expect(rc2CbcDecrypt(bytes(key), iv, bytes(encrypted))).toEqual(new Uint8Array(0));
  expect(rc2CbcDecrypt(bytes(key), bytes(encrypted), two)).toBe(null);
});

describe('GnuTLS certtool', () => {
  test.each<[string, boolean]>([
    ['aes-256', false],
    ['aes-128', false],
    ['3des', false],
    ['3des-pkcs12', true],
    ['rc2-40', true],
  ])('with the cipher %s', async (cipher, oldEncryption) => {
    await run(
      'certtool',
      ...['--to-p12', '--load-privkey', 'own.key', '--load-certificate', 'own.pem', '--p12-name', 'own'],
      ...['--pkcs-cipher', cipher, '--password', p12Passphrase, '--outder', '--outfile', 'gnutls.p12'],
    );
    const opened = await openPkcs12(await bench.read('gnutls.p12'), p12Passphrase);
    expect({ name: opened.identity.signer.name, oldEncryption: opened.oldEncryption }).toEqual({
      name: 'own',
      oldEncryption,
    });
  });
});

describe.skipIf(!has('keytool'))('Java keytool', () => {
  test.each<[string, string[], boolean]>([
    ['as it is', [], false],
    ['as Java 8 wrote it', ['-J-Dkeystore.pkcs12.legacy'], true],
  ])('%s', async (name, options, oldEncryption) => {
    const file = `${oldEncryption ? 'old' : 'new'}-java.p12`;
    await run(
      'keytool',
      ...options,
      ...['-genkeypair', '-alias', 'a', '-keyalg', 'EC', '-groupname', 'secp384r1', '-dname', `CN=${name}`],
      ...['-storetype', 'PKCS12', '-keystore', file, '-storepass', p12Passphrase, '-validity', '100'],
    );
    const opened = await openPkcs12(await bench.read(file), p12Passphrase);
    expect({ name: opened.identity.signer.name, oldEncryption: opened.oldEncryption }).toEqual({
      name,
      oldEncryption,
    });
  });

  test('reads what we write', async () => {
    const identity = await readPkcs12(await exportPkcs12(bench, 'own'), p12Passphrase);
    await bench.write('ours.p12', await writePkcs12(identity, p12Passphrase));
    const { stdout } = await bench.run(
      'keytool',
      ...['-list', '-keystore', 'ours.p12', '-storetype', 'PKCS12', '-storepass', p12Passphrase],
    );
    expect(stdout).toContain('PrivateKeyEntry');
  });
});

test.skipIf(!has('pk12util'))('NSS pk12util, as Firefox writes them', async () => {
  const db = `sql:${bench.folder}`;
  await exportPkcs12(bench, 'own', '-name own');
  await run('certutil', '-N', '-d', db, '--empty-password');
  await run('pk12util', '-i', 'own.p12', '-d', db, '-w', 'p12.pass', '-K', '');
  await run('pk12util', '-o', 'nss.p12', '-n', 'own', '-d', db, '-w', 'p12.pass', '-K', '');
  const opened = await openPkcs12(await bench.read('nss.p12'), p12Passphrase);
  expect(opened).toMatchObject({ identity: { signer: { name: 'own' } }, oldEncryption: false });
});

describe('what an authority issued for other purposes', () => {
  test.each<[string, string, RegExp | null]>([
    ['documents', '1.3.6.1.5.5.7.3.36', null],
    ['mail-and-login', 'emailProtection,clientAuth', null],
    ['any', 'anyExtendedKeyUsage', null],
    ['server', 'serverAuth', /other purposes than signing documents \(web servers\)/],
    ['login', 'clientAuth,1.3.6.1.4.1.311.20.2.2', /\(signing in, signing in with a card\)/],
    ['stamps', 'critical,timeStamping', /\(timestamps\)/],
    ['code', 'codeSigning', /\(program code\)/],
  ])('%s', async (name, purposes, refusal) => {
    await makeOrganisation(bench);
    await makeIssued(bench, name, 'P-256', 'sub', `${signerExtensions}extendedKeyUsage=${purposes}\n`);
    const reading = readPkcs12(await exportPkcs12(bench, name), p12Passphrase);
    if (refusal === null) await expect(reading).resolves.toMatchObject({ signer: { name } });
    else {
      await expect(reading).rejects.toMatchObject({
        code: 'identity-not-supported',
        message: expect.stringMatching(refusal),
      });
    }
  });
});
