import Database from '@signalapp/sqlcipher';
import { expect, test } from 'vitest';
import { closeArchive } from '../../archive/open.ts';
import { importPage, makeArchive, passphrase } from '../support/archive.ts';

test('a real SQLCipher 4 opens the archive with the passphrase and the page size, and with no other', async () => {
  const archive = await makeArchive();
  await importPage(archive, 'words for SQLCipher');
  closeArchive(archive);
  const open = (key: string): InstanceType<typeof Database> => {
    const db = new Database(archive.path);
    db.pragma(`key = '${key}'`);
    db.pragma('cipher_page_size = 16384');
    return db;
  };

  const db = open(passphrase);
  expect(db.pragma('cipher_version', { simple: true })).toMatch(/^4\./);
  expect(db.prepare('SELECT preview FROM post').get()).toEqual({ preview: 'words for SQLCipher' });
  expect(db.pragma('cipher_integrity_check')).toEqual([]);
  db.close();

  const wrong = open('wrong');
  expect(() => wrong.prepare('SELECT preview FROM post').get()).toThrowError();
  wrong.close();
});
