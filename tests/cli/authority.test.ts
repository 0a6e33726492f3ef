/** What the command asks over the network about an authority's certificate, and when it does not. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askForStamp } from '../../cli/authority.ts';
import { timestampRequest } from '../../evidence/timestamp/request.ts';
import { Authority, sha256Of, stampingExtensions } from '../evidence/timestamp/authority.ts';
import { type AuthorityServer, serveAuthority } from '../evidence/timestamp/authority-server.ts';

const digest = sha256Of(Buffer.from('what is stamped'));
const request = timestampRequest({ digest, nonce: Uint8Array.of(9) });

let authority: Authority;
let server: AuthorityServer;
let silent: Awaited<ReturnType<typeof serveSilence>>;

beforeAll(async () => {
  authority = await Authority.open();
  server = await serveAuthority(authority);
  silent = await serveSilence();
  await authority.issue('tsa', 'P-256', {
    extensions: `${stampingExtensions}crlDistributionPoints=URI:${silent.address}/list.crl\n`,
  });
});
afterAll(async () => {
  silent.close();
  await server.close();
  await authority.close();
});

/** Takes every question and never answers. */
async function serveSilence() {
  const hanging = createServer();
  let count = 0;
  hanging.on('request', () => {
    count += 1;
  });
  const asked = new Promise<void>((resolve) => hanging.once('request', () => resolve()));
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
  const bound = hanging.address();
  const close = () => {
    hanging.closeAllConnections();
    hanging.close();
  };
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`,
    asked,
    count: () => count,
    close,
  };
}

test('cancelled while its certificate is asked about: nothing is handed on', async () => {
  const stopping = new AbortController();
  const named = [await authority.certificate('ca')];
  const asking = askForStamp(`${server.address}/tsa`, request, {
    named,
    fetchRevocation: true,
    signal: stopping.signal,
  });
  await silent.asked;
  stopping.abort();
  await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
});

test('an authority that was not the one named is asked nothing more', async () => {
  const other = await Authority.open();
  const named = [await other.certificate('ca')];
  await other.close();
  const before = silent.count();
  const options = { named, fetchRevocation: true, signal: new AbortController().signal };

  const { answers } = await askForStamp(`${server.address}/tsa`, request, options);

  expect(answers).toEqual([]);
  expect(silent.count()).toBe(before);
});
