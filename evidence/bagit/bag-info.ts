/** bag-info.txt, called package-info.txt before version 0.96, and its Payload-Oxum (RFC 8493, section 2.2.2). */
import type { Declaration } from './declaration.ts';
import type { BagFindings } from './findings.ts';
import { parseInfoLine, parseOxum } from './list-lines.ts';
import { tagLines } from './tag-lines.ts';
import type { BagFile, BagTree } from './tree.ts';

const infoPaths = ['bag-info.txt', 'package-info.txt'];

/**
 * Reads the form of every line, and compares Payload-Oxum with the payload that is there. `gone`: how many listed files
 * are missing that systems remove on their own.
 */
export async function checkBagInfo(
  tree: BagTree,
  declaration: Declaration,
  findings: BagFindings,
  gone: number,
): Promise<void> {
  for (const file of tree.files)
    if (infoPaths.includes(file.path) && file.kind === 'file')
      await checkFile(tree, declaration, findings, file, gone);
}

async function checkFile(
  tree: BagTree,
  declaration: Declaration,
  findings: BagFindings,
  file: BagFile,
  gone: number,
): Promise<void> {
  const oxums: string[] = [];
  let elements = 0;
  for await (const { number, text } of tagLines(file, declaration.encoding, findings)) {
    if (text.trim() === '') continue;
    const line = parseInfoLine(text);
    if (line === null || (line.kind === 'continued' && elements === 0)) {
      findings.error('bag-info-line', `Line ${number} is not 'Label: value'.`, file.path);
      continue;
    }
    if (line.kind === 'continued') continue;
    elements += 1;
    if (line.spaced && declaration.strict)
      findings.warn('bag-info-spaces', `Line ${number} has space before its colon.`, file.path);
    if (line.label.toLowerCase() === 'payload-oxum') oxums.push(line.value);
  }
  if (oxums.length > 1) {
    const message = 'Payload-Oxum stands there more than once.';
    if (declaration.strict) findings.error('oxum-twice', message, file.path);
    else findings.warn('oxum-twice', message, file.path);
  }
  for (const value of oxums) checkOxum(value, payloadOf(tree), gone, file.path, findings);
}

function checkOxum(
  value: string,
  payload: { bytes: number; files: number },
  gone: number,
  path: string,
  findings: BagFindings,
): void {
  const stated = parseOxum(value);
  if (stated === null) {
    findings.error('oxum-form', "Payload-Oxum is not 'bytes.files'.", path);
    return;
  }
  if (stated.bytes === payload.bytes && stated.files === payload.files) return;
  const message = `Payload-Oxum says ${stated.bytes} bytes in ${stated.files} files; there are ${payload.bytes} in ${payload.files}.`;
  const explained = gone > 0 && stated.files === payload.files + gone && stated.bytes >= payload.bytes;
  if (explained) findings.warn('oxum-differs', `${message} Files that systems remove are missing.`, path);
  else findings.error('oxum-differs', message, path);
}

/** Bytes and number of the files under data/. */
export function payloadOf(tree: BagTree): { bytes: number; files: number } {
  const files = tree.files.filter(({ path, kind }) => kind === 'file' && path.startsWith('data/'));
  return { bytes: files.reduce((sum, { size }) => sum + size, 0), files: files.length };
}
