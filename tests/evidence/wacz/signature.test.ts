/** Signatures of WACZ files (wacz-auth 0.1.0) by keys, certificates and timestamps that openssl made. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPem } from '../../../evidence/identity/pem.ts';
import { Authority } from '../timestamp/authority.ts';
import { check, plain, said, wacz } from './foreign-wacz.ts';

const domain = 'signing.ferry.test';
const signing = `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nsubjectAltName=DNS:${domain}\n`;
const created = '2026-03-04T09:31:00Z';
const now = new Date('2026-04-01T00:00:00Z');

let ca: Authority;
let tsa: Authority;
let other: Authority;
let roots: { trusted: Uint8Array[]; tsaRoots: Uint8Array[] };

beforeAll(async () => {
  [ca, tsa, other] = await Promise.all([Authority.open(), Authority.open('Time Root'), Authority.open()]);
  await ca.issue('domain', 'P-256', {
    extensions: signing,
    commonName: 'Ferry',
    from: '2026',
    until: '2027',
  });
  await ca.issue('rsa', 'RSA-2048', { extensions: signing, commonName: domain, from: '2026', until: '2027' });
  await tsa.issue('stamp', 'RSA-2048');
  roots = { trusted: [await ca.certificate('ca')], tsaRoots: [await tsa.certificate('ca')] };
});
afterAll(async () => {
  await Promise.all([ca.close(), tsa.close(), other.close()]);
});

const text = async (authority: Authority, ...names: string[]) =>
  (await Promise.all(names.map(async (name) => toPem(await authority.certificate(name))))).join('\n');

interface Domain {
  signer?: string;
  chain?: string[];
  over?: string;
  genTime?: Date;
  stampedText?: string;
  /** Members in the place of those made here; undefined takes one away. */
  members?: Record<string, unknown>;
}

/** What a signing server answers for the hash of datapackage.json. */
function byDomain({
  signer = 'domain',
  chain = ['ca'],
  over,
  genTime = new Date(created),
  stampedText,
  members = {},
}: Domain = {}) {
  return async (hash: string) => {
    const key = createPrivateKey(Buffer.from(await ca.bench.read(`${signer}.key`)));
    const signature = sign('sha256', Buffer.from(over ?? hash), key).toString('base64');
    const digest = createHash('sha256')
      .update(stampedText ?? signature)
      .digest();
    // The authority leaves its certificates out, as signing servers ask it to.
    const token = await tsa.sign('stamp', { digest: new Uint8Array(digest), genTime }, '-nocerts');
    return {
      hash,
      created,
      software: 'an invented server',
      version: '0.1.0',
      signature,
      domain,
      domainCert: await text(ca, signer, ...chain),
      timeSignature: Buffer.from(token).toString('base64'),
      timestampCert: await text(tsa, 'stamp', 'ca'),
      ...members,
    };
  };
}

const signed = async (how: Domain = {}) => wacz(plain(), { sign: byDomain(how) });
const messageOf = (answer: Awaited<ReturnType<typeof check>>, step: string) =>
  answer.steps.find((each) => each.step === step)?.message;

