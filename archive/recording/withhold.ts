/** Secrets that the recorder learned after a body that holds them had been handed over: replaced before sealing. */
import type { KnownSecret } from '../../contract/model/recording.ts';
import { markerOf, type Searched, Withholder } from '../../contract/withhold.ts';
import { stageBlob } from '../../db/blob.ts';
import { inTransaction } from '../../db/handle.ts';
import { listKnownSecrets, setExchangeBlob } from '../../db/recording.ts';
import type { Archive } from '../archive.ts';
import { dropStaged, readBlob, receiveBytes } from '../blobs.ts';
import type { Recorded, RecordedAnswer } from './recorded.ts';

interface Late extends Searched {
  known: KnownSecret;
}

function holds(archive: Archive, blobId: number, secrets: readonly Late[]): boolean {
  const withholder = new Withholder(secrets);
  for (const chunk of readBlob(archive, blobId)) {
    withholder.push(chunk);
    if (withholder.found.size > 0) return true;
  }
  withholder.end();
  return withholder.found.size > 0;
}

async function* replaced(
  archive: Archive,
  blobId: number,
  withholder: Withholder,
): AsyncGenerator<Uint8Array> {
  for (const chunk of readBlob(archive, blobId)) {
    const decided = withholder.push(chunk);
    // What is given may share the memory of what was taken, which the next read fills anew.
    if (decided.length > 0) yield decided.slice();
  }
  const last = withholder.end();
  if (last.length > 0) yield last;
}

/** The answer with its body rewritten; the blob that held the secret is removed in the same step. */
async function rewritten(
  archive: Archive,
  captureId: string,
  answer: RecordedAnswer,
  secrets: readonly Late[],
) {
  const { db } = archive;
  const withholder = new Withholder(secrets);
  const blobId = stageBlob(db, archive.holder);
  const { size, sha256 } = await receiveBytes(
    archive,
    blobId,
    replaced(archive, answer.body.blobId, withholder),
  );
  const found = secrets.filter((secret) => withholder.found.has(secret)).map(({ known }) => known);
  inTransaction(db, () => setExchangeBlob(db, captureId, answer.start.n, { blobId, size, sha256 }));
  dropStaged(archive, answer.body.blobId);
  const withheld = found.map(({ name, commitment, salt }) => ({
    where: 'response-body' as const,
    name,
    commitment,
    salt,
  }));
  return {
    answer: {
      ...answer,
      body: { blobId, size, sha256 },
      end: { ...answer.end, withheld: [...answer.end.withheld, ...withheld] },
    },
    salts: found.map(({ commitment, salt }): [string, string] => [commitment, salt]),
  };
}

/** The recording without the secrets that became known late. */
export async function withholdLate(archive: Archive, recorded: Recorded): Promise<Recorded> {
  const secrets = listKnownSecrets(archive.db, recorded.captureId).map(
    (known): Late => ({ name: known.name, secret: known.secret, marker: markerOf(known.commitment), known }),
  );
  if (secrets.length === 0) return recorded;
  const answers: RecordedAnswer[] = [];
  const lateSalts: [string, string][] = [];
  for (const answer of recorded.answers) {
    if (answer.body.size === 0 || !holds(archive, answer.body.blobId, secrets)) {
      answers.push(answer);
      continue;
    }
    const changed = await rewritten(archive, recorded.captureId, answer, secrets);
    answers.push(changed.answer);
    lateSalts.push(...changed.salts);
  }
  return { ...recorded, answers, lateSalts };
}
