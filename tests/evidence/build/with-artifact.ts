/** The sample with another artifact in its second capture, sealed by its document and standing in the log. */
import type { Artifact } from '../../../contract/model/capture.ts';
import type { BundlePlan, PlannedCapture } from '../../../evidence/build/plan.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { canonicalBytes } from '../../../evidence/log/canonical.ts';
import { leafBytes, parseLeaf } from '../../../evidence/log/leaf.ts';
import { logAnew } from './sample.ts';

export function artifactOf(role: Artifact['role'], bytes: Uint8Array, mediaType: string): Artifact {
  return { role, sha256: toHex(nodeSha256.of(bytes)), size: bytes.length, mediaType, name: null };
}

/** An original takes the place of the one there. */
export function withArtifact(
  plan: BundlePlan,
  artifact: Artifact,
  open: () => Iterable<Uint8Array>,
): BundlePlan {
  return withArtifacts(plan, [artifact], (sha256) => (sha256 === artifact.sha256 ? open() : null));
}

/** The same with several. `open` gives null for what is none of them. */
export function withArtifacts(
  plan: BundlePlan,
  artifacts: readonly Artifact[],
  open: (sha256: string) => Iterable<Uint8Array> | null,
): BundlePlan {
  const captures = plan.captures.map((capture, i) => (i === 1 ? sealAnew(capture, artifacts) : capture));
  const openArtifact: BundlePlan['openArtifact'] = (sha256) => open(sha256) ?? plan.openArtifact(sha256);
  return logAnew({ ...plan, captures, openArtifact });
}

function sealAnew(capture: PlannedCapture, added: readonly Artifact[]): PlannedCapture {
  const { sealed } = capture;
  const hasOriginal = added.some(({ role }) => role === 'original');
  const artifacts = hasOriginal ? [...added] : [...sealed.event.body.artifacts, ...added];
  const event = { ...sealed.event, body: { ...sealed.event.body, artifacts } };
  const document = canonicalBytes(event);
  const { seq, subjects } = parseLeaf(sealed.leaf);
  const { id, kind, time } = event;
  const leaf = leafBytes(nodeSha256, { seq, time, kind, id, subjects }, sealed.salt, document);
  return { ...capture, sealed: { ...sealed, event, document, leaf } };
}
