/** Secrets that the recorder learned after a body that holds them had been handed over: replaced before sealing. */
import type { KnownSecret } from '../../contract/model/recording.ts';
import { markerOf, type Searched, SecretIndex, Withholder } from '../../contract/withhold.ts';
import { stageBlob } from '../../db/blob.ts';
import { inTransaction } from '../../db/handle.ts';
import { listKnownSecrets, setExchangeBlob } from '../../db/recording.ts';
import type { Archive } from '../archive.ts';
import { dropStaged, readBlob, receiveBytes } from '../blobs.ts';
import type { Recorded, RecordedAnswer } from './recorded.ts';

interface Late extends Searched {
  known: KnownSecret;
}

function holds(archive: Archive, blobId: number, index: SecretIndex): boolean {
  const withholder = new Withholder(index);
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
  for (const chunk of readBlob(archive, blobId)) yield withholder.push(chunk);
  yield withholder.end();
}

/** The answer with its body rewritten; the blob that held the secret is removed in the same step. */
async function rewritten(
  archive: Archive,
  captureId: string,
  answer: RecordedAnswer,
  withholder: Withholder,
  secrets: readonly Late[],
): Promise<RecordedAnswer> {
  const { db } = archive;
  const blobId = stageBlob(db, archive.holder);
  const { size, sha256 } = await receiveBytes(
    archive,
    blobId,
    replaced(archive, answer.body.blobId, withholder),
  );
  inTransaction(db, () => setExchangeBlob(db, captureId, answer.start.n, { blobId, size, sha256 }));
  dropStaged(archive, answer.body.blobId);
  const withheld = secrets
    .filter((secret) => withholder.found.has(secret))
    .map(({ known: { name, commitment, salt } }) => ({
      where: 'response-body' as const,
      name,
      commitment,
      salt,
    }));
  return {
    ...answer,
    body: { blobId, size, sha256 },
    end: { ...answer.end, withheld: [...answer.end.withheld, ...withheld] },
  };
}

/** The recording without the secrets that became known late. */
export async function withholdLate(archive: Archive, recorded: Recorded): Promise<Recorded> {
  const { captureId } = recorded;
  const secrets = listKnownSecrets(archive.db, captureId).map(
    (known): Late => ({ name: known.name, secret: known.secret, marker: markerOf(known.commitment), known }),
  );
  if (secrets.length === 0) return recorded;
  const index = new SecretIndex(secrets);
  const answers: RecordedAnswer[] = [];
  for (const answer of recorded.answers) {
    const isClean = answer.body.size === 0 || !holds(archive, answer.body.blobId, index);
    answers.push(
      isClean ? answer : await rewritten(archive, captureId, answer, new Withholder(index), secrets),
    );
  }
  return { ...recorded, answers };
}
