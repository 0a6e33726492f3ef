/** Signers: the certificates that this archive knows, and which took the place of which. */
import { z } from 'zod';
import type { EventBody } from '../contract/events.ts';
import type { Actor } from '../contract/model/actor.ts';
import { type WithoutProof, withoutProofSchema } from '../contract/model/identity.ts';
import { prepared, type ReadableDb, type WritableDb } from './handle.ts';
import { toActor } from './session.ts';

interface Origin {
  sessionId: string;
  time: string;
  eventSeq: number;
}

export function insertSigner(db: WritableDb, body: EventBody<'signer.added'>, origin: Origin): void {
  prepared(
    db,
    `INSERT INTO signer (id, fingerprint, certificate, chain, label, proven, session_id, time, event_seq)
     VALUES (@signer, @fingerprint, @der, @chainJson, @label, @proven, @sessionId, @time, @eventSeq)`,
  ).run({
    signer: body.signer,
    fingerprint: body.fingerprint,
    der: Buffer.from(body.certificate, 'base64'),
    chainJson: JSON.stringify(body.chain),
    label: body.label,
    proven: body.proof === null ? 0 : 1,
    ...origin,
  });
}

export function insertReplacement(
  db: WritableDb,
  body: EventBody<'signer.replaced'>,
  { time, eventSeq }: Origin,
): void {
  prepared(
    db,
    `INSERT INTO signer_replacement (old_id, new_id, because, without_proof, time, event_seq)
     VALUES (@signer, @successor, @because, @withoutProof, @time, @eventSeq)`,
  ).run({
    signer: body.signer,
    successor: body.successor,
    because: body.because,
    withoutProof: body.withoutProof,
    time,
    eventSeq,
  });
}

const row = z.object({
  id: z.string(),
  fingerprint: z.string(),
  certificate: z.instanceof(Uint8Array),
  chain: z.string(),
  label: z.string(),
  proven: z.number(),
  time: z.string(),
  actor: z.string(),
  signer: z.string().nullable(),
  sessions: z.number(),
  bundles: z.number(),
  new_id: z.string().nullable(),
  because: z.string().nullable(),
  without_proof: withoutProofSchema.nullable(),
  replaced_at: z.string().nullable(),
});

const chainSchema = z.array(z.string());

export interface StoredSigner {
  id: string;
  /** SHA-256 of the certificate (DER), in hexadecimal. */
  fingerprint: string;
  /** DER. */
  certificate: Uint8Array;
  /** DER, the issuer first. */
  chain: Uint8Array[];
  label: string;
  /** Its key signed: when it was added, or the opening of a session, or a bundle. */
  proven: boolean;
  time: string;
  actor: Actor;
  sessions: number;
  bundles: number;
  replaced: { by: string; because: string; withoutProof: WithoutProof | null; at: string } | null;
}

function parse(raw: unknown): StoredSigner {
  const { id, fingerprint, certificate, chain, label, proven, time, ...rest } = row.parse(raw);
  const { new_id: by, because, without_proof: withoutProof, replaced_at: at } = rest;
  return {
    id,
    fingerprint,
    certificate,
    chain: chainSchema.parse(JSON.parse(chain)).map((text) => new Uint8Array(Buffer.from(text, 'base64'))),
    label,
    proven: proven === 1 || rest.sessions > 0 || rest.bundles > 0,
    time,
    actor: toActor(rest),
    sessions: rest.sessions,
    bundles: rest.bundles,
    replaced: by === null || because === null || at === null ? null : { by, because, withoutProof, at },
  };
}

const select = `SELECT s.id, s.fingerprint, s.certificate, s.chain, s.label, s.proven, s.time, o.actor, o.signer,
    (SELECT count(*) FROM session WHERE signer = s.fingerprint) AS sessions,
    (SELECT count(*) FROM bundle WHERE signer = s.fingerprint) AS bundles,
    r.new_id, r.because, r.without_proof, r.time AS replaced_at
  FROM signer AS s JOIN session AS o ON o.id = s.session_id
  LEFT JOIN signer_replacement AS r ON r.old_id = s.id`;

/** All signers, in the order in which they were added. */
export function listSigners(db: ReadableDb): StoredSigner[] {
  return prepared(db, `${select} ORDER BY s.event_seq`).all().map(parse);
}

export function signerByFingerprint(db: ReadableDb, fingerprint: string): StoredSigner | null {
  const found = prepared(db, `${select} WHERE s.fingerprint = ?`).get(fingerprint);
  return found === undefined ? null : parse(found);
}

export function signerById(db: ReadableDb, id: string): StoredSigner | null {
  const found = prepared(db, `${select} WHERE s.id = ?`).get(id);
  return found === undefined ? null : parse(found);
}
