import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { concatBytes } from '../../../evidence/digest/sha256.ts';
import { encode, octets, oid, sequence, setOf } from '../../../evidence/identity/der-encode.ts';
import { checkTimestamp, type TimestampInput } from '../../../evidence/timestamp/check.ts';
import { timestampRequest } from '../../../evidence/timestamp/request.ts';
import { at, edit, wrap } from '../identity/der-edit.ts';
import { makeSelfSigned } from '../identity/openssl.ts';
import { Authority, sha256Of, stampingExtensions } from './authority.ts';

// Where things stand in the response (RFC 3161, section 2.4.2; RFC 5652, section 5).
const signedData = [1, 1, 0];
const info = [...signedData, 2, 1, 0];
const certificates = [...signedData, 3];
const signerInfos = [...signedData, 4];
const signerInfo = [...signerInfos, 0];

const digest = sha256Of(Buffer.from('what is stamped'));
const nonce = Uint8Array.of(0x11, 2, 3, 4, 5, 6, 7, 8);
const request = timestampRequest({ digest, nonce });
const genTime = new Date('2026-02-03T04:05:06Z');
const purpose = (usage: string) =>
  stampingExtensions.replace('extendedKeyUsage=critical,timeStamping\n', usage);
let authority: Authority;
/** Another key, another root, the same names. */
let foreign: Authority;
let root: Uint8Array;
let good: Uint8Array;

beforeAll(async () => {
  [authority, foreign] = [await Authority.open(), await Authority.open()];
  for (const one of [authority, foreign]) await one.issue('tsa', 'P-256');
  await authority.issue('unmarked', 'P-256', { extensions: purpose('') });
  await authority.issue('mail', 'P-256', {
    extensions: purpose('extendedKeyUsage=critical,emailProtection\n'),
  });
  await authority.issue('soft', 'P-256', { extensions: purpose('extendedKeyUsage=timeStamping\n') });
  await authority.issue('shared', 'P-256', {
    extensions: purpose('extendedKeyUsage=critical,timeStamping,codeSigning\n'),
  });
  await authority.issue('expired', 'P-256', { from: '2018', until: '2021' });
  await authority.issue('odd', 'P-256', {
    extensions: `${stampingExtensions}1.2.3.4=critical,ASN1:NULL\n`,
  });
  await authority.issue('agreeing', 'P-256', {
    extensions: stampingExtensions.replace('digitalSignature', 'keyAgreement'),
  });
  await makeSelfSigned(authority.bench, 'stranger', 'P-256');
  root = await authority.certificate('ca');
  good = await authority.reply('tsa', request);
});
afterAll(async () => {
  await authority.close();
  await foreign.close();
});

function check(response: Uint8Array, input: Partial<TimestampInput> = {}) {
  return checkTimestamp({
    response,
    digest,
    nonce,
    trusted: [root],
    now: new Date(),
    revocation: [],
    ...input,
  });
}

const sign = (signer: string, options?: string, md?: string) =>
  authority.sign(signer, { digest, genTime, nonce }, options, md);
const stamped = (more: { genTime?: string; nonce?: Uint8Array; more?: Uint8Array[] }) =>
  authority.sign('tsa', { digest, genTime, nonce, ...more });
const note = () => encode(sequence(oid('1.2.840.113549.1.9.13'), setOf(octets(Buffer.from('note')))));
const append = (path: readonly number[], bytes: Uint8Array) =>
  edit(good, path, (node) => [wrap(node.tag, node.content, bytes)]);

/** A token signed with the key of 'tsa', carrying another certificate of that key, issuer and serial number. */
async function otherCertificate(): Promise<Uint8Array> {
  const { bench } = authority;
  const serial = (await bench.openssl('x509 -in tsa.pem -noout -serial')).trim().replace('serial=', '0x');
  await bench.openssl('req -new -key tsa.key -subj /O=Invented/CN=Someone -out someone.csr');
  await bench.openssl(
    `x509 -req -in someone.csr -CA ca.pem -CAkey ca.key -set_serial ${serial} -days 900 -extfile tsa.ext -out someone.pem`,
  );
  const someone = await authority.certificate('someone');
  return edit(good, certificates, () => [wrap(0xa0, someone, root)]);
}

