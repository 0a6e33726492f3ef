import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/bench/**', 'tests/pack/**'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // No file changes what another one reads: a worker reads the program once.
    isolate: false,
    maxWorkers: 2,
  },
});
