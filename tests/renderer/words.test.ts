import { describe, expect, test } from 'vitest';
import { errorCodes } from '../../contract/errors.ts';
import { bundleMessages } from '../../renderer/bundle/messages.ts';
import { capturesMessages } from '../../renderer/captures/messages.ts';
import { custodyMessages, kindInWords } from '../../renderer/custody/messages.ts';
import { libraryMessages } from '../../renderer/library/messages.ts';
import { policyMessages } from '../../renderer/policies/messages.ts';
import { postMessages } from '../../renderer/post/messages.ts';
import { safetyMessages } from '../../renderer/safety/messages.ts';
import { backupReminder } from '../../renderer/safety/reminder.ts';
import { failureWords, titleOfCode } from '../../renderer/shared/failures.ts';
import { hintFor } from '../../renderer/shared/passphrase.ts';
import { counted, inBytes, roundedBytes, roundedSeconds } from '../../renderer/shared/sizes.ts';
import { shellMessages } from '../../renderer/shell/messages.ts';
import { tagMessages } from '../../renderer/tags/messages.ts';
import { timestampMessages } from '../../renderer/timestamps/messages.ts';
import { statusWords, stepWords, verdictWords, verifyMessages } from '../../renderer/verify/messages.ts';
import { welcomeMessages } from '../../renderer/welcome/messages.ts';

/** Every sentence of an object, functions called with plain arguments. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') {
    try {
      return sentencesOf(value(2, 3, 4, 'x'));
    } catch {
      // One that takes texts alone.
      return sentencesOf(value('x', 'x', 'x', 'x'));
    }
  }
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(sentencesOf);
  return [];
}

describe('what the window says', () => {
  const all = sentencesOf([
    welcomeMessages,
    libraryMessages,
    capturesMessages,
    postMessages,
    tagMessages,
    policyMessages,
    bundleMessages,
    verifyMessages,
    verdictWords,
    stepWords,
    statusWords,
    custodyMessages,
    timestampMessages,
    shellMessages,
    safetyMessages,
    failureWords,
  ]);

  test('uses none of the words that a cross-examination will use', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter((sentence) => /tamper|verified true|violat(?!ion)|deleted/i.test(sentence))).toEqual(
      [],
    );
  });

  test('has a title and advice for each error code', () => {
    for (const code of errorCodes) {
      expect(failureWords[code].title).not.toBe('');
      expect(failureWords[code].advice).toMatch(/\.$/);
      expect(titleOfCode(code)).toBe(failureWords[code].title);
    }
    expect(titleOfCode('some-new-warning')).toBeNull();
  });

  test('shows a kind of event that it does not know as it stands', () => {
    expect(kindInWords('capture.sealed')).toBe('Captured or imported something');
    expect(kindInWords('purge.done')).toBe('purge.done');
  });
});

test('a passphrase is never called strong', () => {
  const hints = [
    '',
    'short',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
    'fourteen chars',
    'to be or not to be that is the question',
  ].map(hintFor);
  expect(hints.map((hint) => hint.level)).toEqual(['empty', 'weak', 'weak', 'middling', 'long']);
  expect(hints.filter((hint) => /\bstrong\b|\bsecure\b/i.test(hint.words))).toEqual([]);
});

test('a passphrase is measured in characters, not in code units', () => {
  expect(hintFor('👍'.repeat(11)).level).toBe('weak');
  expect(hintFor('👍'.repeat(11)).words).toContain('11 characters');
});

test('sizes are readable and exact', () => {
  expect([0, 1, 1023, 1024, 1_572_864].map(inBytes)).toEqual([
    '0 bytes',
    '1 byte',
    '1,023 bytes',
    '1.0 KiB (1,024 bytes)',
    '1.5 MiB (1,572,864 bytes)',
  ]);
  expect(roundedBytes(5 * 1024 ** 4)).toBe('5.0 TiB');
  expect([counted(1, 'post'), counted(100_000, 'post')]).toEqual(['1 post', '100,000 posts']);
});

test('seconds are rounded to what a person plans with', () => {
  expect([0.2, 1, 20, 89, 90, 600].map(roundedSeconds)).toEqual([
    '1 second',
    '1 second',
    '20 seconds',
    '89 seconds',
    '2 minutes',
    '10 minutes',
  ]);
});

test('a backup is asked for when there is something to lose and the last one is old', () => {
  const counts = { captures: 3, posts: 3, tags: 0, artifacts: 3, events: 9 };
  const now = new Date('2026-01-20T00:00:00.000Z');
  const last = (time: string) => ({ lastBackup: { time, size: 1, sha256: 'x' }, counts });

  expect(backupReminder({ lastBackup: null, counts: { ...counts, captures: 0 } }, now)).toBe(null);
  expect(backupReminder({ lastBackup: null, counts }, now)).toEqual({ days: null });
  expect(backupReminder(last('2026-01-07T00:00:00.000Z'), now)).toBe(null);
  expect(backupReminder(last('2026-01-01T00:00:00.000Z'), now)).toEqual({ days: 19 });
  expect(backupReminder(last('2027-01-01T00:00:00.000Z'), now)).toBe(null);
});
