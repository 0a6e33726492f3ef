import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { concatBytes } from '../../../evidence/digest/sha256.ts';
import { readCertificate } from '../../../evidence/identity/certificate.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { encode, encoded, octets, oid, sequence, setOf } from '../../../evidence/identity/der-encode.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { oids } from '../../../evidence/identity/oids.ts';
import { toPem } from '../../../evidence/identity/pem.ts';
import { readPkcs12 } from '../../../evidence/identity/pkcs12-read.ts';
import { signDetached } from '../../../evidence/signature/sign.ts';
import { isTrusted } from '../../../evidence/signature/trust.ts';
import { verifyDetached } from '../../../evidence/signature/verify.ts';
import { at, edit, wrap } from '../identity/der-edit.ts';
import {
  Bench,
  exportPkcs12,
  makeIssued,
  makeOrganisation,
  p12Passphrase,
  signerExtensions,
} from '../identity/openssl.ts';

// Where things stand in the file (RFC 5652, section 5).
const signedData = [1, 0];
const digestAlgorithms = [...signedData, 1];
const certificates = [...signedData, 3];
const signerInfos = [...signedData, 4];
const signerInfo = [...signerInfos, 0];
const attributes = [...signerInfo, 3];
const signatureAlgorithm = [...signerInfo, 4];
const signatureValue = [...signerInfo, 5];

const content = Buffer.from('the tag manifest\n');
const draft = { name: 'Same Name', organisation: 'Same', now: new Date('2026-03-01T00:00:00Z') };
const signingTime = new Date('2026-03-02T00:00:00Z');
let bench: Bench;
let signer: Identity;
/** Another key under the same name. */
let twin: Identity;
let good: Uint8Array;
let chained: Identity;
let chainedGood: Uint8Array;

beforeAll(async () => {
  bench = await Bench.open();
  [signer, twin] = await Promise.all([createIdentity(draft), createIdentity(draft)]);
  good = await signDetached({ content, identity: signer, signingTime });
  await makeOrganisation(bench);
  await makeIssued(bench, 'member', 'P-384', 'sub', signerExtensions);
  chained = await readPkcs12(await exportPkcs12(bench, 'member', '-certfile sub.pem'), p12Passphrase);
  chainedGood = await signDetached({ content, identity: chained, signingTime: new Date() });
});
afterAll(() => bench.close());

function replace(path: readonly number[], bytes: Uint8Array): Uint8Array {
  return edit(good, path, () => [bytes]);
}

function append(path: readonly number[], bytes: () => Uint8Array): Uint8Array {
  return edit(good, path, (node) => [wrap(node.tag, node.content, bytes())]);
}

/** Index of a signed attribute, whose place depends on its bytes. */
function attributeIndex(id: string): number {
  const wanted = encode(oid(id));
  return at(good, attributes).children.findIndex(
    ({ children }) => Buffer.compare(children[0]?.bytes ?? Buffer.of(), wanted) === 0,
  );
}

function sortedSet(tag: number, values: readonly Uint8Array[]): Uint8Array {
  return wrap(tag, ...[...values].sort(Buffer.compare));
}

function addAttribute(attribute: Uint8Array): Uint8Array {
  return edit(good, attributes, (node) => [
    sortedSet(node.tag, [...node.children.map(({ bytes }) => bytes), attribute]),
  ]);
}

const note = () => encode(sequence(oid('1.2.840.113549.1.9.13'), setOf(octets(Buffer.from('note')))));
const withNull = (id: string) => encode(sequence(oid(id), encoded(Uint8Array.of(5, 0))));

test('as it was made, it is good', async () => {
  expect(await verifyDetached({ content, signature: good })).toMatchObject({
    ok: true,
    signer: signer.signer,
  });
  expect(await verifyDetached({ content, signature: chainedGood })).toMatchObject({
    ok: true,
    signer: chained.signer,
    chain: chained.chain,
  });
});

