/** The judge of the judge: what strace reports of a program that does talk is found. */
import { expect, test } from 'vitest';
import { readTrace, runWithoutNetwork, traceNetwork } from '../support/no-network.ts';

/** Addresses that RFC 5737 keeps for documentation: nobody answers there. */
const talker = `
const net = require('node:net');
const dgram = require('node:dgram');
const ignore = () => {};
net.connect(9, '127.0.0.1').on('error', ignore);
net.connect({ port: 9, host: '::1' }).on('error', ignore);
const socket = dgram.createSocket('udp4');
socket.on('error', ignore);
socket.send('x', 9, '192.0.2.9', () => socket.close());
const tcp = net.connect(443, '192.0.2.1').on('error', ignore);
setImmediate(() => tcp.destroy());
`;

test('a program that talks is caught, by address, port and protocol', async () => {
  const { code, trace } = await runTalker();
  expect(code).toBe(0);
  expect(trace.loopback.map(({ address, port }) => `${address} ${port}`)).toEqual(['127.0.0.1 9', '::1 9']);
  expect(trace.outside).toContainEqual({ call: 'connect', protocol: 'tcp', address: '192.0.2.1', port: 443 });
  expect(trace.outside.map(({ address, protocol }) => `${address} ${protocol}`)).toContain('192.0.2.9 udp');
  expect(trace.names).toEqual([]);
});

function runTalker() {
  return traceNetwork(process.execPath, ['-e', talker]);
}

test('a program that does not talk is not accused', async () => {
  const { code, trace } = await traceNetwork(process.execPath, ['-e', 'console.log(1)']);
  expect({ code, trace }).toEqual({ code: 0, trace: { outside: [], loopback: [], names: [] } });
});

test('descendants are watched, too', async () => {
  const inner = `const tcp = require('node:net').connect(9, '192.0.2.7').on('error', () => {}); setImmediate(() => tcp.destroy());`;
  const outer = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(inner)}])`;
  const { trace } = await traceNetwork(process.execPath, ['-e', outer]);
  expect(trace.outside.map(({ address }) => address)).toEqual(['192.0.2.7']);
});

test('what a connected UDP socket sends counts, not only its connect', async () => {
  const connected = `
    const dgram = require('node:dgram');
    for (const [kind, address] of [['udp4', '127.0.0.1'], ['udp6', '::1']]) {
      const socket = dgram.createSocket(kind);
      socket.on('error', () => {});
      socket.connect(9, address, () => socket.send('x', () => socket.close()));
    }`;
  const { code, trace } = await traceNetwork(process.execPath, ['-e', connected]);
  expect(code).toBe(0);
  expect(
    trace.loopback
      .filter(({ call }) => call !== 'connect')
      .map(({ address, port, protocol }) => `${address} ${port} ${protocol}`)
      .sort(),
  ).toEqual(['127.0.0.1 9 udp', '::1 9 udp']);
});

test('questions to a name server count wherever it stands', () => {
  const trace = readTrace(
    [
      '7 connect(19<UDP:[1]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
      '7 sendto(3<UDPv6:[2]>, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(5353), sin6_flowinfo=htonl(0), ' +
        'inet_pton(AF_INET6, "ff02::fb", &sin6_addr), sin6_scope_id=0}, 28) = 1',
      '7 connect(4<UNIX-STREAM:[3]>, {sa_family=AF_UNIX, sun_path="/run/nscd/socket"}, 110) = -1 ENOENT',
      '7 recvfrom(19<UDP:[1]>, "x", 9, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}, [16]) = 1',
    ].join('\n'),
  );
  expect(trace.names.map(({ address, port }) => `${address} ${port}`)).toEqual([
    '127.0.0.53 53',
    'ff02::fb 5353',
  ]);
  expect([trace.outside, trace.loopback]).toEqual([[], []]);
});

test('without a network loopback works and nothing else is there', async () => {
  const look = `
    const addresses = Object.values(require('node:os').networkInterfaces()).flat().map((one) => one.address);
    console.log(addresses.join(' '));
    const server = require('node:net').createServer((socket) => socket.end('heard'));
    server.listen(0, '127.0.0.1', () => {
      require('node:net').connect(server.address().port, '127.0.0.1').on('data', (data) => console.log(String(data)))
        .on('end', () => server.close());
    });`;
  const { code, stdout } = await runWithoutNetwork(process.execPath, ['-e', look]);
  expect(code).toBe(0);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual(['127.0.0.1 ::1', 'heard']);
});
