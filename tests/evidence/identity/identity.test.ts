import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signerSchema } from '../../../contract/model/bundle.ts';
import { readCertificate, signerOf } from '../../../evidence/identity/certificate.ts';
import { createIdentity } from '../../../evidence/identity/create.ts';
import { joinIdentity } from '../../../evidence/identity/identity.ts';
import { fromPem, toPem } from '../../../evidence/identity/pem.ts';
import { Bench } from './openssl.ts';

const now = new Date('2026-03-01T10:20:30.987Z');
const person = {
  name: 'نیلوفر Šárka 李 🔎',
  organisation: 'Beispiel-Beobachtung e. V.',
  email: 'n@example.org',
};
let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

describe('createIdentity', () => {
  test('openssl and GnuTLS read in the certificate what was asked for', async () => {
    const identity = await createIdentity({ ...person, now });
    await bench.write('made.pem', toPem(identity.certificate));
    const names = 'esc_ctrl,utf8,sep_comma_plus,sname';
    const shown = await bench.openssl(
      `x509 -in made.pem -noout -text -nameopt ${names} -fingerprint -sha256`,
    );
    expect(shown).toContain(
      `Subject: O=${person.organisation},CN=${person.name},emailAddress=${person.email}`,
    );
    expect(shown).toMatch(/Version: 3 \(0x2\)/);
    expect(shown).toMatch(/Serial Number:\s+([4-7][0-9a-f])(:[0-9a-f]{2}){15}\n/);
    expect(shown).toMatch(/Not Before: Mar {2}1 10:20:30 2026 GMT\s+Not After : Mar {2}1 10:20:30 2036 GMT/);
    expect(shown).toMatch(/Basic Constraints: critical\s+CA:FALSE\n/);
    expect(shown).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation\n/);
    expect(shown).toMatch(/Subject Key Identifier: \n\s+([0-9A-F]{2}:?){20}\n/);
    expect(shown).not.toContain('Extended Key Usage');
    const fingerprint = /Fingerprint=([0-9A-F:]+)/.exec(shown)?.[1]?.replaceAll(':', '').toLowerCase();
    expect(identity.signer).toEqual({
      ...person,
      fingerprint,
      selfSigned: true,
      notBefore: '2026-03-01T10:20:30.000Z',
      notAfter: '2036-03-01T10:20:30.000Z',
    });
    expect(signerSchema.parse(identity.signer)).toEqual(identity.signer);
    const gnutls = await bench.run('certtool', '--certificate-info', '--infile', 'made.pem');
    expect([gnutls.code, gnutls.stdout]).toEqual([0, expect.stringContaining(`CN=${person.name}`)]);
    const own = await bench.run(
      'openssl',
      'verify',
      '-x509_strict',
      '-check_ss_sig',
      '-no_check_time',
      '-CAfile',
      'made.pem',
      'made.pem',
    );
    expect([own.code, own.stderr]).toEqual([0, '']);
  });

  test('an identity may have a name only, or an address beyond ASCII', async () => {
    const bare = await createIdentity({ name: 'A', now, years: 1 });
    expect(bare.signer).toMatchObject({
      name: 'A',
      organisation: null,
      email: null,
      notAfter: '2027-03-01T10:20:30.000Z',
    });
    const { certificate, signer } = await createIdentity({ name: 'B', email: 'ñandú@ejemplo.example', now });
    await bench.write('email.pem', toPem(certificate));
    expect(signer.email).toBe('ñandú@ejemplo.example');
    expect(await bench.openssl('x509 -in email.pem -noout -subject -nameopt utf8')).toContain(
      'ñandú@ejemplo',
    );
  });

  test('ends beyond 2049 as GeneralizedTime that openssl reads', async () => {
    const { certificate } = await createIdentity({ name: 'Late', now, years: 30 });
    await bench.write('late.pem', toPem(certificate));
    expect(await bench.openssl('x509 -in late.pem -noout -enddate')).toBe(
      'notAfter=Mar  1 10:20:30 2056 GMT\n',
    );
  });

  test('two identities of the same name share neither serial number nor key', async () => {
    const [a, b] = await Promise.all([
      createIdentity({ name: 'C', now }),
      createIdentity({ name: 'C', now }),
    ]);
    const [first, second] = [readCertificate(a.certificate), readCertificate(b.certificate)];
    expect(first.serialNumber).not.toEqual(second.serialNumber);
    expect(first.key.spki).not.toEqual(second.key.spki);
    await expect(joinIdentity(a.certificate, [], b.privateKey)).rejects.toMatchObject({
      code: 'identity-not-supported',
      message: expect.stringContaining('not the one of the certificate'),
    });
  });

  test.each([
    ['an empty name', { name: '' }],
    ['a name of 65 characters', { name: 'ن'.repeat(65) }],
    ['a name with a line break', { name: 'A\nB' }],
    ['a name that turns the text around it', { name: 'A\u202eB' }],
    ['a name with half a character', { name: 'A\ud83d' }],
    ['a name with a space at its end', { name: 'A ' }],
    ['a long organisation', { name: 'A', organisation: 'o'.repeat(65) }],
    ['a long address', { name: 'A', email: `${'e'.repeat(250)}@e.org` }],
    ['years that are not whole', { name: 'A', years: 1.5 }],
    ['a time that is none', { name: 'A', now: new Date(Number.NaN) }],
  ])('refuses %s', async (_, draft) => {
    await expect(createIdentity({ now, ...draft })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('counts characters, not code units: 64 beyond the basic plane fit', async () => {
    const name = '🔎'.repeat(64);
    expect((await createIdentity({ name, now })).signer.name).toBe(name);
  });
});

describe('signerOf', () => {
  test('shows no control characters of a name that others chose', async () => {
    await bench.openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out c.key');
    await bench.openssl('req -x509 -utf8 -key c.key -subj /CN=A\u001b[2J\u202eB -days 2 -out c.pem');
    const [der] = fromPem(Buffer.from(await bench.read('c.pem')).toString());
    expect(der && signerOf(der).name).toBe('A\ufffd[2J\ufffdB');
  });

  test('names an organisation where there is no common name, and joins several values', async () => {
    await bench.openssl('genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out n.key');
    await bench.openssl('req -x509 -key n.key -subj /C=CZ/O=One/O=Two -days 2 -out n.pem');
    const [der] = fromPem(Buffer.from(await bench.read('n.pem')).toString());
    expect(der && signerOf(der)).toMatchObject({ name: 'One, Two', organisation: 'One, Two', email: null });
  });
});

describe('PEM', () => {
  test('what openssl writes is read, alone and as a chain, and written again the same', async () => {
    const [a, b] = await Promise.all([
      createIdentity({ name: 'A', now }),
      createIdentity({ name: 'B', now }),
    ]);
    await bench.write('a.der', a.certificate);
    const byOpenssl = await bench.openssl('x509 -inform DER -in a.der');
    expect(toPem(a.certificate)).toBe(byOpenssl);
    expect(fromPem(byOpenssl)).toEqual([a.certificate]);
    expect(fromPem(toPem(a.certificate, b.certificate))).toEqual([a.certificate, b.certificate]);
    expect(fromPem(byOpenssl.replaceAll('\n', '\r\n').trimEnd())).toEqual([a.certificate]);
  });

  test('refuses everything else, though openssl takes some of it', async () => {
    const { certificate } = await createIdentity({ name: 'A', now });
    const good = toPem(certificate);
    const withText = `Subject: somebody else\n${good}`;
    await bench.write('text.pem', withText);
    expect((await bench.run('openssl', 'x509', '-in', 'text.pem', '-noout')).code).toBe(0);
    const lines = good.split('\n');
    const cases = {
      empty: '',
      'text before': withText,
      'text after': `${good}trust me\n`,
      'text between': `${good}\n${good}`,
      'no end': good.slice(0, -12),
      'another block': good.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
      'a key beside it': `${good}-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n`,
      'other line lengths': [lines[0], `${lines[1]}${lines[2]}`, ...lines.slice(3)].join('\n'),
      'a space at a line end': good.replace('\n', ' \n'),
      'another encoding of the same bytes': good.replace(
        /(.)(=*)\n(?=-----END)/,
        (_, last: string, pad: string) =>
          `${pad ? String.fromCharCode(last.charCodeAt(0) + 1) : last}${pad || '===='}\n`,
      ),
      'bytes after the certificate': toPem(Uint8Array.of(...certificate, 0)),
      'no certificate': toPem(Uint8Array.of(0x30, 0)),
      'too long': good.repeat(2000),
    };
    for (const [name, text] of Object.entries(cases)) {
      expect(() => fromPem(text), name).toThrow(expect.objectContaining({ code: 'bad-input' }));
    }
  });
});
