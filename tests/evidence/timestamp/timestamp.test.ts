import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCertificate } from '../../../evidence/identity/certificate.ts';
import { checkTimestamp, type TimestampInput } from '../../../evidence/timestamp/check.ts';
import { readTimestampRequest, timestampRequest } from '../../../evidence/timestamp/request.ts';
import { Authority, sha256Of, stampingExtensions } from './authority.ts';

const digest = sha256Of(Buffer.from('what is stamped'));
const nonce = Uint8Array.of(0xf1, 2, 3, 4, 5, 6, 7, 8);
const request = timestampRequest({ digest, nonce });
let authority: Authority;
let root: Uint8Array;

beforeAll(async () => {
  authority = await Authority.open();
  await authority.issue('rsa', 'RSA-2048');
  await authority.issue('p256', 'P-256');
  await authority.issue('p384', 'P-384');
  await authority.issue('p521', 'P-521');
  await authority.issue('qualified', 'P-256', {
    extensions: `${stampingExtensions}1.3.6.1.5.5.7.1.3=ASN1:SEQUENCE:qc\n[qc]\na=SEQUENCE:compliance\n[compliance]\na=OID:0.4.0.1862.1.1\n`,
  });
  root = await authority.certificate('ca');
});
afterAll(() => authority.close());

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

describe('a request', () => {
  test('is what openssl reads, and what openssl writes is read', async () => {
    await authority.bench.write('q.tsq', request);
    const text = await authority.bench.openssl('ts -query -in q.tsq -text');
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Nonce: 0xF102030405060708');
    expect(text).toContain('Certificate required: yes');
    await authority.bench.write('data', 'what is stamped');
    await authority.bench.openssl('ts -query -data data -sha256 -cert -out own.tsq');
    const own = readTimestampRequest(await authority.bench.read('own.tsq'));
    expect(own.digest).toEqual(digest);
  });

  test('any digest and nonce come back, and nothing else is read as one', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, number, place, mask) => {
          const made = timestampRequest({ digest: bytes, nonce: number });
          const read = readTimestampRequest(made);
          expect(timestampRequest(read)).toEqual(made);
          expect(read.digest).toEqual(bytes);
          const changed = Uint8Array.from(made);
          const at = place % made.length;
          changed[at] = (made[at] ?? 0) ^ mask;
          try {
            // A change of the digest or of the nonce is another request; of anything else, none.
            expect(timestampRequest(readTimestampRequest(changed))).toEqual(changed);
          } catch (problem) {
            expect(problem).toMatchObject({ code: 'bad-input' });
          }
        },
      ),
    );
  });

  test.each([
    ['a short digest', digest.subarray(1), nonce],
    ['no nonce', digest, new Uint8Array()],
    ['a nonce that no authority takes', digest, new Uint8Array(33)],
  ])('is refused with %s', (_, bytes, number) => {
    expect(() => timestampRequest({ digest: bytes, nonce: number })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});

describe('a real authority', () => {
  test.each([
    ['rsa', {}],
    ['p256', {}],
    ['p384', { signer_digest: 'sha384', ess_cert_id_alg: 'sha384' }],
    ['p521', { signer_digest: 'sha512', ess_cert_id_alg: 'sha512' }],
    ['rsa', { signer_digest: 'sha512' }],
    ['p256', { ess_cert_id_alg: 'sha1' }],
    ['rsa', { ess_cert_id_alg: 'sha1' }],
  ])('%s with %o: openssl and Holdfast agree', async (signer, settings) => {
    const started = Date.now();
    const response = await authority.reply(signer, request, settings);
    expect(await authority.judge(request, response)).toMatchObject({ code: 0 });
    const found = await check(response);
    const certificate = await authority.certificate(signer);
    expect(found).toMatchObject({
      status: 'ok',
      accuracy: 1_000_100,
      authority: { name: 'Invented Time', notAfter: new Date('2040-01-01T00:00:00Z') },
      policy: '1.2.3.4.1',
      nonce: 'f102030405060708',
      certificates: [certificate, root],
      trust: 'trusted',
      revocation: 'not-known',
      qualified: false,
    });
    if (found.status !== 'ok') return;
    expect(found.genTime.getTime()).toBeGreaterThanOrEqual(Math.floor(started / 1000) * 1000);
    expect(found.genTime.getTime()).toBeLessThanOrEqual(Date.now());
  });

  test('signs with RSA-PSS', async () => {
    for (const [md, salt] of [
      ['sha256', '32'],
      ['sha384', '20'],
      ['sha512', 'max'],
    ]) {
      const response = await authority.sign(
        'rsa',
        { digest, nonce: Uint8Array.of(0, ...nonce), genTime: new Date('2026-02-03T04:05:06Z') },
        `-certfile ca.pem -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:${salt}`,
        md,
      );
      // 'openssl ts -verify' knows no PSS; 'openssl cms' judges the signature itself.
      await authority.bench.openssl(
        'cms -verify -binary -inform DER -in token.der -CAfile ca.pem -purpose timestampsign -out /dev/null',
      );
      expect(await check(response)).toMatchObject({
        status: 'ok',
        trust: 'trusted',
        genTime: new Date('2026-02-03T04:05:06Z'),
        accuracy: null,
        serial: '4d',
      });
    }
  });

  test('parts of a second are counted up', async () => {
    const response = await authority.sign('p256', { digest, genTime: '20260203040506.1234Z' });
    expect(await check(response, { nonce: null })).toMatchObject({
      status: 'ok',
      genTime: new Date('2026-02-03T04:05:06.124Z'),
      nonce: null,
    });
  });

  test('is named by its own certificate, by its root, or not at all', async () => {
    const response = await authority.reply('p256', request);
    const own = await authority.certificate('p256');
    const other = await authority.certificate('rsa');
    expect(await check(response, { trusted: [own] })).toMatchObject({ trust: 'trusted' });
    expect(await check(response, { trusted: [other] })).toMatchObject({ status: 'ok', trust: 'not-known' });
    expect(await check(response, { trusted: [] })).toMatchObject({
      status: 'ok',
      trust: 'not-known',
      trustMessage: expect.stringContaining('compare its fingerprint'),
    });
    expect(await check(response, { trusted: [Uint8Array.of(1)] })).toMatchObject({ trust: 'not-known' });
  });

  test('is qualified only where its certificate says so and it is trusted', async () => {
    const response = await authority.reply('qualified', request);
    expect(await check(response)).toMatchObject({ status: 'ok', qualified: true });
    expect(await check(response, { trusted: [] })).toMatchObject({ status: 'ok', qualified: false });
    expect(readCertificate(await authority.certificate('qualified')).unknownCritical).toEqual([]);
  });
});
