/**
 * Tokens of real authorities, where this machine has them; the other tests of this folder cover the same ground
 * without. All three stamp the SHA-512 of one text, so that none answers a request of Holdfast's.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { signerOf } from '../../../evidence/identity/certificate.ts';
import { fromPem } from '../../../evidence/identity/pem.ts';
import { checkTimestamp, checkTimestampOf } from '../../../evidence/timestamp/check.ts';
import { Bench } from '../identity/openssl.ts';

const data = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'timestamps');
const roots = '/etc/ssl/certs';
const text = '4b7b4e39f12b8c725e6e603e6d4422500316df94211070682ef10260ff5759ef';
const imprint = {
  algorithm: 'SHA-512' as const,
  value: new Uint8Array(createHash('sha512').update(text).digest()),
};
const now = new Date('2026-11-28T12:00:00Z');
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

const tokenOf = async (name: string) => new Uint8Array(await readFile(join(data, name)));

async function rootOf(name: string): Promise<Uint8Array> {
  const [der] = fromPem(await readFile(join(roots, name), 'utf8'));
  if (der === undefined) throw new Error(`${name} is empty`);
  return der;
}

describe.skipIf(!existsSync(data))('tokens of real authorities', () => {
  test.each([
    {
      file: 'digicert.tsr',
      genTime: '2025-03-24T11:17:47.000Z',
      name: 'DigiCert Timestamp 2024',
      // The third was issued by a root that is not here, across to another one.
      path: [
        'DigiCert Timestamp 2024',
        'DigiCert Trusted G4 RSA4096 SHA256 TimeStamping CA',
        'DigiCert Trusted Root G4',
      ],
      policy: '2.16.840.1.114412.7.1',
      accuracy: null,
    },
    {
      // Not self-signed at all: a central bank's authority, whose token leaves its issuer out.
      file: 'self_signed.tsr',
      genTime: '2025-03-24T11:38:16.000Z',
      name: 'TSA SINPE v3',
      path: ['TSA SINPE v3'],
      policy: '2.16.188.1.1.1.1.5',
      accuracy: 500_000,
    },
    {
      // Names its certificate by SHA-1 only (ESSCertID of 2002), which RFC 3161 allows.
      file: 'valid_timestamp.tsr',
      genTime: '2025-03-11T10:43:58.000Z',
      name: 'TrustID Timestamp Authority',
      path: ['TrustID Timestamp Authority', 'TrustID Timestamping CA 3'],
      policy: '2.16.840.1.113839.0.6.13.3',
      accuracy: null,
    },
  ])(
    '$file: sound, and by nobody whom the user named',
    async ({ file, genTime, name, path, policy, accuracy }) => {
      const found = await checkTimestampOf({
        response: await tokenOf(file),
        imprint,
        nonce: null,
        trusted: [],
        now,
        revocation: [],
      });
      expect(found).toMatchObject({
        status: 'ok',
        genTime: new Date(genTime),
        accuracy,
        authority: { name },
        policy,
        imprint: { algorithm: 'SHA-512', value: toHex(imprint.value) },
        trust: 'not-known',
        revocation: 'not-known',
        qualified: false,
      });
      if (found.status === 'ok') expect(found.certificates.map((der) => signerOf(der).name)).toEqual(path);
    },
  );

  test.each(['digicert.tsr', 'self_signed.tsr', 'valid_timestamp.tsr'])(
    '%s does not answer a request for a SHA-256',
    async (file) => {
      const response = await tokenOf(file);
      const digest = imprint.value.subarray(0, 32);
      expect(
        await checkTimestamp({ response, digest, nonce: null, trusted: [], now, revocation: [] }),
      ).toMatchObject({ status: 'failed', code: 'timestamp-imprint-algorithm' });
    },
  );

  test.skipIf(!existsSync(roots)).each([
    ['digicert.tsr', 'DigiCert_Trusted_Root_G4.pem', 'trusted'],
    ['digicert.tsr', 'DigiCert_Assured_ID_Root_CA.pem', 'trusted'],
    ['valid_timestamp.tsr', 'IdenTrust_Commercial_Root_CA_1.pem', 'trusted'],
    ['valid_timestamp.tsr', 'DigiCert_Trusted_Root_G4.pem', 'not-known'],
    ['self_signed.tsr', 'DigiCert_Trusted_Root_G4.pem', 'not-known'],
  ])('%s under %s: %s, and openssl says the same', async (file, root, trust) => {
    const response = await tokenOf(file);
    const found = await checkTimestampOf({
      response,
      imprint,
      nonce: null,
      trusted: [await rootOf(root)],
      now,
      revocation: [],
    });
    expect(found).toMatchObject({ status: 'ok', trust });
    await bench.write('data', text);
    const judged = await bench.run(
      'openssl',
      ...['ts', '-verify', '-data', 'data', '-in', join(data, file), '-CAfile', join(roots, root)],
      // The authority of valid_timestamp.tsr expired in January 2026: its own time is what counts.
      ...['-attime', '1742813866'],
    );
    expect(judged.code === 0).toBe(trust === 'trusted');
  });

  test('valid_timestamp.tsr: its authority has expired since, which the finding shows', async () => {
    const found = await checkTimestampOf({
      response: await tokenOf('valid_timestamp.tsr'),
      imprint,
      nonce: null,
      trusted: [],
      now,
      revocation: [],
    });
    expect(found.status === 'ok' && found.authority.notAfter < now).toBe(true);
  });
});
