import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certificateBeside, certificationLines, certifyBundle } from '../../archive/certify.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { compile, makeIdentity, text, unpack } from '../evidence/build/bundle.ts';
import { samplePlan } from '../evidence/build/sample.ts';
import { withCase } from '../evidence/build/with-case.ts';
import { temporaryFolder } from '../support/temporary.ts';

const signer = await makeIdentity('Ada Invented');
const witness = await makeIdentity('Wim <b>Witness</b>');
const bundle = await compile(withCase(samplePlan(signer)), signer);
const at = new Date('2026-06-01T10:00:00Z');

function onDisk(bytes = bundle) {
  const path = join(temporaryFolder(), 'b.zip');
  writeFileSync(path, bytes);
  return { path, out: certificateBeside(path), identity: witness, title: null, at };
}

test('a certificate names the zip file and its tag manifest, says what was confirmed and what not, and is signed', async () => {
  const order = onDisk();
  const { statements } = await certificationLines(order.path, 'us');
  const confirmed = statements.map((_, i) => i + 1).filter((n) => n !== 2);

  const report = await certifyBundle({ ...order, form: 'us', title: 'Analyst', confirmed });

  const page = readFileSync(order.out, 'utf8');
  const zip = toHex(nodeSha256.of(bundle));
  const manifest = toHex(
    nodeSha256.of(new TextEncoder().encode(text(await unpack(bundle), 'tagmanifest-sha256.txt'))),
  );
  expect(report).toMatchObject({ zip, tagManifest: manifest, confirmed, notConfirmed: [2] });
  for (const words of [
    zip,
    manifest,
    'Wim &lt;b&gt;Witness&lt;/b&gt;',
    'Analyst',
    'Ada Invented',
    '28 U.S.C. § 1746',
  ])
    expect(page).toContain(words);
  const [before, after] = page.split('<h3>Not confirmed</h3>');
  expect(before).not.toContain(`<li value="2">`);
  expect(after).toContain(`<li value="2">${statements[1]}</li>`);
  expect(page).toContain('neither who wrote a post, nor that what it says is true, nor whose account');
  expect(page).not.toMatch(/<script|violates|tamper-proof/i);
  const pem = `${order.path}.pem`;
  writeFileSync(pem, toPem(witness.certificate));
  const openssl = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', report.signaturePath];
  expect(() =>
    execFileSync('openssl', [...openssl, '-content', order.out, '-CAfile', pem, '-out', '/dev/null'], {
      stdio: 'pipe',
    }),
  ).not.toThrow();
});

test('the neutral form names no law, and a schedule without captures has no statement', async () => {
  const { path } = onDisk();
  const [us, neutral] = [await certificationLines(path, 'us'), await certificationLines(path, 'neutral')];

  expect(us.statements.join(' ')).toContain('United States');
  expect(neutral.statements.join(' ')).not.toMatch(/United States|U\.S\.C|Rule/);
  expect(neutral.statements.join(' ')).toContain('Schedule B are copies');
  expect(neutral.statements.join(' ')).not.toContain('records of Schedule A were made');
});

test('the bundle has the same statements as a draft, which nobody signed', async () => {
  const { path } = onDisk();
  const draft = text(await unpack(bundle), 'data/certification-draft.html');

  expect(draft).toContain('Nobody signed this, and it certifies nothing.');
  for (const form of ['us', 'neutral'] as const)
    for (const line of (await certificationLines(path, form)).statements)
      expect(draft).toContain(`<li>${line}</li>`);
  for (const part of [
    'Schedule A: captured here',
    'Schedule B: copied from elsewhere',
    'Schedule C: excluded',
  ])
    expect(draft).toContain(part);
});

test('what cannot be certified leaves nothing behind', async () => {
  const changed = bundle.slice();
  changed[Math.floor(changed.length / 2)] = (changed[Math.floor(changed.length / 2)] ?? 0) ^ 1;
  const [good, bad, taken] = [onDisk(), onDisk(changed), onDisk()];
  writeFileSync(`${taken.out}.p7s`, 'mine');
  const all = { form: 'us' as const, confirmed: [1] };

  await expect(certifyBundle({ ...bad, ...all })).rejects.toMatchObject({ code: 'bundle-refused' });
  await expect(certifyBundle({ ...good, ...all, confirmed: [] })).rejects.toMatchObject({
    code: 'bad-input',
  });
  await expect(certifyBundle({ ...good, ...all, confirmed: [99] })).rejects.toMatchObject({
    code: 'bad-input',
  });
  await expect(certifyBundle({ ...taken, ...all })).rejects.toMatchObject({ code: 'output-exists' });
  expect([good, bad, taken].map(({ out }) => existsSync(out))).toEqual([false, false, false]);
  expect(readFileSync(`${taken.out}.p7s`, 'utf8')).toBe('mine');
});
