/** What somebody does who starts the app with a debugging port: reaches into its window from outside. */
import { spawn } from 'node:child_process';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Desk } from './packs.ts';

const targetsSchema = z.array(
  z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }),
);
const answerSchema = z.object({ result: z.object({ result: z.object({ value: z.unknown() }) }).optional() });

/** Starts the app with a port of its own choice, evaluates the expression in its window, ends the app; the value. */
export async function evaluateOverPort(
  executable: string,
  args: readonly string[],
  desk: Desk,
  expression: string,
): Promise<unknown> {
  const child = spawn(executable, [...args, '--remote-debugging-port=0'], {
    cwd: desk.home,
    env: desk.env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, found] = /DevTools listening on ws:\/\/([\d.:]+)\//.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`The app ended: ${said}`)));
    });
    return await evaluate(await windowOf(address), expression);
  } finally {
    child.kill();
    await ended;
  }
}

/** The address of the window's debugger, once there is a window with its preload's functions. */
async function windowOf(address: string): Promise<string> {
  const find = async (): Promise<string> => {
    const response = await fetch(`http://${address}/json/list`);
    const targets = targetsSchema.parse(await response.json());
    return targets.find(({ url }) => url.startsWith('holdfast://app/'))?.webSocketDebuggerUrl ?? '';
  };
  await expect.poll(find, { timeout: 30_000 }).not.toBe('');
  const found = await find();
  await expect.poll(() => evaluate(found, 'typeof window.holdfast'), { timeout: 30_000 }).toBe('object');
  return found;
}

/** The value; undefined when the page went away meanwhile. */
async function evaluate(url: string, expression: string): Promise<unknown> {
  const socket = new WebSocket(url);
  const params = { expression, awaitPromise: true, returnByValue: true };
  const text = await new Promise<string>((resolve, reject) => {
    socket.addEventListener('open', () =>
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })),
    );
    socket.addEventListener('message', (event) => resolve(String(event.data)));
    socket.addEventListener('error', () => reject(new Error('The debugger of the window does not answer.')));
  });
  socket.close();
  return answerSchema.parse(JSON.parse(text)).result?.result.value;
}
