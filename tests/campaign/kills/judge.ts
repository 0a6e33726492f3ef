/** Opens what a kill left behind and compares it with what had been acknowledged. */
import { z } from 'zod';
import type { Archive } from '../../../archive/archive.ts';
import { findArtifact, readStored } from '../../../archive/blobs.ts';
import { requireCapture } from '../../../archive/posts.ts';
import type { Capture } from '../../../contract/model/capture.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { archiveFaults, hashOf } from '../../support/archive-faults.ts';
import type { Acknowledged } from '../support/acknowledged.ts';

export interface Judgement {
  faults: string[];
  /** What became of the capture; 'none': nothing of it had been begun. */
  state: 'none' | 'whole' | 'interrupted' | 'other';
}

const exchangeRow = z.object({
  n: z.number(),
  url: z.string(),
  body: z.string(),
  size: z.number(),
  sha256: z.instanceof(Uint8Array).nullable(),
});

/** `sent`: SHA-256 of what the server sends, by address. */
export function judge(
  archive: Archive,
  acknowledged: Acknowledged,
  sent: ReadonlyMap<string, string>,
): Judgement {
  const ids = z.array(z.string()).parse(archive.db.prepare('SELECT id FROM capture').pluck().all());
  const left = archive.db.prepare('SELECT count(*) FROM recording').pluck().get();
  const faults = archiveFaults(archive);
  if (left !== 0) faults.push(`${left} recordings were not sealed`);
  const { begin } = acknowledged;
  if (ids.length > 1) faults.push(`${ids.length} captures of one page`);
  if (begin !== null && !ids.includes(begin.captureId)) faults.push('the capture is gone');
  const [id] = ids;
  if (id === undefined) return { faults, state: 'none' };
  const capture = requireCapture(archive, id);
  faults.push(
    ...exchangeFaults(archive, id, acknowledged, sent),
    ...artifactFaults(archive, capture, acknowledged),
    ...verdictFaults(capture, acknowledged),
  );
  return { faults, state: stateOf(capture) };
}

function exchangeFaults(
  archive: Archive,
  captureId: string,
  { exchanges, ends }: Acknowledged,
  sent: ReadonlyMap<string, string>,
): string[] {
  const rows = z
    .array(exchangeRow)
    .parse(
      archive.db
        .prepare('SELECT n, url, body, size, sha256 FROM exchange WHERE capture_id = ?')
        .all(captureId),
    );
  const kept = new Map(rows.map((row) => [row.n, row]));
  const faults: string[] = [];
  for (const { n, url, size, sha256 } of exchanges) {
    const row = kept.get(n);
    if (row === undefined) faults.push(`answer ${n} (${url}) is gone`);
    else if (row.size !== size || (size > 0 && toHex(row.sha256 ?? new Uint8Array()) !== sha256))
      faults.push(`answer ${n} (${url}) has another body`);
    else if (size > 0 && hashOf(readStored(archive, findArtifact(archive, sha256))).sha256 !== sha256)
      faults.push(`the body of answer ${n} (${url}) cannot be read`);
  }
  for (const { n, body } of ends)
    if (kept.get(n)?.body !== body) faults.push(`answer ${n} was ${body} and is ${kept.get(n)?.body}`);
  for (const { url, body, sha256 } of rows) {
    const expected = sent.get(url);
    if (body === 'whole' && expected !== undefined && toHex(sha256 ?? new Uint8Array()) !== expected)
      faults.push(`${url} is called whole and is not what was sent`);
  }
  return faults;
}

function artifactFaults(archive: Archive, capture: Capture, { artifacts }: Acknowledged): string[] {
  return artifacts
    .filter(({ size }) => size > 0)
    .flatMap(({ role, sha256 }) => {
      const isListed = capture.artifacts.some((one) => one.role === role && one.sha256 === sha256);
      if (!isListed) return [`the ${role} is gone`];
      const read = hashOf(readStored(archive, findArtifact(archive, sha256)));
      return read.sha256 === sha256 ? [] : [`the ${role} cannot be read`];
    });
}

function verdictFaults(capture: Capture, { exchanges, ends, finish }: Acknowledged): string[] {
  if (finish !== null && capture.verdict !== finish.verdict)
    return [`was sealed as ${finish.verdict} and is ${capture.verdict}`];
  if (finish === null && capture.verdict === 'complete' && exchanges.length !== ends.length)
    return ['is called complete, and answers had not ended'];
  if (capture.verdict !== 'complete' && capture.reasons.length === 0)
    return [`is ${capture.verdict} without a reason`];
  return [];
}

function stateOf({ verdict, reasons }: Capture): Judgement['state'] {
  if (verdict === 'complete') return 'whole';
  return reasons.some(({ code }) => code === 'interrupted') ? 'interrupted' : 'other';
}
