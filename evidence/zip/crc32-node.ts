/** CRC-32 by node:zlib. */
import { crc32 } from 'node:zlib';
import type { Crc32 } from './crc32.ts';

export const nodeCrc32: Crc32 = (bytes, previous) => crc32(bytes, previous);
