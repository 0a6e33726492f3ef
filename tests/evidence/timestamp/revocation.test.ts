import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkTimestamp } from '../../../evidence/timestamp/check.ts';
import { timestampRequest } from '../../../evidence/timestamp/request.ts';
import { Authority, sha256Of } from './authority.ts';

const digest = sha256Of(Buffer.from('what is stamped'));
const nonce = Uint8Array.of(9);
const past = new Date('2026-02-03T04:05:06Z');
const ocspExtensions =
  'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n';
let authority: Authority;
let root: Uint8Array;

beforeAll(async () => {
  authority = await Authority.open('Invented Root', 'RSA-2048');
  root = await authority.certificate('ca');
  for (const name of ['stamper', 'compromised', 'closed']) await authority.issue(name, 'P-256');
  await authority.issue('responder', 'P-256', { extensions: ocspExtensions, commonName: 'Responder' });
  await authority.issue('intruder', 'P-256', { commonName: 'Intruder' });
  await authority.revoke('compromised', 'keyCompromise');
  await authority.revoke('closed', 'cessationOfOperation');
});
afterAll(() => authority.close());

async function judge(signer: string, genTime: Date, revocation: Uint8Array[], now = new Date()) {
  const response = await authority.sign(signer, { digest, genTime });
  const found = await checkTimestamp({ response, digest, nonce: null, trusted: [root], now, revocation });
  expect(found).toMatchObject({ status: 'ok', trust: 'trusted' });
  return found.status === 'ok' ? { ...found.revocationFinding, summary: found.revocation } : null;
}

test('nothing came along: not known', async () => {
  expect(await judge('stamper', past, [])).toMatchObject({
    state: 'not-known',
    summary: 'not-known',
    source: null,
    message: 'No revocation list or OCSP answer came along.',
  });
});

describe.each(['crl', 'ocsp', 'ocsp by a delegate'])('an answer: %s', (kind) => {
  const ask = (name: string) =>
    kind === 'crl' ? authority.revocationList() : authority.ocsp(name, kind === 'ocsp' ? 'ca' : 'responder');
  const source = kind === 'crl' ? 'crl' : 'ocsp';

  test('good', async () => {
    const answer = await ask('stamper');
    expect(await judge('stamper', past, [answer])).toMatchObject({
      state: 'good',
      summary: 'good',
      source,
      revokedAt: null,
      message: expect.stringMatching(/made after the timestamp, does not name .* as revoked\.$/),
    });
  });

  test('revoked after the stamp because the key was stolen: older stamps fall too', async () => {
    const found = await judge('compromised', past, [await ask('compromised')]);
    expect(found).toMatchObject({
      state: 'revoked',
      summary: 'revoked',
      source,
      reason: 'keyCompromise',
      message: expect.stringMatching(/was revoked at .* \(keyCompromise\), and from then on no token/),
    });
    expect(found?.revokedAt).toBeInstanceOf(Date);
  });

  test('closed down after the stamp: older stamps stand, newer ones do not', async () => {
    const answer = await ask('closed');
    expect(await judge('closed', past, [answer])).toMatchObject({
      state: 'good',
      reason: 'cessationOfOperation',
      message: expect.stringContaining('for a reason that leaves it valid'),
    });
    const later = new Date(Math.floor(Date.now() / 1000) * 1000 + 60_000);
    expect(await judge('closed', later, [answer])).toMatchObject({ state: 'revoked' });
  });

  test('a changed byte takes the answer away', async () => {
    const answer = await ask('compromised');
    for (let i = 0; i < answer.length; i += 3) {
      const changed = Uint8Array.from(answer);
      changed[i] = (answer[i] ?? 0) ^ (1 << (i % 8));
      const found = await judgeOnly(changed);
      // Where the change is in parts that nothing protects, the answer is still the same.
      if (found.state !== 'not-known')
        expect(found).toMatchObject({ state: 'revoked', reason: 'keyCompromise' });
    }
  });
});

async function judgeOnly(answer: Uint8Array) {
  compromised ??= await authority.sign('compromised', { digest, genTime: past });
  const found = await checkTimestamp({
    response: compromised,
    digest,
    nonce: null,
    trusted: [],
    now: new Date(),
    revocation: [answer],
  });
  if (found.status !== 'ok') throw new Error(found.message);
  return found.revocationFinding;
}
let compromised: Uint8Array | undefined;