const attacks: [name: string, code: string, attack: () => Uint8Array][] = [
  ['nothing at all', 'signature-not-der', () => new Uint8Array()],
  ['more than a megabyte', 'signature-too-large', () => new Uint8Array(2 ** 20 + 1)],
  ['bytes behind it', 'signature-not-der', () => concatBytes(good, Uint8Array.of(0))],
  ['bytes inside it', 'signature-not-cms', () => append(signedData, () => Uint8Array.of(5, 0))],
  [
    'a length in more bytes than needed',
    'signature-not-der',
    () => concatBytes(Uint8Array.of(0x30, 0x83, 0), good.subarray(2)),
  ],
  ['a certificate instead', 'signature-not-cms', () => signer.certificate],
  ['another type of CMS', 'signature-not-cms', () => replace([0], encode(oid(oids.encryptedData)))],
  [
    'content of its own',
    'signature-not-detached',
    () => append([...signedData, 2], () => wrap(0xa0, encode(octets(content)))),
  ],
  [
    'content of another type',
    'signature-content-type-differs',
    () => replace([...signedData, 2, 0], encode(oid(oids.signedData))),
  ],
  [
    'a revocation list',
    'signature-revocation-embedded',
    () => edit(good, certificates, (node) => [node.bytes, wrap(0xa1, wrap(0x30))]),
  ],
  ['no certificates', 'signature-certificate-missing', () => edit(good, certificates, () => [])],
  [
    'the certificate twice',
    'signature-certificate-missing',
    () => append(certificates, () => signer.certificate),
  ],
  [
    'the certificate of the same name',
    'signature-certificate-missing',
    () => replace(certificates, wrap(0xa0, twin.certificate)),
  ],
  [
    'that certificate beside the right one',
    'signature-chain-broken',
    () => replace(certificates, sortedSet(0xa0, [signer.certificate, twin.certificate])),
  ],
  [
    'that certificate, named as the signer’s',
    'signature-certificate-differs',
    () =>
      edit(replace(certificates, wrap(0xa0, twin.certificate)), [...signerInfo, 1, 1], () => [
        readCertificate(twin.certificate).serialNumber,
      ]),
  ],
  [
    'a certificate that is none',
    'signature-certificate-unreadable',
    () => replace(certificates, wrap(0xa0, wrap(0x30))),
  ],
  ['no signer', 'signature-signer-count', () => replace(signerInfos, wrap(0x31))],
  ['the signer twice', 'signature-signer-count', () => append(signerInfos, () => at(good, signerInfo).bytes)],
  ['no signed attributes', 'signature-attribute-missing', () => edit(good, attributes, () => [])],
  [
    'an unsigned attribute',
    'signature-unsigned-attributes',
    () => append(signerInfo, () => wrap(0xa1, note())),
  ],
  ['an attribute more', 'signature-attribute-unknown', () => addAttribute(note())],
  [
    'an attribute twice',
    'signature-attribute-repeated',
    () => addAttribute(at(good, [...attributes, attributeIndex(oids.signingTime)]).bytes),
  ],
  [
    'an attribute with two values',
    'signature-attribute-repeated',
    () =>
      edit(good, [...attributes, attributeIndex(oids.messageDigest), 1], (node) => [
        wrap(0x31, node.content, node.content),
      ]),
  ],
  [
    'no signing time',
    'signature-attribute-missing',
    () => edit(good, [...attributes, attributeIndex(oids.signingTime)], () => []),
  ],
  [
    'no digest',
    'signature-attribute-missing',
    () => edit(good, [...attributes, attributeIndex(oids.messageDigest)], () => []),
  ],
  [
    'no binding of the certificate',
    'signature-attribute-missing',
    () => edit(good, [...attributes, attributeIndex(oids.signingCertificateV2)], () => []),
  ],
  [
    'another signing time',
    'signature-value-differs',
    () =>
      edit(good, [...attributes, attributeIndex(oids.signingTime), 1, 0], () => [
        wrap(0x17, Buffer.from('260303000000Z')),
      ]),
  ],
  [
    'a day that does not exist',
    'signature-attribute-unreadable',
    () =>
      edit(good, [...attributes, attributeIndex(oids.signingTime), 1, 0], () => [
        wrap(0x17, Buffer.from('260230000000Z')),
      ]),
  ],
  [
    'attributes in another order',
    'signature-not-canonical',
    () =>
      edit(good, attributes, (node) => [
        wrap(node.tag, ...node.children.map(({ bytes }) => bytes).reverse()),
      ]),
  ],
  [
    'another version of the file',
    'signature-not-canonical',
    () => replace([...signedData, 0], Uint8Array.of(2, 1, 3)),
  ],
  [
    'another version of the signer',
    'signature-not-canonical',
    () => replace([...signerInfo, 0], Uint8Array.of(2, 1, 3)),
  ],
  [
    'another digest announced',
    'signature-not-canonical',
    () => replace(digestAlgorithms, wrap(0x31, encode(sequence(oid(oids.sha512))))),
  ],
  [
    'parameters that mean nothing',
    'signature-not-canonical',
    () => replace([...signerInfo, 2], withNull(oids.sha256)),
  ],
  [
    'an old digest',
    'signature-algorithm-refused',
    () => replace([...signerInfo, 2], encode(sequence(oid(oids.sha1)))),
  ],
  [
    'another digest in the signature',
    'signature-algorithm-refused',
    () => replace(signatureAlgorithm, encode(sequence(oid(oids.ecdsaWithSha384)))),
  ],
  [
    'another kind of key',
    'signature-certificate-refused',
    () => replace(signatureAlgorithm, withNull(oids.rsaEncryption)),
  ],
  [
    'a signature of zeros',
    'signature-value-differs',
    () => replace(signatureValue, wrap(4, Buffer.from('3006020100020100', 'hex'))),
  ],
  ['no bytes of a signature', 'signature-value-differs', () => replace(signatureValue, wrap(4))],
  [
    'a negative number in the signature',
    'signature-value-differs',
    () => replace(signatureValue, wrap(4, Buffer.from('3006020180020101', 'hex'))),
  ],
  [
    'a leading zero in the signature',
    'signature-value-differs',
    () =>
      edit(good, signatureValue, (node) => [
        wrap(
          4,
          edit(node.content, [0], (r) => [wrap(2, Uint8Array.of(0, 0), r.content)]),
        ),
      ]),
  ],
  [
    'bytes behind the signature value',
    'signature-value-differs',
    () => edit(good, signatureValue, (node) => [wrap(4, node.content, Uint8Array.of(0))]),
  ],
];

