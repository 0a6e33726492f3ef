/** The vectors of policy texts in docs/bundle-format.md, by the program and by a second reading of that page. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { policyTextPath } from '../../../evidence/bundle/paths.ts';
import { placedText } from '../../../evidence/policy/placed.ts';

const url = (name: string) => new URL(`../../../docs/${name}`, import.meta.url);
const pair = z.tuple([z.number(), z.number()]);
const { policy, folders } = z
  .object({
    policy: z.object({
      platform: z.string(),
      name: z.string(),
      version: z.string(),
      path: z.string(),
      text: z.string(),
      sha256: z.string(),
      size: z.number(),
      parts: z.array(z.object({ kind: z.string(), bytes: z.number(), points: z.number() })),
      clauses: z.array(
        z.object({ part: z.number(), key: z.string(), text: z.string(), bytes: pair, points: pair }),
      ),
    }),
    folders: z.array(z.object({ name: z.string(), path: z.string() })),
  })
  .parse(JSON.parse(readFileSync(url('bundle-format.vectors.json'), 'utf8')));
const bytes = Buffer.from(policy.text);

test('the text, by a second reading', () => {
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(policy.sha256);
  expect(bytes.length).toBe(policy.size);
  expect(policy.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(policy.size);
  expect(policy.parts.reduce((sum, part) => sum + part.points, 0)).toBe([...policy.text].length);
});

describe.each(policy.clauses)('clause $key', ({ part, text, bytes: [from, to], points }) => {
  const before = policy.parts.slice(0, part);
  const startByte = before.reduce((sum, each) => sum + each.bytes, 0);
  const startPoint = before.reduce((sum, each) => sum + each.points, 0);

  test('by a second reading: the bytes there, the code points there, inside its part', () => {
    expect(bytes.subarray(from, to).toString()).toBe(text);
    expect([...policy.text].slice(...points).join('')).toBe(text);
    const whole = bytes.subarray(startByte, startByte + (policy.parts[part]?.bytes ?? 0)).toString();
    expect(whole.trim()).toBe(text);
  });

  test('by the program', () => {
    const placed = placedText(bytes, { startByte, startPoint, bytes: policy.parts[part]?.bytes ?? 0 });
    expect(placed).toEqual({ text, bytes: [from, to], points });
  });
});

test.each(folders)('the folder of $name', ({ name, path }) => {
  expect(policyTextPath('x', name, policy.version)).toBe(path);
});

test('any words have a folder that any system can hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (platform, name) => {
      const path = policyTextPath(platform, name, policy.version);
      expect(path).toMatch(
        /^data\/policies\/[a-z0-9][a-z0-9-]{0,60}\/[a-z0-9][a-z0-9-]{0,60}\/[0-9a-f-]{36}\.md$/,
      );
      expect(path).not.toMatch(/\/(?:con|prn|aux|nul|com\d|lpt\d)\//);
    }),
  );
});

test('words of any text are at the place that is given for them', () => {
  const piece = fc.string({ unit: 'grapheme' });
  const space = fc.stringMatching(/^[ \n\t\u00a0\ufeff]*$/);
  fc.assert(
    fc.property(piece, space, piece, space, piece, (head, left, words, right, tail) => {
      const part = `${left}${words}${right}`;
      fc.pre(words.trim() !== '' && `${head}${part}${tail}`.isWellFormed());
      const text = `${head}${part}${tail}`;
      const placed = placedText(Buffer.from(text), {
        startByte: Buffer.byteLength(head),
        startPoint: [...head].length,
        bytes: Buffer.byteLength(part),
      });
      expect(placed.text).toBe(part.trim());
      expect(
        Buffer.from(text)
          .subarray(...placed.bytes)
          .toString(),
      ).toBe(placed.text);
      expect([...text].slice(...placed.points).join('')).toBe(placed.text);
    }),
  );
});

test('the page quotes them', () => {
  const page = readFileSync(url('bundle-format.md'), 'utf8');
  const [clause] = policy.clauses;
  for (const each of [policy.path, policy.sha256, clause?.text, `bytes ${clause?.bytes.join(' to ')}`])
    expect(page).toContain(each);
});
