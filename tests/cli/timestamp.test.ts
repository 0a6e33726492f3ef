import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { toPem } from '../../evidence/identity/pem.ts';
import { Authority, stampingExtensions } from '../evidence/timestamp/authority.ts';
import { type AuthorityServer, serveAuthority } from '../evidence/timestamp/authority-server.ts';
import { postPage } from '../support/archive.ts';
import { type CommandLine, commandLine, program } from '../support/cli.ts';

// Each test starts the command ten times, each of which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

let authority: Authority;
let server: AuthorityServer;

beforeAll(async () => {
  authority = await Authority.open();
  server = await serveAuthority(authority);
  const { address } = server;
  await authority.issue('tsa', 'P-256', {
    extensions: `${stampingExtensions}crlDistributionPoints=URI:${address}/list.crl\nauthorityInfoAccess=OCSP;URI:${address}/ocsp\n`,
  });
});
afterAll(async () => {
  await server.close();
  await authority.close();
});

/** Runs the command while this process goes on answering. */
function runBeside({ folder, environment }: CommandLine, ...args: string[]) {
  return new Promise<{ status: number; json: Record<string, unknown> }>((resolve) => {
    execFile(
      process.execPath,
      [program, ...args, '--json'],
      { cwd: folder, env: environment },
      (error, stdout) =>
        resolve({
          status: typeof error?.code === 'number' ? error.code : 0,
          json: JSON.parse(stdout) as Record<string, unknown>,
        }),
    );
  });
}

async function desk() {
  const line = commandLine();
  writeFileSync(join(line.folder, 'post.html'), postPage('They said the quiet part loud.'));
  writeFileSync(join(line.folder, 'root.pem'), toPem(await authority.certificate('ca')));
  expect(line.run('init', 'a.holdfast').status).toBe(0);
  const imported = line.json('import', 'a.holdfast', 'post.html') as { captures: { id: string }[] };
  onTestFinished(() => {
    server.asked.length = 0;
  });
  return { ...line, captureId: imported.captures[0]?.id ?? '' };
}

test('the way by file: request, authority, attach, list, show, save', async () => {
  const { folder, run, json, captureId } = await desk();
  expect(run('timestamp', 'request', 'a.holdfast', 'out.tsq').stdout).toContain('wrote out.tsq');
  expect(json('timestamp', 'show', 'a.holdfast', captureId)).toMatchObject({ stamp: null });
  const reply = await authority.reply('tsa', readFileSync(join(folder, 'out.tsq')));
  writeFileSync(join(folder, 'in.tsr'), reply);

  const attached = json('timestamp', 'attach', 'a.holdfast', 'in.tsr', '--tsa-root', 'root.pem') as {
    token: { id: string; genTime: string };
  };

  expect(attached).toMatchObject({
    token: { authority: 'Invented Time', trusted: true, revocation: 'not-known' },
  });
  expect(json('timestamp', 'list', 'a.holdfast')).toMatchObject({ uncovered: { captures: 0 } });
  expect(json('timestamp', 'show', 'a.holdfast', captureId)).toMatchObject({
    stamp: { genTime: attached.token.genTime, trusted: true },
  });
  expect(run('timestamp', 'save', 'a.holdfast', attached.token.id, 'kept').status).toBe(0);
  await authority.bench.openssl(
    `ts -verify -data ${folder}/kept/stamped -in ${folder}/kept/reply.tsr -CAfile ca.pem`,
  );
  const again = json('timestamp', 'attach', 'a.holdfast', 'in.tsr');
  expect(again).toMatchObject({ error: { code: 'timestamp-not-asked-for' } });
  expect(server.asked).toEqual([]);
});

