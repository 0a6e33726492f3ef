/** Signers of an archive: adding them, replacing one by another, and who there are. */
import { HoldfastError } from '../contract/errors.ts';
import type { EventBody } from '../contract/events.ts';
import type { SignerLine, SignerState, WithoutProof } from '../contract/model/identity.ts';
import { inTransaction } from '../db/handle.ts';
import {
  listSigners as allSigners,
  type StoredSigner,
  signerByFingerprint,
  signerById,
} from '../db/signer.ts';
import { newId } from '../evidence/id.ts';
import { factsOf, validityAt } from '../evidence/identity/facts.ts';
import type { Identity } from '../evidence/identity/identity.ts';
import { toPem } from '../evidence/identity/pem.ts';
import { canonicalBytes } from '../evidence/log/canonical.ts';
import { signDetached } from '../evidence/signature/sign.ts';
import type { Archive } from './archive.ts';
import type { CertificateFile } from './identity.ts';
import { writeNewFile } from './new-file.ts';
import { recordEvent } from './record.ts';

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A detached CMS signature over the canonical JSON of a statement and the time, base64. Errors: those of signing. */
export async function signStatement(
  identity: Identity,
  statement: Record<string, string>,
  time: Date,
): Promise<{ cms: string }> {
  const content = canonicalBytes({ ...statement, time: time.toISOString() });
  return { cms: toBase64(await signDetached({ content, identity, signingTime: time })) };
}

/** Errors: `signer-replaced`: whoever replaced a key said that it is not to be used any more. */
export function checkNotReplaced(archive: Archive, identity: Identity): void {
  const known = signerByFingerprint(archive.db, identity.signer.fingerprint);
  if (known?.replaced == null) return;
  const by = signerById(archive.db, known.replaced.by);
  throw new HoldfastError(
    'signer-replaced',
    `${known.label} was replaced in this archive on ${known.replaced.at} by ${by?.label ?? 'another signer'} (${known.replaced.because}). Use the identity that took its place.`,
  );
}

/** A signer that is about to be recorded. */
export type SignerDraft = EventBody<'signer.added'>;

/** What adding the identity would record, proof included; null where the archive knows it already. */
export async function draftSigner(
  archive: Archive,
  identity: Identity,
  time: Date,
): Promise<SignerDraft | null> {
  const { fingerprint } = identity.signer;
  if (signerByFingerprint(archive.db, fingerprint) !== null) return null;
  const purpose = 'holdfast/signer-added/1';
  return {
    ...draftOf(identity, fingerprint, identity.signer.name),
    proof: await signStatement(identity, { purpose, archive: archive.info.archiveId, fingerprint }, time),
  };
}

/**
 * Records a drafted signer, unless somebody else did so since. Inside the caller's transaction; `time` is the one it
 * was drafted for, which its proof names.
 */
export function recordSigner(archive: Archive, draft: SignerDraft | null, time: Date): void {
  if (draft === null || signerByFingerprint(archive.db, draft.fingerprint) !== null) return;
  recordEvent(archive, 'signer.added', draft, time);
}

function draftOf(
  { certificate, chain }: Pick<CertificateFile, 'certificate' | 'chain'>,
  fingerprint: string,
  label: string,
): SignerDraft {
  return {
    signer: newId(),
    certificate: toBase64(certificate),
    chain: chain.map(toBase64),
    fingerprint,
    label: label.toWellFormed(),
    proof: null,
  };
}

/**
 * Adds a signer by its identity, which proves that its key is here, or by its certificate alone. `label` null: the
 * name in the certificate. Errors: `signer-known`, `bad-input`, `identity-expired` and those of signing.
 */
export async function addSigner(
  archive: Archive,
  file: CertificateFile,
  label: string | null,
): Promise<SignerLine> {
  const { fingerprint, name } = file.facts;
  if (signerByFingerprint(archive.db, fingerprint) !== null) {
    throw new HoldfastError('signer-known', `${name} is among the signers of this archive already.`);
  }
  const time = archive.clock();
  const given = label?.trim() || name;
  if (given.length > 200) throw new HoldfastError('bad-input', 'A label has at most 200 characters.');
  const draft =
    file.identity === null
      ? draftOf(file, fingerprint, given)
      : await draftSigner(archive, file.identity, time);
  if (draft === null) throw new Error('the signer was added while it was being added');
  inTransaction(archive.db, () => recordSigner(archive, { ...draft, label: given.toWellFormed() }, time));
  return requireSigner(archive, fingerprint);
}

export interface Replacement {
  /** Fingerprint of the signer that goes, 64 hexadecimal digits. */
  old: string;
  /** Its identity, whose key signs the replacement; null: the key is lost. */
  oldIdentity: Identity | null;
  successor: Identity;
  because: string;
}

/**
 * Records that one signer takes the place of another, which signs that where its key is still at hand and its
 * certificate still valid. What the old one signed stays as it is. The successor is added where it is not known yet.
 * Errors: `signer-not-found`, `signer-replaced`, `bad-input` and those of signing.
 */
