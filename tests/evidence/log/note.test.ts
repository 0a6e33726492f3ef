import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64 } from '../../../evidence/digest/base64.ts';
import { fromHex } from '../../../evidence/digest/sha256.ts';
import { portableEd25519 } from '../../../evidence/log/ed25519.ts';
import { makeLogKey, nodeEd25519, noteSigner } from '../../../evidence/log/ed25519-node.ts';
import { openNote, parseVerifierKey, signNote, verifierKey } from '../../../evidence/log/note.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const { pkcs8, publicKey } = makeLogKey();
const signer = noteSigner('holdfast/test', pkcs8);
const vkey = verifierKey('holdfast/test', publicKey);
const text = 'A line.\n\nAnother, in Persian: سلام.\n';
const note = signNote(text, signer);
const written = new TextDecoder().decode(note);

/** The note that the documentation of Go's package golang.org/x/mod/sumdb/note opens. */
const goNote = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

/** RFC 8032, section 7.1, tests 1 to 3: public key, message, signature. */
const rfc8032 = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
].map((each) => each.map(fromHex));

describe.each([
  ['everywhere', portableEd25519],
  ['by node:crypto', nodeEd25519],
])('Ed25519 %s', (_name, ed25519) => {
  test.each(rfc8032)('the vectors of RFC 8032', (key, message, signature) => {
    if (!key || !message || !signature) throw new Error('a vector has three parts');
    expect(ed25519.verify(key, message, signature)).toBe(true);
    expect(ed25519.verify(key, Uint8Array.of(...message, 0), signature)).toBe(false);
    for (let i = 0; i < 64; i++) {
      const changed = signature.slice();
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(ed25519.verify(key, message, changed)).toBe(false);
    }
  });

  test('keys and signatures of other lengths, and points that are none, are a no', () => {
    const [key, message, signature] = rfc8032[1] ?? [];
    if (!key || !message || !signature) throw new Error('a vector has three parts');
    expect(ed25519.verify(key.subarray(1), message, signature)).toBe(false);
    expect(ed25519.verify(key, message, signature.subarray(1))).toBe(false);
    expect(ed25519.verify(new Uint8Array(32).fill(0xff), message, signature)).toBe(false);
  });

  test('opens a note that Go signed', () => {
    const opened = openNote(bytes(`${goNote.text}\n${goNote.line}`), [goNote.vkey], ed25519);
    expect(opened).toEqual({ text: goNote.text, signedBy: [goNote.vkey] });
  });
});

test('a note is its text, an empty line and a signature line', () => {
  expect(written.startsWith(`${text}\n— holdfast/test `)).toBe(true);
  expect(openNote(note, [vkey])).toEqual({ text, signedBy: [vkey] });
  expect(openNote(note, [goNote.vkey, vkey], nodeEd25519)).toEqual({ text, signedBy: [vkey] });
});

test('openssl accepts the signature', () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  const whole = Buffer.from(/ (\S+)\n$/.exec(written)?.[1] ?? '', 'base64');
  writeFileSync(at('text'), text);
  writeFileSync(at('signature'), whole.subarray(4));
  writeFileSync(at('key'), Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]));

  const { stdout, status } = spawnSync(
    'openssl',
    [
      ...[
        'pkeyutl',
        '-verify',
        '-pubin',
        '-keyform',
        'DER',
        '-inkey',
        at('key'),
        '-rawin',
        '-in',
        at('text'),
      ],
      ...['-sigfile', at('signature')],
    ],
    { encoding: 'utf8' },
  );

  expect([status, stdout.trim()]).toEqual([0, 'Signature Verified Successfully']);
});

test('verifier keys read back', () => {
  expect(parseVerifierKey(vkey)).toMatchObject({
    name: 'holdfast/test',
    publicKey: new Uint8Array(publicKey),
  });
  expect(parseVerifierKey(goNote.vkey).name).toBe('PeterNeumann');
});

test.each([
  ['nothing', ''],
  ['another name', goNote.vkey.replace('Peter', 'Petra')],
  ['another id', goNote.vkey.replace('c74f20a3', 'c74f20a4')],
  ['another key', goNote.vkey.replace('ARpc', 'ARpd')],
  ['another kind of key', goNote.vkey.replace('+ARpc', '+BRpc')],
  ['an id in capitals', goNote.vkey.replace('c74f20a3', 'C74F20A3')],
  ['a name with a space', goNote.vkey.replace('PeterNeumann', 'Peter Neumann')],
  ['a short key', `${goNote.vkey.slice(0, -4)}`],
  ['a line feed after it', `${goNote.vkey}\n`],
])('a verifier key with %s is refused', (_name, bad) => {
  expect(() => parseVerifierKey(bad)).toThrowError(/verifier key|cannot name a key/);
});

