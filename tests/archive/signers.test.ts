/** Signers of an archive: known, proven, replaced; and that what they signed outlives them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import { compileBundle } from '../../archive/compile.ts';
import { readCertificateFile } from '../../archive/identity.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { readEvent } from '../../archive/record.ts';
import { lastIdentityPath, rememberIdentityPath } from '../../archive/remember.ts';
import { addSigner, listSigners, replaceSigner, saveCertificate } from '../../archive/signers.ts';
import { archiveStatus, listEvents } from '../../archive/status.ts';
import { verifyFile } from '../../archive/verify.ts';
import type { EventKind } from '../../contract/events.ts';
import { getWholeEvent } from '../../db/event.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import type { Identity } from '../../evidence/identity/identity.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { canonicalBytes } from '../../evidence/log/canonical.ts';
import { Bench } from '../evidence/identity/openssl.ts';
import { checkArchive, importPage, makeArchive } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

const now = new Date();

function makeIdentity(name: string, from = now, years = 10): Promise<Identity> {
  return createIdentity({ name, organisation: 'Example Desk', now: from, years });
}

function fileOf(identity: Identity): Promise<Parameters<typeof addSigner>[1]> {
  const path = join(temporaryFolder(), 'c.pem');
  writeFileSync(path, toPem(identity.certificate));
  return readCertificateFile(path, async () => '');
}

const withKey = async (identity: Identity) => ({ ...(await fileOf(identity)), identity });

/** Closes the archive and opens it again, under an identity or as a name. */
async function reopen(archive: Archive, identity: Identity | null): Promise<Archive> {
  closeArchive(archive);
  return openArchive({ path: archive.path, passphrase: null, person: { name: 'Tess Ter', identity } });
}

function lastEvent<K extends EventKind>(archive: Archive, kind: K) {
  const line = listEvents(archive, { before: null, limit: 100 }).events.find((event) => event.kind === kind);
  const stored = line === undefined ? null : getWholeEvent(archive.db, line.seq);
  if (stored === null) throw new Error(`no ${kind} in the log`);
  const event = readEvent(stored.document);
  if (event.kind !== kind) throw new Error('another kind');
  return event as Extract<typeof event, { kind: K }>;
}

/** Whether openssl finds a signature by this certificate over this statement. */
async function opensslAccepts(
  cms: string,
  statement: Record<string, string>,
  signer: Identity,
): Promise<string> {
  await bench.write('proof.p7s', Buffer.from(cms, 'base64'));
  await bench.write('statement.json', canonicalBytes(statement));
  await bench.write('signer.pem', toPem(signer.certificate));
  const { stdout, stderr } = await bench.run(
    'openssl',
    ...'cms -verify -cades -binary -inform DER -in proof.p7s -content statement.json -CAfile signer.pem'.split(
      ' ',
    ),
    ...['-out', '/dev/null'],
  );
  return stdout + stderr;
}

