/** The line parsers: what is written comes back, and nothing else makes them fail. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseFetchLine,
  parseInfoLine,
  parseManifestLine,
  parseOxum,
} from '../../../evidence/bagit/list-lines.ts';
import { decodePath, escapeOf, plainPath } from '../../../evidence/bagit/path.ts';

const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\r\n\0]/.test(text));
const space = fc.stringMatching(/^[ \t]+$/);

test('lines of manifests', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9a-fA-F]{1,128}$/),
      space,
      fc.boolean(),
      name,
      (digest, gap, starred, file) => {
        const path = `data/${file}`;
        const line = `${digest}${gap}${starred ? '*' : ''}${path}`;
        expect(parseManifestLine(line)).toEqual({ digest: digest.toLowerCase(), path, starred });
      },
    ),
  );
});

test('lines of fetch.txt', () => {
  fc.assert(
    fc.property(fc.webUrl(), fc.option(fc.nat()), space, name, (url, length, gap, file) => {
      const path = `data/${file}`;
      const line = `${url}${gap}${length ?? '-'}${gap}${path}`;
      expect(parseFetchLine(line)).toEqual({ url, length, path });
    }),
  );
});

test('lines of bag-info.txt, and Payload-Oxum', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z-]*$/), name, (label, value) => {
      expect(parseInfoLine(`${label}: ${value}`)).toEqual({
        kind: 'element',
        label,
        value: value.trim(),
        spaced: false,
      });
    }),
  );
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (bytes, files) => {
      expect(parseOxum(`${bytes}.${files}`)).toEqual({ bytes, files });
    }),
  );
});

test('any text is a line or null', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const parse of [parseManifestLine, parseFetchLine, parseInfoLine, parseOxum]) {
        const parsed = parse(text);
        expect(parsed === null || typeof parsed === 'object').toBe(true);
      }
    }),
  );
});

test('encoded paths come back, and no path that is let through leads out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      const encoded = path.replace(
        /[%\r\n]/g,
        (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      );
      expect(decodePath(encoded, true)).toBe(path);
    }),
  );
  const part = fc.oneof(fc.constantFrom('..', '.', '', '~', 'C:', 'data', '%HOME%', '\\'), fc.string());
  fc.assert(
    fc.property(fc.array(part), fc.constantFrom('/', '\\'), (parts, separator) => {
      const path = parts.join(separator);
      if (escapeOf(path) !== null) return;
      const opened = new URL(plainPath(path).split('/').map(encodeURIComponent).join('/'), 'file:///bag/');
      expect(opened.pathname.startsWith('/bag/')).toBe(true);
    }),
  );
});