describe('by the certificate of a domain', () => {
  test.each(['domain', 'rsa'])(
    '%s: consistent by itself, trusted with both authorities named',
    async (signer) => {
      const bytes = await signed({ signer });

      const alone = await check(bytes, { now });
      expect(said(alone)).toEqual({
        'signer-trust': 'not-known signer-not-named',
        'timestamp-trust': 'not-known authority-not-named',
      });
      expect(alone).toMatchObject({ verdict: 'consistent', signedAt: '2026-03-04T09:31:00.000Z' });
      const named = await check(bytes, { now, ...roots });
      expect(said(named)).toEqual({});
      expect(named.verdict).toBe('trusted');
    },
  );

  test('one authority alone is not enough, nor is another of the same name', async () => {
    const bytes = await signed();
    for (const trust of [
      { trusted: roots.trusted },
      { tsaRoots: roots.tsaRoots },
      { ...roots, trusted: [await other.certificate('ca')] },
    ])
      expect((await check(bytes, { now, ...trust })).verdict).toBe('consistent');
  });

  test('expired since: what counts is that it was valid when it was stamped', async () => {
    const answer = await check(await signed(), { now: new Date('2039-01-01T00:00:00Z'), ...roots });
    expect(answer.verdict).toBe('trusted');
    expect(messageOf(answer, 'signer-trust')).toContain(
      'It was valid when it signed, and expired at 2027-01-01',
    );
  });

  test('expired since, and no timestamp: nobody knows when it signed', async () => {
    const bytes = await signed({ members: { timeSignature: undefined } });
    const answer = await check(bytes, { now: new Date('2039-01-01T00:00:00Z'), ...roots });
    expect(said(answer)).toEqual({
      'signer-trust': 'not-known signer-expired',
      timestamp: 'not-present no-timestamp',
      'timestamp-trust': 'not-present no-timestamp',
    });
  });

  test('expired since, and stamped by an authority that nobody named: that stamp shows no time', async () => {
    const answer = await check(await signed(), {
      now: new Date('2039-01-01T00:00:00Z'),
      trusted: roots.trusted,
    });
    expect(said(answer)).toEqual({
      'signer-trust': 'not-known signer-expired',
      'timestamp-trust': 'not-known authority-not-named',
    });
    expect(messageOf(answer, 'timestamp')).toMatch(/if that authority is to be believed\.$/);
  });

  test('issued for web servers, as domains are: trusted', async () => {
    const extensions = `${signing}extendedKeyUsage=serverAuth\n`;
    await ca.issue('server', 'P-256', { extensions, commonName: domain, from: '2026', until: '2027' });
    const answer = await check(await signed({ signer: 'server' }), { now, ...roots });
    expect(said(answer)).toEqual({});
    expect(answer.verdict).toBe('trusted');
  });

  test.each<[string, Domain, string, string]>([
    ['a signature over another hash', { over: 'sha256:00' }, 'signature', 'failed signature-value-differs'],
    [
      'the hash of another package',
      { members: { hash: `sha256:${'0'.repeat(64)}` } },
      'signature',
      'failed signature-other-package',
    ],
    ['another domain', { members: { domain: 'else.test' } }, 'signature', 'failed signature-domain-differs'],
    ['no domain', { members: { domain: undefined } }, 'signature', 'failed signature-domain-differs'],
    [
      'a certificate that issued nothing here',
      { chain: ['ca', 'rsa'] },
      'signature',
      'failed signature-chain-broken',
    ],
    [
      'a time that is none',
      { members: { created: 'yesterday', timeSignature: undefined } },
      'signature',
      'failed signature-time',
    ],
    [
      'stamped before the certificate was valid',
      { genTime: new Date('2025-06-01T00:00:00Z') },
      'signer-trust',
      'failed signer-outside-validity',
    ],
    [
      'a timestamp of another signature',
      { stampedText: 'another' },
      'timestamp',
      'failed timestamp-imprint-differs',
    ],
    [
      'a timestamp that says the future',
      { genTime: new Date('2026-12-01T00:00:00Z') },
      'timestamp',
      'failed timestamp-in-future',
    ],
    [
      'a timestamp weeks later',
      { genTime: new Date('2026-03-20T00:00:00Z') },
      'timestamp',
      'not-known timestamp-far',
    ],
    [
      'a timestamp that is none',
      { members: { timeSignature: 'AAAA' } },
      'timestamp',
      'failed timestamp-not-der',
    ],
    [
      'a timestamp that is no base64',
      { members: { timeSignature: '!' } },
      'timestamp',
      'failed timestamp-unreadable',
    ],
    [
      'a timestamp without its certificate',
      { members: { timestampCert: '' } },
      'timestamp',
      'failed timestamp-no-certificates',
    ],
    ['a key as well', { members: { publicKey: 'AAAA' } }, 'signature', 'failed signature-form'],
    [
      'neither key nor certificate',
      { members: { domainCert: undefined } },
      'signature',
      'failed signature-form',
    ],
    [
      'a certificate that is none',
      { members: { domainCert: 'words' } },
      'signature',
      'failed signature-unreadable',
    ],
    [
      'words around the certificates',
      { members: { domainCert: 'Subject: me\n' } },
      'signature',
      'failed signature-unreadable',
    ],
    [
      'a signature that is no base64',
      { members: { signature: '!' } },
      'signature',
      'failed signature-unreadable',
    ],
    ['members of other types', { members: { signature: 7 } }, 'signature', 'failed signature-unreadable'],
  ])('%s', async (_, how, step, expected) => {
    const answer = await check(await signed(how), { now, ...roots });
    expect(said(answer)[step]).toBe(expected);
    expect(answer.verdict).toBe(expected.startsWith('failed') ? 'failed' : 'consistent');
  });

  test('cross-signed: trusted through the second certificate, which must be for the same key', async () => {
    for (const file of ['domain.key', 'rsa.key']) await other.bench.write(file, await ca.bench.read(file));
    const cross = async (key: string) => {
      await other.bench.write('cross.ext', signing);
      await other.bench.openssl(`req -new -key ${key}.key -subj /O=Invented/CN=${domain} -out cross.csr`);
      await other.bench.openssl(
        'ca -batch -notext -config ca.cnf -cert ca.pem -keyfile ca.key -in cross.csr -out cross.pem -extfile cross.ext -startdate 20260101000000Z -enddate 20270101000000Z',
      );
      return text(other, 'cross', 'ca');
    };
    const trust = { ...roots, trusted: [await other.certificate('ca')] };

    const good = await signed({ members: { crossSignedCert: await cross('domain') } });
    expect((await check(good, { now, ...trust })).verdict).toBe('trusted');
    const bad = await signed({ members: { crossSignedCert: await cross('rsa') } });
    expect(said(await check(bad, { now, ...trust })).signature).toBe('failed signature-cross-differs');
  });
});

