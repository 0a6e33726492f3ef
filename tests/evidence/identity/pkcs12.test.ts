import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HoldfastError } from '../../../contract/errors.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { encode, integer, octets } from '../../../evidence/identity/der-encode.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { toPem } from '../../../evidence/identity/pem.ts';
import { bmpPassphrase, pkcs12MacKey } from '../../../evidence/identity/pkcs12-kdf.ts';
import { readPkcs12 } from '../../../evidence/identity/pkcs12-read.ts';
import { writePkcs12 } from '../../../evidence/identity/pkcs12-write.ts';
import { at, edit, wrap } from './der-edit.ts';
import {
  Bench,
  exportPkcs12,
  type KeyType,
  makeIssued,
  makeOrganisation,
  makeSelfSigned,
  p12Passphrase,
  signerExtensions,
} from './openssl.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

describe('a file of ours', () => {
  // Persian, an accent, and a character that takes two UTF-16 units: one file, since each key takes a second.
  const passphrase = 'گذرواژه é 🔑 "x"';
  let identity: Identity;
  let file: Uint8Array;
  beforeAll(async () => {
    identity = await createIdentity({ name: 'Šárka 🔎', now: new Date('2026-03-01T00:00:00Z') });
    file = await writePkcs12(identity, passphrase);
    await bench.write('ours.p12', file);
    await bench.write('ours.pass', passphrase);
    await bench.write('ours.pem', toPem(identity.certificate));
  });

  test('openssl opens it, and finds strong encryption and integrity', async () => {
    const { code, stdout, stderr } = await bench.run(
      ...(['openssl', 'pkcs12', '-in', 'ours.p12', '-passin', 'file:ours.pass', '-info', '-noenc'] as const),
    );
    expect(code).toBe(0);
    expect(stderr).toContain('MAC: sha256, Iteration 600000');
    const strong = 'PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256';
    expect(stderr).toContain(`Shrouded Keybag: ${strong}`);
    expect(stderr).toContain(`Encrypted data: ${strong}`);
    expect(stdout).toContain(toPem(identity.certificate));
    await bench.write(
      'ours.key',
      /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(stdout)?.[0] ?? '',
    );
    const publicKey = await bench.openssl('pkey -in ours.key -pubout');
    expect(await bench.openssl('x509 -in ours.pem -noout -pubkey')).toBe(publicKey);
  });

  test('GnuTLS opens it', async () => {
    const { code, stdout, stderr } = await bench.run(
      'certtool',
      '--p12-info',
      '--inder',
      '--infile',
      'ours.p12',
      '--password',
      passphrase,
    );
    const shown = stdout + stderr;
    expect(code).toBe(0);
    expect(shown).toContain('MAC: SHA256');
    expect(shown.match(/Iteration count: (\d+)/g)).toEqual(Array(3).fill('Iteration count: 600000'));
    expect(shown.match(/PBES2-AES256-CBC/g)).toHaveLength(2);
    expect(shown).toContain('Friendly name: Šárka 🔎');
    expect(shown).toContain(toPem(identity.certificate).split('\n')[1]);
  });

  test('it comes back as it was', async () => {
    const read = await readPkcs12(file, passphrase);
    expect({ ...read, privateKey: null }).toEqual({ ...identity, privateKey: null });
    const pkcs8 = (key: Identity['privateKey']) => globalThis.crypto.subtle.exportKey('pkcs8', key);
    expect(await pkcs8(read.privateKey)).toEqual(await pkcs8(identity.privateKey));
  });

  test('another passphrase, even one that only looks the same, is said to be wrong', async () => {
    await expect(readPkcs12(file, passphrase.normalize('NFD'))).rejects.toMatchObject({
      code: 'identity-wrong-passphrase',
    });
  });

  test.each(['', 'a\0b', 'half \ud83d'])(
    'the passphrase %j is refused for writing and reading',
    async (unfit) => {
      await expect(writePkcs12(identity, unfit)).rejects.toMatchObject({ code: 'bad-input' });
      await expect(readPkcs12(file, unfit)).rejects.toMatchObject({ code: 'bad-input' });
    },
  );

  test('a file that is cut off, grown, empty or of another kind is unreadable', async () => {
    const cases: Uint8Array[] = [0, 1, 2, 500, file.length - 1].map((length) => file.slice(0, length));
    cases.push(
      Uint8Array.of(...file, 0),
      Buffer.from('-----BEGIN CERTIFICATE-----'),
      new Uint8Array(2 ** 20 + 1),
    );
    cases.push(identity.certificate, new Uint8Array(5000).fill(0x30), Uint8Array.of(0x30, 0x80));
    for (const bytes of cases) {
      await expect(readPkcs12(bytes, passphrase), `${bytes.length} bytes`).rejects.toMatchObject({
        code: 'identity-unreadable',
      });
    }
  });
});

