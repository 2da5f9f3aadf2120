import { defineConfig } from 'vitest/config';

const database = { globalSetup: ['server/testing/global-setup.ts'], setupFiles: ['server/testing/console.ts'] };

export default defineConfig({
  test: {
    // Databases and browsers share the machine with the tests.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,contracts,connectors,web,widget,scripts}/**/*.test.{ts,tsx}'],
          setupFiles: ['server/testing/console.ts'],
          testTimeout: 10_000,
        },
      },
      {
        test: {
          ...database,
          name: 'server',
          include: ['{server,cli,seed,bench}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...database,
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // As long as Playwright waits for what must appear.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
