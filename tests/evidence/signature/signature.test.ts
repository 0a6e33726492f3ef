import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCertificate } from '../../../evidence/identity/certificate.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { fromPem, toPem } from '../../../evidence/identity/pem.ts';
import { readPkcs12 } from '../../../evidence/identity/pkcs12-read.ts';
import { signDetached } from '../../../evidence/signature/sign.ts';
import { isTrusted } from '../../../evidence/signature/trust.ts';
import { verifyDetached } from '../../../evidence/signature/verify.ts';
import {
  Bench,
  exportPkcs12,
  type KeyType,
  makeIssued,
  makeOrganisation,
  makeSelfSigned,
  p12Passphrase,
  signerExtensions,
} from '../identity/openssl.ts';

// Line ends and bytes beyond ASCII: without -binary, openssl would sign something else.
const content = Buffer.from('3a7b  data/report.html\r\n\0\xffنیلوفر\n');
const signingTime = new Date('2026-03-02T04:05:06.789Z');
const attime = String(signingTime.getTime() / 1000).split('.')[0];
let bench: Bench;
let selfSigned: Identity;
beforeAll(async () => {
  bench = await Bench.open();
  await bench.write('F', content);
  selfSigned = await createIdentity({
    name: 'Šárka نیلوفر',
    organisation: 'Invented',
    now: new Date('2026-03-01T00:00:00Z'),
  });
  await makeOrganisation(bench);
});
afterAll(() => bench.close());

/** The command of VERIFY.txt. */
function judge(signature: string, anchor: string, ...more: string[]) {
  const files = ['-inform', 'DER', '-in', signature, '-content', 'F', '-CAfile', anchor, '-out', '/dev/null'];
  return bench.run('openssl', 'cms', '-verify', '-cades', '-binary', ...files, ...more);
}

async function pem(name: string): Promise<Uint8Array> {
  const [der] = fromPem(Buffer.from(await bench.read(`${name}.pem`)).toString());
  if (der === undefined) throw new Error(`${name}.pem is empty`);
  return der;
}

async function issued(name: string, type: KeyType, options: string): Promise<Identity> {
  await makeIssued(bench, name, type, 'sub', signerExtensions);
  return readPkcs12(await exportPkcs12(bench, name, options), p12Passphrase);
}

describe('a signature of ours', () => {
  test('self-signed: openssl accepts it with the certificate alone, and only over this content', async () => {
    const signature = await signDetached({ content, identity: selfSigned, signingTime });
    await bench.write('own.p7s', signature);
    await bench.write('signer.pem', toPem(selfSigned.certificate));
    const good = await judge('own.p7s', 'signer.pem', '-attime', `${attime}`);
    expect([good.code, good.stderr]).toEqual([0, expect.stringContaining('CAdES Verification successful')]);
    await bench.write('F2', Buffer.concat([content, Buffer.from(' ')]));
    const other = await bench.run(
      ...([
        'openssl',
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'own.p7s',
        '-content',
        'F2',
      ] as const),
      ...['-CAfile', 'signer.pem', '-out', '/dev/null', '-attime', `${attime}`],
    );
    expect(other.code).not.toBe(0);
    expect(await bench.openssl('cms -cmsout -print -inform DER -in own.p7s')).toContain(
      'Mar  2 04:05:06 2026 GMT',
    );
    const check = await verifyDetached({ content, signature });
    expect(check).toEqual({
      ok: true,
      signerCertificate: selfSigned.certificate,
      chain: [],
      signingTime: new Date('2026-03-02T04:05:06.000Z'),
      signer: selfSigned.signer,
    });
    expect(check.ok && (await isTrusted(check, [selfSigned.certificate]))).toEqual({
      trusted: true,
      anchor: selfSigned.signer.fingerprint,
    });
  });

  test('GnuTLS accepts it, too', async () => {
    // certtool judges by today's clock, so this one is made today.
    const identity = await createIdentity({ name: 'Today', now: new Date(Date.now() - 60_000) });
    await bench.write('today.p7s', await signDetached({ content, identity, signingTime: new Date() }));
    await bench.write('today.pem', toPem(identity.certificate));
    const files = ['--infile', 'today.p7s', '--load-data', 'F', '--load-certificate', 'today.pem'];
    const { code, stderr, stdout } = await bench.run('certtool', '--p7-verify', '--inder', ...files);
    expect([code, stdout + stderr]).toEqual([0, expect.stringContaining('Signature status: ok')]);
  });

  test.each<[KeyType, string, number]>([
    ['P-384', '-certfile chain.pem', 2],
    ['RSA-3072', '-certfile sub.pem', 1],
    ['RSA-4096', '-certfile chain.pem', 2],
    ['P-256', '', 0],
  ])('issued by an organisation with %s %s: openssl accepts it', async (type, options, length) => {
    const identity = await issued(`m${type}`, type, options);
    expect(identity.chain).toHaveLength(length);
    const now = new Date();
    const signature = await signDetached({ content, identity, signingTime: now });
    await bench.write('issued.p7s', signature);
    // Where the signer's file had no chain, whoever verifies has to bring it.
    const good = await judge('issued.p7s', length === 0 ? 'chain.pem' : 'root.pem');
    expect([good.code, good.stderr]).toEqual([0, expect.stringContaining('CAdES Verification successful')]);
    const check = await verifyDetached({ content, signature });
    expect(check).toMatchObject({ ok: true, signer: identity.signer, chain: identity.chain });
    if (!check.ok) return;
    const named = { root: await pem('root'), sub: await pem('sub'), own: identity.certificate };
    expect(await isTrusted(check, [selfSigned.certificate])).toMatchObject({
      code: 'trust-signer-not-named',
    });
    expect(await isTrusted(check, [named.own])).toMatchObject({ trusted: true });
    expect(await isTrusted(check, [named.sub])).toMatchObject({ trusted: true });
    // Without the one in between nothing leads to the root.
    expect((await isTrusted(check, [selfSigned.certificate, named.root])).trusted).toBe(length > 0);
  });

  test('a certificate for documents: openssl has to be told, and we accept it', async () => {
    const documents = '1.3.6.1.5.5.7.3.36';
    await makeIssued(bench, 'papers', 'P-256', 'sub', `${signerExtensions}extendedKeyUsage=${documents}\n`);
    const identity = await readPkcs12(
      await exportPkcs12(bench, 'papers', '-certfile chain.pem'),
      p12Passphrase,
    );
    expect(readCertificate(identity.certificate).extendedKeyUsage).toEqual([documents]);
    const signature = await signDetached({ content, identity, signingTime: new Date() });
    await bench.write('papers.p7s', signature);
    expect((await judge('papers.p7s', 'root.pem')).code).not.toBe(0);
    expect((await judge('papers.p7s', 'root.pem', '-purpose', 'any')).code).toBe(0);
    expect(await verifyDetached({ content, signature })).toMatchObject({ ok: true });
  });

  test('the time of signing is kept beyond 2049', async () => {
    const identity = await createIdentity({ name: 'Late', now: new Date('2048-01-01T00:00:00Z') });
    const late = new Date('2051-06-07T08:09:10Z');
    const signature = await signDetached({ content, identity, signingTime: late });
    await bench.write('late.p7s', signature);
    await bench.write('late.pem', toPem(identity.certificate));
    expect((await judge('late.p7s', 'late.pem', '-attime', `${late.getTime() / 1000}`)).code).toBe(0);
    expect(await verifyDetached({ content, signature })).toMatchObject({ ok: true, signingTime: late });
  });

  test('is not made outside the validity of the certificate', async () => {
    const before = signDetached({
      content,
      identity: selfSigned,
      signingTime: new Date('2026-02-28T23:59:59Z'),
    });
    await expect(before).rejects.toMatchObject({ code: 'identity-not-supported' });
    const never = signDetached({ content, identity: selfSigned, signingTime: new Date(Number.NaN) });
    await expect(never).rejects.toMatchObject({ code: 'identity-not-supported' });
  });

  test('the certificate carries its own start, to the second', async () => {
    const now = new Date('2026-03-01T00:00:00.999Z');
    const identity = await createIdentity({ name: 'Soon', now });
    const signature = await signDetached({ content, identity, signingTime: now });
    expect(await verifyDetached({ content, signature })).toMatchObject({ ok: true });
  });
});

