/** The writes and syncs of a program's first thread, with their bytes, as strace saw them. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export type Act =
  | { kind: 'write'; path: string; offset: number; bytes: Buffer }
  | { kind: 'truncate'; path: string; size: number }
  | { kind: 'sync'; path: string }
  | { kind: 'remove'; path: string }
  /** Appended to a file: what was acknowledged. */
  | { kind: 'append'; path: string; bytes: Buffer };

/**
 * For the front of a command. One thread: the archive is written, synced and acknowledged in the program's first, and
 * what others do, a browser among them, is left out.
 */
export function straceArguments(log: string): string[] {
  const calls = 'pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat';
  return ['-qq', '-y', '-xx', '-s', String(64 * 1024 * 1024), '-e', `trace=${calls}`, '-o', log];
}

const onFile = /^(pwrite64|write|ftruncate|fsync|fdatasync)\(\d+<([^>]*)>(?:, )?(.*)\) += (-?\d+)/;
const onName = /^(?:unlink|unlinkat)\((?:[^"]*, )?"([^"]*)".*\) += 0/;

/** Acts on files whose path begins with `prefix`, in their order; calls that failed are none. */
export async function readActs(log: string, prefix: string): Promise<Act[]> {
  const acts: Act[] = [];
  for await (const line of createInterface({ input: createReadStream(log, 'latin1'), crlfDelay: Infinity })) {
    const act = readAct(line);
    if (act?.path.startsWith(prefix)) acts.push(act);
  }
  return acts;
}

function readAct(line: string): Act | null {
  const removed = onName.exec(line)?.[1];
  if (removed !== undefined) return { kind: 'remove', path: unescaped(removed).toString() };
  const [, call, named = '', rest = '', result] = onFile.exec(line) ?? [];
  if (call === undefined || Number(result) < 0) return null;
  const path = unescaped(named).toString();
  if (call === 'fsync' || call === 'fdatasync') return { kind: 'sync', path };
  if (call === 'ftruncate') return { kind: 'truncate', path, size: Number(rest) };
  const end = rest.lastIndexOf('"');
  const bytes = unescaped(rest.slice(rest.indexOf('"') + 1, end));
  if (bytes.length !== Number(result)) throw new Error(`strace cut what was written to ${path}`);
  if (call === 'write') return { kind: 'append', path, bytes };
  return { kind: 'write', path, bytes, offset: Number(rest.slice(end + 1).split(', ')[2]) };
}

/** `-xx` writes every byte as `\xNN`; what is not written so stands for itself. */
function unescaped(text: string): Buffer {
  if (!text.startsWith('\\x')) return Buffer.from(text, 'latin1');
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