describe('the way over the network', () => {
  test('asks only what was named, keeps the answers about revocation, and renews', async () => {
    const line = await desk();
    const { json: stamped } = await runBeside(
      line,
      ...['timestamp', 'request', 'a.holdfast', '--url', `${server.address}/tsa`, '--tsa-root', 'root.pem'],
      '--fetch-revocation',
    );
    expect(stamped).toMatchObject({ token: expect.any(String), genTime: expect.any(String) });
    expect(server.asked).toEqual([
      { method: 'POST', path: '/tsa', type: 'application/timestamp-query' },
      { method: 'POST', path: '/ocsp', type: 'application/ocsp-request' },
      { method: 'GET', path: '/list.crl', type: undefined },
    ]);
    expect(line.json('timestamp', 'list', 'a.holdfast')).toMatchObject({
      requests: [{ token: { revocation: 'good', answers: 2, trusted: true } }],
    });
    const { json: renewed } = await runBeside(
      line,
      ...['timestamp', 'renew', 'a.holdfast', String(stamped.token), '--url', `${server.address}/tsa`],
    );
    expect(renewed).toMatchObject({ subject: { kind: 'renewal', token: stamped.token } });
    expect(server.asked).toHaveLength(4);
  });

  test('stamps a bundle, which then verifies with its authority', async () => {
    const line = await desk();
    line.run('identity', 'create', 'ida.p12', '--name', 'Ida Signer');
    expect(
      line.run('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--all', '--identity', 'ida.p12').status,
    ).toBe(0);
    const { json: stamp } = await runBeside(
      line,
      ...['timestamp', 'request', 'out.zip', '--url', `${server.address}/tsa`, '--tsa-root', 'root.pem'],
    );
    expect(stamp).toMatchObject({ trusted: true, nonceCompared: true });
    const verified = line.json('verify', 'out.zip', '--trust', 'ida.pem', '--tsa-root', 'root.pem');
    expect(verified).toMatchObject({ verdict: 'trusted', timestamps: [{ trusted: true }] });
  });

  test('keeps the stamp of a bundle in the archive that is named, and in no other', async () => {
    const line = await desk();
    line.run('identity', 'create', 'ida.p12', '--name', 'Ida Signer');
    expect(
      line.run('bundle', 'a.holdfast', 'out.zip', '--no-pdf', '--all', '--identity', 'ida.p12').status,
    ).toBe(0);
    const { json: stamp } = await runBeside(
      line,
      ...['timestamp', 'request', 'out.zip', '--archive', 'a.holdfast', '--url', `${server.address}/tsa`],
    );
    expect(stamp).toMatchObject({ recorded: true, nonceCompared: true });
    expect(line.json('timestamp', 'list', 'a.holdfast')).toMatchObject({
      requests: [{ subject: { kind: 'bundle' }, token: { trusted: false } }],
    });
    const other = await desk();
    expect(
      other.run('timestamp', 'request', join(line.folder, 'out.zip'), '--archive', 'a.holdfast'),
    ).toMatchObject({ status: 1, stderr: expect.stringContaining('out.zip was not compiled in ') });
  });

  test('an answer that is none is refused with its reason, and the request stays', async () => {
    const line = await desk();
    const answers: [string, string, RegExp][] = [
      ['/large', 'authority-not-reached', /more than 262144 bytes/],
      ['/nothing', 'authority-not-reached', /status 404/],
      ['/moved', 'authority-not-reached', /127\.0\.0\.1/],
      ['/noise', 'timestamp-refused', /strict DER/],
    ];
    for (const [path, code, words] of answers) {
      const { status, json } = await runBeside(
        line,
        ...['timestamp', 'request', 'a.holdfast', '--url', `${server.address}${path}`],
      );
      expect(status).toBe(1);
      expect(json).toMatchObject({ error: { code, message: expect.stringMatching(words) } });
    }
    const pending = { token: null };
    expect(line.json('timestamp', 'list', 'a.holdfast')).toMatchObject({
      requests: [pending, pending, pending, pending],
    });
  });

  test('refuses an address that is none, and a request that goes nowhere, before anything is recorded', async () => {
    const line = await desk();
    for (const url of ['ftp://example.org', 'tsa', 'http://me:secret@127.0.0.1/']) {
      const { json } = await runBeside(line, 'timestamp', 'request', 'a.holdfast', '--url', url);
      expect(json).toMatchObject({ error: { code: 'bad-input' } });
    }
    expect(line.run('timestamp', 'request', 'a.holdfast').status).toBe(2);
    expect(line.json('timestamp', 'list', 'a.holdfast')).toMatchObject({ requests: [] });
  });
});
