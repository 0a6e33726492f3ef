import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { compileBundle } from '../../archive/compile.ts';
import { verifyLog } from '../../archive/log/verify.ts';
import { closeArchive, openArchive } from '../../archive/open.ts';
import { attachStamp } from '../../archive/timestamps/attach.ts';
import { timeBasis } from '../../archive/timestamps/basis.ts';
import {
  attachBundleStamp,
  requestBeside,
  requestBundleStamp,
  requireCompiledHere,
} from '../../archive/timestamps/bundle.ts';
import { listStamps } from '../../archive/timestamps/list.ts';
import { renewStamp, requestStamp, writeRequest } from '../../archive/timestamps/request.ts';
import { saveStamp } from '../../archive/timestamps/save.ts';
import { verifyFile } from '../../archive/verify.ts';
import { captureIds } from '../../db/capture.ts';
import { newestCheckpoint } from '../../db/log.ts';
import { nodeSha256 } from '../../evidence/digest/node.ts';
import { toHex } from '../../evidence/digest/sha256.ts';
import { createIdentity } from '../../evidence/identity/create.ts';
import { toPem } from '../../evidence/identity/pem.ts';
import { readTimestampRequest } from '../../evidence/timestamp/request.ts';
import { Authority, sha256Of } from '../evidence/timestamp/authority.ts';
import { checkArchive, importPage, makeArchive, passphrase } from '../support/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

let authority: Authority;
let root: Uint8Array;
beforeAll(async () => {
  authority = await Authority.open();
  await authority.issue('tsa', 'P-256');
  await authority.issue('ending', 'P-256', { from: '2020', until: '2027' });
  await authority.issue('stolen', 'P-256');
  await authority.revoke('stolen', 'keyCompromise');
  root = await authority.certificate('ca');
});
afterAll(() => authority.close());

const none = { named: [], answers: [] };

