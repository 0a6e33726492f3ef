/**
 * Proof from outside that a program asks no network: its system calls, as strace sees them, and a run in a
 * network namespace that has nothing but loopback.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Contact {
  /** `connect`, `sendto`, `sendmsg`, `sendmmsg` */
  call: string;
  /** A UDP connect sends nothing yet: Chromium asks the kernel for a route that way. */
  protocol: 'tcp' | 'udp' | 'other';
  address: string;
  port: number;
}

export interface NetworkTrace {
  /** Everything that was addressed to another machine. */
  outside: Contact[];
  /** Everything that was addressed to this machine over IP, name servers not among them. */
  loopback: Contact[];
  /** Questions to a name server, wherever it stands: port 53 and multicast DNS. */
  names: Contact[];
}

export interface Outcome {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Called once with the started process, to write to it or to end it. */
  onStart?: (pid: number) => void;
}

/** `1234 connect(7<TCP:[…]>, …`, with the process id that -f and -o put first. */
const callPattern = /^\d+ +(connect|sendto|sendmsg|sendmmsg)\((\d+)<(\w+)/;
const ip4Pattern = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([\d.]+)"\)/g;
const ip6Pattern = /sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([\da-fA-F:.]+)"/g;

/** Runs a command with all its descendants under strace; rejects when strace itself cannot run. */
export async function traceNetwork(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome & { trace: NetworkTrace }> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-strace-'));
  const log = join(folder, 'log');
  try {
    const strace = ['-f', '-qq', '-yy', '-e', 'trace=network', '-o', log, command, ...args];
    const outcome = await run('strace', strace, options);
    return { ...outcome, trace: readTrace(await readFile(log, 'utf8')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * In: what strace wrote. A connect counts whether or not it succeeded. What goes out on a UDP socket that was
 * connected before names no address itself: it counts for the one that a socket of this number was last connected to.
 */
export function readTrace(log: string): NetworkTrace {
  const trace: NetworkTrace = { outside: [], loopback: [], names: [] };
  const peers = new Map<string, Peer[]>();
  for (const line of log.split('\n')) {
    const [, call, socket, kind] = callPattern.exec(line) ?? [];
    if (call === undefined || socket === undefined || kind === undefined) continue;
    const protocol = protocolOf(kind);
    const named = addressesIn(line);
    if (protocol === 'udp' && call === 'connect') peers.set(socket, named);
    const isConnected = protocol === 'udp' && named.length === 0;
    for (const peer of isConnected ? (peers.get(socket) ?? []) : named) {
      const contact = { call, protocol, ...peer };
      if (contact.port === 53 || contact.port === 5353) trace.names.push(contact);
      else if (isLoopback(contact.address)) trace.loopback.push(contact);
      else trace.outside.push(contact);
    }
  }
  return trace;
}

type Peer = Pick<Contact, 'address' | 'port'>;

function addressesIn(line: string): Peer[] {
  return [ip4Pattern, ip6Pattern].flatMap((pattern) =>
    [...line.matchAll(pattern)].map(([, port, address = '']) => ({ address, port: Number(port) })),
  );
}

function protocolOf(kind: string): Contact['protocol'] {
  if (kind.startsWith('TCP')) return 'tcp';
  return kind.startsWith('UDP') ? 'udp' : 'other';
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./i.test(address);
}

/**
 * Runs a command where no network is: a namespace of its own with loopback up and nothing else. A user becomes
 * root of a user namespace by that; where the system forbids those, `unshare` fails and says so.
 */
export function runWithoutNetwork(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const isRoot = process.getuid?.() === 0;
  // Only root of the namespace may bring loopback up.
  const namespace = isRoot ? ['--net'] : ['--net', '--map-root-user'];
  const script = 'PATH="$PATH:/usr/sbin:/sbin"; ip link set lo up && exec "$@"';
  return run('unshare', [...namespace, 'sh', '-c', script, 'sh', command, ...args], options);
}

function run(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('spawn', () => {
      if (child.pid !== undefined) options.onStart?.(child.pid);
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
