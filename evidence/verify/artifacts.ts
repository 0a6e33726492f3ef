/** The artifacts that captures list must be in the bag, with the digests and sizes that the documents say. */
import { artifactPaths, paths } from '../bundle/paths.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

/** Fails the step 'leaves'. Returns the paths that belong to artifacts. */
export async function checkArtifacts(
  contents: Contents,
  findings: Findings,
  log: LogExtract,
): Promise<Set<string>> {
  const known = new Set<string>();
  for (const document of log.documents.values()) {
    if (document.kind !== 'capture.sealed') continue;
    const { capture, artifacts } = document.body;
    for (const [i, path] of artifactPaths(capture, artifacts).entries()) {
      const artifact = artifacts[i];
      if (artifact === undefined) continue;
      known.add(path);
      if (!contents.has(path)) {
        findings.fail(
          'leaves',
          'artifact-missing',
          `${path} is missing; ${paths.document(document.id)} lists it.`,
          [path, 'missing'],
        );
      } else if (contents.size(path) !== artifact.size || (await contents.digest(path)) !== artifact.sha256) {
        findings.fail(
          'leaves',
          'artifact-differs',
          `${path} is not what ${paths.document(document.id)} lists: its SHA-256 or size differs.`,
          [path, 'changed'],
        );
      }
    }
  }
  return known;
}
