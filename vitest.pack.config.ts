import { defineConfig } from 'vitest/config';

/** The unpacked packs, which are made once before the first test. One after the other: each starts a whole app. */
export default defineConfig({
  test: {
    include: ['tests/pack/**/*.test.ts'],
    globalSetup: ['tests/pack/support/make-packs.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
