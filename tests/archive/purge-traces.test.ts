/** After a purge no byte of the item is in the archive's files, nor in what lies beside them. */
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { finishClearing } from '../../archive/purge/clean.ts';
import { ClearedPages } from '../../archive/purge/cleared-pages.ts';
import { purgeAndClean, purgeCapture } from '../../archive/purge/purge.ts';
import { stopAndPurge } from '../../archive/purge/stop.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { reviewTag } from '../../archive/review/review.ts';
import { clearedPath, openCopySink } from '../../archive/safety/leftovers.ts';
import { structureProblems } from '../../db/check.ts';
import { PageCipher } from '../../db/cipher.ts';
import { pageSize } from '../../db/page-size.ts';
import { needsCleaning } from '../../db/purge.ts';
import {
  checkArchive,
  checkLog,
  importPage,
  makeArchive,
  passphrase,
  postPage,
  streamOf,
} from '../support/archive.ts';
import { clearTraces } from '../support/clear-pages.ts';
import { purgeOrder, recordItem } from '../support/purge.ts';
import { begin, play, startOf } from '../support/recording.ts';
import { findTraces } from '../support/traces.ts';

vi.setConfig({ testTimeout: 120_000 });

const person = { name: 'Tess Ter' };
/** Not as any other begins or ends: an index keeps of a word only what differs from the one before. */
const words = (n: number): string[] =>
  Array.from(
    { length: n },
    (_, i) => `${['qa', 'zu', 'kx', 'vo'][i % 4]}${(i * 7919 + 13).toString(36)}markedword${i}`,
  );
/** Without its first letters, which an index may leave out. */
const core = (word: string): string => word.slice(2);

/** A saved page with so many other posts. */
function pageOf(posts: number): string {
  return Array.from({ length: posts }, (_, i) => postPage(`other words ${i}`).replace('ada/1', `ada/${i}`))
    .join('')
    .replaceAll('<!doctype html>', '');
}