describe('is refused with its reason', () => {
  test.each(attacks)('%s: %s', async (_, code, attack) => {
    expect(await verifyDetached({ content, signature: attack() })).toEqual({
      ok: false,
      code,
      message: expect.stringMatching(/^\S.{20,}\.$/),
    });
  });

  test('another content', async () => {
    const check = await verifyDetached({ content: Buffer.from('the tag manifest'), signature: good });
    expect(check).toMatchObject({ ok: false, code: 'signature-digest-differs' });
  });

  test('bytes behind it and an unsigned attribute, which openssl accepts', async () => {
    await bench.write('F', content);
    await bench.write('signer.pem', toPem(signer.certificate));
    for (const name of ['bytes behind it', 'an unsigned attribute']) {
      await bench.write('changed.p7s', attacks.find(([attack]) => attack === name)?.[2]() ?? '');
      const { code, stderr } = await bench.run(
        ...([
          'openssl',
          'cms',
          '-verify',
          '-cades',
          '-binary',
          '-inform',
          'DER',
          '-in',
          'changed.p7s',
        ] as const),
        ...[
          '-content',
          'F',
          '-CAfile',
          'signer.pem',
          '-out',
          '/dev/null',
          '-attime',
          `${signingTime.getTime() / 1000}`,
        ],
      );
      expect([name, code, stderr]).toEqual([name, 0, expect.stringContaining('successful')]);
    }
  });

  test('a signing time outside the validity of the certificate', async () => {
    const old = await createIdentity({ name: 'Old', now: new Date('2020-01-01T00:00:00Z'), years: 1 });
    const pkcs8 = await globalThis.crypto.subtle.exportKey('pkcs8', old.privateKey);
    await bench.write('old.key', new Uint8Array(pkcs8));
    await bench.write('old.pem', toPem(old.certificate));
    await bench.write('F', content);
    await bench.openssl(
      'cms -sign -cades -binary -in F -signer old.pem -inkey old.key -keyform DER -outform DER -out old.p7s',
    );
    const check = await verifyDetached({ content, signature: await bench.read('old.p7s') });
    expect(check).toMatchObject({ ok: false, code: 'signature-outside-validity' });
  });

  test('a forger with the same name signs in due form, and is not the one that was named', async () => {
    const check = await verifyDetached({
      content,
      signature: await signDetached({ content, identity: twin, signingTime }),
    });
    expect(check).toMatchObject({ ok: true, signer: { name: 'Same Name' } });
    expect(check.ok && (await isTrusted(check, [signer.certificate]))).toMatchObject({
      trusted: false,
      code: 'trust-signer-not-named',
    });
  });
});

describe('no byte is free', () => {
  test.each([
    ['self-signed', () => good],
    ['with an authority that is not a root', () => chainedGood],
  ])('every byte changed in turn: %s', async (_, file) => {
    const original = file();
    const accepted: number[] = [];
    for (let i = 0; i < original.length; i++) {
      const signature = Uint8Array.from(original);
      // A different bit at each place, so that tags, lengths and values meet all of them.
      signature[i] = (original[i] ?? 0) ^ (1 << (i % 8));
      if ((await verifyDetached({ content, signature })).ok) accepted.push(i);
    }
    expect(accepted).toEqual([]);
  });

  test('any few bytes changed', async () => {
    const place = fc.record({ at: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) });
    const changes = fc.uniqueArray(place, {
      minLength: 1,
      maxLength: 4,
      selector: ({ at: i }) => i % good.length,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const signature = Uint8Array.from(good);
        for (const { at: i, mask } of list) signature[i % good.length] = (good[i % good.length] ?? 0) ^ mask;
        expect((await verifyDetached({ content, signature })).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('cut off anywhere, it is not DER', async () => {
    for (let length = 0; length < good.length; length += 7) {
      const check = await verifyDetached({ content, signature: good.slice(0, length) });
      expect(check).toMatchObject({ ok: false, code: 'signature-not-der' });
    }
  });

  test('any value in any place: refused, never thrown', async () => {
    const places: number[][] = [];
    const walk = (path: number[]) => {
      places.push(path);
      at(good, path).children.forEach((_, i) => void walk([...path, i]));
    };
    walk([]);
    const value = fc.oneof(
      fc
        .constantFrom(
          '',
          '0500',
          '3000',
          '3100',
          'a000',
          'a100',
          '0400',
          '020100',
          '06012a',
          '0c00',
          '170d3236303330313030303030305a',
        )
        .map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))),
      fc.constantFrom(...places).map((path) => at(good, path).bytes),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places.slice(1)), value, async (path, bytes) => {
        fc.pre(Buffer.compare(at(good, path).bytes, bytes) !== 0);
        const signature = replace(path, bytes);
        expect((await verifyDetached({ content, signature })).ok).toBe(false);
      }),
      { numRuns: 800 },
    );
  });
});
