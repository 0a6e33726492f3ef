/** A bundle with timestamps and proofs, and every way in which they can be wrong. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '../../../evidence/identity/identity.ts';
import { toPem } from '../../../evidence/identity/pem.ts';
import {
  compile,
  encode,
  type Files,
  makeIdentity,
  pack,
  resign,
  step,
  text,
  verifyStamped,
} from '../build/bundle.ts';
import { id, samplePlan, sampleSizes } from '../build/sample.ts';
import { plannedStamp, stamp, stampedFiles, stampSignature } from '../build/stamped.ts';
import { Authority, authorityExtensions, sha256Of, stampingExtensions } from '../timestamp/authority.ts';

const signatureStamp = 'sig/tagmanifest-sha256.txt.p7s.tsr';
const p7s = 'sig/tagmanifest-sha256.txt.p7s';
const checkpointStamp = `sig/checkpoint-${sampleSizes.first}.tsr`;

let authority: Authority;
let foreign: Authority;
let root: Uint8Array;
let signer: Identity;
let stamped: Files;

beforeAll(async () => {
  [authority, foreign] = [await Authority.open(), await Authority.open()];
  for (const each of [authority, foreign]) await each.issue('tsa', 'P-256');
  root = await authority.certificate('ca');
  signer = await makeIdentity('Ada Invented');
  stamped = await stampedFiles(signer, authority);
});
afterAll(async () => {
  await authority.close();
  await foreign.close();
});

async function changed(change: (files: Files) => unknown, roots: readonly Uint8Array[] = [root]) {
  const files: Files = new Map(stamped);
  await change(files);
  return verifyStamped(await pack(files), [signer], roots);
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

describe('the verdict', () => {
  test('is trusted, and every step ok but the three of which there is nothing', async () => {
    const verification = await changed(() => undefined);
    const others = verification.steps.filter(({ status }) => status !== 'ok');
    expect(others.map(({ step: name, status }) => `${name} ${status}`)).toEqual([
      'revocation not-known',
      'artifacts not-present',
      'wacz not-present',
    ]);
    expect(verification.verdict).toBe('trusted');
    expect(verification.timestamps).toMatchObject([
      { path: checkpointStamp, over: { checkpoint: sampleSizes.first }, trusted: true },
      { path: signatureStamp, over: 'signature', authority: 'Invented Time', trusted: true },
    ]);
    expect(verification.log).toMatchObject({ origin: `holdfast/${id(3)}`, size: sampleSizes.newest });
  });

  test('leaves out the time where the authority was not named, and trusts the signer all the same', async () => {
    for (const roots of [[], [await foreign.certificate('ca')]]) {
      const verification = await changed(() => undefined, roots);
      expect(verification.verdict).toBe('trusted');
      expect(step(verification, 'timestamps').status).toBe('ok');
      expect(step(verification, 'timestamp-trust')).toMatchObject({
        status: 'not-known',
        code: 'authority-not-trusted',
      });
      expect(step(verification, 'timestamp-trust').message).toMatch(/^Do not rely on the time of/);
      expect(verification.timestamps.map(({ trusted }) => trusted)).toEqual([false, false]);
    }
  });

  test('says of the captures what the stamp says, and no more', () => {
    const evidence = JSON.parse(text(stamped, 'data/evidence.json'));
    expect(evidence.captures[0]).toMatchObject({
      checkpoint: sampleSizes.first,
      existedNoLaterThan: { authority: 'Invented Time', accuracy: 1_000_100 },
    });
    expect(evidence.captures[1]).toMatchObject({
      checkpoint: sampleSizes.newest,
      existedNoLaterThan: null,
    });
    expect(evidence.times).toContain('the time-stamping authority named there vouches for that time');
    expect(evidence.times).toContain(
      'Whether the authority is independent of the signer, the bundle cannot say.',
    );
    expect(evidence.times).toContain("is the signer's own claim");
  });

  test('is the same without the stamp that arrived later', async () => {
    const verification = await changed((files) => {
      files.delete(signatureStamp);
      files.delete('sig/ATTIME.txt');
    });
    expect(verification.verdict).toBe('trusted');
    expect(verification.timestamps).toHaveLength(1);
  });
});

describe("the signer's own times", () => {
  const early = new Date('2026-05-01T00:00:00Z');
  const over = (bytes: Uint8Array) => authority.sign('tsa', { digest: sha256Of(bytes), genTime: early });

  test('of captures, where a named authority stamped them before: the contradiction is said, nothing failed', async () => {
    const [first] = samplePlan(signer).log.checkpoints;
    const response = await over(first?.note ?? new Uint8Array());
    const planned = await plannedStamp(first?.note ?? new Uint8Array(), response);
    const plan = samplePlan(signer, (same) => same, new Map([[sampleSizes.first, planned]]));
    const bytes = await compile(plan, signer);

    const believed = await verifyStamped(bytes, [signer], [root]);

    expect(step(believed, 'timestamps')).toMatchObject({ status: 'not-known', code: 'clock-contradicted' });
    expect(step(believed, 'timestamps').message).toMatch(
      /^log\/leaves\/.* says 2026-05-02T.*, and existed at 2026-05-01T00:00:00\.000Z already, by sig\/checkpoint-107\.tsr: /,
    );
    expect(believed.verdict).toBe('trusted');
    // Anybody can date a stamp of their own.
    expect(step(await verifyStamped(bytes, [signer], []), 'timestamps').status).toBe('ok');
  });

  test('of the signature', async () => {
    const verification = await changed(async (files) => {
      files.set(signatureStamp, await over(files.get(p7s) ?? new Uint8Array()));
      files.delete('sig/ATTIME.txt');
    });
    expect(step(verification, 'timestamps')).toMatchObject({
      code: 'clock-contradicted',
      message: expect.stringMatching(/^sig\/tagmanifest-sha256\.txt\.p7s says 2026-05-03T12:35:00\.000Z, /),
    });
  });
});

test('one bit flipped in the middle of any file fails, and the file is named', async () => {
  for (const path of stamped.keys()) {
    const bytes = stamped.get(path) ?? new Uint8Array();
    for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
      const verification = await changed((files) => files.set(path, flipped(bytes, at * 8 + 1)));
      expect(verification.verdict, path).toBe('failed');
      expect(
        verification.files.map((file) => file.path),
        `${path} at ${at}`,
      ).toContain(path);
    }
  }
});

describe('a timestamp is refused', () => {
  const cases: readonly (readonly [string, (files: Files) => unknown, string, RegExp])[] = [
    [
      'for another message',
      async (files) => files.set(signatureStamp, await stamp(authority, encode('something else'))),
      'timestamp-imprint-differs',
      /was given for other bytes/,
    ],
    [
      'of another checkpoint',
      async (files) =>
        files.set(`sig/checkpoint-${sampleSizes.newest}.tsr`, files.get(checkpointStamp) ?? encode('')),
      'timestamp-imprint-differs',
      /was given for other bytes/,
    ],
    [
      'over a checkpoint that is not there',
      (files) => files.set('sig/checkpoint-5.tsr', files.get(checkpointStamp) ?? encode('')),
      'timestamp-over-nothing',
      /log\/checkpoints\/5, which is missing/,
    ],
    [
      'with bytes appended',
      (files) =>
        files.set(signatureStamp, Buffer.concat([files.get(signatureStamp) ?? encode(''), encode('x')])),
      'timestamp-not-der',
      /tsr:/,
    ],
    [
      'with its time altered',
      (files) => {
        const bytes = Buffer.from(files.get(signatureStamp) ?? encode(''));
        const at = bytes.indexOf(`${new Date().getUTCFullYear()}`, bytes.indexOf('Z') - 16, 'latin1');
        bytes[at + 3] = (bytes[at + 3] ?? 0) - 1;
        files.set(signatureStamp, new Uint8Array(bytes));
      },
      'timestamp-digest-differs',
      /its digest differs from the signed one/,
    ],
  ];
  test.each(cases)('%s', async (_what, change, code, sentence) => {
    const verification = await changed(change);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'timestamps')).toMatchObject({ status: 'failed', code });
    expect(step(verification, 'timestamps').message).toMatch(sentence);
  });

  test('by a certificate that is not for timestamps, by one that had expired, without certificates', async () => {
    const purpose = 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n';
    await authority.issue('unmarked', 'P-256', { extensions: purpose });
    await authority.issue('expired', 'P-256', {
      extensions: stampingExtensions,
      from: '2018',
      until: '2021',
    });
    const digest = sha256Of(stamped.get(p7s) ?? encode(''));
    const genTime = new Date('2026-05-03T12:36:00Z');
    for (const [name, options, code] of [
      ['unmarked', '-certfile ca.pem', 'timestamp-key-usage-missing'],
      ['expired', '-certfile ca.pem', 'timestamp-authority-outside-validity'],
      ['tsa', '-nocerts', 'timestamp-no-certificates'],
    ] as const) {
      const token = await authority.sign(name, { digest, genTime }, options);
      const verification = await changed((files) => {
        files.set(signatureStamp, token);
        files.delete('sig/ATTIME.txt');
      });
      expect(verification.verdict, name).toBe('failed');
      expect(step(verification, 'timestamps')).toMatchObject({ status: 'failed', code });
    }
  });

  test('by an authority whose certificate was revoked because its key was stolen', async () => {
    const files: Files = new Map(stamped);
    await authority.issue('stolen', 'P-256');
    await stampSignature(files, authority, 'stolen');
    await authority.revoke('stolen', 'keyCompromise');
    const list = await authority.revocationList();
    const before = await verifyStamped(await pack(files), [signer], [root]);
    expect(before.verdict).toBe('trusted');
    files.set('sig/revocation/list.crl', list);
    const verification = await verifyStamped(await pack(files), [signer], [root]);
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'revocation')).toMatchObject({ status: 'failed', code: 'authority-revoked' });
    expect(step(verification, 'revocation').message).toContain('keyCompromise');
  });

  test('though nothing else in it: revocation is known where a list came along', async () => {
    const list = await authority.revocationList();
    const verification = await changed((files) => files.set('sig/revocation/list.crl', list));
    expect(step(verification, 'revocation')).toMatchObject({ status: 'ok', code: 'not-revoked' });
    expect(verification.verdict).toBe('trusted');
  });
});

describe('beside the timestamps', () => {
  test('certificates of authorities stand alone in their file', async () => {
    const pem = toPem(root);
    const good = await changed((files) => files.set('sig/tsa-invented.pem', encode(pem)));
    expect(good.verdict).toBe('trusted');
    for (const bad of [`Trust me.\n${pem}`, `${pem}\n`, pem.replaceAll('\n', '\r\n'), 'nothing']) {
      const verification = await changed((files) => files.set('sig/tsa-invented.pem', encode(bad)));
      expect(step(verification, 'timestamps').code).toBe('certificate-file-differs');
      expect(verification.files).toEqual([{ path: 'sig/tsa-invented.pem', problem: 'changed' }]);
    }
  });

  test('ATTIME.txt says what the timestamp says', async () => {
    for (const bad of ['0\n', `${text(stamped, 'sig/ATTIME.txt')}#`, '']) {
      const verification = await changed((files) => files.set('sig/ATTIME.txt', encode(bad)));
      expect(step(verification, 'timestamps').code).toBe('attime-differs');
    }
  });

  test('nothing else may stand in sig/', async () => {
    for (const path of [
      'sig/note.txt',
      'sig/checkpoint-0.tsr',
      'sig/revocation/a/b',
      'sig/TSA.pem',
      'sig/tsa-.pem',
    ]) {
      const verification = await changed((files) => files.set(path, encode('x')));
      expect(step(verification, 'unlisted-files')).toMatchObject({
        status: 'failed',
        code: 'file-not-allowed',
      });
      expect(step(verification, 'unlisted-files').message).toContain(
        'none of the names that may stand in sig/',
      );
      expect(verification.files).toContainEqual({ path, problem: 'unlisted' });
    }
  });
});

describe('an authority below another', () => {
  const genTime = new Date('2026-05-03T12:36:00Z');
  let below: Authority;
  let top: Uint8Array;

  beforeAll(async () => {
    below = await Authority.open('Invented Top');
    top = await below.certificate('ca');
    for (const name of ['middle', 'stolen']) {
      const about = { extensions: authorityExtensions, commonName: `Invented ${name}` };
      await below.issue(name, 'P-256', about);
      await below.issue(`under-${name}`, 'P-256', { by: name });
    }
  });
  afterAll(() => below.close());

  /** Stamped over the signature by `signer`, whose token carries what `options` say. */
  async function stampedBelow(
    signerName: string,
    options: string,
    more: Readonly<Record<string, Uint8Array>>,
  ) {
    const digest = sha256Of(stamped.get(p7s) ?? encode(''));
    const token = await below.sign(signerName, { digest, genTime }, options);
    return changed(
      (files) => {
        files.set(signatureStamp, token);
        files.delete('sig/ATTIME.txt');
        for (const [path, bytes] of Object.entries(more)) files.set(path, bytes);
      },
      [root, top],
    );
  }

  test.each([
    ['without the certificate above its own', '-nosmimecap', ['middle']],
    ['without any certificate', '-nocerts', ['middle', 'under-middle']],
  ] as const)('a token %s is completed from sig/tsa-*.pem', async (_what, options, names) => {
    const certificates = await Promise.all(names.map((name) => below.certificate(name)));
    const useless = [await foreign.certificate('ca'), await below.certificate('under-stolen')];

    const without = await stampedBelow('under-middle', options, {});
    const completed = await stampedBelow('under-middle', options, {
      'sig/tsa-others.pem': encode(toPem(...useless)),
      'sig/tsa-below.pem': encode(toPem(...certificates)),
    });

    expect(without.timestamps.filter(({ trusted }) => trusted).map(({ path }) => path)).toEqual([
      checkpointStamp,
    ]);
    expect(step(completed, 'timestamps').status).toBe('ok');
    expect(step(completed, 'timestamp-trust')).toMatchObject({ status: 'ok', code: 'authority-trusted' });
    expect(completed.timestamps.map(({ path, trusted }) => [path, trusted])).toEqual([
      [checkpointStamp, true],
      [signatureStamp, true],
    ]);
  });

  test('says that only the certificates that stamped were judged, or judges those above them', async () => {
    const [ofRoot, ofTop] = [await authority.revocationList(), await below.revocationList()];
    const lists = {
      'sig/revocation/root.crl': ofRoot,
      'sig/revocation/middle.crl': await below.revocationList('middle'),
    };

    const low = await stampedBelow('under-middle', '-certfile middle.pem', lists);
    const whole = await stampedBelow('under-middle', '-certfile middle.pem', {
      ...lists,
      'sig/revocation/top.crl': ofTop,
    });

    expect(step(low, 'revocation')).toMatchObject({ status: 'ok', code: 'not-revoked' });
    expect(step(low, 'revocation').message).toContain('and not for those that issued them');
    expect(step(whole, 'revocation')).toEqual({
      step: 'revocation',
      status: 'ok',
      code: 'not-revoked',
      message: 'By the 3 answers of authorities that came along, no certificate was revoked.',
    });
  });

  test('falls with it: who holds the stolen key above issues certificates of any time', async () => {
    await below.revoke('stolen', 'cACompromise');
    const verification = await stampedBelow('under-stolen', '-certfile stolen.pem', {
      'sig/revocation/top.crl': await below.revocationList(),
      'sig/revocation/stolen.crl': await below.revocationList('stolen'),
    });
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'revocation')).toMatchObject({ status: 'failed', code: 'authority-revoked' });
    expect(step(verification, 'revocation').message).toMatch(
      /the certificate of "Invented stolen".*cACompromise/,
    );
  });
});

