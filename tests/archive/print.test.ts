import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileBundle } from '../../archive/compile.ts';
import type { PrintReport } from '../../archive/printing/print.ts';
import { rebuild } from '../../archive/rebuild.ts';
import { chromiumPrinter } from '../../cli/print-by-chromium.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { compile, makeIdentity, pack, resign, step, unpack, verify } from '../evidence/build/bundle.ts';
import { samplePlan } from '../evidence/build/sample.ts';
import { checkArchive, checkLog, importPage, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { filesOfZip } from '../support/zip-files.ts';

async function desk() {
  const archive = await makeArchive({ plain: true });
  await importPage(archive, 'کلاغ‌ها دزدند');
  const identity = await createIdentity({ name: 'Ida', organisation: null, email: null, now: new Date() });
  const path = join(temporaryFolder(), 'b.zip');
  return { archive, path, order: { path, identity, captures: 'all' as const } };
}

const sentence = 'There is no <code>report.pdf</code> in this bundle';

test('a browser prints the report, which is kept in the archive and stands in the bundle', async () => {
  const { archive, path, order } = await desk();

  const report = await compileBundle(archive, order, { print: chromiumPrinter() });

  const files = await filesOfZip(path);
  const pdf = files.get('data/report.pdf') ?? new Uint8Array();
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Type \/Page\b/);
  expect(Buffer.from(files.get('data/report.html') ?? []).toString()).not.toContain(sentence);
  expect(report).toMatchObject({ warnings: [], verification: { verdict: 'consistent' } });
  expect(archive.db.prepare('SELECT size FROM printed_report').pluck().all()).toEqual([pdf.length]);
  expect(rebuild(archive).differences).toEqual([]);
  await checkLog(archive);
  checkArchive(archive);
});

test('without an engine, or with one that fails, the bundle says that it has no printed report', async () => {
  const failing: PrintReport = () => Promise.reject(new Error('out of ink'));
  const breaking: PrintReport = async () => ({
    engine: 'x',
    pdf: (async function* () {
      yield new Uint8Array(10);
      throw new Error('out of paper');
    })(),
  });
  for (const [print, why] of [
    [null, 'no browser engine was there'],
    [failing, 'out of ink'],
    [breaking, 'out of paper'],
  ] as const) {
    const { archive, path, order } = await desk();

    const report = await compileBundle(archive, order, { print });

    const files = await filesOfZip(path);
    expect(files.has('data/report.pdf')).toBe(false);
    expect(Buffer.from(files.get('data/report.html') ?? []).toString()).toContain(sentence);
    expect(Buffer.from(files.get('data/evidence.json') ?? []).toString()).toContain('"notPrinted":true');
    expect(report.verification.verdict).toBe('consistent');
    expect(report.warnings).toMatchObject([{ code: 'not-printed', message: expect.stringContaining(why) }]);
    expect(archive.db.prepare('SELECT count(*) FROM blob WHERE sha256 IS NULL').pluck().get()).toBe(0);
    checkArchive(archive);
  }
});

test('a printed report in a bundle that says it has none is found', async () => {
  const signer = await makeIdentity('Ada Invented');
  const files = await unpack(await compile({ ...samplePlan(signer), printed: null }, signer));
  expect((await verify(await pack(files), signer)).verdict).toBe('trusted');
  files.set('data/report.pdf', new TextEncoder().encode('%PDF-1.4'));
  await resign(files, signer);

  const found = step(await verify(await pack(files), signer), 'evidence');

  expect(found).toMatchObject({ status: 'failed', code: 'evidence-contradicts' });
  expect(found.message).toContain('data/report.pdf at notPrinted');
});
