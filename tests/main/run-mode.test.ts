import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPackMark } from '../../main/pack-mark.ts';
import { ownArguments, runMode } from '../../main/run-mode.ts';

describe('what the app was started for', () => {
  test.each([
    [[], { kind: 'window' }],
    [['case.holdfast'], { kind: 'window' }],
    [['--smoke-test'], { kind: 'smoke-test' }],
    [['--no-sandbox', '--Smoke-Test'], { kind: 'smoke-test' }],
    [['--cli'], { kind: 'command', args: [] }],
    [['--cli', '--'], { kind: 'command', args: [] }],
    [
      ['--no-sandbox', '--cli', '--', 'init', 'A.holdfast', '--json'],
      { kind: 'command', args: ['init', 'A.holdfast', '--json'] },
    ],
    [['--cli', '--', 'x', '--', '--cli'], { kind: 'command', args: ['x', '--', '--cli'] }],
    // Words of the command are no switches of ours.
    [['--', '--cli'], { kind: 'window' }],
    [['--', '--smoke-test'], { kind: 'window' }],
  ])('%j', (args, expected) => {
    expect(runMode(['/opt/Holdfast/holdfast-desktop', ...args])).toEqual(expected);
  });

  test('behind -- nothing is a switch', () => {
    expect(ownArguments(['app', '--cli', '--', '--inspect'])).toEqual(['app', '--cli']);
    expect(ownArguments(['app', '--inspect'])).toEqual(['app', '--inspect']);
  });
});

describe('the mark of a pack', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-mark-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (about: object): void => writeFileSync(join(folder, 'package.json'), JSON.stringify(about));

  test('sources need none', () => {
    expect(readPackMark(join(folder, 'nowhere'), false)).toEqual({ kind: 'source', notForUsers: null });
  });

  test.each([
    ['test', true, 'test', /debugger/],
    ['test', false, 'test', /debugger/],
    ['release', false, 'release', /Electron 25\.1\.1/],
  ] as const)('%s, fit %s', (kind, fit, expected, why) => {
    write({ holdfastPack: { kind, electron: '25.1.1', fit } });
    expect(readPackMark(folder, true)).toEqual({ kind: expected, notForUsers: expect.stringMatching(why) });
  });

  test('a release on the Electron that it is made for has nothing against it', () => {
    write({ holdfastPack: { kind: 'release', electron: '45.4.1', fit: true } });
    expect(readPackMark(folder, true)).toEqual({ kind: 'release', notForUsers: null });
  });

  test.each([
    [{}],
    [{ holdfastPack: { kind: 'source', electron: '45.4.1', fit: true } }],
    [{ holdfastPack: 'test' }],
  ])('a pack marked %j is held to the rules of a release', (about) => {
    write(about);
    expect(readPackMark(folder, true).kind).toBe('release');
  });
});
