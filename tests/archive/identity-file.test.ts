/** Identity files as Holdfast writes them, before openssl and GnuTLS: made here, and taken over from an organisation. */
import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  createIdentityFile,
  importIdentityFile,
  readCertificateFile,
  readIdentityFile,
} from '../../archive/identity.ts';
import { withColons } from '../../contract/fingerprint.ts';
import { signDetached } from '../../evidence/signature/sign.ts';
import {
  Bench,
  exportPkcs12,
  type KeyType,
  makeIssued,
  makeOrganisation,
  p12Passphrase,
  signerExtensions,
} from '../evidence/identity/openssl.ts';
import { temporaryFolder } from '../support/temporary.ts';

// Each file written or opened costs its 1.2 million rounds several times, in three programs.
vi.setConfig({ testTimeout: 240_000 });

const passphrase = 'our own گذرواژه';
const now = new Date();
const day = 24 * 3_600_000;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
  await makeOrganisation(bench);
  await bench.write('ours.pass', passphrase);
});
afterAll(() => bench.close());

/** An organisation's file, in the form that Windows exports. */
async function organisationFile(name: string, type: KeyType): Promise<string> {
  await makeIssued(
    bench,
    name,
    type,
    'sub',
    `${signerExtensions}extendedKeyUsage=1.3.6.1.5.5.7.3.36,emailProtection\n`,
  );
  await exportPkcs12(bench, name, '-legacy -certfile chain.pem');
  return join(bench.folder, `${name}.p12`);
}

interface Made {
  path: string;
  written: Awaited<ReturnType<typeof importIdentityFile>>;
  root: string;
}

const makers: Record<string, () => Promise<Made>> = {
  'a self-signed P-256': async () => {
    const path = join(mkdtempSync(join(bench.folder, 'me-')), 'me.p12');
    const written = await createIdentityFile(
      path,
      passphrase,
      { name: 'آیدا Signer', organisation: 'Example Desk', email: 'ida@example.org' },
      now,
    );
    return { path, written, root: written.certificatePath };
  },
  'an organisation’s P-384': () => imported('analyst', 'P-384'),
  'an organisation’s RSA 4096': () => imported('counsel', 'RSA-4096'),
};

async function imported(name: string, type: KeyType): Promise<Made> {
  const path = join(mkdtempSync(join(bench.folder, 'me-')), 'me.p12');
  const from = { path: await organisationFile(name, type), passphrase: p12Passphrase };
  const written = await importIdentityFile(from, { path, passphrase }, new Date());
  return { path, written, root: join(bench.folder, 'root.pem') };
}

