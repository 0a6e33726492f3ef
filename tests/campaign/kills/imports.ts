/** Compares the captures of an archive with the imports that had been acknowledged. */
import { z } from 'zod';
import type { Archive } from '../../../archive/archive.ts';
import { findArtifact, readStored } from '../../../archive/blobs.ts';
import { hashOf } from '../../support/archive-faults.ts';
import type { Acknowledged } from '../support/acknowledged.ts';

/** What was acknowledged and is not there; more captures than were acknowledged is one at most, the next one. */
export function lostImports(archive: Archive, imports: Acknowledged['imports']): string[] {
  const ids = z.array(z.string()).parse(archive.db.prepare('SELECT id FROM capture').pluck().all());
  const faults =
    ids.length > imports.length + 1 ? [`${ids.length} captures, ${imports.length} acknowledged`] : [];
  for (const { captureId, sha256 } of imports) {
    if (!ids.includes(captureId)) faults.push(`capture ${captureId} is gone`);
    for (const one of sha256)
      if (hashOf(readStored(archive, findArtifact(archive, one))).sha256 !== one)
        faults.push(`${one} is another`);
  }
  return faults;
}
