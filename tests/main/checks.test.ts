import { expect, test } from 'vitest';
import { Checks } from '../../main/batch/checks.ts';

test('checks are stopped, waited for, and gone when they have ended, whichever way', async () => {
  const checks = new Checks();
  const said: string[] = [];
  const untilStopped = (id: string, fails: boolean) =>
    checks.run(id, (stopped) => {
      const ending = Promise.withResolvers<void>();
      stopped.addEventListener('abort', () => {
        said.push(id);
        if (fails) ending.reject(new Error('stopped'));
        else ending.resolve();
      });
      return ending.promise;
    });
  const [sealed, broken] = [untilStopped('sealed', false), untilStopped('broken', true)];
  expect([checks.ids, checks.has('sealed')]).toEqual([['sealed', 'broken'], true]);

  const ended = checks.stop();

  expect((await Promise.allSettled(ended)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await sealed;
  await expect(broken).rejects.toThrow('stopped');
  expect([said, checks.ids, checks.stop()]).toEqual([['sealed', 'broken'], [], []]);
});