export async function replaceSigner(archive: Archive, replacement: Replacement): Promise<SignerLine> {
  const { successor, oldIdentity } = replacement;
  const old = signerByFingerprint(archive.db, replacement.old);
  if (old === null) throw signerNotFound(replacement.old);
  checkReplacement(old, replacement);
  checkNotReplaced(archive, successor);
  if (old.replaced !== null) {
    throw new HoldfastError('signer-replaced', `${old.label} was replaced already, on ${old.replaced.at}.`);
  }
  const time = archive.clock();
  const statement = {
    archive: archive.info.archiveId,
    old: old.fingerprint,
    new: successor.signer.fingerprint,
  };
  const withoutProof = whyWithoutProof(oldIdentity, time);
  const proof =
    oldIdentity === null || withoutProof !== null
      ? null
      : await signStatement(oldIdentity, { purpose: 'holdfast/signer-replaced/1', ...statement }, time);
  const draft = await draftSigner(archive, successor, time);
  inTransaction(archive.db, () => {
    recordSigner(archive, draft, time);
    const by = signerByFingerprint(archive.db, successor.signer.fingerprint);
    if (by === null) throw new Error('the successor that was just recorded is not there');
    recordEvent(
      archive,
      'signer.replaced',
      {
        signer: old.id,
        successor: by.id,
        old: old.fingerprint,
        new: by.fingerprint,
        because: replacement.because.trim().toWellFormed(),
        proof,
        withoutProof,
      },
      time,
    );
  });
  return requireSigner(archive, old.fingerprint);
}

function checkReplacement(old: StoredSigner, { oldIdentity, successor, because }: Replacement): void {
  if (because.trim() === '') throw new HoldfastError('bad-input', 'Say why the signer is replaced.');
  if (successor.signer.fingerprint === old.fingerprint) {
    throw new HoldfastError('bad-input', 'The new identity is the old one. Choose another.');
  }
  if (oldIdentity !== null && oldIdentity.signer.fingerprint !== old.fingerprint) {
    throw new HoldfastError(
      'bad-input',
      `The old identity that was given is ${oldIdentity.signer.name}, not the signer ${old.label} that is to be replaced.`,
    );
  }
}

/** An expired certificate signs nothing that a verifier would accept: then the reason stands in place of a proof. */
function whyWithoutProof(oldIdentity: Identity | null, time: Date): WithoutProof | null {
  if (oldIdentity === null) return 'key-lost';
  return validityAt(oldIdentity.signer, time) === 'expired' ? 'certificate-expired' : null;
}

/** Every signer of the archive, in the order of adding; its state at the archive's present time. */
export function listSigners(archive: Archive): SignerLine[] {
  const stored = allSigners(archive.db);
  const byId = new Map(stored.map((signer) => [signer.id, signer]));
  return stored.map((signer) => lineOf(signer, byId, archive.clock()));
}

function requireSigner(archive: Archive, fingerprint: string): SignerLine {
  const line = listSigners(archive).find(({ certificate }) => certificate.fingerprint === fingerprint);
  if (line === undefined) throw signerNotFound(fingerprint);
  return line;
}

function lineOf(signer: StoredSigner, all: ReadonlyMap<string, StoredSigner>, now: Date): SignerLine {
  const certificate = factsOf(signer.certificate, signer.chain);
  const { replaced } = signer;
  const by = replaced === null ? undefined : all.get(replaced.by);
  return {
    id: signer.id,
    label: signer.label,
    certificate,
    state: stateOf(signer, validityAt(certificate, now)),
    addedAt: signer.time,
    addedBy: signer.actor,
    sessions: signer.sessions,
    bundles: signer.bundles,
    replaced:
      replaced === null
        ? null
        : { ...replaced, name: by?.label ?? '', fingerprint: by?.fingerprint ?? signer.fingerprint },
  };
}

function stateOf(signer: StoredSigner, validity: ReturnType<typeof validityAt>): SignerState {
  if (signer.replaced !== null) return 'replaced';
  if (validity !== 'valid') return validity;
  return signer.proven ? 'proven' : 'named';
}

/**
 * Writes a signer's certificate, and its chain behind it, as PEM for those who will check bundles.
 * Errors: `signer-not-found`, `output-exists`, `not-writable`, `disk-full`.
 */
export function saveCertificate(archive: Archive, signerId: string, path: string): { path: string } {
  const signer = signerById(archive.db, signerId);
  if (signer === null) throw signerNotFound(signerId);
  writeNewFile(path, Buffer.from(toPem(signer.certificate)), 0o644);
  return { path };
}

function signerNotFound(what: string): HoldfastError {
  return new HoldfastError(
    'signer-not-found',
    `No signer ${what} is known in this archive. \`holdfast identity list ARCHIVE\` lists them.`,
  );
}