test('an answer about revocation that cannot be read, or does not hold, is named', async () => {
  const list = await authority.revocationList();
  const spoilt = flipped(list, (list.length - 5) * 8);
  for (const [what, bytes] of [
    ['its signature changed', spoilt],
    ['cut off', list.slice(0, -1)],
    ['nothing', encode('')],
    ["another authority's", await foreign.revocationList()],
  ] as const) {
    const verification = await changed((files) => {
      files.set('sig/revocation/good.crl', list);
      files.set('sig/revocation/bad.crl', bytes);
    });
    expect(step(verification, 'revocation'), what).toMatchObject({
      status: 'not-known',
      code: 'revocation-answer-unusable',
      message: expect.stringMatching(
        /^Nothing can be taken from sig\/revocation\/bad\.crl: it cannot be read/,
      ),
    });
    expect(verification.verdict).toBe('trusted');
  }
});

describe('evidence.json that claims another time', () => {
  async function claiming(change: (entry: { existedNoLaterThan: unknown; checkpoint: number }) => void) {
    return changed(async (files) => {
      const evidence = JSON.parse(text(files, 'data/evidence.json'));
      change(evidence.captures[0]);
      files.set('data/evidence.json', encode(JSON.stringify(evidence)));
      files.set(`data/captures/${id(11)}/record.json`, encode(JSON.stringify(evidence.captures[0])));
      await resign(files, signer);
      await stampSignature(files, authority);
    });
  }

  test.each<readonly [string, (entry: { existedNoLaterThan: unknown; checkpoint: number }) => void, string]>([
    [
      'earlier than the stamp',
      (entry) => Object.assign(entry.existedNoLaterThan ?? {}, { time: '2020-01-01T00:00:00.000Z' }),
      `sig/checkpoint-${sampleSizes.first}.tsr at captures[0].existedNoLaterThan.time`,
    ],
    [
      'by another authority',
      (entry) => Object.assign(entry.existedNoLaterThan ?? {}, { authority: 'The Royal Observatory' }),
      'at captures[0].existedNoLaterThan.authority',
    ],
    [
      'by another checkpoint',
      (entry) => Object.assign(entry, { checkpoint: sampleSizes.newest }),
      `log/proofs/${id(11)}.tlog-proof at captures[0].checkpoint`,
    ],
  ])('%s', async (_what, change, where) => {
    const verification = await claiming(change);
    expect(step(verification, 'evidence')).toMatchObject({ status: 'failed', code: 'evidence-contradicts' });
    expect(step(verification, 'evidence').message).toContain(where);
  });

  test('where the stamp was taken away', async () => {
    const verification = await changed((files) => files.delete(checkpointStamp));
    expect(verification.verdict).toBe('failed');
    expect(step(verification, 'evidence')).toMatchObject({ code: 'evidence-contradicts' });
  });
});
