/** Who is trusted by a fingerprint alone, and what is said of another verify.html: notes beside the verdict. */
import { describe, expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { portableSha256 } from '../../../evidence/digest/portable.ts';
import { toHex } from '../../../evidence/digest/sha256.ts';
import { memorySource } from '../../../evidence/source/byte-source.ts';
import { type VerificationRequest, verifyBundle } from '../../../evidence/verify/verify.ts';
import { compile, encode, makeIdentity, pack, resign, step, unpack } from '../build/bundle.ts';
import { samplePlan } from '../build/sample.ts';

const signer = await makeIdentity('Ada Invented');
const namesake = await makeIdentity('Ada Invented');
const plan = samplePlan(signer);
const bundle = await compile(plan, signer);

function verified(bytes: Uint8Array, more: Partial<VerificationRequest>) {
  return verifyBundle({ source: memorySource(bytes), sha256: portableSha256, trusted: [], ...more });
}

function fingerprints(...trusted: string[]): Partial<VerificationRequest> {
  return { fingerprints: { trusted, tsaRoots: [] } };
}

describe('a fingerprint', () => {
  test('of the signer makes the verdict trusted, as the certificate itself does', async () => {
    const byFingerprint = await verified(bundle, fingerprints(signer.signer.fingerprint));
    expect(byFingerprint.verdict).toBe('trusted');
    expect(byFingerprint).toEqual(await verified(bundle, { trusted: [signer.certificate] }));
  });

  test('of somebody else does not, and that is said', async () => {
    const verification = await verified(bundle, fingerprints(namesake.signer.fingerprint));
    expect(verification.verdict).toBe('consistent');
    expect(step(verification, 'signer-trust').code).toBe('trust-signer-not-named');
    expect(verification.notes).toMatchObject([{ code: 'fingerprint-not-found' }]);
  });

  test('of a certificate that only lies in the bundle trusts no other signer', async () => {
    const files = await unpack(await compile(samplePlan(namesake), namesake));
    const [own] = [await unpack(bundle)].map((each) => each.get('sig/signer.pem'));
    files.set('sig/signer.pem', own ?? new Uint8Array());
    const verification = await verified(await pack(files), fingerprints(signer.signer.fingerprint));
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'signature').code).toBe('certificate-file-differs');
    files.set('sig/tsa-other.pem', own ?? new Uint8Array());
    await resign(files, namesake);
    const resigned = await verified(await pack(files), fingerprints(signer.signer.fingerprint));
    expect(resigned.verdict).not.toBe('trusted');
    expect(step(resigned, 'signer-trust').status).toBe('not-known');
  });

  test('does no harm where the files that carry certificates are broken', async () => {
    const files = await unpack(bundle);
    files.set('sig/tsa-x.pem', encode('no PEM'));
    files.set('sig/checkpoint-107.tsr', encode('no DER'));
    const verification = await verified(await pack(files), fingerprints(signer.signer.fingerprint));
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'timestamps').status).toBe('failed');
  });
});

describe('verify.html', () => {
  const known = toHex(nodeSha256.of(plan.page));

  test('of this version: nothing is said of it; where none is known neither', async () => {
    expect((await verified(bundle, { verifyPage: known })).notes).toEqual([]);
    expect((await verified(bundle, {})).notes).toEqual([]);
  });

  test('of another version, or forged and signed with the bundle: a note with its hash, and never failed', async () => {
    const files = await unpack(bundle);
    files.set('verify.html', encode('<p>TRUSTED'));
    await resign(files, signer);
    const verification = await verified(await pack(files), {
      verifyPage: known,
      trusted: [signer.certificate],
    });
    expect(verification.verdict).toBe('trusted');
    expect(verification.notes).toEqual([
      {
        code: 'verify-page-other',
        message: expect.stringContaining(toHex(nodeSha256.of(encode('<p>TRUSTED')))),
      },
    ]);
    expect(verification.notes[0]?.message).toMatch(/^verify\.html is not the one of this version/);
  });

  test('changed and not signed anew: failed, as any other file', async () => {
    const files = await unpack(bundle);
    files.set('verify.html', encode('<p>TRUSTED'));
    const verification = await verified(await pack(files), {});
    expect(verification).toMatchObject({
      verdict: 'failed',
      files: [{ path: 'verify.html', problem: 'changed' }],
    });
  });

  test('a bundle without it, as made before there was one, is as good', async () => {
    const files = await unpack(bundle);
    files.delete('verify.html');
    await resign(files, signer);
    const verification = await verified(await pack(files), {
      trusted: [signer.certificate],
      verifyPage: known,
    });
    expect(verification).toMatchObject({ verdict: 'trusted', notes: [], files: [] });
  });
});
