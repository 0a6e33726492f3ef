import { describe, expect, test } from 'vitest';
import { isOwnUrl, isWindowUrl } from '../../main/own-urls.ts';
import { chromiumSwitches, parseArguments } from '../../main/switches.ts';

const none = {
  archivePath: null,
  profilePath: null,
  remoteDebugging: false,
  noSandbox: false,
  clockRate: 1,
};

describe('the command line of the app', () => {
  test.each([
    [[], none],
    [['/app'], none],
    [['/app', 'case.holdfast'], { ...none, archivePath: '/home/a/case.holdfast' }],
    [['/app', '/x/Fall Ä.HOLDFAST'], { ...none, archivePath: '/x/Fall Ä.HOLDFAST' }],
    [['--user-data-dir=/p', '--No-Sandbox'], { ...none, profilePath: '/p', noSandbox: true }],
    [['--USER-DATA-DIR=p'], { ...none, profilePath: '/home/a/p' }],
    [['--user-data-dir='], none],
    [['--Remote-Debugging-Port=0'], { ...none, remoteDebugging: true }],
    [['--remote-debugging-pipe'], { ...none, remoteDebugging: true }],
    [['--inspect'], { ...none, remoteDebugging: true }],
    [['--inspect-brk=0'], { ...none, remoteDebugging: true }],
    [['--unknown=x.holdfast'], none],
    [['--clock-rate=600'], { ...none, clockRate: 600 }],
    [['--clock-rate=0'], none],
    [['--clock-rate=1e3'], none],
  ])('%j', (args, expected) => {
    expect(parseArguments(['electron', ...args], '/home/a')).toEqual(expected);
  });

  test('switches for Chromium are lower case and named once', () => {
    const names = chromiumSwitches.map(([name]) => name);
    expect(names).toEqual(names.map((name) => name.toLowerCase()));
    expect(new Set(names).size).toBe(names.length);
  });
});

test.each([
  ['holdfast://app/index.html', true, true],
  ['holdfast://app', true, true],
  ['holdfast://app.evil/', false, true],
  ['holdfast://app:1/', false, true],
  ['holdfast-artifact://aa/', false, true],
  ['holdfast-replay://aa/', false, true],
  ['https://app/', false, false],
  ['file:///app', false, false],
  ['data:text/html,x', false, false],
  ['about:blank', false, false],
  ['holdfast:app', false, true],
  ['', false, false],
])('%s: of the window %s, our own %s', (url, window, own) => {
  expect([isWindowUrl(url), isOwnUrl(url)]).toEqual([window, own]);
});