/** What the authority answers to a request for a digest that it does not take. */
async function rejected(): Promise<Uint8Array> {
  await authority.bench.write('data', 'x');
  await authority.bench.openssl('ts -query -data data -sha1 -cert -out sha1.tsq');
  return authority.reply('tsa', await authority.bench.read('sha1.tsq'));
}

const attacks: [name: string, code: string, words: RegExp, attack: () => Promise<Uint8Array> | Uint8Array][] =
  [
    ['nothing at all', 'timestamp-not-der', /strict DER/, () => new Uint8Array()],
    ['too much', 'timestamp-too-large', /262145 bytes/, () => new Uint8Array(256 * 1024 + 1)],
    [
      'bytes behind it',
      'timestamp-not-der',
      /1 bytes after the end/,
      () => concatBytes(good, Uint8Array.of(0)),
    ],
    [
      'indefinite length',
      'timestamp-not-der',
      /a length that DER does not allow/,
      () => concatBytes(Uint8Array.of(0x30, 0x80), at(good, []).content, Uint8Array.of(0, 0)),
    ],
    ['a certificate instead', 'timestamp-not-cms', /not a response of RFC 3161/, () => root],
    ['a token without its status', 'timestamp-not-cms', /not a response/, () => at(good, [1]).bytes],
    ['a refusal', 'timestamp-not-granted', /'rejected' \(failure unknown algorithm\)/, rejected],
    [
      'a waiting list',
      'timestamp-not-granted',
      /'waiting'/,
      () => edit(good, [0, 0], () => [Uint8Array.of(2, 1, 3)]),
    ],
    [
      'another time',
      'timestamp-digest-differs',
      /time or what it was given for was changed/,
      () =>
        edit(good, info, ({ content }) => [
          wrap(
            4,
            edit(content, [4], () => [wrap(0x18, Buffer.from('20200101000000Z'))]),
          ),
        ]),
    ],
    [
      'other content, signed',
      'timestamp-content-type-differs',
      /of type 1\.2\.840\.113549\.1\.7\.1,/,
      () => edit(good, [...signedData, 2, 0], () => [encode(oid('1.2.840.113549.1.7.1'))]),
    ],
    [
      'a day that does not exist',
      'timestamp-info-unreadable',
      /does not exist/,
      () => stamped({ genTime: '20260230000000Z' }),
    ],
    [
      'a time without seconds',
      'timestamp-info-unreadable',
      /GeneralizedTime/,
      () => stamped({ genTime: '202602030405Z' }),
    ],
    [
      'a time that is not UTC',
      'timestamp-info-unreadable',
      /GeneralizedTime/,
      () => stamped({ genTime: '20260203040506+0100' }),
    ],
    [
      'a time that has not come',
      'timestamp-in-future',
      /has not come yet/,
      () => stamped({ genTime: '20360101000000Z' }),
    ],
    [
      'a negative nonce',
      'timestamp-info-unreadable',
      /negative nonce/,
      () => stamped({ nonce: Uint8Array.of(0xf1) }),
    ],
    [
      'a critical extension',
      'timestamp-info-unreadable',
      /critical extension 1\.2\.3/,
      () =>
        stamped({
          more: [
            wrap(
              0xa1,
              wrap(0x30, encode(oid('1.2.3')), Uint8Array.of(1, 1, 0xff), wrap(4, Uint8Array.of(5, 0))),
            ),
          ],
        }),
    ],
    ['no certificates', 'timestamp-no-certificates', /certReq/, () => sign('tsa', '-nocerts')],
    [
      'only the certificate of its root',
      'timestamp-certificate-missing',
      /exactly one certificate/,
      () => edit(good, certificates, () => [wrap(0xa0, root)]),
    ],
    [
      'a certificate that is none',
      'timestamp-certificate-unreadable',
      /cannot be read/,
      () => edit(good, certificates, () => [wrap(0xa0, wrap(0x30))]),
    ],
    [
      'a certificate that has nothing to do with it',
      'timestamp-certificates-unrelated',
      /did not issue/,
      () => sign('tsa', '-certfile stranger.pem'),
    ],
    [
      'more certificates than any path has',
      'timestamp-certificates-unrelated',
      /carries 10 certificates/,
      () => edit(good, certificates, () => [wrap(0xa0, ...Array.from({ length: 10 }, () => root))]),
    ],
    [
      'a root whose own signature was changed',
      'timestamp-chain-broken',
      /signature does not hold/,
      () =>
        edit(good, [...certificates, 1, 2], ({ content }) => {
          const bits = Uint8Array.from(content);
          bits[bits.length - 1] = (bits.at(-1) ?? 0) ^ 1;
          return [wrap(3, bits)];
        }),
    ],
    [
      'the ESS id of another certificate',
      'timestamp-certificate-differs',
      /names another certificate/,
      otherCertificate,
    ],
    [
      'no ESS id',
      'timestamp-attribute-missing',
      /signingCertificateV2 is missing/,
      () => authority.sign('tsa', { digest, genTime, nonce }, '-certfile ca.pem', 'sha256', ''),
    ],
    [
      'no signed attributes',
      'timestamp-attribute-missing',
      /no signed attributes/,
      () => authority.sign('tsa', { digest, genTime, nonce }, '-noattr -certfile ca.pem', 'sha256', ''),
    ],
    [
      'an unsigned attribute',
      'timestamp-unsigned-attribute',
      /anybody could have added/,
      () => append(signerInfo, wrap(0xa1, note())),
    ],
    [
      'a revocation list inside',
      'timestamp-revocation-embedded',
      /revocation lists/,
      () => edit(good, certificates, (node) => [node.bytes, wrap(0xa1, wrap(0x30))]),
    ],
    [
      'two signatures',
      'timestamp-signer-count',
      /found 2/,
      () => sign('tsa', '-certfile ca.pem -signer soft.pem -inkey soft.key'),
    ],
    ['no signature', 'timestamp-signer-count', /found 0/, () => edit(good, signerInfos, () => [wrap(0x31)])],
    [
      'an old digest',
      'timestamp-algorithm-refused',
      /expected SHA-256/,
      () => sign('tsa', '-certfile ca.pem', 'sha1'),
    ],
    [
      'a signature of zeros',
      'timestamp-value-differs',
      /not signed with the key/,
      () => edit(good, [...signerInfo, 5], () => [wrap(4, Buffer.from('3006020100020100', 'hex'))]),
    ],
    ['no key usage', 'timestamp-key-usage-missing', /lacks the key usage/, () => sign('unmarked')],
    ['another key usage', 'timestamp-key-usage-missing', /lacks the key usage/, () => sign('mail')],
    ['a key usage that is not critical', 'timestamp-key-usage-not-critical', /critical/, () => sign('soft')],
    [
      'a key usage that is not alone',
      'timestamp-key-usage-not-alone',
      /allows other uses/,
      () => sign('shared'),
    ],
    [
      'a certificate that asks for more than we know',
      'timestamp-authority-refused',
      /1\.2\.3\.4/,
      () => sign('odd'),
    ],
    [
      'a key that may not sign',
      'timestamp-authority-refused',
      /does not allow signatures/,
      () => sign('agreeing'),
    ],
    [
      'an authority that had expired',
      'timestamp-authority-outside-validity',
      /stamped at 2026-02-03T04:05:06\.000Z, but its certificate is valid from 2018.* to 2021/,
      () => sign('expired'),
    ],
  ];

