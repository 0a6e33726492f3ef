import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeclaredDigest } from '../../../evidence/warc/digest.ts';
import { nodeWarcTools } from '../../../evidence/warc/node-tools.ts';
import { portableWarcTools } from '../../../evidence/warc/portable-tools.ts';
import type { WarcTools } from '../../../evidence/warc/tools.ts';
import { sha1Base32 } from '../../support/page-fixtures/warc.ts';

function check(declared: string | null, content: Uint8Array | string) {
  const answers = [nodeWarcTools, portableWarcTools].map((tools) => checkWith(tools, declared, content));
  expect(answers[1]).toBe(answers[0]);
  return answers[0];
}

function checkWith(tools: WarcTools, declared: string | null, content: Uint8Array | string) {
  const digest = new DeclaredDigest(declared, tools);
  digest.update(Buffer.from(content));
  return digest.check();
}

test('sha1 in base32, as the standard shows it, by another encoder', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(check(`sha1:${sha1Base32(bytes)}`, bytes)).toBe('ok');
      expect(check(`SHA-1:${sha1Base32(bytes).toLowerCase()}`, bytes)).toBe('ok');
      expect(check(`sha1:${sha1Base32(bytes)}`, [...bytes, 0].join())).toBe('differs');
    }),
  );
});

describe('other algorithms and encodings', () => {
  test.each(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])('%s', (name) => {
    const digest = createHash(name).update('abc');
    const hex = digest.copy().digest('hex');
    expect(check(`${name}:${hex}`, 'abc')).toBe('ok');
    expect(check(`${name}:${hex.toUpperCase()}`, 'abc')).toBe('ok');
    expect(check(`${name}:${digest.digest('base64')}`, 'abc')).toBe('ok');
    expect(check(`${name}:${hex}`, 'abd')).toBe('differs');
  });

  test('sha256 of nothing in base32, with its padding', () => {
    expect(check('sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====', '')).toBe('ok');
  });
});

test.each([
  [null, 'not-declared'],
  ['blake3:abc', 'unknown-algorithm'],
  ['__proto__:abc', 'unknown-algorithm'],
  ['sha1', 'unknown-algorithm'],
  ['', 'unknown-algorithm'],
  ['sha1:', 'unknown-algorithm'],
  [`sha1:${'A'.repeat(10_000)}`, 'unknown-algorithm'],
  ['sha1:AAAA', 'differs'],
])('%j is %s', (declared, result) => {
  expect(check(declared, 'abc')).toBe(result);
});
