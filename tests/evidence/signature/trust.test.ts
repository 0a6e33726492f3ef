import { afterAll, beforeAll, expect, test } from 'vitest';
import { fingerprintOf } from '../../../evidence/identity/certificate.ts';
import { fromPem } from '../../../evidence/identity/pem.ts';
import { readPkcs12 } from '../../../evidence/identity/pkcs12-read.ts';
import type { GoodSignature } from '../../../evidence/signature/check.ts';
import { signDetached } from '../../../evidence/signature/sign.ts';
import { isTrusted } from '../../../evidence/signature/trust.ts';
import { verifyDetached } from '../../../evidence/signature/verify.ts';
import {
  authorityExtensions,
  Bench,
  exportPkcs12,
  makeIssued,
  makeOrganisation,
  p12Passphrase,
  signerExtensions,
} from '../identity/openssl.ts';

const content = Buffer.from('content\n');
// openssl gives certificates the start of now: sign in an hour, when all of them are valid.
const signingTime = new Date(Date.now() + 3_600_000);
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
  await makeOrganisation(bench);
  await makeIssued(bench, 'member', 'P-256', 'sub', signerExtensions);
});
afterAll(() => bench.close());

async function der(name: string): Promise<Uint8Array> {
  const [first] = fromPem(Buffer.from(await bench.read(`${name}.pem`)).toString());
  if (first === undefined) throw new Error(`${name}.pem is empty`);
  return first;
}

/** A checked signature by `name`, with these authorities embedded. */
async function signedBy(name: string, above: readonly string[]): Promise<GoodSignature> {
  await bench.write(
    'above.pem',
    Buffer.concat(await Promise.all(above.map((file) => bench.read(`${file}.pem`)))),
  );
  const identity = await readPkcs12(await exportPkcs12(bench, name, '-certfile above.pem'), p12Passphrase);
  const check = await verifyDetached({
    content,
    signature: await signDetached({ content, identity, signingTime }),
  });
  if (!check.ok) throw new Error(check.message);
  return check;
}

/** What openssl says of the same path at the same time. */
async function judge(name: string, above: readonly string[], anchor: string): Promise<boolean> {
  await bench.write(
    'above.pem',
    Buffer.concat(await Promise.all(above.map((file) => bench.read(`${file}.pem`)))),
  );
  const { code } = await bench.run(
    ...([
      'openssl',
      'verify',
      '-partial_chain',
      '-CAfile',
      `${anchor}.pem`,
      '-untrusted',
      'above.pem',
    ] as const),
    ...['-attime', `${Math.floor(signingTime.getTime() / 1000)}`, `${name}.pem`],
  );
  return code === 0;
}

test('through the authority in between or the root, and the anchor is told', async () => {
  const check = await signedBy('member', ['sub', 'root']);
  for (const anchor of ['member', 'sub', 'root']) {
    const fingerprint = fingerprintOf(await der(anchor));
    expect(await isTrusted(check, [await der(anchor)])).toEqual({ trusted: true, anchor: fingerprint });
    expect(await judge('member', ['sub', 'root'], anchor)).toBe(true);
  }
});

test('nothing named, another root, or another root of the same name: not trusted', async () => {
  const check = await signedBy('member', ['sub', 'root']);
  await bench.openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out fake.key');
  await bench.openssl('req -x509 -key fake.key -subj /O=Invented/CN=root -days 99 -out fake.pem');
  expect(await isTrusted(check, [])).toMatchObject({ trusted: false, code: 'trust-signer-not-named' });
  expect(await isTrusted(check, [await der('fake')])).toMatchObject({
    trusted: false,
    code: 'trust-signer-not-named',
  });
  expect(await judge('member', ['sub', 'root'], 'fake')).toBe(false);
});

test('bytes that are no certificate: not trusted, not thrown', async () => {
  const check = await signedBy('member', ['sub', 'root']);
  for (const bytes of [new Uint8Array(), Uint8Array.of(0x30, 0), Uint8Array.of(...(await der('root')), 0)]) {
    expect(await isTrusted(check, [bytes])).toMatchObject({ code: 'trust-certificate-unreadable' });
  }
});

