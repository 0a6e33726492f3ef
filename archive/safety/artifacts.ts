/** Hashing everything that was kept once more. */
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import type { Archive } from '../archive.ts';
import { readBlob } from '../blobs.ts';
import type { WorkOptions } from './pages.ts';

const blobRow = z.object({ id: z.number(), sha256: z.string(), size: z.number() });

/** Kept bytes that no longer have their hash; a page's check cannot tell a page that was exchanged as a whole. */
export async function artifactProblems(
  archive: Archive,
  { signal, progress }: WorkOptions,
): Promise<{ artifacts: number; problems: string[] }> {
  const problems: string[] = [];
  const blobs = z
    .array(blobRow)
    .parse(
      archive.db
        .prepare(
          'SELECT id, lower(hex(sha256)) AS sha256, size FROM blob WHERE sha256 IS NOT NULL ORDER BY id',
        )
        .all(),
    );
  const total = blobs.reduce((sum, blob) => sum + blob.size, 0);
  let done = 0;
  for (const { id, sha256, size } of blobs) {
    const hash = nodeSha256.start();
    let found = 0;
    for (const chunk of readBlob(archive, id)) {
      hash.update(chunk);
      found += chunk.length;
      done += chunk.length;
      progress?.({ step: 'Hashing the artifacts', done, total, unit: 'bytes' });
      // Others want to be answered meanwhile.
      await setImmediate();
      signal?.throwIfAborted();
    }
    if (found !== size || toHex(hash.digest()) !== sha256) {
      problems.push(
        `the bytes kept as ${sha256} do not have this SHA-256 any more (${found} of ${size} bytes found)`,
      );
    }
  }
  return { artifacts: blobs.length, problems };
}