describe('says nothing', () => {
  test('an answer about another certificate, or by one who may not answer', async () => {
    const about = await authority.ocsp('closed');
    const by = await authority.ocsp('stamper', 'intruder');
    for (const answer of [about, by]) {
      expect(await judge('stamper', past, [answer])).toMatchObject({
        state: 'not-known',
        message: 'None of the answers is a readable one by the issuer of the authority.',
      });
    }
  });

  test("another authority's list under the same name", async () => {
    const other = await Authority.open('Invented Root', 'RSA-2048');
    try {
      const list = await other.revocationList();
      expect(await judge('compromised', past, [list])).toMatchObject({ state: 'not-known' });
    } finally {
      await other.close();
    }
  });

  test('an answer from the future, one that had run out, and noise', async () => {
    const list = await authority.revocationList();
    const early = new Date('2026-03-01T00:00:00Z');
    expect(await judge('stamper', past, [list], early)).toMatchObject({
      state: 'not-known',
      message: expect.stringMatching(/dated in the future\.$/),
    });
    const late = new Date(Date.now() + 400 * 86_400_000);
    late.setMilliseconds(0);
    expect(await judge('stamper', late, [list], late)).toMatchObject({
      state: 'not-known',
      message: expect.stringMatching(/older than the timestamp and had run out\.$/),
    });
    expect(await judge('stamper', past, [new Uint8Array(), Uint8Array.of(0x30, 0x80), root])).toMatchObject({
      state: 'not-known',
    });
  });

  test('a list made after the certificate had run out', async () => {
    await authority.issue('old', 'P-256', { from: '2018', until: '2021' });
    const list = await authority.revocationList();
    expect(await judge('old', new Date('2020-05-05T00:00:00Z'), [list])).toMatchObject({
      state: 'not-known',
      message: expect.stringMatching(/had run out\.$/),
    });
  });
});

test('revoked wins over good, whatever the order', async () => {
  const older = await authority.ocsp('stamper');
  const list = await authority.revocationList();
  const request = timestampRequest({ digest, nonce });
  const response = await authority.reply('stamper', request);
  await authority.revoke('stamper', 'keyCompromise');
  const newer = await authority.revocationList();
  for (const revocation of [
    [older, list, newer],
    [newer, older, list],
  ]) {
    const found = await checkTimestamp({ response, digest, nonce, trusted: [], now: new Date(), revocation });
    expect(found).toMatchObject({ status: 'ok', revocation: 'revoked' });
  }
});

test('the same answers are asked about each certificate for itself, however often', async () => {
  await authority.issue('steady', 'P-256');
  const answers = [await authority.revocationList(), await authority.ocsp('steady')];
  for (const round of ['first', 'again']) {
    expect((await judge('steady', past, answers))?.state, round).toBe('good');
    expect((await judge('compromised', past, answers))?.state, round).toBe('revoked');
    expect(
      (await judge('steady', new Date(Math.floor(Date.now() / 1000) * 1000), answers))?.state,
      round,
    ).toBe('good');
  }
});

test('a list of megabytes beside hundreds of stamps is read once', async () => {
  const serials = Array.from(
    { length: 40_000 },
    (_, i) =>
      `R\t300101000000Z\t260101000000Z\t${(i + 2 ** 24).toString(16).padStart(8, '0')}\tunknown\t/CN=gone`,
  );
  const index = Buffer.from(await authority.bench.read('index.txt')).toString();
  await authority.bench.write('index.txt', `${index}${serials.join('\n')}\n`);
  const answers = [await authority.revocationList()];
  await authority.bench.write('index.txt', index);
  const response = await authority.sign('steady', { digest, genTime: past });
  const input = { response, digest, nonce: null, trusted: [root], now: new Date() };
  const time = async (revocation: () => Uint8Array[]) => {
    const started = performance.now();
    for (let i = 0; i < 10; i++) await checkTimestamp({ ...input, revocation: revocation() });
    return performance.now() - started;
  };
  const each = await time(() => [...answers]);
  const once = await time(() => answers);
  expect(once).toBeLessThan(each / 2);
});