describe('by a bare key', () => {
  const byKey = (curve: string, form: 'der' | 'ieee-p1363') => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
    return async (hash: string) => ({
      hash,
      created,
      software: 'an invented extension',
      version: '0.1.0',
      signature: sign('sha256', Buffer.from(hash), { key: privateKey, dsaEncoding: form }).toString('base64'),
      publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    });
  };

  test.each([
    ['P-384', 'ieee-p1363'],
    ['P-256', 'der'],
    ['P-521', 'ieee-p1363'],
  ] as const)('%s, signature in the form %s: it names nobody', async (curve, form) => {
    const answer = await check(await wacz(plain(), { sign: byKey(curve, form) }), { now });
    expect(said(answer)).toEqual({
      'signer-trust': 'not-known signer-anonymous',
      timestamp: 'not-present no-timestamp',
      'timestamp-trust': 'not-present no-timestamp',
    });
    expect(answer).toMatchObject({
      verdict: 'consistent',
      signer: null,
      signedAt: '2026-03-04T09:31:00.000Z',
    });
    expect(messageOf(answer, 'signature')).toContain(answer.keyFingerprint);
  });

  test('one that a named certificate holds is trusted', async () => {
    const key = createPrivateKey(Buffer.from(await ca.bench.read('domain.key')));
    const sign384 = async (hash: string) => ({
      hash,
      created,
      signature: sign('sha256', Buffer.from(hash), key).toString('base64'),
      publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
    });
    const bytes = await wacz(plain(), { sign: sign384 });
    expect((await check(bytes, { now, trusted: [await ca.certificate('domain')] })).verdict).toBe('trusted');
  });

  test('another key’s signature, and keys that are none', async () => {
    const [mine, theirs] = [byKey('P-256', 'der'), byKey('P-256', 'der')];
    const swapped = async (hash: string) => ({
      ...(await mine(hash)),
      publicKey: (await theirs(hash)).publicKey,
    });
    expect(said(await check(await wacz(plain(), { sign: swapped }), { now })).signature).toBe(
      'failed signature-value-differs',
    );
    const { publicKey } = generateKeyPairSync('ed25519');
    for (const bad of ['AAAA', '!', publicKey.export({ format: 'der', type: 'spki' }).toString('base64')]) {
      const odd = async (hash: string) => ({ ...(await mine(hash)), publicKey: bad });
      expect(said(await check(await wacz(plain(), { sign: odd }), { now })).signature).toBe(
        'failed signature-unreadable',
      );
    }
  });
});

test('whatever stands in the signature, the answer is a verdict, and never "trusted"', async () => {
  const whole: Record<string, unknown> = await byDomain()(`sha256:${'0'.repeat(64)}`);
  const odd = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.constantFrom(...Object.values(whole)),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(whole)), odd, async (member, value) => {
      const bytes = await wacz(plain(), { sign: async (hash) => ({ ...whole, hash, [member]: value }) });
      expect((await check(bytes, { now, ...roots })).verdict).not.toBe('trusted');
    }),
    { numRuns: 60 },
  );
});
