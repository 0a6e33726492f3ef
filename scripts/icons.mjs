/**
 * Draws build/icon.svg in a Chromium and writes what the installers need of it: PNG files for Linux, an .icns for macOS,
 * an .ico for Windows. To be run by hand when the drawing changes: `node scripts/icons.mjs [CHROMIUM]`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { isStarted, root, runScript } from './project.mjs';

const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 256];
/** Type in an .icns → the edge of its PNG in pixels. */
const macTypes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };

/** An .ico whose pictures are PNG files, as Windows reads since Vista. */
function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    // A byte has no room for 256: 0 stands for it.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

function icns(pictures) {
  const parts = pictures.map(({ type, png }) =>
    Buffer.concat([Buffer.from(type), uint32(png.length + 8), png]),
  );
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from('icns'), uint32(body.length + 8), body]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

async function main([executablePath = '/usr/bin/chromium']) {
  const build = join(root, 'build');
  const svg = readFileSync(join(build, 'icon.svg')).toString('base64');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const drawn = new Map();
  try {
    const page = await browser.newPage();
    for (const size of new Set([...linuxSizes, ...windowsSizes, ...Object.values(macTypes)])) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(
        `<style>body{margin:0}img{display:block}</style><img width="${size}" height="${size}" src="data:image/svg+xml;base64,${svg}">`,
      );
      drawn.set(size, await page.screenshot({ omitBackground: true }));
    }
  } finally {
    await browser.close();
  }
  mkdirSync(join(build, 'icons'), { recursive: true });
  for (const size of linuxSizes) writeFileSync(join(build, 'icons', `${size}x${size}.png`), drawn.get(size));
  writeFileSync(join(build, 'icon.ico'), ico(windowsSizes.map((size) => ({ size, png: drawn.get(size) }))));
  writeFileSync(
    join(build, 'icon.icns'),
    icns(Object.entries(macTypes).map(([type, size]) => ({ type, png: drawn.get(size) }))),
  );
  return 0;
}

if (isStarted(import.meta.url)) await runScript(main);