const signatureOf = (line: string) => `${text}\n${line}`;
const line = written.slice(text.length + 1);
const bogus = (name: string, length = 68) => `— ${name} ${toBase64(new Uint8Array(length))}\n`;

test('signatures by other keys are passed over, before and after, sixteen and more', () => {
  const others = Array.from({ length: 20 }, (_, i) => bogus(`witness.example/${i}`)).join('');
  expect(openNote(bytes(signatureOf(others + line + bogus('holdfast/test', 5000))), [vkey])).toEqual({
    text,
    signedBy: [vkey],
  });
});

test.each<[string, string | Uint8Array]>([
  ['nothing', ''],
  ['no signature', `${text}\n`],
  ['no empty line', text.replace('\n\n', '\n') + line],
  ['no text', `\n${line}`],
  ['a changed text', signatureOf(line).replace('Another', 'Brother')],
  ['a line feed more in the text', `${text}\n\n${line}`],
  ['no line feed at the end', signatureOf(line).slice(0, -1)],
  ['something after the end', `${signatureOf(line)}x`],
  ['an empty line at the end', `${signatureOf(line)}\n`],
  ['a carriage return', signatureOf(line).replace('line.\n', 'line.\r\n')],
  ['a tab', `\t${signatureOf(line)}`],
  ['a NUL', `\0${signatureOf(line)}`],
  ['a byte-order mark', `\ufeff${signatureOf(line)}`],
  ['a hyphen for the dash', signatureOf(line.replace('—', '-'))],
  ['two spaces', signatureOf(line.replace('test ', 'test  '))],
  ['a name with a plus', signatureOf(line + bogus('a+b'))],
  ['a name with a no-break space', signatureOf(line + bogus('a\u00a0b'))],
  ['a signature without padding', signatureOf(line.replace('=', ''))],
  ['a signature of four bytes', signatureOf(line + bogus('other', 4))],
  ['only signatures by others', signatureOf(bogus('other'))],
  ['our name on another key', signatureOf(bogus('holdfast/test'))],
  ['two signatures by the same key', signatureOf(line + line)],
  ['65 signatures', signatureOf(line + bogus('other').repeat(64))],
  ['65 KiB', signatureOf(line + bogus('other', 49 * 1024))],
  ['invalid UTF-8', Uint8Array.of(0xff, ...note)],
])('a note with %s is refused', (_name, bad) => {
  const code = (() => {
    try {
      return openNote(typeof bad === 'string' ? bytes(bad) : bad, [vkey]).text;
    } catch (error) {
      return Reflect.get(Object(error), 'code');
    }
  })();
  expect(code).toBe('bad-input');
});

test('one signature by a known key that does not hold spoils those that do', () => {
  const broken = line.replace(/(.{10})..(=*\n)$/, (_all, before: string, end: string) => `${before}AA${end}`);
  expect(broken).not.toBe(line);
  expect(() => openNote(bytes(signatureOf(line + broken)), [vkey])).toThrowError(/does not hold/);
});

test.each([
  ['without a line feed at the end', 'text'],
  ['with a carriage return', 'text\r\n'],
  ['with a lone surrogate', 'text\ud800\n'],
  ['that is empty', ''],
])('a text %s is not signed', (_name, bad) => {
  expect(() => signNote(bad, signer)).toThrowError(/signed note/);
});

test('whatever is signed opens as it was, and with one byte changed not at all or the same', () => {
  const line = fc.string({ unit: 'grapheme' }).map((value) => value.replace(/[\p{Cc}]/gu, ' '));
  const lines = fc.array(line, { minLength: 1, maxLength: 5 }).map((each) => `${each.join('\n')}\n`);
  fc.assert(
    fc.property(lines, fc.nat(), fc.integer({ min: 1, max: 255 }), (said, at, flip) => {
      const signed = signNote(said, signer);
      expect(openNote(signed, [vkey], nodeEd25519).text).toBe(said);
      const changed = signed.slice();
      changed[at % signed.length] = (changed[at % signed.length] ?? 0) ^ flip;
      try {
        expect(openNote(changed, [vkey], nodeEd25519).text).toBe(said);
      } catch (error) {
        expect(Reflect.get(Object(error), 'code')).toBe('bad-input');
      }
    }),
  );
});

test('a key of another kind signs no notes', () => {
  expect(() => noteSigner('holdfast/test', Uint8Array.of(1, 2, 3))).toThrowError(/PKCS#8/);
});
