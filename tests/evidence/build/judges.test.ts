/** Bundles before judges that know nothing of Holdfast: the commands of VERIFY.txt, as they stand there. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { readPkcs12 } from '../../../evidence/identity/pkcs12-read.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import {
  Bench,
  exportPkcs12,
  makeIssued,
  makeOrganisation,
  p12Passphrase,
  signerExtensions,
} from '../identity/openssl.ts';
import { base, compile, makeIdentity, signingTime, unpack, verify } from './bundle.ts';
import { samplePlan } from './sample.ts';

/** A time at which the certificate was valid, whenever it was made. */
function signedAt({ signer }: Identity): Date {
  return new Date(Math.max(Date.parse(signer.notBefore), signingTime.getTime()));
}

/** Unpacks a bundle with our reader and returns its folder. */
async function unpacked(identity: Identity): Promise<string> {
  const root = temporaryFolder();
  for (const [path, bytes] of await unpack(
    await compile(samplePlan(identity), identity, signedAt(identity)),
  )) {
    const target = join(root, base, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return join(root, base);
}

/** The commands for this system: indented lines, joined where one goes on. */
function commands(folder: string): string[] {
  const text = readFileSync(join(folder, 'VERIFY.txt'), 'utf8').replaceAll('\\\n', '');
  const lines = text.slice(0, text.indexOf('ON MACOS')).split('\n');
  return lines
    .filter((line) => /^ {2}(sha256sum|openssl|\{ sed|find) /.test(line))
    .map((line) => line.trim());
}

function run(folder: string, command: string) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

describe('a self-signed bundle', () => {
  let signer: Identity;
  beforeAll(async () => {
    signer = await makeIdentity('آدا Invented');
  });

  test('passes every command of its VERIFY.txt', async () => {
    const folder = await unpacked(signer);
    const [sums = '', cms = '', fingerprint = '', time = '', list = '', find = '', ...more] =
      commands(folder);
    expect(more).toEqual([]);
    const checked = run(folder, sums);
    expect(checked.status).toBe(0);
    expect(checked.output.split('\n').filter((line) => line !== '' && !line.endsWith(': OK'))).toEqual([]);
    expect(cms).toContain('-CAfile sig/signer.pem');
    expect(run(folder, cms)).toEqual({ status: 0, output: 'CAdES Verification successful\n' });
    const digits = signer.signer.fingerprint.toUpperCase().match(/../g)?.join(':');
    expect(run(folder, fingerprint).output).toBe(`sha256 Fingerprint=${digits}\n`);
    expect(readFileSync(join(folder, 'VERIFY.txt'), 'utf8')).toContain(`SHA-256:       ${digits}\n`);
    expect(run(folder, time).output).toContain('May  3 12:35:00 2026 GMT');
    expect(run(folder, list).status).toBe(0);
    expect(run(folder, find)).toEqual({ status: 0, output: '' });
  });

  test('passes with the time of its making when the certificate has expired', async () => {
    const folder = await unpacked(signer);
    const [, cms = ''] = commands(folder);
    const [, attime] = /'(-attime \d+)'/.exec(readFileSync(join(folder, 'VERIFY.txt'), 'utf8')) ?? [];
    expect(run(folder, `${cms} ${attime}`).output).toBe('CAdES Verification successful\n');
    const muchLater = Date.UTC(2050, 0, 1) / 1000;
    expect(run(folder, `${cms} -attime ${muchLater}`).output).toContain('certificate has expired');
  });

  test('fails them after a change, a loss, an addition', async () => {
    const folder = await unpacked(signer);
    const [sums = '', cms = '', , , list = '', find = ''] = commands(folder);
    writeFileSync(join(folder, 'data/added.txt'), 'added');
    run(folder, list);
    expect(run(folder, find)).toMatchObject({
      status: 1,
      output: expect.stringContaining('> data/added.txt'),
    });
    writeFileSync(join(folder, 'data/report.html'), 'changed');
    expect(run(folder, sums)).toMatchObject({
      status: 1,
      output: expect.stringContaining('data/report.html: FAILED'),
    });
    rmSync(join(folder, 'bagit.txt'));
    expect(run(folder, sums)).toMatchObject({
      status: 1,
      output: expect.stringContaining('bagit.txt: FAILED open or read'),
    });
    writeFileSync(
      join(folder, 'tagmanifest-sha256.txt'),
      `${readFileSync(join(folder, 'tagmanifest-sha256.txt'), 'utf8')}\n`,
    );
    expect(run(folder, cms).output).toContain('CAdES Verification failure');
  });
});

describe('a bundle by a signer whose certificate an organisation issued', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
    await makeOrganisation(bench);
    await makeIssued(
      bench,
      'analyst',
      'RSA-3072',
      'sub',
      `${signerExtensions}extendedKeyUsage=1.3.6.1.5.5.7.3.36\n`,
    );
  });
  afterAll(() => bench.close());

  test('passes the commands made for it, with the root that the organisation hands out', async () => {
    const identity = await readPkcs12(
      await exportPkcs12(bench, 'analyst', '-certfile chain.pem'),
      p12Passphrase,
    );
    const folder = await unpacked(identity);
    writeFileSync(join(folder, '..', 'root.pem'), await bench.read('root.pem'));
    const [sums = '', cms = ''] = commands(folder);
    expect(run(folder, sums).status).toBe(0);
    expect(cms).toContain('-certfile sig/chain.pem');
    expect(run(folder, cms.replace('ORGANISATION-ROOT.pem', '../root.pem'))).toEqual({
      status: 0,
      output: 'CAdES Verification successful\n',
    });
    const bytes = await compile(samplePlan(identity), identity, signedAt(identity));
    const { fromPem } = await import('../../../evidence/identity/pem.ts');
    const [root] = fromPem(Buffer.from(await bench.read('root.pem')).toString());
    if (root === undefined) throw new Error('no root');
    expect((await verify(bytes, { ...identity, certificate: root })).verdict).toBe('trusted');
    expect((await verify(bytes)).verdict).toBe('consistent');
  });
});
