/**
 * A picture with parts of it covered, as a new file: its pixels alone, written anew. Nothing of the old file goes along
 * but what can be seen of it: no metadata, no thumbnail, none of its compressed bytes.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { HoldfastError } from '../../contract/errors.ts';
import type { Region } from '../../contract/model/redaction.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples a pixel by colour type (PNG specification, 3rd edition, section 11.2.1); 3 is by palette. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const mostBytes = 512 * 1024 * 1024;

interface Pixels {
  width: number;
  height: number;
  /** Samples a pixel, of a byte each. */
  step: number;
  bytes: Buffer;
}

function refuse(what: string): never {
  throw new HoldfastError(
    'bad-input',
    `This picture cannot be covered: ${what}. Withhold the whole file instead (redact add --artifact).`,
  );
}

/** Chunks of a PNG, which may be attacker-controlled. */
function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  if (!png.subarray(0, 8).equals(signature)) refuse('it is no PNG');
  for (let at = 8; at + 12 <= png.length; ) {
    const size = png.readUInt32BE(at);
    if (at + 12 + size > png.length) refuse('it breaks off');
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + size) };
    at += 12 + size;
  }
}

/** Reads a PNG of eight bits a sample that is not interlaced, as browsers write them. Errors: `bad-input`. */
function readPixels(png: Buffer): Pixels {
  const packed: Buffer[] = [];
  let header: Buffer | null = null;
  let palette: Buffer | null = null;
  for (const { type, data } of chunksOf(png)) {
    if (type === 'IHDR') header = data;
    if (type === 'PLTE') palette = data;
    if (type === 'IDAT') packed.push(data);
  }
  if (header === null || header.length < 13) refuse('it has no header');
  const [width, height, type] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] ?? 0];
  const step = samples[type];
  if (header[8] !== 8 || step === undefined || header[12] !== 0)
    refuse('only PNG of eight bits a sample, not interlaced, can be written anew');
  const size = (width * step + 1) * height;
  if (width === 0 || height === 0 || width * Math.max(step, 3) * height > mostBytes)
    refuse('it has no size, or too large a one');
  const lines = inflate(Buffer.concat(packed), size);
  const bytes = unfiltered(lines, width * step, height, step);
  if (type !== 3) return { width, height, step, bytes };
  return { width, height, step: 3, bytes: byPalette(bytes, palette ?? refuse('it has no palette')) };
}

function inflate(packed: Buffer, size: number): Buffer {
  let lines: Buffer;
  try {
    lines = inflateSync(packed, { maxOutputLength: size });
  } catch {
    refuse('its pixels cannot be read');
  }
  if (lines.length !== size) refuse('it has fewer pixels than it says');
  return lines;
}

function byPalette(indices: Buffer, palette: Buffer): Buffer {
  const out = Buffer.alloc(indices.length * 3);
  for (const [i, index] of indices.entries()) palette.copy(out, i * 3, index * 3, index * 3 + 3);
  return out;
}

/** Section 9: each line begins with the number of its filter. */
function unfiltered(lines: Buffer, stride: number, height: number, step: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1);
    const filter = lines[from] ?? 0;
    if (filter > 4) refuse('its pixels cannot be read');
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < step ? 0 : (out[at - step] ?? 0);
      const up = y === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = x < step || y === 0 ? 0 : (out[at - stride - step] ?? 0);
      out[at] = (lines[from + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const base = left + up - corner;
  const [a, b, c] = [Math.abs(base - left), Math.abs(base - up), Math.abs(base - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const typeOfStep: Readonly<Record<number, number>> = { 1: 0, 2: 4, 3: 2, 4: 6 };

function writePixels({ width, height, step, bytes }: Pixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = typeOfStep[step] ?? 0;
  const stride = width * step;
  const lines = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // Each line as it differs from the one above: pages are mostly the same from line to line.
    lines[y * (stride + 1)] = 2;
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      lines[y * (stride + 1) + 1 + x] = (bytes[at] ?? 0) - (y === 0 ? 0 : (bytes[at - stride] ?? 0));
    }
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * The picture with these parts black, as a PNG of its own. What lies beyond its edge is passed over. Errors: `bad-input`
 * for a picture of another form than a PNG of eight bits a sample that is not interlaced, and for parts outside of it.
 */
export function coverPicture(png: Uint8Array, regions: readonly Region[]): Uint8Array {
  const pixels = readPixels(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  const { width, height, step, bytes } = pixels;
  // Alpha, where there is any, is full.
  const black = Buffer.alloc(step, 0);
  if (step === 2 || step === 4) black[step - 1] = 0xff;
  for (const { x, y, width: w, height: h } of regions) {
    if (x >= width || y >= height) refuse(`it has ${width} × ${height} pixels, and a part lies outside`);
    const right = Math.min(width, x + w);
    for (let line = y; line < Math.min(height, y + h); line += 1)
      bytes.fill(black, (line * width + x) * step, (line * width + right) * step);
  }
  return writePixels(pixels);
}