describe('a file of openssl', () => {
  beforeAll(async () => {
    await makeSelfSigned(bench, 'own', 'P-256');
  });

  test.each<[KeyType, string]>([
    ['P-384', 'ECDSA'],
    ['RSA-3072', 'RSASSA-PKCS1-v1_5'],
    ['RSA-4096', 'RSASSA-PKCS1-v1_5'],
  ])('with its defaults and a self-signed %s key is read', async (type, algorithm) => {
    await makeSelfSigned(bench, type, type);
    const identity = await readPkcs12(await exportPkcs12(bench, type), p12Passphrase);
    expect(identity.signer).toMatchObject({ name: type, organisation: 'Invented', selfSigned: true });
    expect(identity.privateKey.algorithm.name).toBe(algorithm);
    expect(identity.chain).toEqual([]);
  });

  test.each([
    '-macalg sha1',
    '-macalg sha512 -iter 1',
    '-macalg sha384 -keypbe AES-128-CBC -certpbe AES-192-CBC',
    '-certpbe NONE',
    '-name nickname -caname x',
  ])('with %s is read', async (options) => {
    const identity = await readPkcs12(await exportPkcs12(bench, 'own', options), p12Passphrase);
    expect(identity.signer.name).toBe('own');
  });

  test('a passphrase beyond ASCII opens it, in the characters that were typed', async () => {
    await bench.write('odd.pass', 'nåkkel 🔑');
    await bench.openssl('pkcs12 -export -inkey own.key -in own.pem -out odd.p12 -passout file:odd.pass');
    expect((await readPkcs12(await bench.read('odd.p12'), 'nåkkel 🔑')).signer.name).toBe('own');
  });

  test.each([
    ['-keypbe PBE-MD5-DES -certpbe NONE -legacy', 'encryption'],
    ['-keypbe NONE', 'not encrypted'],
    ['-nomac', 'no integrity check'],
    ['-macalg md5', 'integrity check'],
  ])('with %s is not supported, and says why', async (options, why) => {
    const file = await exportPkcs12(bench, 'own', options);
    await expect(readPkcs12(file, p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining(why),
    });
  });

  test.each<[KeyType, string]>([
    ['RSA-2048', 'RSA with 2048 bits'],
    ['P-521', 'another elliptic curve'],
    ['Ed25519', 'Ed25519'],
  ])('with a key of %s is not supported, and says what is', async (type, why) => {
    await makeSelfSigned(bench, type, type);
    await expect(readPkcs12(await exportPkcs12(bench, type), p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringMatching(`${why}.*P-256, ECDSA P-384 or RSA`),
    });
  });

  test('without key or certificate is not supported', async () => {
    await bench.openssl(`pkcs12 -export -nokeys -in own.pem -out nokey.p12 -passout file:p12.pass`);
    await expect(readPkcs12(await bench.read('nokey.p12'), p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('no private key'),
    });
    await bench.openssl(`pkcs12 -export -nocerts -inkey own.key -out nocert.p12 -passout file:p12.pass`);
    await expect(readPkcs12(await bench.read('nocert.p12'), p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('no certificate'),
    });
  });

  test('issued by an organisation: the chain comes back in order, whatever the order in the file', async () => {
    await makeOrganisation(bench);
    await makeIssued(bench, 'member', 'P-384', 'sub', signerExtensions);
    const der = async (name: string) => {
      await bench.openssl(`x509 -in ${name}.pem -outform DER -out ${name}.der`);
      return bench.read(`${name}.der`);
    };
    const identity = await readPkcs12(
      await exportPkcs12(bench, 'member', '-certfile chain.pem'),
      p12Passphrase,
    );
    expect(identity.chain).toEqual([await der('sub'), await der('root')]);
    expect(identity.signer).toMatchObject({ name: 'member', selfSigned: false });
    await bench.write(
      'turned.pem',
      Buffer.concat([await bench.read('root.pem'), await bench.read('sub.pem')]),
    );
    const turned = await readPkcs12(
      await exportPkcs12(bench, 'member', '-certfile turned.pem'),
      p12Passphrase,
    );
    expect(turned.chain).toEqual(identity.chain);
    await expect(
      readPkcs12(await exportPkcs12(bench, 'member', '-certfile own.pem'), p12Passphrase),
    ).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('above the signer'),
    });
    const chained = await writePkcs12(identity, p12Passphrase);
    await bench.write('chained.p12', chained);
    const listed = await bench.openssl('pkcs12 -in chained.p12 -passin file:p12.pass -nokeys');
    expect(listed.match(/^subject=.*$/gm)).toEqual(
      ['member', 'sub', 'root'].map((cn) => `subject=O = Invented, CN = ${cn}`),
    );
  });

  test('a certificate whose key usage does not allow signatures is not supported', async () => {
    await bench.openssl(
      'req -x509 -key own.key -subj /CN=enc -days 9 -out enc.pem -addext keyUsage=keyAgreement',
    );
    await bench.openssl('pkcs12 -export -inkey own.key -in enc.pem -out enc.p12 -passout file:p12.pass');
    await expect(readPkcs12(await bench.read('enc.p12'), p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('keyAgreement'),
    });
  });

  test('an iteration count for days is refused before anything is computed', async () => {
    const file = await exportPkcs12(bench, 'own');
    const hostile = edit(file, [2, 2], () => [encode(integer(2_000_000_000))]);
    await expect(readPkcs12(hostile, p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('iteration count'),
    });
  });

  test('octets in pieces (BER), as some exporters write them, are read', async () => {
    const pieces = edit(await exportPkcs12(bench, 'own'), [1, 1, 0], ({ content }) => [
      wrap(0x24, wrap(4, content.subarray(0, 100)), wrap(4, content.subarray(100))),
    ]);
    await bench.write('pieces.p12', pieces);
    await bench.openssl('pkcs12 -in pieces.p12 -passin file:p12.pass -noout');
    expect((await readPkcs12(pieces, p12Passphrase)).signer.name).toBe('own');
  });

  test('a root that signed itself with SHA-1 has to stay out', async () => {
    await bench.openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out aged.key');
    await bench.openssl('req -x509 -sha1 -key aged.key -subj /O=Invented/CN=aged -days 99 -out aged.pem');
    await makeIssued(bench, 'young', 'P-256', 'aged', signerExtensions);
    const withRoot = await exportPkcs12(bench, 'young', '-certfile aged.pem');
    await expect(readPkcs12(withRoot, p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('without the root'),
    });
    const withoutRoot = await readPkcs12(await exportPkcs12(bench, 'young'), p12Passphrase);
    expect(withoutRoot).toMatchObject({ chain: [], signer: { name: 'young', selfSigned: false } });
  });

  test('a certificate that names nobody is not supported', async () => {
    await bench.openssl('req -x509 -key own.key -subj /C=CZ -days 9 -out nobody.pem');
    await bench.openssl(
      'pkcs12 -export -inkey own.key -in nobody.pem -out nobody.p12 -passout file:p12.pass',
    );
    await expect(readPkcs12(await bench.read('nobody.p12'), p12Passphrase)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('names nobody'),
    });
  });

  test('any few bytes changed: the same identity, or one of our errors', async () => {
    const file = await exportPkcs12(bench, 'own', '-iter 1');
    const original = await readPkcs12(file, p12Passphrase);
    const change = fc.record({ at: fc.nat(file.length - 1), mask: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const changed = Uint8Array.from(file);
        for (const { at: i, mask } of changes) changed[i] = (changed[i] ?? 0) ^ mask;
        const outcome = await readPkcs12(changed, p12Passphrase).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(HoldfastError);
          expect(outcome).toMatchObject({ code: expect.stringMatching(/^identity-/) });
        } else expect(outcome).toMatchObject({ signer: original.signer });
      }),
      { numRuns: 500 },
    );
  });

  test('several keys, and a changed part, are noticed behind a good integrity check', async () => {
    const file = await exportPkcs12(bench, 'own');
    await expect(
      readPkcs12(
        withSafes(file, (safes) => safes),
        p12Passphrase,
      ),
    ).resolves.toMatchObject({
      signer: { name: 'own' },
    });
    await expect(
      readPkcs12(
        withSafes(file, ([certificates, key]) => [certificates, key, key]),
        p12Passphrase,
      ),
    ).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('2 private keys'),
    });
    await expect(
      readPkcs12(
        withSafes(file, ([certificates]) => [certificates, Uint8Array.of(0x30, 0)]),
        p12Passphrase,
      ),
    ).rejects.toMatchObject({ code: 'identity-unreadable' });
    const changed = edit(file, [1, 1, 0], (node) => [
      wrap(
        node.tag,
        node.content.map((byte, i) => (i === 100 ? byte ^ 1 : byte)),
      ),
    ]);
    await expect(readPkcs12(changed, p12Passphrase)).rejects.toMatchObject({
      code: 'identity-wrong-passphrase',
    });
  });
});

type Safes = [certificates: Uint8Array, key: Uint8Array, ...more: Uint8Array[]];

/** Exchanges the safes of a file of openssl's and makes the integrity check anew. */
function withSafes(file: Uint8Array, change: (safes: Safes) => Uint8Array[]): Uint8Array {
  const [certificates, key] = at(at(file, [1, 1, 0]).content, []).children.map(({ bytes }) => bytes);
  if (certificates === undefined || key === undefined) throw new Error('expected two safes');
  const content = wrap(0x30, ...change([certificates, key]));
  const macKey = pkcs12MacKey('SHA-256', bmpPassphrase(p12Passphrase), at(file, [2, 1]).content, 2048);
  const exchanged = edit(file, [1, 1, 0], () => [encode(octets(content))]);
  return edit(exchanged, [2, 0, 1], () => [encode(octets(hmac(sha256, macKey, content)))]);
}
