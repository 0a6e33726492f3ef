/** A bundle of more than 65,535 files, one of them large: Zip64, and checked in pieces. `npm run campaign large-bundle` does more. */
import { expect, test } from 'vitest';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { verifyBundle } from '../../../evidence/verify/verify.ts';
import { nodeCrc32 } from '../../../evidence/zip/crc32-node.ts';
import { writeLarge } from './large-bundle.ts';

const mebibyte = 1024 * 1024;
const tools = { sha256: nodeSha256, crc32: nodeCrc32 };

test('holds though it is large, and takes no memory for that', { timeout: 120_000 }, async () => {
  const { bundle, certificate } = await writeLarge({ mebibytes: 512 });
  const before = process.memoryUsage().rss;
  let most = before;
  const progress = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };

  const verification = await verifyBundle({ source: bundle, ...tools, trusted: [certificate], progress });

  expect(verification.verdict).toBe('trusted');
  expect(most - before).toBeLessThan(128 * mebibyte);
});

test('holds with more than 65,535 files, which needs Zip64', { timeout: 300_000 }, async () => {
  const { bundle, certificate } = await writeLarge({ mebibytes: 1, others: 65_536 });
  const end = await bundle.read(bundle.size - 22, 22);
  expect(new DataView(end.buffer, end.byteOffset).getUint16(10, true)).toBe(0xffff);

  const verification = await verifyBundle({ source: bundle, ...tools, trusted: [certificate] });

  expect(verification.steps.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(verification.verdict).toBe('trusted');
});