function tracesOf(archive: Archive, word: string): string[] {
  const wal = statSync(`${archive.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  // What is packed is looked for by its own bytes: a WACZ keeps bodies as they are.
  const found = clearTraces(archive, core(word)) ? ['in the file'] : [];
  const beside = findTraces(core(word), [dirname(archive.path)]);
  return [
    ...found,
    ...beside.map(({ path }) => path),
    ...(archive.key !== null && wal > 4 * pageSize ? ['a long log'] : []),
  ];
}

test.each(['plain', 'encrypted'] as const)(
  'of several purges of a %s archive, and what stays stays',
  async (kind) => {
    let archive = await makeArchive({ plain: kind === 'plain' });
    // Of few posts the index is made anew; of many, words are taken out of it.
    if (kind === 'plain') await importFile(archive, 'others.html', streamOf(pageOf(150)));
    const [stays = '', ...going] = words(4);
    await recordItem(archive, stays);
    const items = [];
    for (const word of going) items.push({ word, ...(await recordItem(archive, word)) });
    for (const { word, tagId } of items)
      reviewTag(archive, { tagId, act: 'dispute', because: `not ${word}` });
    await importPage(archive, `later words`);
    for (const { word } of items) expect(tracesOf(archive, word)).not.toEqual([]);

    for (const { captureId } of items) {
      const report = await purgeAndClean(archive, purgeOrder(captureId), {}, (next) => {
        archive = next;
      });
      expect(report).toMatchObject({ cleaned: true, notCleaned: null });
    }

    expect(items.map(({ word }) => tracesOf(archive, word))).toEqual(items.map(() => []));
    expect(tracesOf(archive, stays)).not.toEqual([]);
    expect(readdirSync(dirname(archive.path)).sort()).toEqual([
      'test.holdfast',
      'test.holdfast-lock',
      'test.holdfast-lock-journal',
      'test.holdfast-shm',
      'test.holdfast-wal',
    ]);
    checkArchive(archive);
    await checkLog(archive);
    closeArchive(archive);
  },
);

test('of a recording that was stopped, once the archive is opened again', async () => {
  const archive = await makeArchive({ plain: true });
  const [word = ''] = words(1);
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  await play(sink, captureId, startOf(0), postPage(word));
  await sink.artifact(
    { captureId, role: 'dom', mediaType: 'text/html', name: null },
    streamOf(`<p>${word.repeat(5000)}`),
  );
  await sink.secrets(captureId, [
    { name: word, secret: `${word}-secret`, commitment: '00'.repeat(32), salt: '11'.repeat(32) },
  ]);
  stopAndPurge(archive, { captureId, address: null });
  closeArchive(archive);

  const again = await openArchive({ path: archive.path, passphrase: null, person });

  expect(needsCleaning(again.db)).toBe(false);
  expect(tracesOf(again, word)).toEqual([]);
  checkArchive(again);
  closeArchive(again);
});

/** An archive that was purged and closed, as a process leaves it that is killed before the file was cleared. */
async function purgedOnly(): Promise<{ archive: Archive; word: string }> {
  const archive = await makeArchive();
  const [word = '', other = ''] = words(2);
  await recordItem(archive, other);
  const { captureId } = await recordItem(archive, word);
  await purgeCapture(archive, purgeOrder(captureId));
  expect(needsCleaning(archive.db)).toBe(true);
  return { archive, word };
}

const opened = (path: string) => openArchive({ path, passphrase, person });

test('killed before the file was cleared, the next opening clears it and says so', async () => {
  const { archive, word } = await purgedOnly();
  closeArchive(archive);
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);

  const again = await opened(archive.path);

  expect(warn.mock.calls.map(([message]) => String(message))).toEqual([
    expect.stringContaining('A purge was finished'),
  ]);
  warn.mockRestore();
  expect(needsCleaning(again.db)).toBe(false);
  expect(tracesOf(again, word)).toEqual([]);
  checkArchive(again);
  closeArchive(again);
});

/** Pages ready to be written over those of the file: two with another vector, whose content is the same. */
async function readyPages(path: string, archive: Archive, key: PageCipher): Promise<string> {
  const file = readFileSync(path);
  const sink = await openCopySink(clearedPath(path));
  const cleared = new ClearedPages(sink);
  for (const n of [2, 3]) {
    const page = file.subarray((n - 1) * pageSize, n * pageSize);
    await cleared.add(n, page, key.seal(key.open(page, n) ?? Buffer.alloc(pageSize), n));
  }
  await cleared.end();
  expect(archive.db.open).toBe(false);
  const { temporaryPath } = sink;
  copyFileSync(temporaryPath, join(dirname(path), 'kept'));
  await sink.discard();
  copyFileSync(join(dirname(path), 'kept'), temporaryPath);
  return temporaryPath;
}

test('what a computer that lost power has half written is written again, and only where it belongs', async () => {
  const { archive } = await purgedOnly();
  const { path } = archive;
  // Closing overwrites the key.
  const key = new PageCipher(
    structuredClone(archive.key) ?? { key: new Uint8Array(), salt: new Uint8Array() },
  );
  closeArchive(archive);
  const before = readFileSync(path);
  const ready = await readyPages(path, archive, key);
  const wanted = readFileSync(ready).subarray(4 + 256, 4 + 256 + pageSize);

  // Half of a page, in sectors of 512 bytes.
  const torn = Buffer.from(before);
  wanted.copy(torn, pageSize, 0, 5 * 512);
  writeFileSync(path, torn);
  finishClearing(path);
  expect(
    readFileSync(path)
      .subarray(pageSize, 2 * pageSize)
      .equals(wanted),
  ).toBe(true);
  expect(existsSync(ready)).toBe(false);
  const again = await opened(path);
  expect(structureProblems(again.db)).toEqual([]);
  checkArchive(again);
  closeArchive(again);

  // Another file of that name, and pages of which the last did not come: nothing is written.
  const others = Buffer.from(before);
  others[pageSize + 40] = (others[pageSize + 40] ?? 0) ^ 1;
  for (const [name, file, length] of [
    ['other', others, undefined],
    ['cut', before, -1],
  ] as const) {
    writeFileSync(path, file);
    copyFileSync(join(dirname(path), 'kept'), ready);
    if (length !== undefined) truncateSync(ready, statSync(ready).size + length);
    finishClearing(path);
    expect({ name, same: readFileSync(path).equals(file), left: existsSync(ready) }).toEqual({
      name,
      same: true,
      left: false,
    });
  }
});
