/** bagit.txt and bag-info.txt (RFC 8493, sections 2.1.1 and 2.2.2). */
import { HoldfastError } from '../../contract/errors.ts';

/** The declaration: exactly this, byte for byte. */
export const bagDeclaration = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

export interface BagInfo {
  /** Of the bundle. */
  id: string;
  /** UTC with milliseconds; only the day is written, as the standard wants it. */
  createdAt: string;
  tool: { name: string; version: string };
  payload: { bytes: number; files: number };
}

/** Label and value by line, in this order. Values are one line each. */
export function writeBagInfo(info: BagInfo): Uint8Array {
  const lines = [
    ['Bag-Software-Agent', `${info.tool.name} ${info.tool.version}`],
    ['Bagging-Date', info.createdAt.slice(0, 10)],
    ['External-Identifier', info.id],
    ['Payload-Oxum', `${info.payload.bytes}.${info.payload.files}`],
  ];
  return new TextEncoder().encode(
    lines.map(([label, value]) => `${label}: ${value?.replaceAll(/\s/g, ' ')}\n`).join(''),
  );
}

/** Label → value. Attacker-controlled; doubled labels and continued lines are refused. Errors: `bad-input`. */
export function parseBagInfo(bytes: Uint8Array): Map<string, string> {
  const refuse = (cause?: unknown) =>
    new HoldfastError('bad-input', "Expected lines of 'Label: value' in bag-info.txt, each label once.", {
      cause,
    });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refuse(cause);
  }
  if (!text.endsWith('\n')) throw refuse();
  const values = new Map<string, string>();
  for (const each of text.slice(0, -1).split('\n')) {
    const [, label, value] = /^([A-Za-z-]+): (.*)$/.exec(each) ?? [];
    if (label === undefined || value === undefined || values.has(label)) throw refuse();
    values.set(label, value);
  }
  return values;
}