async function judge(program: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await bench.run(program, ...args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout + stderr;
}

describe.each(Object.entries(makers))('%s', (_name, make) => {
  let made: Made;
  beforeAll(async () => {
    made = await make();
  }, 300_000);

  test('openssl and certtool open the file, and the certificate beside it is its key’s', async () => {
    const { path, written } = made;

    const listed = await judge(
      'openssl',
      'pkcs12',
      '-in',
      path,
      '-passin',
      'file:ours.pass',
      '-info',
      '-noenc',
    );
    const key = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(listed)?.[0] ?? '';
    await bench.write('opened.key', key);
    const publicKey = await judge('openssl', 'pkey', '-in', 'opened.key', '-pubout');
    const gnutls = await judge(
      'certtool',
      '--p12-info',
      '--inder',
      '--infile',
      path,
      '--password',
      passphrase,
    );

    const strong = 'PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256';
    expect(listed).toContain(`Shrouded Keybag: ${strong}`);
    expect(listed).toContain(`Encrypted data: ${strong}`);
    expect(listed).toContain('MAC: sha256, Iteration 600000');
    expect(gnutls.match(/PBES2-AES256-CBC/g)).toHaveLength(2);
    expect(await judge('openssl', 'pkey', '-in', 'opened.key', '-noout', '-check')).toContain('Key is valid');
    expect(await judge('openssl', 'x509', '-in', written.certificatePath, '-noout', '-pubkey')).toBe(
      publicKey,
    );
    expect(
      await judge('openssl', 'x509', '-in', written.certificatePath, '-noout', '-fingerprint', '-sha256'),
    ).toBe(`sha256 Fingerprint=${withColons(written.signer.fingerprint)}\n`);
    expect(await judge('certtool', '--certificate-info', '--infile', written.certificatePath)).toContain(
      written.signer.fingerprint,
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('openssl and certtool accept what it signs, under the root', async () => {
    const { path, written, root } = made;
    const identity = await readIdentityFile(path, passphrase);
    await bench.write('said.txt', 'what was said\n');
    const content = Buffer.from('what was said\n');
    const signed = await signDetached({ content, identity, signingTime: new Date() });
    await bench.write('said.p7s', signed);

    const verified = await judge(
      'openssl',
      ...'cms -verify -cades -binary -inform DER -in said.p7s -content said.txt -out /dev/null'.split(' '),
      ...['-CAfile', root],
    );
    const gnutls = await judge(
      'certtool',
      ...['--p7-verify', '--inder', '--infile', 'said.p7s', '--load-data', 'said.txt'],
      ...(written.chainPath === null ? ['--load-certificate', root] : ['--load-ca-certificate', root]),
    );

    expect(verified).toContain('CAdES Verification successful');
    expect(gnutls).toContain('Signature status: ok');
  });
});

test('an organisation’s identity is taken over whole, with a word about its old file', async () => {
  const { path, written } = await imported('whole', 'P-384');

  expect(written).toMatchObject({
    signer: {
      name: 'whole',
      issuer: 'sub',
      keyType: 'ECDSA P-384',
      usages: ['contentCommitment'],
      purposes: ['documents', 'e-mail'],
      chain: ['sub', 'root'],
      selfSigned: false,
    },
    warnings: [{ code: 'old-encryption' }],
  });
  expect(readdirSync(join(path, '..')).sort()).toEqual(['me-chain.pem', 'me.p12', 'me.pem']);
  const shown = await readCertificateFile(written.certificatePath, async () => '');
  expect(shown.facts).toEqual({ ...written.signer, chain: [] });
  expect((await readCertificateFile(path, async () => passphrase)).facts).toEqual(written.signer);
  await expect(readIdentityFile(path, p12Passphrase)).rejects.toMatchObject({
    code: 'identity-wrong-passphrase',
  });
});

test('a certificate that has ended is refused; one that begins later, or ends soon, is taken with a word', async () => {
  const from = { path: await organisationFile('timed', 'P-256'), passphrase: p12Passphrase };
  const at = (time: number) => {
    const path = join(temporaryFolder(), 'me.p12');
    return { path, done: importIdentityFile(from, { path, passphrase }, new Date(time)) };
  };
  const late = at(now.getTime() + 2001 * day);

  await expect(late.done).rejects.toMatchObject({ code: 'identity-expired' });
  expect(existsSync(late.path)).toBe(false);
  const warnings = async (time: number) => (await at(time).done).warnings.map(({ code }) => code);
  expect(await warnings(now.getTime() - day)).toEqual(['not-yet-valid', 'old-encryption']);
  expect(await warnings(now.getTime() + 1980 * day)).toEqual(['expires-soon', 'old-encryption']);
  const early = join(temporaryFolder(), 'early.p12');
  await createIdentityFile(
    early,
    passphrase,
    { name: 'E', organisation: null, email: null },
    new Date(Date.now() + day),
  );
  const identity = await readIdentityFile(early, passphrase);
  await expect(
    signDetached({ content: Buffer.from('x'), identity, signingTime: new Date() }),
  ).rejects.toMatchObject({ code: 'identity-not-supported', message: expect.stringContaining('valid from') });
});

test.each(['me.p12', 'me.pem', 'me-chain.pem'])(
  'nothing is written where %s is there already',
  async (name) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, name), 'mine');
    const from = { path: await organisationFile('twice', 'P-256'), passphrase: p12Passphrase };

    const importing = importIdentityFile(from, { path: join(folder, 'me.p12'), passphrase }, now);

    await expect(importing).rejects.toMatchObject({ code: 'output-exists' });
    expect(readdirSync(folder)).toEqual([name]);
  },
);
