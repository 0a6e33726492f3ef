/** Runs in Electron's main process: the client over a utility process, whatever the launcher would choose here. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { HostClient } from '../../../main/host-client.ts';
import { launchUtility } from '../../../main/host-launcher.ts';

const mebibyte = 1024 * 1024;

async function* zeros(count: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n += 1) yield new Uint8Array(mebibyte);
}

/** Everything that the transport does, once; the answers for the test to judge. */
export async function exerciseUtility(): Promise<Record<string, unknown>> {
  const states: string[] = [];
  const client = new HostClient(
    async () => launchUtility(join(__dirname, '..', 'host', 'host.cjs')),
    (state) => states.push(state.state),
  );
  const progress: number[] = [];
  const abort = new AbortController();
  const hash = createHash('sha256');
  const answers = {
    reply: await client.call('posts.list', { query: 'four', offset: 0, limit: 1 }),
    refused: await client.forward('posts.list', { query: 4 }),
    progress: await client.call(
      'import.files',
      { paths: ['progress 5'] },
      { onProgress: ({ done }) => progress.push(done) },
    ),
    bytesIn: await client.call('import.stream', { name: 'zeros' }, { bytesIn: zeros(40) }),
    bytesOut: await client.call(
      'artifact.read',
      { sha256: 'd'.repeat(64), offset: 0, length: 40 * mebibyte },
      { onBytes: (bytes) => void hash.update(bytes) },
    ),
    cancelled: await client.call(
      'import.files',
      { paths: ['wait'] },
      { signal: abort.signal, onProgress: () => abort.abort() },
    ),
    died: await client.call('import.files', { paths: ['die'] }),
    afterwards: await client.call('posts.list', { query: 'again', offset: 0, limit: 1 }),
  };
  await client.stop(10_000);
  return {
    ...answers,
    digestOut: hash.digest('hex'),
    lastProgress: progress.at(-1),
    states,
    after: client.pid,
  };
}
