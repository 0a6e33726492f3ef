/** verify.html as a file: one, small, the same each time, and with a policy that fits what stands in it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { verifyPage } from '../../archive/verify-page.ts';
import { buildVerifyPage } from '../../scripts/verify-page.mjs';
import { pagePath } from './support/page.ts';

const page = readFileSync(pagePath, 'utf8');

function inside(name: string): string[] {
  return [...page.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, text = '']) => text);
}

test('it is built to the same bytes each time', async () => {
  const [one, other] = [await buildVerifyPage(build), await buildVerifyPage(build)];
  expect(one === other).toBe(true);
  expect(one === page).toBe(true);
});

test('its policy allows its own style and script, a worker made of it, and nothing else', () => {
  const [policy = ''] = /content="(default-src[^"]*)"/.exec(page)?.slice(1) ?? [];
  const [style, script] = [inside('style'), inside('script')];
  const hash = (text: string | undefined) =>
    `'sha256-${createHash('sha256')
      .update(text ?? '')
      .digest('base64')}'`;
  expect([style.length, script.length]).toEqual([1, 1]);
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash(script[0])}`,
    `style-src ${hash(style[0])}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('it names no file and no address to fetch, and is small', () => {
  const markup = page.replace(inside('script')[0] ?? '', '').replace(/<!--.*?-->/gs, '');
  expect(markup).not.toMatch(/\b(?:src|href|srcset|action)=|url\(|@import|https?:/);
  expect(Buffer.byteLength(page)).toBeLessThan(450_000);
});

test('it calls nothing that browsers of its age lack', () => {
  // Of Chromium after 114, Firefox after 119 or Safari after 16.4.
  const later =
    /\b(?:Map|Object)\.groupBy\b|\bURL\.(?:parse|canParse)\(|\bPromise\.(?:withResolvers|try)\b|\bArray\.fromAsync\b|\bIterator\.from\b|\bRegExp\.escape\b|\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/g;
  // zod asks whether it is there.
  const script = (inside('script')[0] ?? '').replaceAll('typeof URL.canParse==`function`?URL.canParse(', '');
  expect(script.match(later) ?? []).toEqual([]);
});

test('it carries the licences of what is in it', () => {
  for (const name of ['zod', '@noble/hashes', '@noble/curves', 'asn1js'])
    expect(page).toMatch(new RegExp(`^${name} [\\d.]+, `, 'm'));
  expect(page).toContain('Permission is hereby granted');
});

test('the program knows its bytes', () => {
  const { bytes, sha256 } = verifyPage();
  expect(Buffer.from(bytes).equals(readFileSync(pagePath))).toBe(true);
  expect(sha256).toBe(createHash('sha256').update(page).digest('hex'));
});
