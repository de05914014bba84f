import { defineConfig } from 'vitest/config';

/**
 * Two projects: `unit` runs beside the sources without any service; `stack` runs against the embedded TimescaleDB
 * and Kafka that its global set-up starts once (or against TEST_DATABASE_URL / TEST_KAFKA_BROKERS).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{domain,platform,processor,alertbot,simulator,stack,bench}/**/*.test.ts',
            'test/support/**/*.test.ts',
          ],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'stack',
          include: ['test/**/*.test.ts'],
          exclude: ['test/support/**'],
          environment: 'node',
          globalSetup: ['test/support/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
