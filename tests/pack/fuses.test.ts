import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { afterPack, readFuses, wantedFuses } from '../../scripts/pack-hooks.mjs';
import { temporaryFolder } from '../support/temporary.ts';
import { packKinds, packOf, runtime } from './support/packs.ts';

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The wire behind the sentinel, as documented by Electron: version 1, a length, one digit for each fuse. */
function wireOf(executable: string): string {
  const bytes = readFileSync(executable);
  const at = bytes.indexOf(sentinel) + sentinel.length;
  expect(bytes[at]).toBe(1);
  return bytes.toString('latin1', at + 2, at + 2 + (bytes[at + 1] ?? 0));
}

/** In the order of the wire: run as Node, cookie encryption, NODE_OPTIONS, --inspect, integrity, only asar, snapshot, file, wasm. */
const wires = { test: '010101001', release: '010001001' };

test.each(packKinds)('the binary of the %s pack holds the fuses that it should', (kind) => {
  const expected =
    process.platform === 'linux' ? wires[kind] : `${wires[kind].slice(0, 4)}1${wires[kind].slice(5)}`;
  const wire = wireOf(packOf(kind).executable);
  expect(wire).toBe(expected.slice(0, wire.length));
  expect(wire.length).toBeGreaterThanOrEqual(runtime.isStandIn ? 7 : 9);
});

describe('packing', () => {
  /** A pack whose runtime has these fuses and says that it is this Electron. */
  function pack(wire: string, electronVersion: string) {
    const appOutDir = temporaryFolder();
    mkdirSync(join(appOutDir, 'resources', 'app'), { recursive: true });
    writeFileSync(
      join(appOutDir, 'holdfast-desktop'),
      `elf ${sentinel}\u0001${String.fromCharCode(wire.length)}${wire} more`,
    );
    const packager = {
      config: { electronVersion },
      executableName: 'holdfast-desktop',
      appInfo: { productFilename: 'Holdfast' },
      getResourcesDir: (folder: string) => join(folder, 'resources'),
    };
    return { appOutDir, packager, electronPlatformName: 'linux' as const };
  }

  test('sets every fuse of a current Electron to what a release wants, and reads it back', async () => {
    const context = pack('101100010', '45.4.1');
    await afterPack(context);
    const executable = join(context.appOutDir, 'holdfast-desktop');
    expect(await readFuses(executable)).toEqual(wantedFuses({ kind: 'release', platform: 'linux' }));
    expect(wireOf(executable)).toBe(wires.release);
  });

  test('refuses a current Electron that lacks a fuse', async () => {
    await expect(afterPack(pack('1011000', '45.4.1'))).rejects.toThrow(
      /45\.4\.1 has no fuse .*WasmTrapHandlers/,
    );
  });

  test('refuses a binary in which a fuse was removed', async () => {
    await expect(afterPack(pack('1011r0010', '45.4.1'))).rejects.toThrow(
      /no fuse EnableEmbeddedAsarIntegrityValidation/,
    );
  });

  test.each(['darwin', 'win32'] as const)('on %s the asar is checked against its hash', (platform) => {
    expect(wantedFuses({ kind: 'release', platform })).toMatchObject({
      EnableEmbeddedAsarIntegrityValidation: true,
    });
  });
});
