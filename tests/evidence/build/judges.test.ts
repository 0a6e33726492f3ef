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
import { Authority } from '../timestamp/authority.ts';
import { base, compile, makeIdentity, signingTime, verify } from './bundle.ts';
import { id, samplePlan } from './sample.ts';
import { stampedFiles } from './stamped.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await Authority.open();
  await authority.issue('tsa', 'P-256');
});
afterAll(() => authority.close());

/** A time at which the certificate was valid, whenever it was made. */
function signedAt({ signer }: Identity): Date {
  return new Date(Math.max(Date.parse(signer.notBefore), signingTime.getTime()));
}

/** Writes a stamped bundle into a folder, and the authority's root beside it; returns the folder. */
async function unpacked(identity: Identity): Promise<string> {
  const root = temporaryFolder();
  for (const [path, bytes] of await stampedFiles(identity, authority, signedAt(identity))) {
    const target = join(root, base, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  writeFileSync(join(root, base, '..', 'tsa-root.pem'), await authority.bench.read('ca.pem'));
  return join(root, base);
}

/** What stands indented in the sections for this system, by section: commands of one line, joined where one goes on. */
function section(folder: string, number: number): string {
  const text = readFileSync(join(folder, 'VERIFY.txt'), 'utf8').replaceAll('\\\n', '');
  const start = text.indexOf(`\n${number}. `);
  return text.slice(start, text.indexOf(number === 6 ? '\nON MACOS' : `\n${number + 1}. `, start));
}

function indented(folder: string, number: number): string[] {
  return section(folder, number)
    .split('\n')
    .filter((line) => /^ {2}\S/.test(line))
    .map((line) => line.trim());
}

/** The commands that stand in VERIFY.txt, all of them. */
function commands(folder: string) {
  const isCommand = (line: string) => /^(sha256sum|openssl|\{ sed|find) /.test(line);
  const [sums = '', ...noSums] = indented(folder, 2);
  const [cms = '', fingerprint = '', time = '', ...noSigner] = indented(folder, 3);
  const [list = '', find = '', ...noList] = indented(folder, 4).filter(isCommand);
  const [stamp = '', reply = '', checkpoints = '', ...noStamp] = indented(folder, 5);
  expect([...noSums, ...noSigner, ...noList, ...noStamp]).toEqual([]);
  return { sums, cms, fingerprint, time, list, find, stamp, reply, checkpoints };
}

/** The script of section 6, as somebody would paste it. */
function logScript(folder: string): string {
  const lines = section(folder, 6)
    .split('\n')
    .filter((line) => line.startsWith('  '));
  return lines.slice(lines.findIndex((line) => line.startsWith('  {'))).join('\n');
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
    const { sums, cms, fingerprint, time, list, find } = commands(folder);
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

  test('passes the commands for its timestamps, now and as of the time that they state', async () => {
    const folder = await unpacked(signer);
    const { stamp, reply, checkpoints } = commands(folder);
    const withRoot = (command: string) => command.replace('tsa-root.pem', '../tsa-root.pem');
    expect(run(folder, withRoot(stamp)).output).toContain('Verification: OK');
    const atTime = run(folder, `${withRoot(stamp)} -attime "$(cat sig/ATTIME.txt)"`);
    expect(atTime.output).toContain('Verification: OK');
    const before = run(folder, `${withRoot(stamp)} -attime ${Date.UTC(2010) / 1000}`);
    expect(before.output).toContain('Verification: FAILED');
    expect(run(folder, reply).output).toMatch(/Time stamp: .* GMT/);
    const all = run(folder, withRoot(checkpoints));
    expect(all.status).toBe(0);
    expect(all.output).toMatch(/Verification: OK[\s\S]*Time stamp: .* GMT/);
    writeFileSync(join(folder, 'log/checkpoints/107'), 'another log\n107\n\n');
    expect(run(folder, withRoot(checkpoints)).output).toContain('Verification: FAILED');
  });

  test('passes the commands for its log; not so with another leaf, path or head', async () => {
    const folder = await unpacked(signer);
    const script = logScript(folder);
    const good = run(folder, script);
    expect(good.output).toContain('Signature Verified Successfully');
    expect(good.output).toMatch(/in the log\n$/);
    for (const [path, from, to] of [
      [`log/leaves/${id(10)}.json`, '"v":1', '"v":2'],
      [`log/proofs/${id(11)}.tlog-proof`, 'index 102', 'index 103'],
      ['log/checkpoints/120', '\n120\n', '\n121\n'],
    ] as const) {
      const before = readFileSync(join(folder, path), 'utf8');
      expect(before).toContain(from);
      writeFileSync(join(folder, path), before.replace(from, to));
      const bad = run(folder, script);
      const passed = [/Verified Successfully/, /in the log/].filter((word) => word.test(bad.output));
      expect(passed, path).toHaveLength(1);
      writeFileSync(join(folder, path), before);
    }
  });

  test('passes with the time of its making when the certificate has expired', async () => {
    const folder = await unpacked(signer);
    const { cms } = commands(folder);
    const [, attime] = /'(-attime \d+)'/.exec(readFileSync(join(folder, 'VERIFY.txt'), 'utf8')) ?? [];
    expect(run(folder, `${cms} ${attime}`).output).toBe('CAdES Verification successful\n');
    const muchLater = Date.UTC(2050, 0, 1) / 1000;
    expect(run(folder, `${cms} -attime ${muchLater}`).output).toContain('certificate has expired');
  });

  test('fails them after a change, a loss, an addition', async () => {
    const folder = await unpacked(signer);
    const { sums, cms, list, find } = commands(folder);
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
    const usage = `${signerExtensions}extendedKeyUsage=1.3.6.1.5.5.7.3.36\n`;
    await makeIssued(bench, 'analyst', 'P-384', 'sub', usage);
    await makeIssued(bench, 'lawyer', 'RSA-4096', 'sub', usage);
  });
  afterAll(() => bench.close());

  test.each(['analyst', 'lawyer'])(
    'passes the commands made for it, with the root that the organisation hands out (%s)',
    async (name) => {
      const identity = await readPkcs12(
        await exportPkcs12(bench, name, '-certfile chain.pem'),
        p12Passphrase,
      );
      const folder = await unpacked(identity);
      writeFileSync(join(folder, '..', 'root.pem'), await bench.read('root.pem'));
      const { sums, cms, fingerprint, time, list, find, stamp } = commands(folder);
      expect(run(folder, sums).status).toBe(0);
      expect(cms).toContain('-certfile sig/chain.pem');
      expect(run(folder, cms.replace('ORGANISATION-ROOT.pem', '../root.pem'))).toEqual({
        status: 0,
        output: 'CAdES Verification successful\n',
      });
      expect(run(folder, fingerprint).output).toMatch(/^sha256 Fingerprint=/);
      expect(run(folder, time).status).toBe(0);
      run(folder, list);
      expect(run(folder, find)).toEqual({ status: 0, output: '' });
      expect(run(folder, stamp.replace('tsa-root.pem', '../tsa-root.pem')).output).toContain(
        'Verification: OK',
      );
      expect(run(folder, logScript(folder)).output).toMatch(/in the log\n$/);
      const bytes = await compile(samplePlan(identity), identity, signedAt(identity));
      const { fromPem } = await import('../../../evidence/identity/pem.ts');
      const [root] = fromPem(Buffer.from(await bench.read('root.pem')).toString());
      if (root === undefined) throw new Error('no root');
      expect((await verify(bytes, { ...identity, certificate: root })).verdict).toBe('trusted');
      expect((await verify(bytes)).verdict).toBe('consistent');
    },
  );
});
