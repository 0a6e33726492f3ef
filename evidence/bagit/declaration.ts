/** bagit.txt: two lines (RFC 8493, section 2.1.1; the drafts before it are laxer about spaces). */
import { decoderFor } from './encoding.ts';
import type { BagFindings } from './findings.ts';

/** The drafts and the standard that are read, oldest first. */
const knownVersions = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'];

export const declarationPath = 'bagit.txt';
export const maxDeclaration = 64 * 1024;

export interface Declaration {
  /** As stated. */
  version: string;
  /** The rules to check by: those of RFC 8493, or the laxer ones of the drafts. */
  strict: boolean;
  encoding: string;
}

/** Reads the declaration, which is attacker-controlled. Null, and errors found, where nothing can be checked by it. */
export function parseDeclaration(bytes: Uint8Array, findings: BagFindings): Declaration | null {
  const wrong = (code: string, message: string) => findings.error(code, message, declarationPath);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    wrong('declaration-bom', 'It begins with a byte order mark, which is not allowed here.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    wrong('declaration-unreadable', 'It is not text in UTF-8.');
    return null;
  }
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  const version = /^BagIt-Version:[ \t]*(\d+\.\d+)[ \t]*$/.exec(lines[0] ?? '')?.[1];
  const encoding = /^Tag-File-Character-Encoding:[ \t]*(\S+)[ \t]*$/.exec(lines[1] ?? '')?.[1];
  if (version === undefined)
    wrong('declaration-version', "Expected 'BagIt-Version: ' and a number such as 1.0 on its first line.");
  if (encoding === undefined)
    wrong('declaration-encoding', "Expected 'Tag-File-Character-Encoding: ' and a name on its second line.");
  if (version === undefined || encoding === undefined) return null;
  const strict = version === '1.0' || !knownVersions.includes(version);
  const exact = [`BagIt-Version: ${version}`, `Tag-File-Character-Encoding: ${encoding}`];
  if (strict && (lines.length !== 2 || exact.some((line, i) => lines[i] !== line)))
    wrong('declaration-form', 'It must be exactly two lines, without other spaces.');
  if (!knownVersions.includes(version))
    wrong('version-unknown', `Versions 0.93 to 1.0 are known; it states ${version}.`);
  if (decoderFor(encoding) === null) {
    wrong('encoding-unknown', `The encoding ${JSON.stringify(encoding.slice(0, 60))} is not known.`);
    return null;
  }
  return { version, strict, encoding };
}