describe('a signer becomes known', () => {
  test('by its identity, which proves that its key is here', async () => {
    const archive = await makeArchive({ plain: true });
    const ida = await makeIdentity('آیدا Signer');

    const line = await addSigner(archive, await withKey(ida), 'the desk’s key');

    expect(line).toMatchObject({
      label: 'the desk’s key',
      state: 'proven',
      certificate: { name: 'آیدا Signer', keyType: 'ECDSA P-256', issuer: 'آیدا Signer', purposes: null },
      addedBy: { name: 'Tess Ter', basis: 'claimed' },
      replaced: null,
    });
    const { body, time } = lastEvent(archive, 'signer.added');
    const statement = {
      purpose: 'holdfast/signer-added/1',
      archive: archive.info.archiveId,
      fingerprint: ida.signer.fingerprint,
      time,
    };
    expect(await opensslAccepts(body.proof?.cms ?? '', statement, ida)).toContain('Verification successful');
    await expect(addSigner(archive, await withKey(ida), null)).rejects.toMatchObject({
      code: 'signer-known',
    });
    checkArchive(archive);
  });

  test('by its certificate alone, which says less', async () => {
    const archive = await makeArchive({ plain: true });
    const file = await fileOf(await makeIdentity('Ida Signer'));

    const line = await addSigner(archive, file, null);

    expect(line).toMatchObject({ label: 'Ida Signer', state: 'named', sessions: 0, bundles: 0 });
    expect(lastEvent(archive, 'signer.added').body.proof).toBe(null);
    const saved = join(temporaryFolder(), 'ida.pem');
    saveCertificate(archive, line.id, saved);
    expect((await readCertificateFile(saved, async () => '')).certificate).toEqual(file.certificate);
    expect(() => saveCertificate(archive, line.id, saved)).toThrow(/exists already/);
    checkArchive(archive);
  });

  test('by the session that its key opened, once', async () => {
    const ida = await makeIdentity('Ida Signer');
    let archive = await makeArchive({ plain: true });

    archive = await reopen(archive, ida);
    archive = await reopen(archive, ida);

    expect(archiveStatus(archive).actor).toEqual({
      name: 'Ida Signer',
      basis: 'proven',
      signer: ida.signer.fingerprint,
    });
    expect(listSigners(archive)).toMatchObject([
      { state: 'proven', sessions: 2, addedBy: { name: 'Ida Signer', basis: 'proven' } },
    ]);
    checkArchive(archive);
    closeArchive(archive);
  });

  test('by the bundle that it signed', async () => {
    const archive = await makeArchive({ plain: true });
    await importPage(archive, 'words to hand over');
    const [ida, otto] = [await makeIdentity('Ida'), await makeIdentity('Otto')];
    const folder = temporaryFolder();

    for (const [name, identity] of [['1', ida] as const, ['2', otto] as const, ['3', ida] as const])
      await compileBundle(archive, { path: join(folder, name), identity, captures: 'all' });

    expect(listSigners(archive).map(({ label, bundles, state }) => [label, bundles, state])).toEqual([
      ['Ida', 2, 'proven'],
      ['Otto', 1, 'proven'],
    ]);
    checkArchive(archive);
  });
});

