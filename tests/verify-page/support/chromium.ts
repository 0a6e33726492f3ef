/** Debian's Chromium, driven by Playwright. */
import { chromium } from 'playwright-core';
import type { Browser, OpenPage } from './browser.ts';

/** `proxy`: where all that it asks a network for goes. */
export async function startChromium(proxy: string): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      `--proxy-server=${proxy}`,
      '--proxy-bypass-list=<-loopback>',
    ],
  });
  return {
    open: async (address, before) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const [requests, complaints]: [string[], string[]] = [[], []];
      page.on('request', (request) => requests.push(request.url()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => complaints.push(message.text()));
      if (before !== undefined) await page.addInitScript(before);
      await page.goto(address);
      return {
        evaluate: (expression) => page.evaluate(expression),
        choose: (path) => page.setInputFiles('#file', path),
        requests: () => requests,
        complaints: () => complaints,
        close: () => context.close(),
      } satisfies OpenPage;
    },
    close: () => browser.close(),
  };
}