describe('the archive', () => {
  test('asks for the newest checkpoint, and keeps what comes back', async () => {
    const archive = await makeArchive();
    await importPage(archive, 'They said it.');
    const path = join(temporaryFolder(), 'out.tsq');
    const made = writeRequest(() => requestStamp(archive), path);
    const checkpoint = newestCheckpoint(archive.db);
    const asked = readTimestampRequest(readFileSync(path));
    expect(toHex(asked.digest)).toBe(toHex(nodeSha256.of(checkpoint?.note ?? new Uint8Array())));
    expect(listStamps(archive)).toMatchObject({
      requests: [{ id: made.id, subject: { kind: 'checkpoint', size: checkpoint?.size }, token: null }],
      uncovered: { captures: 1 },
      covered: null,
      suggested: false,
    });

    const response = await authority.reply('tsa', made.request);
    const { token, found } = await attachStamp(archive, { ...none, response, named: [root] });

    expect(found).toMatchObject({ trust: 'trusted', authority: { name: 'Invented Time' } });
    expect(listStamps(archive)).toMatchObject({
      requests: [
        {
          id: made.id,
          renewal: 'not-yet',
          token: {
            id: token,
            genTime: found.genTime.toISOString(),
            trusted: true,
            sha256: toHex(nodeSha256.of(response)),
          },
        },
      ],
      uncovered: { captures: 0, since: null },
      covered: { size: checkpoint?.size },
    });
    checkArchive(archive);
  });

  test('gives a stamp out as files, which openssl accepts', async () => {
    const archive = await makeArchive();
    await importPage(archive, 'They said it.');
    const list = await authority.revocationList();
    const { request } = requestStamp(archive);
    const response = await authority.reply('tsa', request);
    const { token, found } = await attachStamp(archive, { response, named: [root], answers: [list] });
    expect(found.revocation).toBe('good');

    const renewal = renewStamp(archive, token);
    const second = await attachStamp(archive, {
      ...none,
      response: await authority.reply('ending', renewal.request),
    });

    for (const [id, name] of [
      [token, 'first'],
      [second.token, 'second'],
    ] as const) {
      const folder = join(temporaryFolder(), name);
      const files = saveStamp(archive, id, folder);
      expect(files.length).toBe(id === token ? 4 : 3);
      await authority.bench.openssl(
        `ts -verify -data ${folder}/stamped -in ${folder}/reply.tsr -CAfile ca.pem`,
      );
      await authority.bench.openssl(
        `ts -verify -queryfile ${folder}/request.tsq -in ${folder}/reply.tsr -CAfile ca.pem`,
      );
    }
    // The first is renewed; the second, whose certificate ends within weeks, is to be.
    const states = new Map(listStamps(archive).requests.map(({ token: t, renewal: r }) => [t?.id, r]));
    expect(states.get(token)).toBe('renewed');
    expect(['soon', 'overdue']).toContain(states.get(second.token));
    checkArchive(archive);
  });

  test('finds its request after it was locked and opened again', async () => {
    const path = join(temporaryFolder(), 'a.holdfast');
    const first = await makeArchive({ path });
    const { request } = requestStamp(first);
    closeArchive(first);
    const archive = await openArchive({ path, passphrase, person: { name: 'Tess Ter' } });
    onTestFinished(() => closeArchive(archive));
    await attachStamp(archive, { ...none, response: await authority.reply('tsa', request) });
    expect(listStamps(archive).requests).toMatchObject([{ token: { trusted: false } }]);
    checkArchive(archive);
  });

  test.each<[string, string, string | undefined, (request: Uint8Array) => Promise<Uint8Array>, boolean?]>([
    [
      'a reply to another archive',
      'timestamp-not-asked-for',
      undefined,
      async () => {
        const other = await makeArchive();
        return authority.reply('tsa', requestStamp(other).request);
      },
    ],
    [
      'another nonce',
      'timestamp-not-asked-for',
      undefined,
      (request) =>
        authority.sign('tsa', {
          digest: readTimestampRequest(request).digest,
          genTime: new Date('2026-05-05T00:00:00Z'),
          nonce: Uint8Array.of(1),
        }),
    ],
    ['noise', 'timestamp-refused', 'timestamp-not-der', async () => Buffer.from('no')],
    [
      'bytes behind it',
      'timestamp-refused',
      'timestamp-not-der',
      async (request) => Buffer.concat([await authority.reply('tsa', request), Buffer.of(0)]),
    ],
    [
      'a revoked authority',
      'timestamp-refused',
      'timestamp-authority-revoked',
      (request) => authority.reply('stolen', request),
    ],
    [
      'an authority that is not the one named',
      'timestamp-refused',
      'timestamp-authority-not-named',
      (request) => authority.reply('tsa', request),
      true,
    ],
  ])('refuses %s: %s', async (_, code, reason, reply, nameOther = false) => {
    const archive = await makeArchive();
    const { request } = requestStamp(archive);
    const before = listStamps(archive);
    const named = nameOther ? [await authority.certificate('ending')] : [];
    await expect(
      attachStamp(archive, {
        response: await reply(request),
        named,
        answers: [await authority.revocationList()],
      }),
    ).rejects.toMatchObject({ code, details: reason === undefined ? {} : { reason } });
    expect(listStamps(archive)).toEqual(before);
    checkArchive(archive);
  });

  test('takes one reply a request', async () => {
    const archive = await makeArchive();
    const { request } = requestStamp(archive);
    const response = await authority.reply('tsa', request);
    await attachStamp(archive, { ...none, response });
    await expect(attachStamp(archive, { ...none, response })).rejects.toMatchObject({
      code: 'timestamp-not-asked-for',
      message: expect.stringContaining('has its timestamp already'),
    });
    expect(() => renewStamp(archive, '01890000-0000-7000-8000-000000000000')).toThrow(
      expect.objectContaining({ code: 'timestamp-not-found' }),
    );
    checkArchive(archive);
  });

  test('says what the time of a capture rests on', async () => {
    const archive = await makeArchive();
    await importPage(archive, 'They said it.');
    const captureId = String(archive.db.prepare('SELECT id FROM capture').pluck().get());
    expect(timeBasis(archive, captureId)).toMatchObject({
      servers: null,
      stamp: null,
      words: [
        expect.stringMatching(/own clock the capture was received at .*; nobody else vouches/),
        'It was imported: no server was asked for its time.',
        expect.stringContaining('No timestamp of this archive covers it yet'),
      ],
    });
    const { request } = requestStamp(archive);
    const { found } = await attachStamp(archive, {
      ...none,
      response: await authority.reply('tsa', request),
      named: [root],
    });
    // A later stamp, of a larger checkpoint, says less.
    const later = requestStamp(archive);
    await attachStamp(archive, {
      ...none,
      response: await authority.reply('tsa', later.request),
      named: [root],
    });
    const basis = timeBasis(archive, captureId);
    expect(basis.stamp).toMatchObject({ genTime: found.genTime.toISOString(), trusted: true });
    expect(basis.words).toHaveLength(4);
    expect(basis.words[2]).toMatch(/^It existed not later than .*"Invented Time" stamped the custody log/);
    expect(() => timeBasis(archive, '01890000-0000-7000-8000-000000000000')).toThrow(
      expect.objectContaining({ code: 'capture-not-found' }),
    );
  });

  test('suggests a stamp when captures have waited for a working day', async () => {
    const archive = await makeArchive();
    await importPage(archive, 'They said it.');
    const later = { ...archive, clock: () => new Date(Date.now() + 9 * 3_600_000) };
    expect(listStamps(archive).suggested).toBe(false);
    expect(listStamps(later).suggested).toBe(true);
    // A request that is under way is enough.
    requestStamp(archive);
    expect(listStamps(later).suggested).toBe(false);
  });

  test('holds its rows: they cannot be changed or go', async () => {
    const archive = await makeArchive();
    const { request } = requestStamp(archive);
    await attachStamp(archive, { ...none, response: await authority.reply('tsa', request) });
    for (const table of ['timestamp_file', 'timestamp_request', 'timestamp_token']) {
      expect(() => archive.db.exec(`DELETE FROM ${table}`)).toThrow('append-only');
      const column = table === 'timestamp_file' ? 'bytes' : 'event_seq';
      expect(() => archive.db.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow('append-only');
    }
  });
});

describe('the check of the log', () => {
  const attacks: [string, string, string][] = [
    ['UPDATE timestamp_file SET bytes = zeroblob(9)', 'timestamp_file', 'bytes-differ'],
    ['DELETE FROM timestamp_file', 'timestamp_request', 'bytes-missing'],
    ['UPDATE timestamp_request SET digest = zeroblob(32)', 'timestamp_request', 'bytes-differ'],
    ["UPDATE timestamp_token SET gen_time = '2001-01-01T00:00:00.000Z'", 'timestamp_token', 'row-differs'],
  ];
  test('finds nothing, and then what was changed behind its back', async () => {
    const archive = await makeArchive();
    const { request } = requestStamp(archive);
    const response = await authority.reply('tsa', request);
    const { token } = await attachStamp(archive, {
      ...none,
      response,
      answers: [await authority.revocationList()],
    });
    renewStamp(archive, token);
    expect((await verifyLog(archive)).problems).toEqual([]);
    for (const [sql, table, code] of attacks) {
      const triggers = archive.db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'timestamp%'")
        .all() as { name: string; sql: string }[];
      archive.db.pragma('foreign_keys = OFF');
      for (const { name } of triggers) archive.db.exec(`DROP TRIGGER ${name}`);
      archive.db.exec(sql);
      expect((await verifyLog(archive)).problems).toContainEqual(expect.objectContaining({ table, code }));
      for (const { sql: trigger } of triggers) archive.db.exec(trigger);
    }
  });
});

async function bundled() {
  const archive = await makeArchive();
  await importPage(archive, 'They said it.');
  const identity = await createIdentity({ name: 'Ida Signer', now: new Date() });
  const path = join(temporaryFolder(), 'bundle.zip');
  await compileBundle(archive, { path, identity, captures: 'all' });
  return { archive, path, before: readFileSync(path), identity };
}

describe('a bundle', () => {
  test('gets its stamp under sig/, and nothing else changes', async () => {
    const { path, before, identity } = await bundled();
    const { request } = await requestBundleStamp(path, null);
    expect(readFileSync(requestBeside(path))).toEqual(Buffer.from(request));
    const response = await authority.reply('tsa', request);
    const list = await authority.revocationList();

    const stamp = await attachBundleStamp(path, { response, named: [root], answers: [list] });

    expect(stamp).toMatchObject({
      trusted: true,
      revocation: 'good',
      nonceCompared: true,
      authority: 'Invented Time',
    });
    expect(stamp.added).toEqual([
      'sig/tagmanifest-sha256.txt.p7s.tsr',
      expect.stringMatching(/^sig\/tsa-[0-9a-f]{16}\.pem$/),
      'sig/ATTIME.txt',
      expect.stringMatching(/^sig\/revocation\/[0-9a-f]{16}\.der$/),
    ]);
    const after = readFileSync(path);
    // The zip's directory comes last: all that lies before it is as it was, byte for byte.
    const directory = before.indexOf(Buffer.from('504b0102', 'hex'));
    expect(after.subarray(0, directory).equals(before.subarray(0, directory))).toBe(true);
    const folder = join(path, '..');
    writeFileSync(join(folder, 'ida.pem'), toPem(identity.certificate));
    writeFileSync(join(folder, 'root.pem'), toPem(root));
    const verification = await verifyFile(path, {
      trust: [join(folder, 'ida.pem')],
      tsaRoots: [join(folder, 'root.pem')],
    });
    expect(verification.verdict).toBe('trusted');
    expect(verification.timestamps).toMatchObject([
      { over: 'signature', time: stamp.genTime, trusted: true },
    ]);
    await authority.bench.run('unzip', '-q', '-d', 'out', path);
    const base = (await authority.bench.run('ls', 'out')).stdout.trim();
    await authority.bench.openssl(
      `ts -verify -data out/${base}/sig/tagmanifest-sha256.txt.p7s -in out/${base}/sig/tagmanifest-sha256.txt.p7s.tsr -CAfile ca.pem`,
    );
    await expect(requestBundleStamp(path, null)).rejects.toMatchObject({ code: 'nothing-to-do' });
  });

  test('asked for twice, the request is the same one', async () => {
    const { path } = await bundled();
    const out = join(path, '..', 'other.tsq');
    const first = await requestBundleStamp(path, null);
    expect(await requestBundleStamp(path, out)).toEqual(first);
    expect(readFileSync(out)).toEqual(Buffer.from(first.request));
  });

  test('is kept, request and token, in the archive that compiled it, and the capture knows of it', async () => {
    const { archive, path } = await bundled();
    const captureId = captureIds(archive.db)[0] ?? '';
    expect(timeBasis(archive, captureId).bundleStamp).toBeNull();

    const { request, recorded } = await requestBundleStamp(path, null, archive);
    // The file that lay beside it is lost: the archive still knows what was asked.
    rmSync(requestBeside(path));
    const again = await requestBundleStamp(path, null, archive);
    rmSync(requestBeside(path));
    expect(toHex(again.request)).toBe(toHex(request));
    expect(recorded).toBe(true);
    const [asked] = listStamps(archive).requests;
    expect(asked).toMatchObject({ subject: { kind: 'bundle' }, token: null });

    const response = await authority.reply('tsa', request);
    const reply = { response, named: [root], answers: [await authority.revocationList()] };
    const stamp = await attachBundleStamp(path, reply, { archive });

    expect(stamp).toMatchObject({ recorded: true, nonceCompared: true });
    const { requests, covered } = listStamps(archive);
    expect(requests).toMatchObject([
      { id: asked?.id, token: { trusted: true, genTime: stamp.genTime, answers: 1 } },
    ]);
    // It says nothing of what the log holds.
    expect(covered).toBeNull();
    const basis = timeBasis(archive, captureId);
    expect(basis).toMatchObject({ stamp: null, bundleStamp: { genTime: stamp.genTime, trusted: true } });
    expect(basis.words.join(' ')).toContain(`A bundle that holds it was stamped at ${stamp.genTime}`);
    const folder = join(temporaryFolder(), 'saved');
    saveStamp(archive, requests[0]?.token?.id ?? '', folder);
    expect(toHex(sha256Of(readFileSync(join(folder, 'stamped'))))).toBe(asked?.digest);
    const renewed = renewStamp(archive, requests[0]?.token?.id ?? '');
    expect(renewed.subject.kind).toBe('renewal');
    await checkArchive(archive);
    expect(await verifyLog(archive)).toMatchObject({ ok: true });
    archive.db.exec('DROP TRIGGER timestamp_file_no_delete');
    archive.db.exec('PRAGMA foreign_keys = OFF');
    archive.db.prepare('DELETE FROM timestamp_file WHERE sha256 = unhex(?)').run(asked?.digest);
    expect((await verifyLog(archive)).problems).toMatchObject([
      { table: 'timestamp_request', code: 'bytes-differ' },
      { code: 'bytes-differ' },
    ]);
  });

  test('stamped without the archive, is recorded with it later; another archive knows nothing of it', async () => {
    const { archive, path } = await bundled();
    const other = await makeArchive();
    const { request } = await requestBundleStamp(path, null);
    expect(await requestBundleStamp(path, null, other)).toMatchObject({ recorded: false });
    await expect(requireCompiledHere(path, other)).rejects.toMatchObject({ code: 'bad-input' });
    expect(listStamps(archive).requests).toEqual([]);
    const copy = `${path}.copy.zip`;
    copyFileSync(path, copy);
    const response = await authority.reply('tsa', request);

    const elsewhere = await attachBundleStamp(copy, { ...none, response }, { archive: other });
    const here = await attachBundleStamp(path, { ...none, response }, { archive });

    expect([elsewhere.recorded, here.recorded]).toEqual([false, true]);
    expect(listStamps(other).requests).toEqual([]);
    expect(listStamps(archive).requests).toMatchObject([
      { subject: { kind: 'bundle' }, token: { trusted: false } },
    ]);
    await checkArchive(archive);
  });

  test('a reply that is brought to the archive alone is kept there', async () => {
    const { archive, path, before } = await bundled();
    const { request } = await requestBundleStamp(path, null, archive);
    const response = await authority.reply('tsa', request);

    await attachStamp(archive, { ...none, response });

    expect(readFileSync(path).equals(before)).toBe(true);
    expect(listStamps(archive).requests).toMatchObject([
      { subject: { kind: 'bundle' }, token: { trusted: false } },
    ]);
    expect(await attachBundleStamp(path, { ...none, response }, { archive })).toMatchObject({
      recorded: true,
    });
    await checkArchive(archive);
  });

  test('stays as it was when the reply is not sound, or the bundle is not', async () => {
    const { path, before } = await bundled();
    const other = await bundled();
    const { request } = await requestBundleStamp(path, null);
    const response = await authority.reply('tsa', request);
    await expect(attachBundleStamp(other.path, { ...none, response })).rejects.toMatchObject({
      details: { reason: 'timestamp-imprint-differs' },
    });
    await expect(
      attachBundleStamp(other.path, { ...none, response, requestPath: requestBeside(path) }),
    ).rejects.toMatchObject({ code: 'bad-input' });
    await expect(
      attachBundleStamp(path, { ...none, response: Buffer.concat([response, Buffer.of(0)]) }),
    ).rejects.toMatchObject({ details: { reason: 'timestamp-not-der' } });
    expect(readFileSync(path).equals(before)).toBe(true);

    const changed = Buffer.from(before);
    const at = changed.indexOf('They said it.');
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(path, changed);
    await expect(attachBundleStamp(path, { ...none, response })).rejects.toMatchObject({
      code: 'bundle-self-check-failed',
    });
    expect(readFileSync(path).equals(changed)).toBe(true);
    await expect(requestBundleStamp(requestBeside(path), null)).rejects.toMatchObject({
      code: 'bundle-not-readable',
    });
  });
});
