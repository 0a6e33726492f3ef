/** An archive with something of everything in it: imports, a recording with a withheld secret, a tag, a bundle. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Archive } from '../../archive/archive.ts';
import { compileBundle } from '../../archive/compile.ts';
import { createIdentityFile, readIdentityFile } from '../../archive/identity.ts';
import { importFile } from '../../archive/import/import-file.ts';
import { closeArchive, createArchive, openArchive } from '../../archive/open.ts';
import { recordingSink } from '../../archive/recording/sink.ts';
import { addTag } from '../../archive/tags/add.ts';
import { importPage, passphrase, postPage, streamOf, testPack } from './archive.ts';
import { address, begin, finishOf, play, startOf } from './recording.ts';
import { temporaryFolder } from './temporary.ts';

const salt = '5a'.repeat(32);
const cookie = 'session-secret-0123456789';

async function recordPage(archive: Archive): Promise<string> {
  const sink = recordingSink(archive);
  const captureId = await begin(sink);
  const commitment = createHash('sha256')
    .update(Buffer.from([4]))
    .update(Buffer.from(salt, 'hex'))
    .update(cookie);
  const withheld = {
    where: 'request-header' as const,
    name: 'Cookie: sid',
    commitment: commitment.digest('hex'),
    salt,
  };
  await play(sink, captureId, startOf(0, { withheld: [withheld] }), postPage('recorded words'));
  await play(sink, captureId, startOf(1, { url: `${address}/style.css`, resourceType: 'stylesheet' }), 'p{}');
  await sink.finish(finishOf(captureId));
  return captureId;
}

/** Locked again, with three checkpoints: when it was locked, when the bundle was compiled, when it was locked again. */
export async function fullArchive(
  folder = temporaryFolder(),
  secret: string | null = passphrase,
): Promise<{ path: string; captureId: string; postId: string }> {
  const path = join(folder, 'full.holdfast');
  const about = { name: 'Ida Signer', organisation: null, email: null };
  await createIdentityFile(join(folder, 'a.p12'), passphrase, about, new Date());
  const identity = await readIdentityFile(join(folder, 'a.p12'), passphrase);
  const first = await createArchive({
    path,
    passphrase: secret,
    person: { name: 'Tess Ter' },
    clauses: testPack,
  });
  const postId = await importPage(first, 'کلمات فارسی و emoji');
  await importFile(first, 'large.bin', streamOf(new Uint8Array(1_500_000).fill(7)));
  closeArchive(first);
  const again = await openArchive({ path, passphrase: secret, person: { name: 'ignored', identity } });
  const captureId = await recordPage(again);
  addTag(again, { postId, clauseKey: 'x/hateful-conduct', because: 'a reason' });
  await compileBundle(again, { path: join(folder, 'b.zip'), identity, captures: 'all' });
  closeArchive(again);
  return { path, captureId, postId };
}
