import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IdleLock } from '../../main/idle-lock.ts';
import { keepIdleMinutes, readIdleMinutes } from '../../main/lock-settings.ts';
import { parseArguments } from '../../main/switches.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** A clock that moves only when it is told to, and the lock that it drives. */
function makeLock(minutes: number | null) {
  let now = 1000;
  let timers: { at: number; act: () => void }[] = [];
  const said: string[] = [];
  const effects = {
    now: () => now,
    after: (milliseconds: number, act: () => void) => {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    lock: async () => {
      said.push('LOCK');
    },
    tell: ({ state, why }: { state: string; why: string }) => void said.push(`${state} ${why}`),
  };
  const pass = async (passing: number): Promise<void> => {
    const end = now + passing * 60_000;
    for (;;) {
      const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      timers = timers.filter((other) => other !== due);
      now = due.at;
      due.act();
      await Promise.resolve();
    }
    now = end;
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lock: new IdleLock(effects, minutes), pass, said, timers: () => timers.length };
}

describe('the idle lock', () => {
  test('locks when the minutes have passed without input, and not before', async () => {
    const { lock, pass, said } = makeLock(15);
    lock.opened();

    await pass(14.9);
    expect(said).toEqual([]);
    lock.input();
    await pass(14.9);
    expect(said).toEqual([]);
    await pass(0.2);

    expect(said).toEqual(['LOCK', 'locked idle']);
  });

  test('does nothing while no archive is open, and nothing after it was locked by hand', async () => {
    const { lock, pass, said, timers } = makeLock(1);
    await pass(5);
    lock.systemLocked();
    lock.opened();
    lock.closed();
    await pass(5);

    expect(said).toEqual([]);
    expect(timers()).toBe(0);
  });

  test('off: only the system locks', async () => {
    const { lock, pass, said } = makeLock(null);
    lock.opened();
    await pass(10_000);
    expect(said).toEqual([]);

    lock.systemLocked();
    await pass(0);

    expect(said).toEqual(['LOCK', 'locked system']);
  });

  test('a setting counts at once, also for the time that has passed', async () => {
    const { lock, pass, said } = makeLock(60);
    lock.opened();
    await pass(10);
    lock.setMinutes(5);
    await pass(0);

    expect(said).toEqual(['LOCK', 'locked idle']);
  });

  test('waits for work, says so, and locks when the last of it has ended, well or badly', async () => {
    const { lock, pass, said } = makeLock(5);
    const works = [0, 1].map(() => {
      let end: (error?: Error) => void = () => undefined;
      const work = new Promise<void>((resolve, reject) => {
        end = (error) => (error === undefined ? resolve() : reject(error));
      });
      return { done: lock.during(work), end: (error?: Error) => end(error) };
    });
    lock.opened();
    await pass(30);
    expect(said).toEqual(['waiting idle']);

    works[0]?.end();
    await works[0]?.done;
    await pass(0);
    expect(said).toEqual(['waiting idle']);
    works[1]?.end(new Error('failed'));
    await expect(works[1]?.done).rejects.toThrow('failed');
    await pass(0);

    expect(said).toEqual(['waiting idle', 'LOCK', 'locked idle']);
  });

  test('input calls off a lock that waits, but not one that the system asked for', async () => {
    const { lock, pass, said } = makeLock(5);
    let end: () => void = () => undefined;
    const work = lock.during(new Promise<void>((resolve) => (end = resolve)));
    lock.opened();
    await pass(6);
    lock.input();
    expect(said).toEqual(['waiting idle', 'off idle']);
    lock.systemLocked();
    lock.input();
    expect(said).toEqual(['waiting idle', 'off idle', 'waiting system']);
    end();
    await work;
    await pass(0);

    expect(said.slice(3)).toEqual(['LOCK', 'locked system']);
  });
});

describe('the setting', () => {
  test('is kept in a file that says nothing else, for its owner alone', () => {
    const path = join(temporaryFolder(), 'profile', 'settings.json');
    expect(readIdleMinutes(path)).toBe(15);

    keepIdleMinutes(path, 5);
    expect(readFileSync(path, 'utf8')).toBe('{"idleMinutes":5}\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    keepIdleMinutes(path, null);

    expect(readIdleMinutes(path)).toBe(null);
    expect(readdirSync(join(path, '..'))).toEqual(['settings.json']);
  });

  test.each(['', 'nonsense', '{"idleMinutes":0}', '{"idleMinutes":1.5}', '[]'])(
    '%j is not believed',
    (text) => {
      const path = join(temporaryFolder(), 'settings.json');
      writeFileSync(path, text);

      expect(readIdleMinutes(path)).toBe(15);
    },
  );

  test('that cannot be kept is an error of ours', () => {
    const path = join(temporaryFolder(), 'settings.json');
    mkdirSync(path);

    expect(() => keepIdleMinutes(path, 5)).toThrow(/could not be kept/);
  });
});

test.each([
  ['--clock-rate=900', 900],
  ['--clock-rate=0', 1],
  ['--clock-rate=-3', 1],
  ['--clock-rate=fast', 1],
])('%s makes the clock run %i times as fast', (argument, rate) => {
  expect(parseArguments(['app', argument], '/').clockRate).toBe(rate);
});
