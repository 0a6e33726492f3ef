import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../db/connection.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { openCheckpoint } from '../../evidence/log/checkpoint.ts';
import { parseTlogProof, verifyTlogProof } from '../../evidence/log/tlog-proof.ts';
import { passphrase, postPage } from '../support/archive.ts';
import { commandLine } from '../support/cli.ts';

/** An archive with one capture. */
function desk() {
  const line = commandLine();
  writeFileSync(join(line.folder, 'post.html'), postPage('words'));
  expect(line.run('init', 'a.holdfast').status).toBe(0);
  const imported = line.json('import', 'a.holdfast', 'post.html') as { captures: { id: string }[] };
  return { ...line, captureId: imported.captures[0]?.id ?? '', path: join(line.folder, 'a.holdfast') };
}

test('a check of the log: in order, exit 0, and nobody is recorded to have looked', () => {
  const { run, json } = desk();

  const first = json('log', 'verify', 'a.holdfast') as { size: number };
  const second = run('log', 'verify', 'a.holdfast');

  expect(first).toMatchObject({ ok: true, purged: 0, checkpoints: 2, blobs: 1, problems: [], more: 0 });
  expect(first).toMatchObject({
    root: expect.stringMatching(/^[0-9a-f]{64}$/),
    origin: expect.stringMatching(/^holdfast\//),
  });
  expect(second.status).toBe(0);
  expect(second.stdout).toContain(`${first.size} events, 2 checkpoints, 1 artifacts`);
  expect(second.stdout).toContain('IN ORDER');
});

test('a damaged archive: exit 1 with the place; status refuses it, rebuild repairs what can be', () => {
  const { run, json, path } = desk();
  const db = connect(path, passphrase);
  db.exec('DROP TRIGGER log_head_next; UPDATE log_head SET root = zeroblob(32)');
  db.close();

  const checked = run('log', 'verify', 'a.holdfast', '--json');
  const opened = run('status', 'a.holdfast');
  const rebuilt = run('rebuild', 'a.holdfast');

  expect(checked.status).toBe(1);
  expect(JSON.parse(checked.stdout)).toMatchObject({
    ok: false,
    problems: [{ table: 'log_head', row: 'one=1', code: 'row-differs' }],
  });
  expect(opened.status).toBe(1);
  expect(opened.stderr).toContain('[archive-damaged]');
  expect(rebuilt.stdout).toContain('log_head differed and was repaired');
  expect(json('log', 'verify', 'a.holdfast')).toMatchObject({ ok: true });
  expect(run('status', 'a.holdfast').status).toBe(0);
});

test('a checkpoint and a proof, for whoever has the key', () => {
  const { run, json, folder, captureId } = desk();

  const checkpoint = json('log', 'checkpoint', 'a.holdfast') as { note: string; vkey: string; size: number };
  const proven = json('log', 'prove', 'a.holdfast', captureId, 'capture.tlog-proof') as {
    vkey: string;
    seq: number;
  };
  const again = run('log', 'prove', 'a.holdfast', captureId, 'capture.tlog-proof');
  const nothing = run('log', 'prove', 'a.holdfast', captureId.replace(/^./, 'f'), 'other.tlog-proof');

  expect(openCheckpoint(Buffer.from(checkpoint.note), checkpoint.vkey)).toMatchObject({
    size: checkpoint.size,
  });
  const proof = parseTlogProof(readFileSync(join(folder, 'capture.tlog-proof')));
  expect(proven.vkey).toBe(checkpoint.vkey);
  // Opening the archive to prove was an act too, and is under the checkpoint that was made for it.
  expect(verifyTlogProof(nodeSha256, proof.extra ?? new Uint8Array(), proof, proven.vkey)).toMatchObject({
    size: checkpoint.size + 1,
  });
  expect(again.stderr).toContain('[output-exists]');
  expect(nothing.stderr).toContain('[capture-not-found]');
  expect(existsSync(join(folder, 'other.tlog-proof'))).toBe(false);
});
