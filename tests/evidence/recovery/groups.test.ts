import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HoldfastError } from '../../../contract/errors.ts';
import { nodeSha256 } from '../../../evidence/digest/node.ts';
import { parseGroups, toGroups } from '../../../evidence/recovery/groups.ts';
import { sheetAsPdf } from '../../../evidence/recovery/pdf.ts';
import { recoverySheet, sheetAsText } from '../../../evidence/recovery/sheet.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const secrets = fc.uint8Array({ minLength: 48, maxLength: 48 });
const parse = (text: string) => parseGroups(nodeSha256, text);
const groups = (secret: Uint8Array) => toGroups(nodeSha256, secret);

function failureOf(text: string): { code: string; groups: unknown; message: string } {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof HoldfastError) {
      return { code: error.code, groups: error.details.groups, message: error.message };
    }
    throw error;
  }
  throw new Error('it was accepted');
}

function sheetOf(secret: Uint8Array) {
  return recoverySheet(nodeSha256, {
    archiveId: '0190a000-0001-7000-8000-000000000001',
    sheetId: '0190a000-0001-7000-8000-000000000002',
    madeAt: new Date(0),
    pageSize: 16384,
    secret,
  });
}

test('a worked example, computed by hand with sha256sum', () => {
  // printf 'holdfast/recovery/1 1 00010203' | sha256sum
  const [first] = groups(Uint8Array.from({ length: 48 }, (_, i) => i));

  expect(first).toBe('0001 0203 03');
});

test('what was written is read back: as the groups, as digits alone, as the text and the PDF of the sheet', () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const written = groups(secret);
      const numbered = written.map((group, i) => `${i + 1}. ${group}`);
      const sheet = sheetOf(secret);
      for (const text of [
        written.join('\n'),
        written.join('').replaceAll(' ', '').toUpperCase(),
        numbered.toReversed().join('\n'),
        written.join(' - ').replaceAll('0', 'O').replaceAll('1', 'l'),
        Buffer.from(sheetAsText(sheet)).toString('latin1'),
        Buffer.from(sheetAsPdf(sheet)).toString('latin1'),
      ]) {
        expect(parse(text)).toEqual(secret);
      }
    }),
    { numRuns: 30 },
  );
});

describe('typing errors', () => {
  test('of one digit are found nearly always, in the group where they are', () => {
    let found = 0;
    let tried = 0;
    fc.assert(
      fc.property(secrets, fc.nat(119), fc.integer({ min: 1, max: 15 }), (secret, at, by) => {
        const digits = groups(secret).join('').replaceAll(' ', '');
        const wrong = ((Number.parseInt(digits[at] ?? '0', 16) + by) % 16).toString(16);
        const typed = digits.slice(0, at) + wrong + digits.slice(at + 1);
        tried += 1;
        try {
          expect(parse(typed)).not.toEqual(secret);
        } catch (error) {
          if (!(error instanceof HoldfastError)) throw error;
          expect(error.details.groups).toBe(String(Math.floor(at / 10) + 1));
          found += 1;
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
    // Two digits of check let one of 256 pass; such a key then opens nothing.
    expect(found / tried).toBeGreaterThan(0.98);
  });

  test('groups that changed places are both named', () => {
    const written = groups(Uint8Array.from({ length: 48 }, (_, i) => 255 - i));
    [written[2], written[6]] = [written[6] ?? '', written[2] ?? ''];

    expect(failureOf(written.join('\n'))).toMatchObject({ code: 'recovery-key-unreadable', groups: '3,7' });
  });

  test.each([
    ['nothing', ''],
    ['eleven groups', groups(new Uint8Array(48)).slice(1).join('\n')],
    ['thirteen', [...groups(new Uint8Array(48)), '0000 0000 00'].join('\n')],
    ['a passphrase', 'correct horse battery staple'],
    ['a letter that is no digit', groups(new Uint8Array(48)).join(' ').replace('0', 'x')],
  ])('%s: refused, and what was typed is not repeated', (_name, text) => {
    const { code, message } = failureOf(text);

    expect(code).toBe('recovery-key-unreadable');
    expect(message).not.toMatch(/horse|0000/);
  });

  test('no text at all makes it throw anything else, or take long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        expect(failureOf(text).code).toBe('recovery-key-unreadable');
      }),
    );
    expect(failureOf('1. '.repeat(20_000)).code).toBe('recovery-key-unreadable');
  });
});

test('the sheet says what it must, in lines that fit', () => {
  const text = Buffer.from(sheetAsText(sheetOf(new Uint8Array(48)))).toString('utf8');

  for (const words of [
    'Whoever has this sheet',
    '0190a000-0001-7000-8000-000000000001',
    '1970-01-01T00:00:00.000Z',
    'A lost passphrase without a sheet like this one loses everything',
    'A changed passphrase makes this sheet useless',
    'Make a new sheet',
    '--recovery-key-file',
    'PRAGMA cipher_page_size = 16384',
  ]) {
    expect(text).toContain(words);
  }
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
});

/** Another program's view of the PDF; not on every machine. */
const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;

test.skipIf(!hasPoppler)('poppler reads the PDF as one page with the same lines', () => {
  const lines = sheetOf(Uint8Array.from({ length: 48 }, (_, i) => i));
  const path = join(temporaryFolder(), 'sheet.pdf');
  writeFileSync(path, sheetAsPdf(lines));

  const { stdout, stderr } = spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });

  expect(stderr).toBe('');
  expect(stdout.split('\f')).toHaveLength(2);
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  expect(words(stdout)).toEqual(words(lines.map(({ text }) => text).join('\n')));
});
