/** Two captures of the sample desk that are shown in part: of each the first file is withheld, the others go along. */
import type { Artifact } from '../../../contract/model/capture.ts';
import { artifactsRoot } from '../../../evidence/artifact/commitment.ts';
import {
  type BundlePlan,
  type PlannedEvent,
  type PlannedPartialCapture,
  plannedEvents,
} from '../../../evidence/build/plan.ts';
import { proveArtifacts } from '../../../evidence/bundle/artifact-file.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { logOrigin } from '../../../evidence/log/checkpoint.ts';
import { id, png, SampleLog, samplePlan } from './sample.ts';
import { logHashes, planLog, testLogSigner } from './sample-log.ts';
import { artifactOf } from './with-artifact.ts';

const size = 140;
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What stays behind: it must stand nowhere. */
export const withheldPage = utf8('<!doctype html><title>Zora Brandt of Elmwick</title>');

type SampleFile = [Artifact['role'], Uint8Array, string];

const bytesOf = (n: number, withheld: SampleFile): SampleFile[] => [
  withheld,
  ['media', png(8, 8, [n, 80, 125]), 'image/png'],
  ['media', utf8(`invented film ${n}`), 'video/mp4'],
  ['certificate', utf8(`invented certificates ${n}`), 'application/x-pem-file'],
];

/** How the lines of a capture stand in the log. */
export interface PartialOptions {
  /** 'none': sealed before there was such a line. 'later': another line stands between. */
  committed?: 'behind' | 'later' | 'none';
  /** The checkpoint that the captures are shown under is signed between their two lines. */
  checkpointBetween?: boolean;
  /** What is withheld of each capture; without it, a page. */
  withheld?: SampleFile;
}

/** The ids of the two captures. */
export const partialIds = [id(61), id(81)] as const;

/** A plan with these captures alone. */
export function partialPlan(identity: Identity, options: PartialOptions = {}): BundlePlan {
  const { committed = 'behind', checkpointBetween = false } = options;
  const { withheld = ['original', withheldPage, 'text/html'] as SampleFile } = options;
  const base = samplePlan(identity);
  const bytes = new Map<string, Uint8Array>();
  const log = new SampleLog(id(1), 130);
  const partial = (n: number): PlannedPartialCapture => {
    const artifacts = bytesOf(n, withheld).map(([role, content, mediaType]) => {
      bytes.set(toHex(nodeSha256.of(content)), content);
      return artifactOf(role, content, mediaType);
    });
    const capture = id(n + 1);
    const sealed = log.event('capture.sealed', n, {
      capture,
      method: 'import',
      format: 'html',
      sourceName: 'zora.html',
      url: null,
      savedAt: null,
      receivedAt: '2026-05-02T09:00:02.250Z',
      artifacts,
      records: {},
      exchangeCount: 1,
      warnings: [],
      tool: { name: 'Holdfast', version: '0.1.0' },
    });
    if (committed === 'later') log.event('phrase.removed', n + 3, { phrase: id(5) });
    const line = committed === 'none' ? null : commitTo(log, n, { sealed, artifacts, capture });
    const going = artifacts.map((artifact, index) => ({ artifact, index })).slice(1);
    const indexes = going.map(({ index }) => index);
    return {
      id: capture,
      sealed: { id: sealed.event.id, leaf: sealed.leaf },
      checkpoint: checkpointBetween ? 131 : size,
      said: { method: 'import', receivedAt: '2026-05-02T09:00:02.250Z', url: null },
      committed: line && {
        event: line,
        proofs: proveArtifacts(nodeSha256, sealed.salt, artifacts, indexes),
      },
      files: going.map(({ artifact: { name: _name, ...file }, index }) =>
        line === null ? file : { ...file, index },
      ),
      withheld: [{ what: 'artifact', role: withheld[0], because: 'a bystander' }],
      readings: [],
    };
  };
  const partialCaptures = checkpointBetween ? [partial(60)] : [partial(60), partial(80)];
  const plan: BundlePlan = {
    ...base,
    captures: [],
    clauses: [],
    bundles: [],
    partialCaptures,
    openArtifact: (sha256) => [bytes.get(sha256) ?? new Uint8Array()],
  };
  const leaves = [
    ...plannedEvents(plan).map(({ leaf }) => leaf),
    ...partialCaptures.map(({ sealed }) => sealed.leaf),
  ];
  const sizes = checkpointBetween ? [131, size] : [size];
  const planned = planLog(testLogSigner(logOrigin(id(3))), logHashes(leaves, size), { sizes });
  return { ...plan, log: { started: plan.log.started, ...planned } };
}

function commitTo(
  log: SampleLog,
  n: number,
  of: { sealed: PlannedEvent<'capture.sealed'>; artifacts: readonly Artifact[]; capture: string },
): PlannedEvent<'artifacts.committed'> {
  const root = toHex(artifactsRoot(nodeSha256, of.sealed.salt, of.artifacts));
  return log.event('artifacts.committed', n + 2, {
    capture: of.capture,
    artifacts: of.artifacts.length,
    root,
  });
}
