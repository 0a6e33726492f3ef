/** The exact texts of policies: each is the one that its version lists, and its parts are the whole of it. */
import type { EventOf } from '../bundle/act.ts';
import { limits } from '../bundle/limits.ts';
import { paths, policyTextPath } from '../bundle/paths.ts';
import { type Sha256, toHex } from '../digest/sha256.ts';
import type { ParsingBudget } from './budget.ts';
import type { Contents } from './contents.ts';
import type { Findings } from './findings.ts';
import type { LogExtract } from './log.ts';

export interface PolicyTexts {
  /** By id of the version; only those that hold. */
  texts: ReadonlyMap<string, Uint8Array>;
  /** Paths that belong to versions. */
  paths: ReadonlySet<string>;
}

/** Fails the step 'leaves'. */
export async function readPolicyTexts(
  contents: Contents,
  findings: Findings,
  sha256: Sha256,
  log: LogExtract,
  budget: ParsingBudget,
): Promise<PolicyTexts> {
  const policies = new Map<string, EventOf<'policy.added'>>();
  for (const document of log.documents.values()) {
    if (document.kind !== 'policy.added') continue;
    if (policies.has(document.body.policy)) {
      findings.fail(
        'leaves',
        'policy-twice',
        `${paths.document(document.id)} adds a policy that another event adds, too.`,
      );
    }
    policies.set(document.body.policy, document);
  }
  const texts = new Map<string, Uint8Array>();
  const known = new Set<string>();
  for (const document of log.documents.values()) {
    if (document.kind !== 'version.added') continue;
    const { version, policy } = document.body;
    const about = policies.get(policy);
    if (about === undefined || texts.has(version)) {
      const what = about === undefined ? 'of a policy that is not in this bundle' : 'that is there already';
      findings.fail(
        'leaves',
        'version-out-of-place',
        `${paths.document(document.id)} adds a version ${what}.`,
      );
      continue;
    }
    const path = policyTextPath(about.body.platform, about.body.name, version);
    known.add(path);
    const bytes = await budget.bytes(contents, findings, 'leaves', path, limits.parsedFile);
    if (bytes === null) continue;
    const { size } = document.body;
    if (bytes.length !== size || toHex(sha256.of(bytes)) !== document.body.sha256) {
      findings.fail(
        'leaves',
        'policy-text-differs',
        `${path} is not the text that ${paths.document(document.id)} lists: its SHA-256 or size differs.`,
        [path, 'changed'],
      );
    } else if (!isWhole(bytes, document.body.parts)) {
      findings.fail(
        'leaves',
        'policy-parts-differ',
        `The parts that ${paths.document(document.id)} lists are not the whole of ${path}, or are cut inside a character.`,
      );
    } else texts.set(version, bytes);
  }
  return { texts, paths: known };
}

/** Parts follow each other without a gap: their lengths say where each stands, in bytes and in code points. */
function isWhole(text: Uint8Array, parts: EventOf<'version.added'>['body']['parts']): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let at = 0;
  try {
    for (const { bytes, points } of parts) {
      if (at + bytes > text.length) return false;
      const piece = decoder.decode(text.subarray(at, at + bytes));
      if ([...piece].length !== points) return false;
      at += bytes;
    }
  } catch {
    return false;
  }
  return at === text.length;
}
