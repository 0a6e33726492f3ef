import { expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import {
  type Checkpoint,
  checkpointText,
  logOrigin,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../../evidence/log/checkpoint.ts';
import { makeLogKey, noteSigner } from '../../../evidence/log/ed25519-node.ts';
import { signNote, verifierKey } from '../../../evidence/log/note.ts';

const archive = '01970000-0000-7000-8000-000000000001';
const origin = logOrigin(archive);
const { pkcs8, publicKey } = makeLogKey();
const signer = noteSigner(origin, pkcs8);
const vkey = verifierKey(origin, publicKey);
const root = nodeSha256.of(new Uint8Array());
const checkpoint: Checkpoint = { origin, size: 20852163, root };
const text = `holdfast/${archive}\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`;

test('the text of a checkpoint', () => {
  expect(checkpointText(checkpoint)).toBe(text);
  expect(parseCheckpoint(text)).toEqual({ ...checkpoint, root: new Uint8Array(root) });
});

test('a restored archive has another origin', () => {
  const event = '01970000-0000-7000-8000-000000000002';
  expect(logOrigin(archive, event)).toBe(`holdfast/${archive}/${event}`);
});

test('a signed checkpoint opens with the verifier key of its log', () => {
  expect(openCheckpoint(signCheckpoint(checkpoint, signer), vkey)).toEqual(parseCheckpoint(text));
});

test.each([
  ['size 0', text.replace('20852163', '0')],
  ['a leading zero', text.replace('20852163', '020852163')],
  ['a sign', text.replace('20852163', '+20852163')],
  ['a size beyond 2^53', text.replace('20852163', '9007199254740993')],
  ['a size of very many digits', text.replace('20852163', '9'.repeat(400))],
  ['a root of 31 bytes', text.replace(/.{44}\n$/, `${Buffer.alloc(31).toString('base64')}\n`)],
  ['a root in another spelling', text.replace('uFU=\n', 'uFV=\n')],
  ['a root in hexadecimal', text.replace(/.{44}\n$/, `${'e3'.repeat(32)}\n`)],
  ['an extension line', `${text}extension\n`],
  ['no root', text.split('\n').slice(0, 2).join('\n')],
  ['no origin', text.replace(origin, '')],
  ['an origin with a space', text.replace('holdfast/', 'holdfast ')],
  ['no line feed at the end', text.slice(0, -1)],
  ['an empty line at the end', `${text}\n`],
  ['carriage returns', text.replaceAll('\n', '\r\n')],
])('a text with %s is refused', (_name, bad) => {
  expect(() => parseCheckpoint(bad)).toThrowError(/checkpoint|base64/);
});

test.each<[string, Checkpoint]>([
  ['size 0', { ...checkpoint, size: 0 }],
  ['half a leaf', { ...checkpoint, size: 1.5 }],
  ['a short root', { ...checkpoint, root: root.subarray(1) }],
  ['another origin than the key', { ...checkpoint, origin: 'holdfast/other' }],
])('a checkpoint with %s is not signed', (_name, bad) => {
  expect(() => signCheckpoint(bad, signer)).toThrowError(/checkpoint/);
});

test('a log has one name: the key of another log opens nothing, and signs for no other', () => {
  const other = makeLogKey();
  const otherKey = verifierKey(origin, other.publicKey);
  const foreign = signNote(text.replace(origin, 'holdfast/other'), signer);

  expect(() => openCheckpoint(signCheckpoint(checkpoint, signer), otherKey)).toThrowError(/not signed by/);
  expect(() =>
    openCheckpoint(signCheckpoint(checkpoint, noteSigner(origin, other.pkcs8)), vkey),
  ).toThrowError(/not signed by/);
  expect(() => openCheckpoint(foreign, vkey)).toThrowError(/of the log holdfast\/other/);
});
