import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { commitment, leafBytes, parseLeaf } from '../../../evidence/log/leaf.ts';

const salt = Uint8Array.from({ length: 32 }, (_, i) => i);
const document = new TextEncoder().encode('{"secret":"name"}');
const event = {
  seq: 7,
  time: '2026-01-02T03:04:05.678Z',
  kind: 'capture.sealed',
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  subjects: ['01890a5d-ac96-774b-bcce-b302099a8058'],
};

/** The bytes are final: a change here breaks every archive and bundle there is. */
test('a leaf has exactly these bytes', () => {
  expect(new TextDecoder().decode(leafBytes(nodeSha256, event, salt, document))).toBe(
    '{"commitment":"2ab61530813cb0ad379090a75d39ad9231a2ad18a1ae49c4a6828a36fec3bf70",' +
      '"event":"01890a5d-ac96-774b-bcce-b302099a8057","kind":"capture.sealed","seq":7,' +
      '"subjects":["01890a5d-ac96-774b-bcce-b302099a8058"],"time":"2026-01-02T03:04:05.678Z","v":1}',
  );
});

test('the commitment is SHA-256 over 0x02, the salt and the hash of the document', () => {
  const inner = createHash('sha256').update(document).digest();
  const expected = createHash('sha256').update(Uint8Array.of(2)).update(salt).update(inner).digest();

  expect(commitment(nodeSha256, salt, document)).toEqual(expected);
});

test('a salt of another length is refused', () => {
  expect(() => commitment(nodeSha256, salt.subarray(1), document)).toThrowError(RangeError);
});

test('a leaf reads back', () => {
  expect(parseLeaf(leafBytes(nodeSha256, event, salt, document))).toMatchObject({
    v: 1,
    seq: 7,
    event: event.id,
  });
});

test.each([
  ['an unknown member', { extra: 1 }],
  ['another version', { v: 2 }],
  ['a negative position', { seq: -1 }],
  ['a time without milliseconds', { time: '2026-01-02T03:04:05Z' }],
  ['a subject that is no id', { subjects: ['a name'] }],
])('a leaf with %s is refused', (_name, change) => {
  const leaf: unknown = JSON.parse(new TextDecoder().decode(leafBytes(nodeSha256, event, salt, document)));
  const changed = Object.fromEntries(
    Object.entries({ ...(leaf as object), ...change }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

  expect(() => parseLeaf(new TextEncoder().encode(JSON.stringify(changed)))).toThrowError(/Not a leaf/);
});
