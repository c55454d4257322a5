import { defineConfig } from 'vitest/config';

/** Two noisy cores: one worker for anything that owns a display, a browser or a model. */
const alone = { pool: 'forks' as const, maxWorkers: 1, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{desktop,ui,model}/**'],
          pool: 'forks',
          maxWorkers: 2,
          // Beside other work two cores are shared by many; a test that hangs costs no more than a minute.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'model',
          include: ['test/model/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          ...alone,
        },
      },
      {
        test: {
          name: 'ui',
          include: ['test/ui/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...alone,
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          ...alone,
        },
      },
    ],
  },
});