test('as it was made, it is good', async () => {
  expect(await check(good)).toMatchObject({ status: 'ok', trust: 'trusted' });
});

describe('is refused with its reason', () => {
  test.each(attacks)('%s: %s', async (_, code, words, attack) => {
    expect(await check(await attack())).toEqual({
      status: 'failed',
      code,
      message: expect.stringMatching(words),
    });
  });

  test('a token for another message', async () => {
    expect(await check(good, { digest: sha256Of(Buffer.from('something else')) })).toEqual({
      status: 'failed',
      code: 'timestamp-imprint-differs',
      message: 'The timestamp was given for other bytes than these.',
    });
  });

  test('another nonce, and none', async () => {
    const without = await authority.sign('tsa', { digest, genTime });
    for (const [response, expected] of [
      [good, Uint8Array.of(1)],
      [without, nonce],
    ] as const) {
      expect(await check(response, { nonce: expected })).toEqual({
        status: 'failed',
        code: 'timestamp-nonce-differs',
        message: 'The timestamp does not answer this request: its nonce is another one or is missing.',
      });
    }
    expect(await check(without, { nonce: null })).toMatchObject({ status: 'ok', nonce: null });
  });

  test('a digest of another kind', async () => {
    await authority.bench.write('data', 'what is stamped');
    await authority.bench.openssl('ts -query -data data -sha512 -cert -out sha512.tsq');
    const response = await authority.reply('tsa', await authority.bench.read('sha512.tsq'));
    expect(await check(response, { nonce: null })).toMatchObject({
      code: 'timestamp-imprint-algorithm',
      message: 'The timestamp was given for a SHA-512, expected one for a SHA-256.',
    });
  });
});

