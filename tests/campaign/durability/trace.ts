/** The writes and syncs of a program, with their bytes, as strace saw them. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export type Act =
  | { kind: 'write'; path: string; offset: number; bytes: Buffer }
  | { kind: 'truncate'; path: string; size: number }
  | { kind: 'sync'; path: string }
  | { kind: 'remove'; path: string }
  | { kind: 'rename'; path: string; to: string }
  /** Appended to a file: what was acknowledged. */
  | { kind: 'append'; path: string; bytes: Buffer };

/**
 * For the front of a command. One thread: an archive is written, synced and acknowledged in the program's first, and
 * what others do, a browser among them, is left out. `threads` 'all' for a command that makes files of its own, which
 * Node writes in other threads.
 */
export function straceArguments(log: string, threads: 'first' | 'all' = 'first'): string[] {
  const calls = 'pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2';
  return [
    ...(threads === 'all' ? ['-f'] : []),
    '-qq',
    '-y',
    '-xx',
    '-s',
    String(64 * 1024 * 1024),
    '-e',
    `trace=${calls}`,
    '-o',
    log,
  ];
}

const onFile = /^(pwrite64|write|ftruncate|fsync|fdatasync)\(\d+<([^>]*)>(?:, )?(.*)\) += (-?\d+)/;
const onName = /^(?:unlink|unlinkat)\((?:[^"]*, )?"([^"]*)".*\) += 0/;
const onTwoNames = /^rename(?:at|at2)?\((?:[^"]*, )?"([^"]*)", (?:[^"]*, )?"([^"]*)".*\) += 0/;

/** Acts on files whose path begins with `prefix`, in their order; calls that failed are none. */
export async function readActs(log: string, prefix: string): Promise<Act[]> {
  const acts: Act[] = [];
  const begun = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(log, 'latin1'), crlfDelay: Infinity })) {
    const act = readAct(wholeCall(line, begun));
    if (act?.path.startsWith(prefix)) acts.push(act);
  }
  return acts;
}

const ofThread = /^(?:(\d+) +)?(.*)$/;
const unfinished = / <unfinished \.\.\.>$/;
const resumed = /^<\.\.\. \w+ resumed>/;

/** A call that another thread's interrupted stands on two lines; it counts from when it had ended. */
function wholeCall(line: string, begun: Map<string, string>): string {
  const [, thread = '', call = ''] = ofThread.exec(line) ?? [];
  if (unfinished.test(call)) {
    begun.set(thread, call.replace(unfinished, ''));
    return '';
  }
  return resumed.test(call) ? call.replace(resumed, () => begun.get(thread) ?? '') : call;
}

function readAct(line: string): Act | null {
  const removed = onName.exec(line)?.[1];
  const [, from, to] = onTwoNames.exec(line) ?? [];
  if (from !== undefined && to !== undefined)
    return { kind: 'rename', path: unescaped(from).toString(), to: unescaped(to).toString() };
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