describe('a signer is replaced', () => {
  test('the old key signs that; bundles that it signed stay trusted, and it signs no more', async () => {
    let archive = await makeArchive({ plain: true });
    await importPage(archive, 'words to hand over');
    const [old, successor] = [await makeIdentity('Ida, 2026'), await makeIdentity('Ida, 2027')];
    const folder = temporaryFolder();
    const bundle = join(folder, 'before.zip');
    writeFileSync(join(folder, 'old.pem'), toPem(old.certificate));
    await compileBundle(archive, { path: bundle, identity: old, captures: 'all' });

    const gone = await replaceSigner(archive, {
      old: old.signer.fingerprint,
      oldIdentity: old,
      successor,
      because: ' a new laptop ',
    });

    expect(gone).toMatchObject({
      state: 'replaced',
      replaced: { name: 'Ida, 2027', because: 'a new laptop', withoutProof: null },
    });
    expect(listSigners(archive).map(({ state }) => state)).toEqual(['replaced', 'proven']);
    const { body, time } = lastEvent(archive, 'signer.replaced');
    const statement = {
      purpose: 'holdfast/signer-replaced/1',
      archive: archive.info.archiveId,
      old: old.signer.fingerprint,
      new: successor.signer.fingerprint,
      time,
    };
    expect(await opensslAccepts(body.proof?.cms ?? '', statement, old)).toContain('Verification successful');
    expect(await opensslAccepts(body.proof?.cms ?? '', { ...statement, new: '0'.repeat(64) }, old)).toContain(
      'Verification failure',
    );
    expect(await verifyFile(bundle, { trust: [join(folder, 'old.pem')] })).toMatchObject({
      verdict: 'trusted',
    });
    await expect(
      compileBundle(archive, { path: join(folder, 'after.zip'), identity: old, captures: 'all' }),
    ).rejects.toMatchObject({ code: 'signer-replaced', message: expect.stringContaining('a new laptop') });
    checkArchive(archive);
    await expect(reopen(archive, old)).rejects.toMatchObject({ code: 'signer-replaced' });
    archive = await openArchive({
      path: archive.path,
      passphrase: null,
      person: { name: '', identity: successor },
    });
    checkArchive(archive);
    closeArchive(archive);
  });

  test('without the old key the log says that it did not sign', async () => {
    const archive = await makeArchive({ plain: true });
    const [old, successor] = [await makeIdentity('Ida, 2026'), await makeIdentity('Ida, 2027')];
    await addSigner(archive, await fileOf(old), null);

    await replaceSigner(archive, {
      old: old.signer.fingerprint,
      oldIdentity: null,
      successor,
      because: 'the laptop was stolen',
    });

    expect(lastEvent(archive, 'signer.replaced').body).toMatchObject({
      proof: null,
      withoutProof: 'key-lost',
    });
    checkArchive(archive);
  });

  test('after the end of its certificate the old key proves nothing, and the log says why', async () => {
    const old = await makeIdentity('Ida, of old', new Date('2020-01-01T00:00:00Z'), 2);
    const archive = await makeArchive({ plain: true });
    await addSigner(archive, await fileOf(old), null);

    await replaceSigner(archive, {
      old: old.signer.fingerprint,
      oldIdentity: old,
      successor: await makeIdentity('Ida'),
      because: 'it had ended',
    });

    expect(lastEvent(archive, 'signer.replaced').body).toMatchObject({
      proof: null,
      withoutProof: 'certificate-expired',
    });
  });

  test('what makes no sense is refused, and leaves no trace', async () => {
    const archive = await makeArchive({ plain: true });
    const [old, successor, third] = [
      await makeIdentity('A'),
      await makeIdentity('B'),
      await makeIdentity('C'),
    ];
    const order = { old: old.signer.fingerprint, oldIdentity: old, successor, because: 'why' };
    await expect(replaceSigner(archive, order)).rejects.toMatchObject({ code: 'signer-not-found' });
    await addSigner(archive, await withKey(old), null);
    const before = archiveStatus(archive).counts.events;

    for (const [change, code] of [
      [{ because: ' ' }, 'bad-input'],
      [{ successor: old }, 'bad-input'],
      [{ oldIdentity: third }, 'bad-input'],
      [{ successor: await makeIdentity('D', new Date('2020-01-01T00:00:00Z'), 1) }, 'identity-not-supported'],
    ] as const) {
      await expect(replaceSigner(archive, { ...order, ...change })).rejects.toMatchObject({ code });
    }

    expect(archiveStatus(archive).counts.events).toBe(before);
    await replaceSigner(archive, order);
    await expect(replaceSigner(archive, { ...order, successor: third })).rejects.toMatchObject({
      code: 'signer-replaced',
    });
    await expect(
      replaceSigner(archive, {
        old: successor.signer.fingerprint,
        oldIdentity: successor,
        successor: old,
        because: 'back',
      }),
    ).rejects.toMatchObject({ code: 'signer-replaced' });
    checkArchive(archive);
  });
});

test('what is not valid at the time is said in the list', async () => {
  const archive = await makeArchive({ plain: true });
  const years = (n: number) => new Date(now.getTime() + n * 366 * 24 * 3_600_000);
  await addSigner(archive, await fileOf(await makeIdentity('past', years(-3), 1)), null);
  await addSigner(archive, await fileOf(await makeIdentity('future', years(1), 1)), null);

  expect(listSigners(archive).map(({ label, state }) => [label, state])).toEqual([
    ['past', 'expired'],
    ['future', 'not-yet-valid'],
  ]);
});

test('the database refuses to change a signer or a replacement', async () => {
  const archive = await makeArchive({ plain: true });
  await addSigner(archive, await fileOf(await makeIdentity('Ida')), null);

  expect(() => archive.db.exec("UPDATE signer SET label = 'x'")).toThrow('append-only: signer');
  expect(() => archive.db.exec('DELETE FROM signer')).toThrow('append-only: signer');
});

test('the identity file used last is remembered for this machine, beside the log', async () => {
  const archive = await makeArchive();
  const before = archiveStatus(archive).counts.events;

  expect(lastIdentityPath(archive)).toBe(null);
  rememberIdentityPath(archive, '/home/ida/a.p12');
  rememberIdentityPath(archive, '/home/ida/b.p12');

  expect(lastIdentityPath(archive)).toBe('/home/ida/b.p12');
  archive.db.exec(`UPDATE machine_setting SET machine = '${'0'.repeat(64)}'`);
  expect(lastIdentityPath(archive)).toBe(null);
  expect(archiveStatus(archive).counts.events).toBe(before);
  checkArchive(archive);
});
