import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFileSink } from '../../../evidence/zip/file-sink.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('a new file', () => {
  test('has its name only after commit, and holds what was written and patched', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.zip');
    const sink = await openFileSink(path);
    const large = Buffer.alloc(3_000_000, 1);
    await sink.write(Buffer.from('abcdef'));
    await sink.patch(1, Buffer.from('XY'));
    await sink.write(large);
    await sink.write(Buffer.from('tail'));
    // Before, across and after the border of what has reached the disk.
    await sink.patch(4, Buffer.from('Z'));
    await sink.patch(3_000_004, Buffer.from('1234'));
    await sink.patch(3_000_008, Buffer.from('!!'));
    await sink.close();
    expect(readdirSync(folder)).toEqual(['.out.zip.partial']);
    await sink.commit();
    expect(readdirSync(folder)).toEqual(['out.zip']);
    const expected = Buffer.concat([Buffer.from('aXYdZf'), large.subarray(2), Buffer.from('1234!!')]);
    expect(Buffer.compare(readFileSync(path), expected)).toBe(0);
  });

  test('never takes the place of another, whenever that came', async () => {
    const path = join(temporaryFolder(), 'out.zip');
    const sink = await openFileSink(path);
    await sink.close();
    writeFileSync(path, 'mine');
    await expect(sink.commit()).rejects.toMatchObject({ code: 'output-exists' });
    await expect(openFileSink(path)).rejects.toMatchObject({ code: 'output-exists' });
    await sink.discard();
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(existsSync(sink.temporaryPath)).toBe(false);
  });

  test('has one writer at a time, and the next once that one is done', async () => {
    const path = join(temporaryFolder(), 'out.zip');
    const first = await openFileSink(path);
    await expect(openFileSink(path)).rejects.toMatchObject({ code: 'output-exists' });
    await first.write(Buffer.from('first'));
    await first.close();
    expect(readFileSync(first.temporaryPath, 'utf8')).toBe('first');
    await first.discard();
    const second = await openFileSink(path);
    await second.close();
    await second.commit();
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  test('is not written through a link that someone left under its temporary name', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'victim'), 'untouched');
    symlinkSync(join(folder, 'victim'), join(folder, '.out.zip.partial'));
    const sink = await openFileSink(join(folder, 'out.zip'));
    await sink.write(Buffer.from('new'));
    await sink.close();
    await sink.commit();
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('untouched');
    expect(readFileSync(join(folder, 'out.zip'), 'utf8')).toBe('new');
  });

  test('says where it cannot be written', async () => {
    await expect(openFileSink(join(temporaryFolder(), 'missing', 'out.zip'))).rejects.toMatchObject({
      code: 'not-writable',
    });
  });
});
