import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { HostClient } from '../../main/host-client.ts';
import { hostEnvironment, isFit, launchUnderNode } from '../../main/host-under-node.ts';
import { until } from './support/pair.ts';
import { hugeSize, testArtifacts } from './support/test-handlers.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const hostPath = fileURLToPath(new URL('support/test-host.ts', import.meta.url));
const mebibyte = 1024 * 1024;

const clients: HostClient[] = [];
const states: string[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop(10_000)));
  states.length = 0;
});

function start(path = hostPath, roots = [projectRoot]): HostClient {
  const client = new HostClient(
    () => launchUnderNode({ hostPath: path, nodeRoots: roots }),
    ({ state }) => states.push(state),
  );
  clients.push(client);
  return client;
}

/** The most memory that a process has held since it began, in bytes; null where the system does not tell. */
function peakMemory(pid: number | null): number | null {
  if (process.platform !== 'linux' || pid === null) return null;
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

describe('a host in a Node of its own', () => {
  test('answers, refuses, reports and cancels', async () => {
    const client = start();
    expect(await client.call('posts.list', { query: 'four', offset: 0, limit: 1 })).toMatchObject({
      ok: true,
      value: { total: 4 },
    });
    expect(await client.forward('posts.list', {})).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    const abort = new AbortController();
    const options = { signal: abort.signal, onProgress: () => abort.abort() };
    expect(await client.call('import.files', { paths: ['wait'] }, options)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
    expect(client.node).toMatch(/^24\./);
    expect(client.pid).not.toBe(process.pid);
  });

  test('200 MiB in and 200 MiB out leave its memory bounded', async () => {
    const client = start();
    await client.start();
    const before = peakMemory(client.pid);
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 200; n += 1) yield new Uint8Array(mebibyte).fill(n);
    }
    const went = await client.call('import.stream', { name: 'large' }, { bytesIn: source() });
    expect(went).toMatchObject({ ok: true, value: { warnings: [{ code: `${200 * mebibyte}` }] } });
    let received = 0;
    const came = await client.call(
      'artifact.read',
      { sha256: testArtifacts.huge, offset: 0, length: null },
      {
        onBytes: async (bytes) => {
          received += bytes.byteLength;
          await new Promise(setImmediate);
        },
      },
    );
    expect(came).toEqual({ ok: true, value: { size: hugeSize, mediaType: 'video/mp4' } });
    expect(received).toBe(hugeSize);
    const after = peakMemory(client.pid);
    // The window, what the channel copies of it and garbage not yet collected; far below what went through.
    if (before !== null && after !== null) expect(after - before).toBeLessThan(150 * mebibyte);
  });

  test('killed in the middle of a call, it answers host-stopped and a new one serves', async () => {
    const client = start();
    await client.start();
    const first = client.pid;
    expect(await client.call('import.files', { paths: ['die'] })).toMatchObject({
      ok: false,
      error: { code: 'host-stopped', message: expect.stringContaining('SIGKILL') },
    });
    expect(await client.call('archive.lock', {})).toEqual({ ok: true, value: {} });
    expect(client.pid).not.toBe(first);
    expect(states).toEqual(['ready', 'stopped', 'restarted']);
  });

  test('killed in the middle of a stream in either direction, no call hangs', async () => {
    const client = start();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield new Uint8Array(mebibyte);
    }
    await client.start();
    const pid = client.pid;
    const calls = [
      client.call('import.stream', { name: 'endless' }, { bytesIn: endless() }),
      client.call(
        'artifact.read',
        { sha256: testArtifacts.huge, offset: 0, length: null },
        { onBytes: () => void (pid !== null && process.kill(pid, 'SIGKILL')) },
      ),
    ];
    for (const answer of await Promise.all(calls)) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'host-stopped' } });
    }
  });

  test('stopped, it is gone and no other is started', async () => {
    const client = start();
    await client.start();
    const { pid } = client;
    await client.stop(10_000);
    expect(client.pid).toBeNull();
    expect(() => process.kill(pid ?? 0, 0)).toThrow(/ESRCH/);
    expect(states).toEqual(['ready']);
  });

  test('that dies before it is ready is told as host-stopped, and why', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-host-'));
    try {
      const client = start(join(folder, 'missing.cjs'));
      expect(await client.call('archive.lock', {})).toMatchObject({
        ok: false,
        error: { code: 'host-stopped', message: expect.stringContaining('exit code 1') },
      });
      await until(() => states.includes('stopped'));
      expect(states).toEqual(['stopped']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('without a Node of our own, the answer is unfit-node and says what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-host-'));
    try {
      expect(await start(hostPath, [folder]).call('archive.lock', {})).toMatchObject({
        ok: false,
        error: { code: 'unfit-node', message: expect.stringMatching(/found none.*npm run setup/) },
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('the environment of the host has no Node or Electron settings and no passphrase', () => {
  const env = {
    PATH: '/bin',
    LANG: 'C.UTF-8',
    NODE_OPTIONS: '--inspect',
    node_path: '/x',
    ELECTRON_RUN_AS_NODE: '1',
    HOLDFAST_PASSPHRASE: 'secret',
    HOLDFAST_IDENTITY_PASSPHRASE: 'secret',
    UNSET: undefined,
  };
  expect(hostEnvironment(env)).toEqual({ PATH: '/bin', LANG: 'C.UTF-8' });
});

test.each([
  ['22.14.0', true],
  ['24.21.0', true],
  ['22.13.1', false],
  ['20.19.0', false],
  ['18.15.0', false],
  ['', false],
])('Node %s is fit for the host: %s', (version, fit) => {
  expect(isFit(version)).toBe(fit);
});
