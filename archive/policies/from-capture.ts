/** A captured page as a version of a policy. */
import { HoldfastError } from '../../contract/errors.ts';
import type { PolicyImport } from '../../contract/model/policy.ts';
import { mostPolicyBytes } from '../../evidence/policy/check-text.ts';
import type { Archive } from '../archive.ts';
import { findArtifact, readStored } from '../blobs.ts';
import { requireCapture } from '../posts.ts';
import { addVersionText, type PolicyAbout } from './import.ts';

/**
 * Takes the readable text of a page that was recorded here, seen when it was recorded, with the page's address.
 * Errors: `capture-not-found`, `artifact-not-found` for a capture without such a text, those of `addVersionText`.
 */
export function addVersionFromCapture(
  archive: Archive,
  about: PolicyAbout & { capture: string; inForceFrom: string | null },
): PolicyImport {
  const capture = requireCapture(archive, about.capture);
  const artifact = capture.artifacts.find(({ role }) => role === 'text');
  if (artifact === undefined) {
    throw new HoldfastError(
      'artifact-not-found',
      `The capture ${about.capture} has no readable text of a page. Only pages that were recorded here have one.`,
    );
  }
  if (artifact.size > mostPolicyBytes) {
    throw new HoldfastError(
      'file-too-large',
      `The text of this capture has ${artifact.size} bytes, expected at most ${mostPolicyBytes}.`,
    );
  }
  const bytes = Buffer.concat([...readStored(archive, findArtifact(archive, artifact.sha256))]);
  const seconds = `${capture.receivedAt.slice(0, 19)}.000Z`;
  return addVersionText(
    archive,
    {
      ...about,
      address: about.address ?? capture.url,
      name: `capture ${capture.id}`,
      seen: { at: seconds, precision: 'second' },
    },
    bytes,
  );
}