describe('an authority of the same name', () => {
  test('is sound in itself, and not the one that was named', async () => {
    expect(await check(await foreign.reply('tsa', request))).toMatchObject({
      status: 'ok',
      trust: 'not-known',
      authority: { name: 'Invented Time' },
      trustMessage: expect.stringContaining('(trust-signer-not-named)'),
    });
  });

  test('cannot lend its certificate', async () => {
    const theirs = await foreign.certificate('tsa');
    const response = edit(good, certificates, () => [wrap(0xa0, theirs)]);
    expect(await check(response)).toMatchObject({ code: 'timestamp-certificate-missing' });
  });
});

test('openssl lets pass what is refused here: bytes behind it, an unsigned attribute', async () => {
  for (const name of ['bytes behind it', 'an unsigned attribute']) {
    const response = await attacks.find(([attack]) => attack === name)?.[3]();
    expect(await authority.judge(request, response ?? good)).toMatchObject({ code: 0 });
  }
});

/**
 * Refused, or the very same finding but for certificates above the authority's own, which nobody signed here, and for how
 * many of them could be revoked.
 */
async function expectNothingElse(response: Uint8Array): Promise<boolean> {
  const found = await check(response);
  if (found.status === 'failed') return false;
  const original = await check(good);
  if (original.status !== 'ok') throw new Error(original.message);
  expect(found.certificates[0]).toEqual(original.certificates[0]);
  const above = { asked: 0, open: 0 };
  const signed = (one: typeof found) => ({
    ...one,
    certificates: [],
    revocationFinding: { ...one.revocationFinding, above },
  });
  expect(signed(found)).toEqual(signed(original));
  return true;
}

describe('no byte that says anything is free', () => {
  test('a bit of every byte changed in turn', async () => {
    let accepted = 0;
    for (let i = 0; i < good.length; i++) {
      const response = Uint8Array.from(good);
      response[i] = (good[i] ?? 0) ^ (1 << (i % 8));
      if (await expectNothingElse(response)) accepted += 1;
    }
    // 'Granted with changes' for 'granted', and the root's name for its own issuer: 51 bytes at most.
    expect(accepted).toBeLessThan(51);
    expect(accepted).toBeGreaterThan(0);
  });

  test('any few bytes changed, any cut', async () => {
    const place = fc.record({ at: fc.nat(), mask: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(place, { minLength: 1, maxLength: 4, selector: ({ at: i }) => i % good.length }),
        fc.nat(),
        async (changes, cut) => {
          const response = Uint8Array.from(good);
          for (const { at: i, mask } of changes)
            response[i % good.length] = (good[i % good.length] ?? 0) ^ mask;
          await expectNothingElse(response);
          expect(await check(good.slice(0, cut % good.length))).toMatchObject({ code: 'timestamp-not-der' });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('any value in any place: never thrown, and never another time or authority', async () => {
    const places: number[][] = [];
    const walk = (path: number[]) => {
      places.push(path);
      at(good, path).children.forEach((_, i) => void walk([...path, i]));
    };
    walk([]);
    const value = fc.oneof(
      fc
        .constantFrom('', '0500', '3000', '3100', 'a000', 'a100', '0400', '020100', '06012a', '0c00')
        .map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))),
      fc.constantFrom(...places).map((path) => at(good, path).bytes),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places.slice(1)), value, async (path, bytes) => {
        fc.pre(Buffer.compare(at(good, path).bytes, bytes) !== 0);
        await expectNothingElse(edit(good, path, () => [bytes]));
      }),
      { numRuns: 600 },
    );
  });
});
