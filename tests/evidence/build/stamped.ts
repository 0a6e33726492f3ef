/** The sample with timestamps by a real authority: over an early checkpoint, and over the signature. */
import type { PlannedStamp } from '../../../evidence/build/plan.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { checkTimestamp } from '../../../evidence/timestamp/check.ts';
import { timestampRequest } from '../../../evidence/timestamp/request.ts';
import type { Authority } from '../timestamp/authority.ts';
import { compile, encode, type Files, unpack } from './bundle.ts';
import { samplePlan, sampleSizes } from './sample.ts';

/** A response over these bytes by `signer` of the authority. */
export function stamp(authority: Authority, bytes: Uint8Array, signer = 'tsa'): Promise<Uint8Array> {
  return authority.reply(
    signer,
    timestampRequest({ digest: nodeSha256.of(bytes), nonce: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }),
  );
}

export async function plannedStamp(bytes: Uint8Array, response: Uint8Array): Promise<PlannedStamp> {
  const found = await checkTimestamp({
    response,
    digest: nodeSha256.of(bytes),
    nonce: null,
    trusted: [],
    now: new Date(),
    revocation: [],
  });
  if (found.status === 'failed') throw new Error(found.message);
  const { accuracy, authority, genTime } = found;
  const { name, fingerprint } = authority;
  return {
    response,
    existedNoLaterThan: { time: genTime.toISOString(), accuracy, authority: name, certificate: fingerprint },
  };
}

/** The files of a bundle whose first checkpoint and whose signature are stamped. */
export async function stampedFiles(identity: Identity, authority: Authority, at?: Date): Promise<Files> {
  const [first] = samplePlan(identity).log.checkpoints;
  if (first === undefined) throw new Error('no checkpoint');
  const planned = await plannedStamp(first.note, await stamp(authority, first.note));
  const plan = samplePlan(identity, (same) => same, new Map([[sampleSizes.first, planned]]));
  const files = await unpack(await compile(plan, identity, at));
  await stampSignature(files, authority);
  return files;
}

/** Adds what arrives later: the timestamp over the signature, and its time. */
export async function stampSignature(files: Files, authority: Authority, signer = 'tsa'): Promise<void> {
  const p7s = files.get('sig/tagmanifest-sha256.txt.p7s') ?? new Uint8Array();
  const response = await stamp(authority, p7s, signer);
  const { existedNoLaterThan } = await plannedStamp(p7s, response);
  files.set('sig/tagmanifest-sha256.txt.p7s.tsr', response);
  files.set('sig/ATTIME.txt', encode(`${Math.floor(Date.parse(existedNoLaterThan.time) / 1000)}\n`));
}