test('issued by somebody who is no authority', async () => {
  await makeIssued(bench, 'guest', 'P-256', 'member', signerExtensions);
  const check = await signedBy('guest', ['member', 'sub', 'root']);
  for (const anchor of ['root', 'member']) {
    expect(await isTrusted(check, [await der(anchor)])).toMatchObject({
      trusted: false,
      code: 'trust-not-an-authority',
    });
  }
  expect(await judge('guest', ['member', 'sub', 'root'], 'root')).toBe(false);
});

test.each([
  [
    'an authority that may not sign certificates',
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign\n',
    'trust-not-an-authority',
  ],
  [
    'name constraints, which are not looked at',
    `${authorityExtensions}nameConstraints=critical,permitted;email:.example.com\n`,
    'trust-extension-unknown',
  ],
])('%s', async (_, extensions, code) => {
  await makeIssued(bench, 'odd', 'P-256', 'root', extensions);
  await makeIssued(bench, 'below', 'P-256', 'odd', signerExtensions);
  const check = await signedBy('below', ['odd', 'root']);
  expect(await isTrusted(check, [await der('root')])).toMatchObject({ trusted: false, code });
  // The certificate itself may still be named.
  expect(await isTrusted(check, [await der('root'), await der('below')])).toMatchObject({ trusted: true });
});

test('issued for a web server: its authority vouches for no documents, whoever names the certificate does', async () => {
  await bench.write('server.ext', `${signerExtensions}extendedKeyUsage=serverAuth\n`);
  await bench.openssl('req -new -key member.key -subj /O=Invented/CN=server -out server.csr');
  await bench.openssl(
    'x509 -req -in server.csr -CA sub.pem -CAkey sub.key -CAcreateserial -days 99 -extfile server.ext -out server.pem',
  );
  const member = await readPkcs12(await exportPkcs12(bench, 'member', '-certfile chain.pem'), p12Passphrase);
  const identity = { ...member, certificate: await der('server') };
  const check = await verifyDetached({
    content,
    signature: await signDetached({ content, identity, signingTime }),
  });
  if (!check.ok) throw new Error(check.message);

  expect(await isTrusted(check, [await der('root')])).toMatchObject({
    trusted: false,
    code: 'trust-purpose-not-signing',
    message: expect.stringContaining('web servers'),
  });
  expect(await isTrusted(check, [await der('server')])).toMatchObject({ trusted: true });
});

test('a path longer than an authority allows', async () => {
  await makeIssued(
    bench,
    'last',
    'P-256',
    'root',
    authorityExtensions.replace('CA:TRUE', 'CA:TRUE,pathlen:0'),
  );
  await makeIssued(bench, 'direct', 'P-256', 'last', signerExtensions);
  const direct = await signedBy('direct', ['last', 'root']);
  expect(await isTrusted(direct, [await der('root')])).toMatchObject({ trusted: true });
  expect(await judge('direct', ['last', 'root'], 'root')).toBe(true);
  await makeIssued(bench, 'further', 'P-256', 'last', authorityExtensions);
  await makeIssued(bench, 'far', 'P-256', 'further', signerExtensions);
  const far = await signedBy('far', ['further', 'last', 'root']);
  expect(await isTrusted(far, [await der('root')])).toMatchObject({
    trusted: false,
    code: 'trust-path-too-long',
  });
  expect(await judge('far', ['further', 'last', 'root'], 'root')).toBe(false);
});

test('an authority that was not valid at the time of signing', async () => {
  await makeIssued(bench, 'gone', 'P-256', 'root', authorityExtensions);
  await bench.openssl(
    'x509 -req -in gone.csr -CA root.pem -CAkey root.key -days -1 -extfile gone.ext -out gone.pem',
  );
  await makeIssued(bench, 'late', 'P-256', 'gone', signerExtensions);
  const check = await signedBy('late', ['gone', 'root']);
  expect(await isTrusted(check, [await der('root')])).toMatchObject({
    trusted: false,
    code: 'trust-outside-validity',
  });
  expect(await judge('late', ['gone', 'root'], 'root')).toBe(false);
});
