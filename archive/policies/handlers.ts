/** The archive host's answers about the dated library. */
import type { Archive } from '../archive.ts';
import type { CallContext, HostHandlers } from '../host/serve.ts';
import { clauseHistory, describePolicies, describeVersions, diffVersions } from './compare.ts';
import { addVersionFromCapture } from './from-capture.ts';
import { importPolicy } from './import.ts';
import { clausesOn } from './lookup.ts';
import { addStatement, correctClause, linkClauses } from './notes.ts';
import { clausesOfVersion } from './version-clauses.ts';

type PolicyChannel = Extract<keyof HostHandlers, `policies.${string}`>;

/** `open`: the open archive, or a refusal; `writable`: the same for an act that writes. `work`: runs what takes longer, so that locking waits for it. */
export function policyHandlers(
  open: () => Archive,
  writable: () => Archive,
  work: <T>(context: CallContext, act: (archive: Archive, context: CallContext) => Promise<T>) => Promise<T>,
): Pick<HostHandlers, PolicyChannel> {
  return {
    'policies.list': async () => ({ policies: describePolicies(open(), null) }),
    'policies.versions': async ({ policyId }) => ({ versions: describeVersions(open(), policyId) }),
    'policies.clauses': async ({ versionId }) => ({ clauses: clausesOfVersion(open(), versionId) }),
    'policies.on': async ({ policyId, on, all }) => ({
      clauses: clausesOn(open(), { platform: null, policy: policyId, on, all }),
    }),
    'policies.diff': async ({ before, after }) => diffVersions(open(), before, after),
    'policies.history': async ({ key }) => clauseHistory(open(), key),
    'policies.import': ({ path, captureId, ...about }, context) =>
      work(context, async (archive, { signal, progress }) => {
        if (captureId !== null)
          return addVersionFromCapture(archive, { ...about, capture: captureId, inForceFrom: null });
        return importPolicy(archive, { ...about, path: path ?? '' }, { signal, progress });
      }),
    'policies.state': async (statement) => addStatement(writable(), statement),
    'policies.link': async (link) => linkClauses(writable(), link),
    'policies.correct': async ({ key, version, because, change }) => {
      const { correction } = correctClause(writable(), { key, version, because, change });
      return { correction };
    },
  };
}