describe('a signature of openssl', () => {
  beforeAll(async () => {
    for (const type of ['P-256', 'P-521', 'RSA-3072', 'RSA-2048', 'Ed25519'] as const) {
      await makeSelfSigned(bench, type, type);
    }
    await makeIssued(bench, 'member', 'P-256', 'sub', signerExtensions);
  });

  async function signed(name: string, options: string): Promise<Uint8Array> {
    await bench.openssl(
      `cms -sign -binary -in F -signer ${name}.pem -inkey ${name}.key -outform DER -out o.p7s ${options}`.trim(),
    );
    return bench.read('o.p7s');
  }

  test.each([
    ['P-256', '-cades'],
    ['P-256', '-cades -nosmimecap'],
    ['P-256', '-cades -md sha512'],
    ['RSA-3072', '-cades -md sha384'],
    ['member', '-cades -certfile chain.pem'],
  ])('by %s with %s is accepted', async (name, options) => {
    const check = await verifyDetached({ content, signature: await signed(name, options) });
    expect(check).toMatchObject({ ok: true, signerCertificate: await pem(name) });
  });

  test.each([
    ['P-256', '', 'signature-attribute-missing'],
    ['P-256', '-noattr', 'signature-attribute-missing'],
    ['P-256', '-cades -nodetach', 'signature-not-detached'],
    ['P-256', '-cades -nocerts', 'signature-certificate-missing'],
    ['P-256', '-cades -keyid', 'signature-not-cms'],
    ['P-256', '-cades -md sha1', 'signature-algorithm-refused'],
    ['P-256', '-cades -econtent_type 1.2.3', 'signature-content-type-differs'],
    ['P-256', '-cades -stream -indef', 'signature-not-der'],
    ['P-256', '-cades -certfile chain.pem', 'signature-chain-broken'],
    ['P-256', '-cades -signer RSA-3072.pem -inkey RSA-3072.key', 'signature-signer-count'],
    ['P-256', '-cades -receipt_request_to a@example.org -receipt_request_all', 'signature-attribute-unknown'],
    // Nothing vouches for the bytes of an authority in between that only stands beside the signature.
    ['member', '-cades -certfile sub.pem', 'signature-chain-broken'],
    ['RSA-3072', '-cades -keyopt rsa_padding_mode:pss', 'signature-algorithm-refused'],
    ['RSA-2048', '-cades', 'signature-certificate-refused'],
    ['P-521', '-cades', 'signature-certificate-refused'],
  ])('by %s with %s is refused: %s', async (name, options, code) => {
    const check = await verifyDetached({ content, signature: await signed(name, options) });
    expect(check).toMatchObject({ ok: false, code });
  });
});
