import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postPage } from '../support/archive.ts';
import { commandLine, program } from '../support/cli.ts';
import { runWithoutNetwork, traceNetwork } from '../support/no-network.ts';

/** The main job by the command line, one process after the other. */
function steps(): string[][] {
  return [
    ['init', 'a.holdfast'],
    ['import', 'a.holdfast', 'post.html'],
    ['search', 'a.holdfast', 'words'],
    ['identity', 'create', 'ida.p12', '--name', 'Ida'],
    ['bundle', 'a.holdfast', 'out.zip', '--all', '--identity', 'ida.p12'],
    ['verify', 'out.zip', '--trust', 'ida.pem'],
  ];
}

/** A page that names servers in every way that a careless reader would follow. */
const page = `${postPage('words')}<base href="https://base.example/"><link rel="stylesheet" href="https://style.example/a.css">
  <script src="https://script.example/a.js"></script><img src="https://image.example/a.png"><iframe src="https://frame.example/"></iframe>`;

test('the command line speaks to nobody, as its system calls show', async () => {
  const { folder, environment } = commandLine();
  writeFileSync(join(folder, 'post.html'), page);

  for (const args of steps()) {
    const { code, trace } = await traceNetwork(process.execPath, [program, ...args], {
      cwd: folder,
      env: environment,
    });

    // The browser that prints the report asks the kernel for a route; that sends nothing.
    const outside = trace.outside.filter(({ call, protocol }) => call !== 'connect' || protocol !== 'udp');
    expect({ args, code, trace: { ...trace, outside } }).toEqual({
      args,
      code: 0,
      trace: { outside: [], loopback: [], names: [] },
    });
  }
}, 180_000);

test('the command line works with no network there', async () => {
  const { folder, environment } = commandLine();
  writeFileSync(join(folder, 'post.html'), page);

  for (const args of steps()) {
    const { code, stderr } = await runWithoutNetwork(process.execPath, [program, ...args], {
      cwd: folder,
      env: environment,
    });

    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
  }
}, 180_000);
