/** What the window checks, told from its content. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFile } from '../../archive/check-file.ts';
import { bagOf } from '../evidence/bagit/bag.ts';
import { compile, makeIdentity } from '../evidence/build/bundle.ts';
import { samplePlan } from '../evidence/build/sample.ts';
import { plain, wacz } from '../evidence/wacz/foreign-wacz.ts';
import { foreignZip } from '../support/foreign-zip.ts';
import { temporaryFolder } from '../support/temporary.ts';

const nobody = { trust: [] };

test('bundle, WACZ, bag in a zip file, bag in a folder, and what is none of them', async () => {
  const folder = temporaryFolder();
  const signer = await makeIdentity('Ada Invented');
  const bag = bagOf({ 'data/a.txt': 'alpha' });
  const inZip = Object.entries(bag).map(([name, content]) => ({ name: `b/${name}`, content }));
  const at = (name: string) => join(folder, name);
  // Names that say something else: only the content counts.
  writeFileSync(at('1.wacz'), await compile(samplePlan(signer), signer));
  writeFileSync(at('2.zip'), await wacz(plain()));
  writeFileSync(at('3.zip'), foreignZip(inZip));
  mkdirSync(at('4/data'), { recursive: true });
  for (const [path, content] of Object.entries(bag)) writeFileSync(at(`4/${path}`), content);
  writeFileSync(at('5.zip'), 'words');

  const answers = await Promise.all(
    ['1.wacz', '2.zip', '3.zip', '4', '5.zip'].map((name) => checkFile(at(name), nobody)),
  );

  expect(answers.map(({ kind, verdict }) => `${kind} ${verdict}`)).toEqual([
    'bundle consistent',
    'wacz consistent',
    'bag valid',
    'bag valid',
    'bundle failed',
  ]);
  await expect(checkFile(at('none'), nobody)).rejects.toMatchObject({ code: 'file-not-found' });
});

test('a changed bundle stays a bundle, whose check is stricter than that of a bag', async () => {
  const path = join(temporaryFolder(), 'bundle.zip');
  const signer = await makeIdentity('Ada Invented');
  const bytes = Buffer.from(await compile(samplePlan(signer), signer));
  // Another time in the first header: a bag is still a bag with that.
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  expect(await checkFile(path, nobody)).toMatchObject({ kind: 'bundle', verdict: 'failed' });
});
